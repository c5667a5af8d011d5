package org.efferent.decoders.prior;

import java.util.Arrays;

/**
 * How rows of numbers are made fit for a prior: brought to length one or not, then shifted and
 * scaled a column.
 */
public final class RowScaling {
  private static final double LEAST = 1e-6;

  private final boolean unit;
  private final float[] mean;
  private final float[] scale;

  /**
   * A scaling.
   *
   * @param unit whether rows are divided by their length first
   * @param mean subtracted from each column then, {@code [width]}
   * @param scale divides each column then, {@code [width]}, above 0
   */
  public RowScaling(boolean unit, float[] mean, float[] scale) {
    if (mean.length != scale.length) {
      throw new IllegalArgumentException(
          "mean and scale must be one a column; mean=%d, scale=%d"
              .formatted(mean.length, scale.length));
    }
    for (int d = 0; d < mean.length; d++) {
      if (!Float.isFinite(mean[d]) || !(scale[d] > 0 && Float.isFinite(scale[d]))) {
        throw new IllegalArgumentException(
            "means must be finite and scales above 0; column=%d, mean=%s, scale=%s"
                .formatted(d, mean[d], scale[d]));
      }
    }
    this.unit = unit;
    this.mean = mean.clone();
    this.scale = scale.clone();
  }

  /**
   * None.
   *
   * @param unit whether rows are divided by their length
   * @param width columns
   * @return no shift, no scale
   */
  public static RowScaling none(boolean unit, int width) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    return new RowScaling(unit, new float[width], ones);
  }

  /**
   * Mean and standard deviation of each column; a column that does not vary is only shifted.
   *
   * @param unit whether rows are divided by their length first
   * @param rows {@code [n × width]}, row-major
   * @param width columns
   * @return the scaling
   */
  public static RowScaling standard(boolean unit, float[] rows, int width) {
    float[] given = none(unit, width).apply(rows);
    int n = rows.length / width;
    float[] mean = new float[width];
    float[] scale = new float[width];
    for (int d = 0; d < width; d++) {
      double sum = 0;
      for (int r = 0; r < n; r++) {
        sum += given[r * width + d];
      }
      double centre = sum / n;
      double squares = 0;
      for (int r = 0; r < n; r++) {
        double difference = given[r * width + d] - centre;
        squares += difference * difference;
      }
      double deviation = Math.sqrt(squares / n);
      mean[d] = (float) centre;
      scale[d] = deviation > LEAST * Math.max(Math.abs(centre), LEAST) ? (float) deviation : 1;
    }
    return new RowScaling(unit, mean, scale);
  }

  /** Columns. */
  public int width() {
    return mean.length;
  }

  /** Whether rows are divided by their length first. */
  public boolean unit() {
    return unit;
  }

  /** What is subtracted, {@code [width]}. */
  public float[] mean() {
    return mean.clone();
  }

  /** What divides, {@code [width]}. */
  public float[] scale() {
    return scale.clone();
  }

  /**
   * Scales.
   *
   * @param rows {@code [n × width]}, row-major; not changed
   * @return scaled rows
   */
  public float[] apply(float[] rows) {
    int width = width();
    float[] out = new float[rows.length];
    for (int from = 0; from < rows.length; from += width) {
      double length = unit ? length(rows, from, width) : 1;
      for (int d = 0; d < width; d++) {
        out[from + d] = (float) ((rows[from + d] / length - mean[d]) / scale[d]);
      }
    }
    return out;
  }

  private static double length(float[] rows, int from, int width) {
    double squares = 0;
    for (int d = 0; d < width; d++) {
      squares += (double) rows[from + d] * rows[from + d];
    }
    return Math.max(Math.sqrt(squares), 1e-12);
  }

  /**
   * Takes shift and scale back; a length that was divided by is gone.
   *
   * @param rows {@code [n × width]}, row-major, scaled; not changed
   * @return rows
   */
  public float[] undo(float[] rows) {
    int width = width();
    float[] out = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      out[i] = rows[i] * scale[i % width] + mean[i % width];
    }
    return out;
  }
}
