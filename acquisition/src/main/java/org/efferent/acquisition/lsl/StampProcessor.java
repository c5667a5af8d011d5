package org.efferent.acquisition.lsl;

/** What happens to the stamps of an inlet, in liblsl's order: clock, jitter, order. */
final class StampProcessor {
  private final boolean monotonise;
  private final StampSmoother smoother;
  private long dropped;
  private int resets;
  private double last = Double.NEGATIVE_INFINITY;

  StampProcessor(InletOptions options, double rateHz, double halftimeSeconds) {
    monotonise = options.monotonise();
    smoother = options.dejitter() ? new StampSmoother(rateHz, halftimeSeconds) : null;
  }

  /**
   * The stamp that the user sees.
   *
   * @param stamp seconds on the outlet's clock
   * @param correction what to add, seconds
   * @param droppedSoFar samples that the queue has dropped, in all
   * @param resetsSoFar how often the outlet's clock has become another
   */
  double process(double stamp, double correction, long droppedSoFar, int resetsSoFar) {
    if (resetsSoFar != resets) {
      resets = resetsSoFar;
      last = Double.NEGATIVE_INFINITY;
      if (smoother != null) {
        smoother.reset();
      }
    }
    double seconds = stamp + correction;
    if (smoother != null) {
      smoother.skip(droppedSoFar - dropped);
      seconds = smoother.smooth(seconds);
    }
    dropped = droppedSoFar;
    if (monotonise) {
      seconds = Math.max(last, seconds);
      last = seconds;
    }
    return seconds;
  }
}
