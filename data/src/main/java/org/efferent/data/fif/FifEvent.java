package org.efferent.data.fif;

/**
 * A row of an event list.
 *
 * @param sample number of the sample, counted as the acquisition counted: the first sample of a raw
 *     file is {@link FifRaw#firstSample()}, not 0
 * @param previous value of the trigger channel before
 * @param id value of the trigger channel from this sample on
 */
public record FifEvent(long sample, long previous, long id) {}
