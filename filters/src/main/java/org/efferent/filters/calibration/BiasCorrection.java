package org.efferent.filters.calibration;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.efferent.core.UsageException;

/**
 * Takes a constant drift out of decoded velocities: the exponentially weighted mean of those faster
 * than a threshold is subtracted from all. Fast is what is so after the correction: in closed loop
 * the cursor stays on the screen, so that any b equals the mean velocity, and among bins that are
 * fast before it those along b prevail, which lets b grow.
 *
 * <pre>
 * b ← b + (1 - 2^(-Δ / h)) (v - b)     where |v - b| exceeds the threshold
 * answer = v - b
 * </pre>
 *
 * <p>The threshold is the 66th centile of the speeds of the calibration (Jarosiewicz et al., Sci.
 * Transl. Med. 7:313ra179, 2015, doi:10.1126/scitranslmed.aac7328). Used by one thread; a bin
 * allocates nothing.
 */
public final class BiasCorrection {
  /** The centile of the paper. */
  public static final double CENTILE = 66;

  private final double[] bias;
  private final double threshold;
  private final double share;
  private boolean frozen;

  /**
   * A correction at zero bias.
   *
   * @param dimensions d
   * @param threshold speed above which a velocity counts, 0 or more
   * @param binSeconds length of a bin, above 0
   * @param halfLifeSeconds after which a velocity counts half, in seconds of counted bins, above 0
   * @throws UsageException where a value is out of range
   */
  public BiasCorrection(
      int dimensions, double threshold, double binSeconds, double halfLifeSeconds) {
    if (dimensions < 1 || !(threshold >= 0) || !(binSeconds > 0) || !(halfLifeSeconds > 0)) {
      throw new UsageException(
          "a bias correction needs dimensions, a threshold of 0 or more, a bin and a half-life above"
              + " 0; dimensions="
              + dimensions
              + ", threshold="
              + threshold
              + ", bin="
              + binSeconds
              + ", half-life="
              + halfLifeSeconds);
    }
    bias = new double[dimensions];
    this.threshold = threshold;
    share = 1 - Rows.decay(binSeconds, halfLifeSeconds);
  }

  /**
   * The speed that 66 % of the velocities of a calibration stay below.
   *
   * @param velocities {@code [rows][d]}
   * @return the threshold
   */
  public static double threshold(double[][] velocities) {
    Rows.check("velocities", velocities);
    return new Percentile()
        .evaluate(Arrays.stream(velocities).mapToDouble(Rows::norm).toArray(), CENTILE);
  }

  /**
   * Corrects one bin.
   *
   * @param velocity {@code [d]}, overwritten with the corrected one; one that is not finite is left
   *     alone
   */
  public void apply(double[] velocity) {
    if (!Rows.usable(Rows.norm(velocity))) {
      return;
    }
    double squares = 0;
    for (int i = 0; i < bias.length; i++) {
      squares += (velocity[i] - bias[i]) * (velocity[i] - bias[i]);
    }
    if (!frozen && squares > threshold * threshold) {
      for (int i = 0; i < bias.length; i++) {
        bias[i] += share * (velocity[i] - bias[i]);
      }
    }
    for (int i = 0; i < bias.length; i++) {
      velocity[i] -= bias[i];
    }
  }

  /**
   * Freezes or thaws the bias; a frozen one is still subtracted.
   *
   * @param value whether it stays
   */
  public void freeze(boolean value) {
    frozen = value;
  }

  /** Whether the bias stays. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Back to zero bias. */
  public void reset() {
    Arrays.fill(bias, 0);
  }

  /** A copy of the bias now, {@code [d]}, in the unit of the velocities. */
  public double[] bias() {
    return bias.clone();
  }
}
