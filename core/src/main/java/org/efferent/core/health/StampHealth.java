package org.efferent.core.health;

/**
 * What the stamps of a stream say. t₀ … are the stamps that are finite, in order, sᵢ = tᵢ − tᵢ₋₁
 * the steps, T = 1 / nominal rate the period. A stream without nominal rate has neither gaps nor
 * rates.
 *
 * <p><b>Gaps.</b> A step sᵢ &gt; g T ({@link HealthOptions#gapPeriods()}) is long. Where the stream
 * should be is told by a line: it goes on by T̂ a row, and is moved to the mean of the stamps with
 * a memory of 2 s; T̂ is T, and after 2 s the mean step of the last ten seconds, gaps left out,
 * within a fifth of T. A long step that ends m = round(lateness / T̂) ≥ 1 periods behind the line
 * moves the line by as much and waits for {@link HealthOptions#settle()}. If a row within comes
 * back to where the line was, it was a <i>late step</i>: the rows came all the same, only their
 * stamps jittered. Back is a row that is less late than max((g − 1) T, 3 σ, d / 2), σ the scatter
 * about the line and d the largest T − sᵢ of late (it fades with the memory): what is lost makes no
 * step short, what jitters does. If none comes back it is a gap, and the least lateness over that
 * time, in periods and rounded, is the number of rows that are missing. What still waits at the end
 * is a gap. With a settling time of zero every long step is a gap of round(sᵢ / T) − 1 rows. Losses
 * shorter than the jitter cannot be told from it: they show in the effective rate alone.
 *
 * @param start t₀, seconds; NaN before the first row
 * @param end the last stamp, seconds; NaN before the first row
 * @param gaps gaps, as above; those that still wait are not counted, nor told
 * @param missing rows that are missing in gaps
 * @param longestGapSeconds longest step that is a gap, seconds; 0 without
 * @param lateSteps long steps that are none
 * @param duplicates rows with the stamp and all the values of the row before
 * @param repeated rows with the stamp of the row before and other values, or values unknown
 * @param backward rows whose stamp is less than that of the row before
 * @param impossible stamps that are NaN or infinite; such rows count for nothing else here
 * @param clockResets how often the source said that its clock has become another
 * @param effectiveRateHz rate of the device: steps / Σ sᵢ, over everything, steps that are gaps and
 *     jumps of the clock left out; NaN if unknown
 * @param windowRateHz rate at which rows come: (n − 1) / (t_last − t_first) over the window, gaps
 *     included; NaN before half a window has come
 * @param jitterSeconds root mean square, over the window, of how far stamps lie from the line; NaN
 *     if unknown
 */
public record StampHealth(
    double start,
    double end,
    long gaps,
    long missing,
    double longestGapSeconds,
    long lateSteps,
    long duplicates,
    long repeated,
    long backward,
    long impossible,
    long clockResets,
    double effectiveRateHz,
    double windowRateHz,
    double jitterSeconds) {}
