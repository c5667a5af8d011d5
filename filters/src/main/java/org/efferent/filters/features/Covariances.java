package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Second moments drawn towards a multiple of the identity by the share of Ledoit and Wolf (J.
 * Multivariate Analysis 88:365, 2004, doi:10.1016/S0047-259X(03)00096-4), which needs no validation
 * rows.
 */
final class Covariances {
  private Covariances() {}

  /**
   * {@code (1 - s) S + s μ I} of rows whose mean is 0.
   *
   * @param blocks {@code [rows × columns]} each, row-major
   * @param columns values a row
   */
  static double[][] shrunken(List<double[]> blocks, int columns) {
    double[][] s = new double[columns][columns];
    double fourth = 0;
    long n = 0;
    for (double[] block : blocks) {
      for (int at = 0; at < block.length; at += columns) {
        double square = 0;
        for (int i = 0; i < columns; i++) {
          double x = block[at + i];
          double[] row = s[i];
          square += x * x;
          for (int j = 0; j <= i; j++) {
            row[j] += x * block[at + j];
          }
        }
        fourth += square * square;
        n++;
      }
    }
    double trace = 0;
    double norm = 0;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        s[i][j] /= n;
        s[j][i] = s[i][j];
        norm += (i == j ? 1 : 2) * s[i][j] * s[i][j];
      }
      trace += s[i][i];
    }
    double mu = trace / columns;
    double share = share(norm, mu, fourth / n, n, columns);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        s[i][j] *= 1 - share;
      }
      s[i][i] += share * mu;
    }
    return s;
  }

  /**
   * How much of the identity.
   *
   * @param norm of S, the sum of its squares
   * @param mu mean of its diagonal
   * @param fourth mean of the rows' norms to the fourth
   */
  private static double share(double norm, double mu, double fourth, long n, int columns) {
    double distance = norm - columns * mu * mu;
    double error = (fourth - norm) / n;
    return distance > 0 ? Math.min(1, Math.max(0, error / distance)) : 1;
  }

  /**
   * What multiplies a vector by the inverse of {@link #shrunken} + ρ I, of fewer rows than columns,
   * where the matrix itself is large and known by the products of the rows alone (Woodbury): with δ
   * = s μ + ρ and κ = n δ / (1 − s)
   *
   * <pre>
   * v ↦ (v − Xᵀ (X Xᵀ + κ I)⁻¹ X v) / δ
   * </pre>
   *
   * @param rows {@code [columns]} each, their mean 0
   * @param ridge ρ, above 0
   */
  static UnaryOperator<double[]> inverse(List<double[]> rows, double ridge) {
    int n = rows.size();
    int columns = rows.get(0).length;
    double[][] products = new double[n][n];
    double trace = 0;
    double norm = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double product = dot(rows.get(i), rows.get(j));
        products[i][j] = product;
        products[j][i] = product;
        norm += (i == j ? 1 : 2) * product * product / n / n;
      }
      trace += products[i][i] / n;
      fourth += products[i][i] * products[i][i] / n;
    }
    double mu = trace / columns;
    double share = share(norm, mu, fourth, n, columns);
    double delta = share * mu + ridge;
    if (share == 1) {
      return v -> DoubleStream.of(v).map(x -> x / delta).toArray();
    }
    for (int i = 0; i < n; i++) {
      products[i][i] += n * delta / (1 - share);
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(new Array2DRowRealMatrix(products, false), 1e-9, 0).getSolver();
    return v -> {
      double[] seen = rows.stream().mapToDouble(row -> dot(row, v)).toArray();
      double[] solved = solver.solve(new ArrayRealVector(seen, false)).toArray();
      double[] out = v.clone();
      for (int i = 0; i < n; i++) {
        double[] row = rows.get(i);
        for (int c = 0; c < columns; c++) {
          out[c] -= solved[i] * row[c];
        }
      }
      for (int c = 0; c < columns; c++) {
        out[c] /= delta;
      }
      return out;
    };
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }

  /** Filters of the largest and smallest eigenvalues of {@code C₁ w = λ (C₁ + C₂) w}. */
  static List<double[]> extremes(double[][] one, double[][] two, int pairs) {
    RealMatrix first = new Array2DRowRealMatrix(one, false);
    EigenDecomposition total =
        new EigenDecomposition(first.add(new Array2DRowRealMatrix(two, false)));
    int n = one.length;
    double[][] whitening = new double[n][n];
    for (int i = 0; i < n; i++) {
      // Shrinkage makes the sum positive definite, flat channels being refused.
      double scale = 1 / Math.sqrt(Math.max(total.getRealEigenvalue(i), Double.MIN_NORMAL));
      for (int j = 0; j < n; j++) {
        whitening[i][j] = total.getV().getEntry(j, i) * scale;
      }
    }
    RealMatrix p = new Array2DRowRealMatrix(whitening, false);
    RealMatrix white = p.multiply(first).multiply(p.transpose());
    white = white.add(white.transpose()).scalarMultiply(0.5);
    EigenDecomposition split = new EigenDecomposition(white); // largest first
    List<double[]> filters = new ArrayList<>();
    for (int k = 0; k < pairs; k++) {
      filters.add(signed(p.preMultiply(split.getEigenvector(k)).toArray()));
      filters.add(signed(p.preMultiply(split.getEigenvector(n - 1 - k)).toArray()));
    }
    return filters;
  }

  private static double[] signed(double[] w) {
    double largest = 0;
    for (double v : w) {
      largest = Math.abs(v) > Math.abs(largest) ? v : largest;
    }
    for (int i = 0; largest < 0 && i < w.length; i++) {
      w[i] = -w[i];
    }
    return w;
  }
}
