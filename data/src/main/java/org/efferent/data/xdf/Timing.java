package org.efferent.data.xdf;

/**
 * What became known of a stream's time.
 *
 * @param effectiveRateHz measured rate, 0 if irregular
 * @param gaps steps that are too long
 * @param clockResets restarts of the clock
 */
record Timing(double effectiveRateHz, int gaps, int clockResets) {}
