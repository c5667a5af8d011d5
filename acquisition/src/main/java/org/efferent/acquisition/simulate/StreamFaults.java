package org.efferent.acquisition.simulate;

import org.efferent.core.UsageException;

/**
 * What is wrong with a simulated stream, so that whoever watches streams can be tested.
 *
 * @param lossEverySeconds in each stretch of this length one packet is lost, at a random place; 0
 *     for no loss
 * @param lossSamples samples in a packet that is lost
 * @param clockPpm how much faster than nominal the device samples, in parts per million; its stamps
 *     say so truly, and its effective rate is not the nominal one
 */
public record StreamFaults(double lossEverySeconds, int lossSamples, double clockPpm) {
  /** Nothing is wrong. */
  public static final StreamFaults NONE = new StreamFaults(0, 0, 0);

  /** Checks the values. */
  public StreamFaults {
    if (!(lossEverySeconds >= 0 && lossEverySeconds <= 86_400)) {
      throw new UsageException(
          "the time between losses must lie in 0 to 86400 seconds; lossEverySeconds="
              + lossEverySeconds);
    }
    if (lossSamples < 0 || (lossEverySeconds > 0) != (lossSamples > 0)) {
      throw new UsageException(
          "losses need both a time between them and a number of samples; lossEverySeconds="
              + lossEverySeconds
              + ", lossSamples="
              + lossSamples);
    }
    if (!(Math.abs(clockPpm) <= 100_000)) {
      throw new UsageException(
          "a clock may be off by 100000 ppm at the most; clockPpm=" + clockPpm);
    }
  }
}
