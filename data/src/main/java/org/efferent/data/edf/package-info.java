/**
 * EDF, EDF+, BDF and BDF+: {@link org.efferent.data.edf.EdfFile#open} reads them by range, {@link
 * org.efferent.data.edf.EdfWriter} writes EDF+ and BDF+.
 *
 * <p>Specifications: B. Kemp et al., "A simple format for exchange of digitized polygraphic
 * recordings", Electroencephalography and Clinical Neurophysiology 82 (1992) 391–393; B. Kemp and
 * J. Olivan, "European data format 'plus' (EDF+)", Clinical Neurophysiology 114 (2003) 1755–1761
 * and its text at <a href="https://www.edfplus.info/specs/edfplus.html">edfplus.info</a>; BioSemi's
 * <a href="https://www.biosemi.com/faq/file_format.htm">24-bit BDF</a>; BDF+ is EDF+ with 24 bits.
 */
package org.efferent.data.edf;
