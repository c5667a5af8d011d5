/**
 * Neurodata Without Borders 2 (NWB Format Specification 2.x, on HDF5): {@link
 * org.efferent.data.nwb.NwbFile#read} gives the signals by range and the intervals as markers,
 * {@link org.efferent.data.nwb.NwbFile} the times of the sorted units too.
 *
 * <p>{@link org.efferent.data.nwb.NwbUnits} are the times of sorted units. Only reading: nothing
 * here writes NWB.
 */
package org.efferent.data.nwb;
