package org.efferent.cli;

import org.efferent.filters.calibration.BlockZScore;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.VelocityDecoder;

/**
 * How far the regression alone, before any filter over time, points away from what a simulated user
 * wanted, while one channel may be wrong. Of the bins after the calibration in which the user
 * wanted to move at half of the top speed or more.
 */
final class UnfilteredError {
  private static final double SLOWEST = 0.5;

  private final double offset;
  private double sum;
  private long bins;

  /** The most informative channel reads {@code offset} standard deviations too much. */
  UnfilteredError(double offset) {
    this.offset = offset;
  }

  /** Spoils the channel, where the decoder steers alone. */
  void spoil(ClosedLoop loop, double[] features) {
    if (offset != 0 && loop.phase() == ClosedLoop.Phase.RUNNING) {
      VelocityDecoder decoder = decoder(loop);
      BlockZScore zScore = decoder.zScore();
      features[decoder.bestChannel()] += offset / zScore.scale()[decoder.bestChannel()];
    }
  }

  /** Looks at what the last bin said. */
  void compare(ClosedLoop loop, double[] wanted) {
    if (loop.phase() != ClosedLoop.Phase.RUNNING || Math.hypot(wanted[0], wanted[1]) < SLOWEST) {
      return;
    }
    decoder(loop)
        .decoder()
        .regression()
        .ifPresent(
            said -> {
              double x = said.mean(0);
              double y = said.mean(1);
              double cross = x * wanted[1] - y * wanted[0];
              double dot = x * wanted[0] + y * wanted[1];
              sum += Math.abs(Math.atan2(cross, dot));
              bins++;
            });
  }

  private static VelocityDecoder decoder(ClosedLoop loop) {
    return loop.versions().orElseThrow().current().value().decoder();
  }

  /** Mean angle, radian; chance is π/2; NaN where the filter has no regression. */
  double mean() {
    return bins == 0 ? Double.NaN : sum / bins;
  }
}
