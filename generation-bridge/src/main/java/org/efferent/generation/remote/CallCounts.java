package org.efferent.generation.remote;

/**
 * What became of the calls to a server.
 *
 * @param calls that were made
 * @param answered calls that brought what was asked for
 * @param failed calls that ended in an error
 * @param retries attempts after the first
 * @param timeouts attempts without a whole answer in time
 * @param crowded calls that never had their turn within their deadline
 */
public record CallCounts(
    long calls, long answered, long failed, long retries, long timeouts, long crowded) {}
