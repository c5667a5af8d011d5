package org.efferent.viz.web;

/**
 * What a server of a dashboard counted.
 *
 * @param viewers that came since the beginning
 * @param mostAtOnce most of them at a time
 * @param updatesSent to all of them
 * @param updatesDropped that a viewer did not get because it had not taken those before
 * @param badMessages that were not understood; each ended its viewer's connection
 * @param refused requests without the token or for another host
 * @param serialiseP99Micros 99th percentile of writing one update, microseconds; NaN before any
 * @param modelsP99Micros 99th percentile of asking one model, its lock included: nobody else can
 *     wait longer for it
 * @param modelsMaxMicros the longest
 */
public record WebCounts(
    long viewers,
    long mostAtOnce,
    long updatesSent,
    long updatesDropped,
    long badMessages,
    long refused,
    double serialiseP99Micros,
    double modelsP99Micros,
    double modelsMaxMicros) {}
