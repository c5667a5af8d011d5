package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void byHand() {
    Figures figures =
        Figures.of(
            new double[][] {{1, 0}, {-1, -1e-9}, {0, 2}},
            new double[][] {{0, 1}, {-1, 1e-9}, {0, 4}});
    assertThat(figures.bins()).isEqualTo(3);
    assertThat(figures.nrmse()).isCloseTo(Math.sqrt(6.0 / 18), within(1e-12));
    assertThat(figures.maae()).isCloseTo(Math.PI / 2 / 3, within(1e-8));
    assertThat(figures.r()[0]).isCloseTo(1 / Math.sqrt(2 * (2.0 / 3)), within(1e-8));
  }

  @Test
  void whatCannotBeSaidIsNaN() {
    Figures still = Figures.of(new double[][] {{1, 0}, {2, 0}}, new double[2][2]);
    assertThat(still.nrmse()).isNaN();
    assertThat(still.maae()).isEqualTo(0);
    assertThat(still.r()).containsExactly(Double.NaN, Double.NaN);
    assertThat(Figures.of(new double[][] {{1}}, new double[][] {{2}}).maae()).isNaN();
    assertThatThrownBy(() -> Figures.of(new double[3][2], new double[3][1]))
        .isInstanceOf(InputException.class)
        .hasMessage("estimates and true states must have as many columns; columns=2 and 1");
  }
}
