package org.efferent.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.efferent.decoders.dataset.WindowDataset;

/**
 * Distances between stimuli, among what an encoder says and among what it should say (Kriegeskorte,
 * Mur, Bandettini, Frontiers in Systems Neuroscience 2008).
 */
final class RepresentationalSimilarity {
  private final double[][] embeddings;
  private final double[][] targets;
  private final double spearman;

  private RepresentationalSimilarity(double[][] embeddings, double[][] targets, double spearman) {
    this.embeddings = embeddings;
    this.targets = targets;
    this.spearman = spearman;
  }

  /**
   * Compares.
   *
   * @param data where the examples are
   * @param examples which
   * @param made embeddings, {@code [examples × width]}
   * @param truth targets, {@code [examples × width]}
   */
  static RepresentationalSimilarity of(
      WindowDataset data, int[] examples, float[] made, float[] truth) {
    Map<String, double[]> said = new LinkedHashMap<>();
    Map<String, double[]> wanted = new LinkedHashMap<>();
    int width = made.length / examples.length;
    for (int i = 0; i < examples.length; i++) {
      String stimulus = data.example(examples[i]).stimulus();
      add(said.computeIfAbsent(stimulus, s -> new double[width]), made, i * width);
      double[] row = new double[width];
      add(row, truth, i * width);
      wanted.put(stimulus, row);
    }
    double[][] a = distances(said.values().toArray(double[][]::new));
    double[][] b = distances(wanted.values().toArray(double[][]::new));
    double rho =
        a.length < 3 ? Double.NaN : new SpearmansCorrelation().correlation(above(a), above(b));
    return new RepresentationalSimilarity(a, b, rho);
  }

  private static void add(double[] sum, float[] values, int at) {
    double squares = 0;
    for (int d = 0; d < sum.length; d++) {
      squares += (double) values[at + d] * values[at + d];
    }
    double factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (int d = 0; d < sum.length; d++) {
      sum[d] += factor * values[at + d];
    }
  }

  private static double[][] distances(double[][] rows) {
    int n = rows.length;
    double[] lengths = new double[n];
    for (int i = 0; i < n; i++) {
      lengths[i] = Math.sqrt(Arrays.stream(rows[i]).map(v -> v * v).sum());
    }
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double product = 0;
        for (int d = 0; d < rows[i].length; d++) {
          product += rows[i][d] * rows[j][d];
        }
        double both = lengths[i] * lengths[j];
        out[i][j] = 1 - (both > 0 ? product / both : 0);
        out[j][i] = out[i][j];
      }
    }
    return out;
  }

  private static double[] above(double[][] matrix) {
    int n = matrix.length;
    double[] out = new double[n * (n - 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        out[at++] = matrix[i][j];
      }
    }
    return out;
  }

  int stimuli() {
    return embeddings.length;
  }

  double[][] embeddings() {
    return embeddings;
  }

  double[][] targets() {
    return targets;
  }

  /** Rank correlation of the distances above the diagonals; NaN below three stimuli. */
  double spearman() {
    return spearman;
  }
}
