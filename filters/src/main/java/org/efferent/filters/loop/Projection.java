package org.efferent.filters.loop;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.filters.calibration.ChannelSelection;

/** Principal components: a row of features to the directions in which the rows vary most. */
final class Projection {
  private static final double LEAST_RATIO = 1e-3;

  private final double[][] components;
  private final double[] mean;
  private final double[] out;

  private Projection(double[][] components, double[] mean) {
    this.components = components;
    this.mean = mean;
    out = new double[components.length];
  }

  /**
   * Given components, such as those that were saved.
   *
   * @param components {@code [components][channels]}, kept
   * @param mean that is taken away, {@code [channels]}, kept
   */
  static Projection of(double[][] components, double[] mean) {
    return new Projection(components, mean);
  }

  /** The components themselves, {@code [components][channels]}: read only. */
  double[][] components() {
    return components;
  }

  /** The mean itself, {@code [channels]}: read only. */
  double[] mean() {
    return mean;
  }

  /**
   * Learns components, the largest first; each points to where its largest weight is positive, so
   * that the answer does not depend on the solver's whim.
   *
   * @param rows {@code [rows][channels]}
   * @param components how many, at most the channels
   */
  static Projection fit(double[][] rows, int components) {
    int m = rows[0].length;
    double[] mean = new double[m];
    for (double[] row : rows) {
      for (int c = 0; c < m; c++) {
        mean[c] += row[c] / rows.length;
      }
    }
    double[][] covariance = new double[m][m];
    double[] centred = new double[m];
    for (double[] row : rows) {
      for (int c = 0; c < m; c++) {
        centred[c] = row[c] - mean[c];
      }
      for (int i = 0; i < m; i++) {
        double value = centred[i];
        double[] line = covariance[i];
        for (int j = 0; j <= i; j++) {
          line[j] += value * centred[j];
        }
      }
    }
    RealMatrix symmetric = MatrixUtils.createRealMatrix(m, m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        symmetric.setEntry(i, j, covariance[i][j] / rows.length);
        symmetric.setEntry(j, i, covariance[i][j] / rows.length);
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(symmetric);
    double[] values = eigen.getRealEigenvalues();
    int[] order =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
            .limit(Math.min(components, m))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Projection(
        Arrays.stream(order)
            .mapToObj(i -> upright(eigen.getEigenvector(i).toArray()))
            .toArray(double[][]::new),
        mean);
  }

  private static double[] upright(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    for (int i = 0; largest < 0 && i < vector.length; i++) {
      vector[i] = -vector[i];
    }
    return vector;
  }

  /**
   * The components that tell intentions apart best, each stretched or shrunk, so that distances
   * heed what tells intentions apart: by {@code √(r / (1 + r))}, r the variance of its mean over
   * directions over that within them ({@link ChannelSelection#signalToNoise}).
   *
   * @param rows {@code [rows][channels]}
   * @param intended velocities, {@code [rows][2]}
   * @param slowest speed below which a bin counts as rest
   * @param kept how many, at most those that there are
   */
  Projection byRelevance(double[][] rows, double[][] intended, double slowest, int kept) {
    double[][] projected = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      projected[t] = apply(rows[t]).clone();
    }
    double[] ratios = ChannelSelection.signalToNoise(projected, intended, slowest);
    int[] order =
        IntStream.range(0, components.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -ratios[i]))
            .limit(kept)
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] stretched = new double[order.length][];
    for (int i = 0; i < stretched.length; i++) {
      double r = Math.max(ratios[order[i]], LEAST_RATIO);
      double factor = Math.sqrt(r / (1 + r));
      stretched[i] = Arrays.stream(components[order[i]]).map(v -> v * factor).toArray();
    }
    return new Projection(stretched, mean);
  }

  /** Projects a row; the answer is overwritten by the next. */
  double[] apply(double[] row) {
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      double[] component = components[i];
      for (int c = 0; c < row.length; c++) {
        sum += component[c] * (row[c] - mean[c]);
      }
      out[i] = sum;
    }
    return out;
  }
}
