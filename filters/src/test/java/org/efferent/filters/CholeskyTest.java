package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native factor against the plain one. */
class CholeskyTest {
  private static Cholesky.Rows rows(int n, double noise) {
    Random random = new Random(3);
    double[][] x = new double[n][4];
    for (double[] row : x) {
      for (int c = 0; c < row.length; c++) {
        row[c] = random.nextGaussian();
      }
    }
    double[] hyper = {0.5, 0.2, Math.log(noise) / 2};
    return GaussianProcess.covariance(
        KernelShape.SQUARED_EXPONENTIAL, Tables.columnMajor(x), n, hyper);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 95, 96, 97, 200, 385})
  void nativeFactorEqualsThePlainOne(int n) {
    try (Cholesky plain = new JavaCholesky(n, rows(n, 0.1));
        Cholesky fast = new DenseLinearAlgebra(n, rows(n, 0.1))) {
      assertThat(plain.isDefinite()).isTrue();
      assertThat(fast.isDefinite()).isTrue();
      assertThat(fast.logDeterminant()).isCloseTo(plain.logDeterminant(), within(1e-9));
      double[] a = new double[n];
      double[] b = new double[n];
      for (int i = 0; i < n; i++) {
        a[i] = b[i] = Math.sin(i);
      }
      plain.solve(a);
      fast.solve(b);
      assertThat(b).containsExactly(a, within(1e-10));
      plain.invert();
      fast.invert();
      for (int i = 0; i < n; i++) {
        double[] p = new double[i + 1];
        double[] q = new double[i + 1];
        plain.inverseRow(i, p);
        fast.inverseRow(i, q);
        assertThat(q).containsExactly(p, within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 150})
  void bothSayWhenAMatrixIsNotDefinite(int n) {
    Cholesky.Rows rows =
        (row, out) -> {
          java.util.Arrays.fill(out, 0, row + 1, 0);
          out[row] = row == n - 1 ? -1 : 1;
        };
    try (Cholesky plain = new JavaCholesky(n, rows);
        Cholesky fast = new DenseLinearAlgebra(n, rows)) {
      assertThat(plain.isDefinite()).isFalse();
      assertThat(fast.isDefinite()).isFalse();
    }
  }
}
