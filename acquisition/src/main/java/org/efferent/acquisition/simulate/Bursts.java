package org.efferent.acquisition.simulate;

import java.util.Arrays;

/**
 * Events that begin at random, last a while and never overlap: a renewal process whose pauses are a
 * least pause and an exponential rest. The same key gives the same events whatever is asked first;
 * those drawn so far are kept (some tens of bytes an event).
 */
final class Bursts {
  private static final int DRAWS_PER_EVENT = 8;

  private final long key;
  private final double leastPause;
  private final double meanRest;
  private final double leastSeconds;
  private final double mostSeconds;
  private final double spread;
  private double[] starts = new double[64];
  private double[] seconds = new double[64];
  private double[] sizes = new double[64];
  private int count;

  /**
   * Events.
   *
   * @param key of their random numbers
   * @param perSecond mean number a second; 0 for none
   * @param leastPause least time between the end of one and the start of the next, seconds
   * @param leastSeconds the shortest; durations are uniform
   * @param mostSeconds the longest
   * @param spread standard deviation of the logarithm of an event's size, whose mean is 1
   */
  Bursts(
      long key,
      double perSecond,
      double leastPause,
      double leastSeconds,
      double mostSeconds,
      double spread) {
    this.key = key;
    this.leastPause = leastPause;
    this.leastSeconds = leastSeconds;
    this.mostSeconds = mostSeconds;
    this.spread = spread;
    meanRest = 1 / perSecond - leastPause - (leastSeconds + mostSeconds) / 2;
    if (!(meanRest > 0)) {
      throw new IllegalArgumentException(
          "events must leave pauses; perSecond="
              + perSecond
              + ", leastPause="
              + leastPause
              + ", seconds="
              + leastSeconds
              + " to "
              + mostSeconds);
    }
  }

  /** Index of the first event that ends after a moment. */
  int firstAfter(double time) {
    while (count == 0 || starts[count - 1] + seconds[count - 1] <= time) {
      if (Double.isInfinite(meanRest)) {
        return 0;
      }
      draw();
    }
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] + seconds[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void draw() {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      seconds = Arrays.copyOf(seconds, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
    }
    long index = (long) DRAWS_PER_EVENT * count;
    double before = count == 0 ? 0 : starts[count - 1] + seconds[count - 1];
    starts[count] = before + leastPause - meanRest * StrictMath.log(Draws.uniform(key, index));
    seconds[count] = leastSeconds + (mostSeconds - leastSeconds) * Draws.uniform(key, index + 1);
    double z = Draws.gaussian(key, index + 2);
    sizes[count] = StrictMath.exp(spread * z - spread * spread / 2);
    count++;
  }

  /** When an event begins, seconds; infinite where there are no events. */
  double start(int event) {
    if (Double.isInfinite(meanRest)) {
      return Double.POSITIVE_INFINITY;
    }
    while (event >= count) {
      draw();
    }
    return starts[event];
  }

  /** How long an event lasts, seconds. */
  double seconds(int event) {
    return event < count ? seconds[event] : 0;
  }

  /** How large an event is; 1 on average. */
  double size(int event) {
    return event < count ? sizes[event] : 0;
  }

  /** A number between 0 and 1 of an event's own. */
  double mark(int event) {
    return Draws.uniform(key, (long) DRAWS_PER_EVENT * event + 4);
  }
}
