/**
 * Recordings of CTF MEGs: folders {@code .ds}. {@link org.efferent.data.ctf.CtfFile#read} opens
 * one.
 *
 * <p>Sources: <i>CTF MEG File Formats</i>, PN900-0088 (res4, meg4, MarkerFile), as MNE-Python
 * (mne/io/ctf, 1.3) reads them. Verified against synthesised folders only, which MNE-Python 1.3
 * read with the same values; no real folder was at hand.
 */
package org.efferent.data.ctf;
