/**
 * EEGLAB's datasets: {@link org.efferent.data.eeglab.EeglabFile#open} reads {@code .set} files of
 * MAT 5 and MAT 7.3, with their data inside or in a {@code .fdt} or {@code .dat} file beside them
 * (EEGLAB, "Data Structures"; pop_loadset and eeg_getdatact say where data lie).
 *
 * <p>Events become markers. The epochs of an epoched set follow each other without gaps; the
 * contents say how many there are and when each begins relative to its event.
 */
package org.efferent.data.eeglab;
