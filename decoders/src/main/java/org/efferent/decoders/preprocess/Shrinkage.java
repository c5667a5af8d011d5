package org.efferent.decoders.preprocess;

/** How a covariance is drawn towards the identity. */
public enum Shrinkage {
  /** Not at all. */
  NONE,
  /** Ledoit and Wolf (2004), as scikit-learn's {@code ledoit_wolf}. */
  LEDOIT_WOLF,
  /**
   * The same on standardised channels, scaled back: scikit-learn's {@code shrinkage="auto"}, which
   * the published whitening uses.
   */
  LEDOIT_WOLF_STANDARDISED;

  /**
   * A covariance, divided by n.
   *
   * @param x {@code [rows × columns]}, row-major; overwritten
   * @param rows at least 1
   * @param columns at least 1
   * @return {@code [columns × columns]}
   */
  public double[] covariance(double[] x, int rows, int columns) {
    double[] means = new double[columns];
    for (int i = 0; i < x.length; i++) {
      means[i % columns] += x[i] / rows;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] -= means[i % columns];
    }
    if (this != LEDOIT_WOLF_STANDARDISED) {
      return shrunk(x, rows, columns);
    }
    double[] scales = new double[columns];
    for (int i = 0; i < x.length; i++) {
      scales[i % columns] += x[i] * x[i] / rows;
    }
    for (int c = 0; c < columns; c++) {
      scales[c] = scales[c] == 0 ? 1 : Math.sqrt(scales[c]);
    }
    for (int i = 0; i < x.length; i++) {
      x[i] /= scales[i % columns];
    }
    double[] covariance = shrunk(x, rows, columns);
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] *= scales[i / columns] * scales[i % columns];
    }
    return covariance;
  }

  private double[] shrunk(double[] x, int rows, int columns) {
    double[] covariance = gram(x, rows, columns);
    double trace = 0;
    for (int c = 0; c < columns; c++) {
      trace += covariance[c * columns + c];
    }
    if (this == NONE || columns == 1) {
      return covariance;
    }
    double mu = trace / columns;
    double share = share(x, covariance, rows, columns, mu);
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] = (1 - share) * covariance[i] + (i % (columns + 1) == 0 ? share * mu : 0);
    }
    return covariance;
  }

  private static double[] gram(double[] x, int rows, int columns) {
    double[] gram = new double[columns * columns];
    for (int r = 0; r < rows; r++) {
      int at = r * columns;
      for (int i = 0; i < columns; i++) {
        double factor = x[at + i] / rows;
        for (int j = 0; j <= i; j++) {
          gram[i * columns + j] += factor * x[at + j];
        }
      }
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        gram[j * columns + i] = gram[i * columns + j];
      }
    }
    return gram;
  }

  /** β / δ of Ledoit and Wolf's lemma 3.1, at most 1. */
  private static double share(double[] x, double[] s, int rows, int columns, double mu) {
    double fourth = 0;
    for (int r = 0; r < rows; r++) {
      double norm = 0;
      for (int c = 0; c < columns; c++) {
        norm += x[r * columns + c] * x[r * columns + c];
      }
      fourth += norm * norm;
    }
    double square = 0;
    for (double value : s) {
      square += value * value;
    }
    double beta = (fourth / rows - square) / ((double) columns * rows);
    double delta = (square - columns * mu * mu) / columns;
    beta = Math.min(beta, delta);
    return beta == 0 ? 0 : beta / delta;
  }
}
