/**
 * Recordings of KIT, Yokogawa and Ricoh MEGs: {@code .con} and {@code .sqd}. {@link
 * org.efferent.data.kit.KitFile#read} opens one.
 *
 * <p>A file begins with a directory of entries (offset, size, capacity, count: four little-endian
 * integers); entry 1 is the system, 4 the channels, 5 the sensitivities, 7 the amplifier, 8 the
 * acquisition, 9 the samples. The makers publish no description: the layout follows what MNE-Python
 * (mne/io/kit, 1.3) and FieldTrip (yokogawa2) read, and was verified against one file of a
 * 157-channel system.
 */
package org.efferent.data.kit;
