package org.efferent.decoders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositiveSolveTest {
  private static final int COLUMNS = 3;

  /** 700 has several blocks and more than one stripe of an update. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 96, 97, 250, 700})
  void theSolutionSolves(int n) {
    Random random = new Random(n);
    double[] x = random.doubles((long) n * n, 0, 1).toArray();
    double[] a = DenseProducts.rightTransposed(x, x, n, n, n);
    for (int i = 0; i < n; i++) {
      a[i * n + i] += 1;
    }
    double[] expected = random.doubles((long) n * COLUMNS, -1, 1).toArray();
    double[] b = DenseProducts.multiply(a, expected, n, n, COLUMNS);

    assertThat(PositiveSolve.solve(a.clone(), b, n, COLUMNS)).isTrue();

    for (int i = 0; i < b.length; i++) {
      assertThat(b[i]).isCloseTo(expected[i], within(1e-8));
    }
    a[n * n - 1] = -1;
    assertThat(PositiveSolve.solve(a, b, n, COLUMNS)).isFalse();
  }
}
