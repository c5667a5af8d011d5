/**
 * Recordings of MEGIN (Elekta, Neuromag) and MNE: FIF, the "Functional Image File Format". {@link
 * org.efferent.data.fif.FifFile} opens raw data, epochs, evoked responses, events, covariances,
 * projectors, annotations and transforms, compressed or not.
 *
 * <p>A file is a chain of tags (kind, type, size, next: 16 bytes, then the data) in nested blocks.
 * Sources: <i>Functional Image File Format Description</i>, Elekta Neuromag, NM20528A-A (2001); the
 * constants of <a href="https://github.com/mne-tools/fiff-constants">fiff-constants</a>, 1.4. What
 * MNE-Python adds to the format (epochs, annotations, events) follows the files that it writes.
 */
package org.efferent.data.fif;
