/**
 * What calibrates a cursor and keeps it calibrated: labels from intentions, assistance, z-scores by
 * block, channel selection, bias correction, adaptation that can be frozen, refused and rolled
 * back. All of it is arithmetic on rows: no clocks, no threads, no files.
 */
package org.efferent.filters.calibration;
