package org.efferent.decoders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  private static double[] random(int n, int rank, long seed) {
    Random random = new Random(seed);
    double[] x = random.doubles((long) n * rank, -1, 1).toArray();
    return DenseProducts.rightTransposed(x, x, n, rank, n);
  }

  /** 97 and 300 go to LAPACK; 300 has more than one block of reflectors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40, 97, 129, 300})
  void theVectorsAreOrthonormalAndGiveTheMatrix(int n) {
    double[] a = random(n, n + 5, 1);

    SymmetricEigen eigen = SymmetricEigen.of(a, n);

    double[] v = eigen.vectors();
    double[] again = eigen.apply(value -> value);
    double[] unit = DenseProducts.rightTransposed(v, v, n, n, n);
    double largest = eigen.values()[n - 1];
    for (int i = 0; i < n * n; i++) {
      assertThat(Math.abs(again[i] - a[i])).isLessThan(1e-12 * largest * n);
      assertThat(Math.abs(unit[i] - (i % (n + 1) == 0 ? 1 : 0))).isLessThan(1e-12 * n);
    }
    assertThat(eigen.values()).isSorted();
    assertThat(eigen.fellBack()).isFalse();
  }

  @Test
  void aSingularMatrixHasZerosForValues() {
    SymmetricEigen eigen = SymmetricEigen.of(random(200, 20, 2), 200);

    assertThat(Math.abs(eigen.values()[179])).isLessThan(1e-10);
    assertThat(eigen.values()[180]).isGreaterThan(1);
  }

  @Test
  void whatIsWrongIsSeen() {
    double[] a = random(120, 120, 3);
    SymmetricEigen eigen = SymmetricEigen.of(a, 120);
    double[] values = eigen.values();
    double[] vectors = eigen.vectors();
    assertThat(SymmetricEigen.isRight(a, 120, values, vectors)).isTrue();

    vectors[50 * 120 + 7] += 1e-4;
    assertThat(SymmetricEigen.isRight(a, 120, values, vectors)).isFalse();

    vectors[50 * 120 + 7] = Double.NaN;
    assertThat(SymmetricEigen.isRight(a, 120, values, vectors)).isFalse();
  }

  @Test
  void aMatrixIsFinite() {
    assertThatThrownBy(() -> SymmetricEigen.of(new double[] {1, 0, Double.NaN, 1}, 2))
        .hasMessage("a matrix must be finite; row=1, column=0, value=NaN");
  }

  @Test
  void theLibraryIsThereAndItsThreadsCanBeSet() {
    assertThat(LinearAlgebra.problem()).isEmpty();
    LinearAlgebra.setThreads(1);
    assertThatThrownBy(() -> LinearAlgebra.setThreads(0))
        .hasMessage("threads must be 1 at least; threads=0");
  }
}
