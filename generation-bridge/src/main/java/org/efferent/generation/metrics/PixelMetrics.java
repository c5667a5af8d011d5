package org.efferent.generation.metrics;

/**
 * How alike two pictures of one size are, pixel by pixel.
 *
 * <p>Such figures say little about meaning: over 6,855 pairs of stimulus and reconstruction they
 * hardly correlate with semantic consistency (arXiv 2607.12364). Report {@link
 * TwoWayIdentification} beside them.
 *
 * @param range the distance between black and white, such as 1 or 255
 */
public record PixelMetrics(double range) {
  /** For values from 0 to 1. */
  public static final PixelMetrics UNIT = new PixelMetrics(1);

  private static final double SIGMA = 1.5;
  private static final int RADIUS = 5;

  /** Checks the range. */
  public PixelMetrics {
    if (!(range > 0) || !Double.isFinite(range)) {
      throw new IllegalArgumentException("range must be positive; range=" + range);
    }
  }

  /**
   * Pearson's correlation of all values, colours one after the other.
   *
   * @param a a picture
   * @param b another of its size and channels
   * @return from −1 to 1; NaN where a picture has one value everywhere
   */
  public double correlation(Pixels a, Pixels b) {
    same(a, b);
    return Correlation.of(a.values(), b.values());
  }

  /**
   * Peak signal-to-noise ratio, 10 log₁₀(range² / mean squared difference).
   *
   * @param a a picture
   * @param b another of its size and channels
   * @return decibel; infinite for equal pictures
   */
  public double psnr(Pixels a, Pixels b) {
    same(a, b);
    double sum = 0;
    for (int i = 0; i < a.values().length; i++) {
      double difference = a.values()[i] - b.values()[i];
      sum += difference * difference;
    }
    return 10 * Math.log10(range * range * a.values().length / sum);
  }

  /**
   * Structural similarity (Wang et al. 2004, eq. 13) as the evaluations of reconstructions have it:
   * Gaussian weights of sigma 1.5 cut at 11 × 11, population covariance, K₁ = .01, K₂ = .03, the
   * mean over places where the whole window lies inside.
   *
   * @param a a grey picture of at least 11 × 11
   * @param b another of its size
   * @return at most 1
   */
  public double ssim(Pixels a, Pixels b) {
    same(a, b);
    if (a.channels() != 1 || a.width() < 2 * RADIUS + 1 || a.height() < 2 * RADIUS + 1) {
      throw new IllegalArgumentException(
          "ssim takes grey pictures of at least 11 × 11; channels=%d, width=%d, height=%d"
              .formatted(a.channels(), a.width(), a.height()));
    }
    double[] x = a.values();
    double[] y = b.values();
    double[] meanX = blurred(x, x, a, false);
    double[] meanY = blurred(y, y, a, false);
    double[] meanXx = blurred(x, x, a, true);
    double[] meanYy = blurred(y, y, a, true);
    double[] meanXy = blurred(x, y, a, true);
    double c1 = Math.pow(0.01 * range, 2);
    double c2 = Math.pow(0.03 * range, 2);
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double mx = meanX[i];
      double my = meanY[i];
      double varianceX = meanXx[i] - mx * mx;
      double varianceY = meanYy[i] - my * my;
      double covariance = meanXy[i] - mx * my;
      sum +=
          (2 * mx * my + c1)
              * (2 * covariance + c2)
              / ((mx * mx + my * my + c1) * (varianceX + varianceY + c2));
    }
    return sum / meanX.length;
  }

  /** The weighted mean of x, or of x·y, around each pixel whose window lies inside. */
  private static double[] blurred(double[] x, double[] y, Pixels size, boolean product) {
    int width = size.width();
    int inside = width - 2 * RADIUS;
    double[] weights = gaussian();
    double[] rows = new double[size.height() * inside];
    for (int r = 0; r < size.height(); r++) {
      for (int c = 0; c < inside; c++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          int at = r * width + c + k;
          sum += weights[k] * (product ? x[at] * y[at] : x[at]);
        }
        rows[r * inside + c] = sum;
      }
    }
    double[] out = new double[(size.height() - 2 * RADIUS) * inside];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * rows[i + k * inside];
      }
      out[i] = sum;
    }
    return out;
  }

  private static double[] gaussian() {
    double[] weights = new double[2 * RADIUS + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-0.5 * Math.pow((i - RADIUS) / SIGMA, 2));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static void same(Pixels a, Pixels b) {
    if (a.width() != b.width() || a.height() != b.height() || a.channels() != b.channels()) {
      throw new IllegalArgumentException(
          "pictures must have one size; %d × %d × %d and %d × %d × %d; use resized or grey"
              .formatted(a.height(), a.width(), a.channels(), b.height(), b.width(), b.channels()));
    }
  }
}
