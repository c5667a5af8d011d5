package org.efferent.decoders.linear;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The eigendecomposition of a real symmetric matrix, {@code A = Σ λ_k v_k v_kᵀ}, values from the
 * smallest to the largest.
 *
 * <p>Small matrices go to Commons Math. Large ones are made tridiagonal by LAPACK ({@code dsytrd},
 * {@code dstedc}) and turned back here by {@code dgemm} (Schreiber and Van Loan 1989, compact WY):
 * LAPACK's own turning back, in {@code dsyevd} too, multiplies triangular matrices, which OpenBLAS
 * 0.3.19 does wrongly on processors with AVX-512. What comes out is held against the matrix along
 * random vectors; should it be wrong all the same, Commons Math does it, slowly.
 */
public final class SymmetricEigen {
  /** Up to this size nothing native is loaded. */
  static final int LARGEST_IN_JAVA = 96;

  private static final double TOLERANCE = 1e-9;

  private final double[] values;
  private final double[] vectors;
  private final boolean fellBack;

  private SymmetricEigen(double[] values, double[] vectors, boolean fellBack) {
    this.values = values;
    this.vectors = vectors;
    this.fellBack = fellBack;
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix {@code [n × n]}, of which the lower half and the diagonal are read; not modified
   * @param n its size, at least 1
   * @return its eigenvalues and eigenvectors
   * @throws IllegalArgumentException if an element is not finite
   */
  public static SymmetricEigen of(double[] matrix, int n) {
    if (n < 1 || matrix.length != (long) n * n) {
      throw new IllegalArgumentException(
          "a matrix must be [n × n], n at least 1; n=" + n + ", values=" + matrix.length);
    }
    double[] symmetric = mirrored(matrix, n);
    if (n > LARGEST_IN_JAVA && DenseProducts.isNative()) {
      double[] values = new double[n];
      double[] vectors = TridiagonalEigen.decompose(symmetric, n, values);
      if (vectors.length > 0 && isRight(symmetric, n, values, vectors)) {
        return new SymmetricEigen(values, vectors, false);
      }
      return inJava(symmetric, n, true);
    }
    return inJava(symmetric, n, false);
  }

  private static double[] mirrored(double[] matrix, int n) {
    double[] symmetric = matrix.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double value = matrix[i * n + j];
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "a matrix must be finite; row=" + i + ", column=" + j + ", value=" + value);
        }
        symmetric[j * n + i] = value;
      }
    }
    return symmetric;
  }

  private static SymmetricEigen inJava(double[] symmetric, int n, boolean fellBack) {
    RealMatrix matrix = new Array2DRowRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      matrix.setRow(i, Arrays.copyOfRange(symmetric, i * n, (i + 1) * n));
    }
    EigenDecomposition eigen = new EigenDecomposition(matrix);
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    for (int k = 0; k < n; k++) {
      // Commons Math gives the largest first.
      values[k] = eigen.getRealEigenvalue(n - 1 - k);
      System.arraycopy(eigen.getEigenvector(n - 1 - k).toArray(), 0, vectors, k * n, n);
    }
    return new SymmetricEigen(values, vectors, fellBack);
  }

  /** Whether {@code A (Vᵀ r) = Vᵀ (Λ r)} and {@code V (Vᵀ r) = r} for a few vectors r. */
  static boolean isRight(double[] a, int n, double[] values, double[] vectors) {
    double scale = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
    long state = 88172645463325252L;
    for (int probe = 0; probe < 3; probe++) {
      double[] r = new double[n];
      double[] scaled = new double[n];
      for (int k = 0; k < n; k++) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        r[k] = (state & 0xFFFFFL) / (double) 0x80000L - 1;
        scaled[k] = r[k] * values[k];
      }
      double[] x = combination(vectors, r, n);
      double[] residual = combination(vectors, scaled, n);
      for (int i = 0; i < n; i++) {
        residual[i] -= dot(a, i * n, x, n);
        r[i] -= dot(vectors, i * n, x, n);
      }
      // Written so that NaN fails.
      if (!(largest(residual) <= TOLERANCE * scale * n) || !(largest(r) <= TOLERANCE * n)) {
        return false;
      }
    }
    return true;
  }

  private static double[] combination(double[] rows, double[] weights, int n) {
    double[] sum = new double[n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        sum[i] += weights[k] * rows[k * n + i];
      }
    }
    return sum;
  }

  private static double dot(double[] rows, int at, double[] x, int n) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += rows[at + j] * x[j];
    }
    return sum;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Double.isNaN(value) ? value : Math.max(largest, Math.abs(value));
      if (Double.isNaN(largest)) {
        return largest;
      }
    }
    return largest;
  }

  /** Rows and columns of the matrix. */
  public int size() {
    return values.length;
  }

  /** A copy of the eigenvalues, {@code [n]}, from the smallest to the largest. */
  public double[] values() {
    return values.clone();
  }

  /** A copy of the eigenvectors, {@code [n × n]}, row k belongs to value k, each of length 1. */
  public double[] vectors() {
    return vectors.clone();
  }

  /** Whether the native library computed wrongly and Java did it again. */
  public boolean fellBack() {
    return fellBack;
  }

  /**
   * A function of the matrix, {@code f(A) = Σ f(λ_k) v_k v_kᵀ}.
   *
   * @param function what becomes of an eigenvalue
   * @return {@code [n × n]}
   */
  public double[] apply(java.util.function.DoubleUnaryOperator function) {
    int n = values.length;
    double[] scaled = vectors.clone();
    for (int k = 0; k < n; k++) {
      double f = function.applyAsDouble(values[k]);
      for (int i = 0; i < n; i++) {
        scaled[k * n + i] *= f;
      }
    }
    return DenseProducts.leftTransposed(scaled, vectors, n, n, n);
  }

  /** The vectors themselves, for this package: read only. */
  double[] rows() {
    return vectors;
  }
}
