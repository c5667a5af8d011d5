package org.efferent.generation.metrics;

/** Feature vectors of pictures or embeddings, {@code [rows × dimensions]}, row-major, finite. */
public final class Features {
  private final int rows;
  private final int dimensions;
  private final double[] values;

  /**
   * Feature vectors.
   *
   * @param rows vectors, at least 1
   * @param dimensions values a vector, at least 1
   * @param values {@code [rows × dimensions]}, row-major, finite; copied
   */
  public Features(int rows, int dimensions, double[] values) {
    if (rows < 1 || dimensions < 1 || values.length != (long) rows * dimensions) {
      throw new IllegalArgumentException(
          "features are [rows × dimensions]; rows=%d, dimensions=%d, values=%d"
              .formatted(rows, dimensions, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "features must be finite; row=%d, dimension=%d, value=%s"
                .formatted(i / dimensions, i % dimensions, values[i]));
      }
    }
    this.rows = rows;
    this.dimensions = dimensions;
    this.values = values.clone();
  }

  /**
   * Feature vectors.
   *
   * @param vectors one a row, of one length
   * @return their copy
   */
  public static Features of(float[][] vectors) {
    int dimensions = vectors.length == 0 ? 0 : vectors[0].length;
    double[] values = new double[vectors.length * dimensions];
    for (int r = 0; r < vectors.length; r++) {
      if (vectors[r].length != dimensions) {
        throw new IllegalArgumentException(
            "vectors must have one length; row 0 has %d, row %d has %d"
                .formatted(dimensions, r, vectors[r].length));
      }
      for (int d = 0; d < dimensions; d++) {
        values[r * dimensions + d] = vectors[r][d];
      }
    }
    return new Features(vectors.length, dimensions, values);
  }

  /** Vectors. */
  public int rows() {
    return rows;
  }

  /** Values a vector. */
  public int dimensions() {
    return dimensions;
  }

  /**
   * One value.
   *
   * @param row from 0
   * @param dimension from 0
   * @return the value
   */
  public double get(int row, int dimension) {
    return values[row * dimensions + dimension];
  }

  /**
   * One vector.
   *
   * @param row from 0
   * @return a copy, {@code [dimensions]}
   */
  public double[] row(int row) {
    double[] copy = new double[dimensions];
    System.arraycopy(values, row * dimensions, copy, 0, dimensions);
    return copy;
  }

  /**
   * Pearson's correlations of all vectors with all of another set.
   *
   * @param other vectors of the same dimensions
   * @return {@code [rows][other rows]}
   * @throws IllegalArgumentException if the dimensions differ or a vector has one value everywhere
   */
  double[][] correlations(Features other) {
    if (dimensions != other.dimensions) {
      throw new IllegalArgumentException(
          "features must have the same dimensions; %d and %d"
              .formatted(dimensions, other.dimensions));
    }
    double[][] a = standardised();
    double[][] b = other.standardised();
    double[][] r = new double[rows][other.rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < other.rows; j++) {
        double sum = 0;
        for (int d = 0; d < dimensions; d++) {
          sum += a[i][d] * b[j][d];
        }
        r[i][j] = sum;
      }
    }
    return r;
  }

  /** Each row without its mean, of length 1. */
  private double[][] standardised() {
    double[][] out = new double[rows][];
    for (int i = 0; i < rows; i++) {
      double[] row = row(i);
      double mean = Correlation.mean(row);
      double squares = 0;
      for (int d = 0; d < dimensions; d++) {
        row[d] -= mean;
        squares += row[d] * row[d];
      }
      double norm = Math.sqrt(squares);
      if (!(norm > 1e-12 * Math.abs(mean)) || norm == 0) {
        throw new IllegalArgumentException(
            "a vector with one value everywhere correlates with nothing; row=%d, value=%s"
                .formatted(i, mean));
      }
      for (int d = 0; d < dimensions; d++) {
        row[d] /= norm;
      }
      out[i] = row;
    }
    return out;
  }
}
