package org.efferent.data.xdf;

/**
 * One measurement of a stream's clock against the recorder's.
 *
 * @param time when it was made, seconds on the stream's clock
 * @param offset seconds to add to the stream's clock to get the recorder's
 * @param samplesBefore samples of the stream that precede it in the file
 */
public record ClockOffset(double time, double offset, int samplesBefore) {}
