package org.efferent.decoders.simulated;

/**
 * How latents show in a window: latent (r, m) adds Σ_k mix[k][r] pattern_k ⊗ course_k,m. Keeps what
 * a Gaussian estimate needs: A'N⁻¹A and, of a window, A'N⁻¹y.
 */
final class Observation {
  private final Whitening whitening;
  private final double[][] patterns;
  private final double[][][] courses;
  private final double[][] mix;
  private final double[][] gram;

  /**
   * An observation.
   *
   * @param whitening of the noise
   * @param patterns {@code [sources][channels]}
   * @param courses {@code [sources][samples][m]}
   * @param mix {@code [sources][r]}
   */
  Observation(Whitening whitening, double[][] patterns, double[][][] courses, double[][] mix) {
    this.whitening = whitening;
    this.mix = mix;
    this.patterns = new double[patterns.length][];
    this.courses = new double[patterns.length][][];
    for (int k = 0; k < patterns.length; k++) {
      this.patterns[k] = whitening.turnedPattern(patterns[k]);
      this.courses[k] = whitening.turnedCourses(courses[k]);
    }
    this.gram = gramMatrix();
  }

  private int width() {
    return courses[0].length;
  }

  /** Latents. */
  int latents() {
    return mix[0].length * width();
  }

  /** A'N⁻¹A. */
  double[][] gram() {
    return gram;
  }

  private double[][] gramMatrix() {
    int m = width();
    double[][] out = new double[latents()][latents()];
    for (int k = 0; k < patterns.length; k++) {
      for (int l = 0; l <= k; l++) {
        double[][] block = block(k, l);
        for (int r = 0; r < mix[0].length; r++) {
          for (int s = 0; s < mix[0].length; s++) {
            double kl = mix[k][r] * mix[l][s];
            double lk = mix[l][r] * mix[k][s];
            for (int i = 0; i < m; i++) {
              double[] row = out[r * m + i];
              for (int j = 0; j < m; j++) {
                row[s * m + j] += kl * block[i][j] + (l < k ? lk * block[j][i] : 0);
              }
            }
          }
        }
      }
    }
    return out;
  }

  /** Of two sources: {@code [m][m]}. */
  private double[][] block(int k, int l) {
    double[][] precision = whitening.precision();
    double[] weight = new double[precision[0].length];
    for (int i = 0; i < precision.length; i++) {
      Dense.add(weight, patterns[k][i] * patterns[l][i], precision[i]);
    }
    double[][] weighted = new double[width()][weight.length];
    for (int i = 0; i < width(); i++) {
      for (int t = 0; t < weight.length; t++) {
        weighted[i][t] = weight[t] * courses[k][i][t];
      }
    }
    return Dense.timesTransposed(weighted, courses[l]);
  }

  /**
   * A'N⁻¹y.
   *
   * @param weighted window, as {@link Whitening#weighted} gives it
   * @return {@code [latents]}
   */
  double[] project(double[][] weighted) {
    int m = width();
    double[] out = new double[latents()];
    for (int k = 0; k < patterns.length; k++) {
      double[] course = new double[weighted[0].length];
      for (int i = 0; i < weighted.length; i++) {
        Dense.add(course, patterns[k][i], weighted[i]);
      }
      double[] along = Dense.times(courses[k], course);
      for (int r = 0; r < mix[0].length; r++) {
        for (int i = 0; i < m; i++) {
          out[r * m + i] += mix[k][r] * along[i];
        }
      }
    }
    return out;
  }
}
