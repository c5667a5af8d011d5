/**
 * Blackrock's files: {@link org.efferent.data.blackrock.NsxFile#open} reads continuous signals by
 * range, {@link org.efferent.data.blackrock.NevFile} spikes and events (Blackrock Neurotech, "NEV
 * and NSx File Specification", 2.1 to 2.3 and 3.0).
 */
package org.efferent.data.blackrock;
