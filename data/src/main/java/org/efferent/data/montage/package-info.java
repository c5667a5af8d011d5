/**
 * Where sensors are: {@link org.efferent.data.montage.Montage} in space, {@link
 * org.efferent.data.montage.Layout} in the plane. The positions of the 10-20, 10-10 and 10-05
 * systems are computed on a sphere (R. Oostenveld and P. Praamstra, "The five percent electrode
 * system for high-resolution EEG and ERP measurements", Clinical Neurophysiology 112 (2001)
 * 713–719).
 */
package org.efferent.data.montage;
