package org.efferent.acquisition.lsl;

/**
 * What happens to the stamps of an inlet, in liblsl's order ({@code time_postprocessor.cpp}):
 * clock, jitter, order.
 */
public final class StampProcessor {
  private final boolean monotonise;
  private final StampSmoother smoother;
  private long dropped;
  private int connection;
  private int clock;
  private double last = Double.NEGATIVE_INFINITY;

  /**
   * A processor that has seen nothing.
   *
   * @param options which of the treatments
   * @param rateHz nominal rate of the stream, 0 where irregular
   * @param halftimeSeconds after which a sample counts half in the smoother
   */
  public StampProcessor(InletOptions options, double rateHz, double halftimeSeconds) {
    monotonise = options.monotonise();
    smoother = options.dejitter() ? new StampSmoother(rateHz, halftimeSeconds) : null;
  }

  /**
   * The stamp that the user sees.
   *
   * @param stamp seconds on the outlet's clock
   * @param correction what to add, seconds
   * @param droppedSoFar samples that were dropped before this one, in all
   * @param onConnection which connection it came by: what is lost between two is not known, so that
   *     the smoother begins anew
   * @param onClock which clock it is on: another one may lie before
   * @return seconds
   */
  public double process(
      double stamp, double correction, long droppedSoFar, int onConnection, int onClock) {
    if (onClock != clock) {
      clock = onClock;
      last = Double.NEGATIVE_INFINITY;
    }
    double seconds = stamp + correction;
    if (smoother != null) {
      if (onConnection != connection) {
        smoother.reset();
      }
      smoother.skip(droppedSoFar - dropped);
      seconds = smoother.smooth(seconds);
    }
    connection = onConnection;
    dropped = droppedSoFar;
    if (monotonise && seconds < last) {
      return last;
    }
    if (seconds >= last && seconds < StampSmoother.FARTHEST_SECONDS) {
      last = seconds;
    }
    return seconds;
  }
}
