package org.efferent.core.health;

/**
 * What the arrivals of a stream say: aᵢ is when row i arrived on the receiver's clock, tᵢ its
 * stamp, dᵢ = aᵢ − tᵢ its delay but for a constant. Offline there are no arrivals: zeros and NaN.
 *
 * <p><b>Drift.</b> A row may be held up but never comes too early, so the least delay of a stretch
 * of time is what the clocks say (Moon, Skelly and Towsley, <i>Estimation and removal of clock skew
 * from network delay measurements</i>, INFOCOM 1999). The stretches are 0.5 s long and double
 * whenever there are 64; the slope of their least delays over time is the median of the slopes of
 * all pairs (Theil 1950, Sen 1968), so that a few stretches that were held up do not count.
 *
 * @param silences how often nothing came for {@link HealthOptions#staleAfter()}
 * @param stale whether nothing comes now
 * @param longestSilenceSeconds longest time without a row, of those that count, seconds
 * @param dropped rows dropped before they reached whoever feeds this, as far as is known
 * @param jitterSeconds standard deviation of dᵢ over the window, seconds: packets, network and
 *     scheduler together; NaN if unknown
 * @param driftPpm how much faster the stamps' clock runs than the receiver's, 10⁶ (dt / da − 1),
 *     parts per million; NaN before 8 stretches
 * @param driftUncertaintyPpm standard error of it: 10⁶ σ √(12 / n) / span, σ = 1.4826 times the
 *     median absolute residual of n stretches; NaN if unknown
 */
public record ArrivalHealth(
    long silences,
    boolean stale,
    double longestSilenceSeconds,
    long dropped,
    double jitterSeconds,
    double driftPpm,
    double driftUncertaintyPpm) {}
