package org.efferent.filters;

import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.Transform;

/**
 * Takes the mean of each channel away and divides by its standard deviation, both learned from
 * calibration rows. A channel that was constant there is only centred.
 */
public final class ZScore implements Transform {
  private final double[] mean;
  private final double[] scale;

  private ZScore(double[] mean, double[] scale) {
    this.mean = mean;
    this.scale = scale;
  }

  /**
   * Learns from calibration rows.
   *
   * @param rows {@code [rows][channels]}, at least two, finite
   * @return the transform
   * @throws InputException where there are too few rows or a value is not finite
   */
  public static ZScore fit(double[][] rows) {
    int channels = Tables.check("calibration rows", rows);
    if (rows.length < 2) {
      throw new InputException(
          "a z-score needs at least two calibration rows; rows=" + rows.length);
    }
    double[] mean = new double[channels];
    double[] scale = new double[channels];
    for (double[] row : rows) {
      for (int c = 0; c < channels; c++) {
        mean[c] += row[c] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int c = 0; c < channels; c++) {
        scale[c] += (row[c] - mean[c]) * (row[c] - mean[c]) / (rows.length - 1);
      }
    }
    for (int c = 0; c < channels; c++) {
      scale[c] = scale[c] > 0 ? 1 / Math.sqrt(scale[c]) : 1;
    }
    return new ZScore(mean, scale);
  }

  @Override
  public void apply(Chunk chunk) {
    for (int r = 0; r < chunk.rows(); r++) {
      standardise(chunk.values(), r * chunk.channels());
    }
  }

  /**
   * Standardises one row.
   *
   * @param row {@code [channels]}, not modified
   * @return a new row, in standard deviations
   */
  public double[] apply(double[] row) {
    double[] copy = row.clone();
    standardise(copy, 0);
    return copy;
  }

  private void standardise(double[] values, int at) {
    for (int c = 0; c < mean.length; c++) {
      values[at + c] = (values[at + c] - mean[c]) * scale[c];
    }
  }
}
