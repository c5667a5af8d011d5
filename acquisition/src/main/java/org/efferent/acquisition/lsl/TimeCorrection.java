package org.efferent.acquisition.lsl;

/**
 * How far a peer's clock is from ours.
 *
 * @param seconds what to add to its stamps to get ours
 * @param uncertaintySeconds round trip of the probe that it comes from; the error is at most half
 * @param remoteSeconds when that was, on the peer's clock
 */
public record TimeCorrection(double seconds, double uncertaintySeconds, double remoteSeconds) {}
