package org.efferent.core.health;

/**
 * What the values of one channel say.
 *
 * <p><b>Flat.</b> A run is a stretch of finite values whose largest less smallest is at most {@link
 * HealthOptions#flatRange()}; the value that breaks it starts the next. A run of at least N = ⌈f ·
 * {@link HealthOptions#flatAfter()}⌉ rows is flat, f being the nominal rate; without one, a run
 * that lasts so long by its stamps. It has ten rows at least. Its length is its rows / f, or runs
 * from the stamp of its first row to that of the row that breaks it.
 *
 * <p><b>Saturated.</b> A value at or beyond a rail. Rails are given ({@link
 * HealthOptions#lowRail()}, {@link HealthOptions#highRail()}), or found: the largest (smallest)
 * value so far is a rail once the channel has been stuck at exactly this value five times, each
 * time for at least three rows, each time entered by a step of more than twice the smallest step
 * that the channel knows, while at least a tenth of all rows differ from the row before. So peaks
 * of slow signals (entered by the smallest step), square waves of two levels and triggers (which
 * rest) are none. A value beyond a found rail takes it back, with what it counted. Coarse signals
 * that rise into a rail step by step are not found: give the rails.
 *
 * @param label name of the channel
 * @param nan values that are NaN
 * @param infinite values that are infinite
 * @param min smallest finite value; NaN without
 * @param max largest finite value; NaN without
 * @param flatRuns flat runs, one that goes on included
 * @param flatSeconds length of all flat runs, seconds
 * @param longestFlatSeconds length of the longest flat run, seconds
 * @param saturated values at or beyond a rail since it is known
 * @param foundLowRail low rail that was found; NaN without
 * @param foundHighRail high rail that was found; NaN without
 */
public record ChannelHealth(
    String label,
    long nan,
    long infinite,
    double min,
    double max,
    long flatRuns,
    double flatSeconds,
    double longestFlatSeconds,
    long saturated,
    double foundLowRail,
    double foundHighRail) {
  /** Whether nothing was wrong with it. */
  public boolean isSound() {
    return nan + infinite + flatRuns + saturated == 0;
  }
}
