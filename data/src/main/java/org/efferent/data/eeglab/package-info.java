/**
 * EEGLAB's datasets: {@link org.efferent.data.eeglab.EeglabFile#open} reads {@code .set} files of
 * MAT 5 and MAT 7.3, with their data inside or in a {@code .fdt} or {@code .dat} file beside them
 * (EEGLAB, "Data Structures"; pop_loadset and eeg_getdatact say where data lie).
 */
package org.efferent.data.eeglab;
