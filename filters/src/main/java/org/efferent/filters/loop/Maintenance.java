package org.efferent.filters.loop;

import java.util.ArrayList;
import java.util.List;
import org.efferent.filters.calibration.BiasCorrection;
import org.efferent.filters.calibration.BlockZScore;
import org.efferent.filters.calibration.Versions;
import org.efferent.filters.loop.DecoderTraining.Trained;

/**
 * {@link Upkeep} at work while a decoder steers alone. A block of z-scores that a pause, a silence
 * or another decoder interrupts begins anew, and so does the bias with another decoder. Used by one
 * thread.
 */
final class Maintenance {
  private final BiasCorrection bias;
  private final int block;
  private long version = -1;
  private int since;

  /**
   * At the end of a calibration.
   *
   * @param upkeep what is to be done
   * @param calibration its bins: the speeds that were decoded in closed loop set the bias's
   *     threshold
   * @param binSeconds length of a bin
   */
  Maintenance(Upkeep upkeep, LoopRows calibration, double binSeconds) {
    bias =
        upkeep.correctsBias()
            ? new BiasCorrection(
                2, threshold(calibration), binSeconds, upkeep.biasHalfLifeSeconds())
            : null;
    block = upkeep.standardises() ? (int) Math.round(upkeep.zScoreSeconds() / binSeconds) : 0;
  }

  /** The 66th centile of the speeds that were decoded; 0 where nothing was. */
  private static double threshold(LoopRows calibration) {
    List<double[]> decoded = new ArrayList<>();
    for (int t = 0; t < calibration.size(); t++) {
      double[] velocity = calibration.velocity(t);
      if (velocity[0] != 0 || velocity[1] != 0) {
        decoded.add(velocity);
      }
    }
    return decoded.isEmpty() ? 0 : BiasCorrection.threshold(decoded.toArray(double[][]::new));
  }

  /**
   * Sets a decoded velocity right.
   *
   * @param velocity {@code [2]}, overwritten
   * @param versions the decoder in use decoded it
   * @param steering whether it moves the cursor: in a pause nothing is learned
   */
  void correct(double[] velocity, Versions<Trained> versions, boolean steering) {
    if (version != versions.current().number()) {
      version = versions.current().number();
      if (bias != null) {
        bias.reset();
      }
      interrupt(versions);
    }
    if (bias != null) {
      bias.freeze(versions.isFrozen() || !steering);
      bias.apply(velocity);
    }
  }

  /** A bin was decoded that moved the cursor: the last one of a block ends it. */
  void step(Versions<Trained> versions) {
    if (block == 0) {
      return;
    }
    since++;
    if (since >= block) {
      BlockZScore zScore = zScore(versions);
      zScore.freeze(versions.isFrozen());
      zScore.endBlock(Math.max(2, block / 2));
      since = 0;
    }
  }

  /** What came since the last block is left out. */
  void interrupt(Versions<Trained> versions) {
    if (block > 0) {
      zScore(versions).forget();
      since = 0;
    }
  }

  private static BlockZScore zScore(Versions<Trained> versions) {
    return versions.current().value().decoder().zScore();
  }
}
