package org.efferent.decoders.evoked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpdTest {
  @Test
  void theMeanOfDiagonalMatricesIsGeometric() {
    double[] mean = Spd.mean(List.of(new double[] {1, 0, 0, 4}, new double[] {9, 0, 0, 16}), 2);
    assertThat(mean).containsExactly(new double[] {3, 0, 0, 8}, within(1e-9));
  }

  @Test
  void theMeanTurnsWithItsMatrices() {
    Random random = new Random(3);
    int n = 3;
    double[] turn = {1, 0.3, -0.2, 0.3, 2, 0.5, -0.2, 0.5, 1.5};
    List<double[]> some = new ArrayList<>();
    List<double[]> turned = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      double[] c = new double[n * n];
      for (int k = 0; k < 6; k++) {
        double[] x = random.doubles(n, -1, 1).toArray();
        for (int at = 0; at < c.length; at++) {
          c[at] += x[at / n] * x[at % n];
        }
      }
      some.add(c);
      turned.add(Spd.congruent(turn, c, n));
    }
    double[] expected = Spd.congruent(turn, Spd.mean(some, n), n);
    assertThat(Spd.mean(turned, n)).containsExactly(expected, within(1e-7));
  }

  @Test
  void anInverseRootLeavesOutWhereThereIsNothing() {
    assertThat(Spd.inverseRoot(new double[] {4, 0, 0, 0}, 2))
        .containsExactly(new double[] {0.5, 0, 0, 0}, within(1e-12));
  }
}
