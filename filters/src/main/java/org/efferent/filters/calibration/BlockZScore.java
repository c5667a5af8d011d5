package org.efferent.filters.calibration;

import java.util.Arrays;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.Transform;
import org.efferent.core.UsageException;

/**
 * Standardises features by mean and standard deviation of the block before, while it gathers those
 * of the block that runs (Welford's recursion), so that drifts of baseline and gain do not outlive
 * a block. A channel that did not vary is only centred; values beyond the clip are held there,
 * which takes the sting out of artefacts.
 *
 * <p>Used by one thread; a row allocates nothing. What changes the statistics is {@link #endBlock}
 * alone, so a run is repeated by ending blocks at the same rows.
 */
public final class BlockZScore implements Transform {
  /** No clipping. */
  public static final double NO_CLIP = Double.POSITIVE_INFINITY;

  private final int channels;
  private final double clip;
  private final double[] firstMean;
  private final double[] firstScale;
  private final double[] mean;
  private final double[] scale;
  private final long[] counts;
  private final double[] runningMean;
  private final double[] squares;
  private long clipped;
  private long blocks;
  private boolean frozen;

  /**
   * Starts with the statistics of calibration rows.
   *
   * @param rows {@code [rows][channels]}, at least two, finite
   * @param clip largest size of a z-score, above 0, in standard deviations; {@link #NO_CLIP} for
   *     none
   * @throws InputException where there are too few rows or a value is not finite
   */
  public BlockZScore(double[][] rows, double clip) {
    channels = Rows.check("calibration rows", rows);
    if (rows.length < 2) {
      throw new InputException(
          "a z-score needs at least two calibration rows; rows=" + rows.length);
    }
    if (!(clip > 0)) {
      throw new UsageException("the clip of a z-score must be above 0; clip=" + clip);
    }
    this.clip = clip;
    counts = new long[channels];
    runningMean = new double[channels];
    squares = new double[channels];
    mean = new double[channels];
    scale = new double[channels];
    for (double[] row : rows) {
      gather(row, 0);
    }
    take(2);
    forget();
    firstMean = mean.clone();
    firstScale = scale.clone();
  }

  /**
   * Starts with given statistics, such as those that were saved.
   *
   * @param mean that is taken away, {@code [channels]}, finite
   * @param scale factors, one over the standard deviation, {@code [channels]}, finite, above 0
   * @param clip largest size of a z-score, above 0; {@link #NO_CLIP} for none
   * @throws InputException where the lengths differ or a value is out of range
   */
  public BlockZScore(double[] mean, double[] scale, double clip) {
    channels = mean.length;
    if (channels == 0 || scale.length != channels || !(clip > 0)) {
      throw new InputException(
          "a z-score needs as many scales as means, and a clip above 0; means="
              + channels
              + ", scales="
              + scale.length
              + ", clip="
              + clip);
    }
    for (int c = 0; c < channels; c++) {
      if (!Rows.usable(mean[c]) || !Rows.usable(scale[c]) || scale[c] <= 0) {
        throw new InputException(
            "a z-score needs finite means and scales above 0; channel="
                + c
                + ", mean="
                + mean[c]
                + ", scale="
                + scale[c]);
      }
    }
    this.clip = clip;
    counts = new long[channels];
    runningMean = new double[channels];
    squares = new double[channels];
    this.mean = mean.clone();
    this.scale = scale.clone();
    firstMean = mean.clone();
    firstScale = scale.clone();
  }

  @Override
  public void apply(Chunk chunk) {
    if (chunk.channels() != channels) {
      throw new InputException(
          "a z-score must see the channels that it learned; channels="
              + chunk.channels()
              + ", learned "
              + channels);
    }
    for (int r = 0; r < chunk.rows(); r++) {
      apply(chunk.values(), r * channels);
    }
  }

  /**
   * Gathers one row and standardises it in place. Values that are not finite are not gathered and
   * stay as they are.
   *
   * @param values array that holds the row; modified
   * @param at where it starts
   */
  public void apply(double[] values, int at) {
    gather(values, at);
    for (int c = 0; c < channels; c++) {
      double z = (values[at + c] - mean[c]) * scale[c];
      if (Math.abs(z) > clip) {
        z = Math.copySign(clip, z);
        clipped++;
      }
      values[at + c] = z;
    }
  }

  /**
   * Ends a block: the next rows are standardised by this block's statistics. A channel with fewer
   * usable rows than {@code fewest} keeps its old ones. While frozen nothing changes and the block
   * is forgotten.
   *
   * @param fewest usable rows that a channel needs, at least 2
   * @return channels that took new statistics
   */
  public int endBlock(int fewest) {
    if (fewest < 2) {
      throw new UsageException("a block needs at least two rows a channel; fewest=" + fewest);
    }
    int changed = frozen ? 0 : take(fewest);
    blocks += changed > 0 ? 1 : 0;
    forget();
    return changed;
  }

  private void gather(double[] values, int at) {
    for (int c = 0; c < channels; c++) {
      double value = values[at + c];
      if (Rows.usable(value)) {
        counts[c]++;
        double before = value - runningMean[c];
        runningMean[c] += before / counts[c];
        squares[c] += before * (value - runningMean[c]);
      }
    }
  }

  private int take(int fewest) {
    int changed = 0;
    for (int c = 0; c < channels; c++) {
      if (counts[c] >= fewest) {
        mean[c] = runningMean[c];
        double variance = squares[c] / (counts[c] - 1);
        // What rounding leaves of a constant is no variance.
        scale[c] = variance > 1e-24 * mean[c] * mean[c] ? 1 / Math.sqrt(variance) : 1;
        changed++;
      }
    }
    return changed;
  }

  /** Forgets the running block, which begins anew; the statistics in use stay. */
  public void forget() {
    Arrays.fill(counts, 0);
    Arrays.fill(runningMean, 0);
    Arrays.fill(squares, 0);
  }

  /** Whether {@link #endBlock} changes nothing. */
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * Freezes or thaws the statistics.
   *
   * @param value whether they stay
   */
  public void freeze(boolean value) {
    frozen = value;
  }

  /** Returns to the calibration rows' statistics and forgets the running block. */
  @Override
  public void reset() {
    System.arraycopy(firstMean, 0, mean, 0, channels);
    System.arraycopy(firstScale, 0, scale, 0, channels);
    forget();
  }

  /** Largest size of a z-score; {@link #NO_CLIP} for none. */
  public double clip() {
    return clip;
  }

  /** Values that were clipped, since construction. */
  public long clipped() {
    return clipped;
  }

  /** Blocks that changed the statistics, since construction. */
  public long blocks() {
    return blocks;
  }

  /** A copy of the means that are taken away now, {@code [channels]}. */
  public double[] mean() {
    return mean.clone();
  }

  /** A copy of the factors (one over the standard deviation) in use now, {@code [channels]}. */
  public double[] scale() {
    return scale.clone();
  }
}
