/**
 * Blackrock's files: {@link org.efferent.data.blackrock.NsxFile#open} reads continuous signals by
 * range, {@link org.efferent.data.blackrock.NevFile} spikes and events (Blackrock Neurotech, "NEV
 * and NSx File Specification", 2.1 to 2.3 and 3.0).
 *
 * <p>Neither needs the maker's library. A pause is a step between stamps, never zeros in between;
 * events of the {@code .nev} file are the markers of the signals beside it.
 */
package org.efferent.data.blackrock;
