package org.efferent.acquisition.simulate;

/**
 * What became of one stream of a {@link SimulationRun} so far.
 *
 * @param name of the stream
 * @param type of the stream
 * @param samples that were pushed
 * @param heard of them, those that were pushed while somebody listened
 * @param dropped that a consumer lost because it did not keep up, as far as can be known
 */
public record SimulatedStreamStatus(
    String name, String type, long samples, long heard, long dropped) {}
