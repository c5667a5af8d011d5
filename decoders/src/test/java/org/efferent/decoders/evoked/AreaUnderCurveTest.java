package org.efferent.decoders.evoked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;

class AreaUnderCurveTest {
  private static final double[] SCORES = {0.8, 0.6, 0.4, 0.5, 0.3, 0.4};
  private static final int[] LABELS = {1, 1, 1, 0, 0, 0};

  @Test
  void pairsAreCountedAndTiesAreHalf() {
    AreaUnderCurve area = AreaUnderCurve.of(SCORES, LABELS);
    assertThat(area.value()).isCloseTo(7.5 / 9, within(1e-12));
    // By hand: shares 1, 1, ½ of class 1 and ⅔, 1, 5/6 of class 0.
    assertThat(area.variance()).isCloseTo(1.0 / 12 / 3 + 1.0 / 36 / 3, within(1e-12));
  }

  @Test
  void theOtherClassFirstMirrorsIt() {
    int[] other = {0, 0, 0, 1, 1, 1};
    AreaUnderCurve area = AreaUnderCurve.of(SCORES, other);
    assertThat(area.value()).isCloseTo(1 - 7.5 / 9, within(1e-12));
    assertThat(area.variance())
        .isCloseTo(AreaUnderCurve.of(SCORES, LABELS).variance(), within(1e-12));
  }

  @Test
  void theIntervalCoversTheTrueAreaAboutAsOftenAsItSays() {
    Random random = new Random(7);
    double truth = 0.760250; // Φ(1/√2)
    int covered = 0;
    for (int repeat = 0; repeat < 400; repeat++) {
      double[] scores = new double[80];
      int[] labels = new int[80];
      for (int i = 0; i < 80; i++) {
        labels[i] = i % 2;
        scores[i] = random.nextGaussian() + labels[i];
      }
      AreaUnderCurve area = AreaUnderCurve.of(scores, labels);
      covered += area.low() <= truth && truth <= area.high() ? 1 : 0;
    }
    assertThat(covered / 400.0).isBetween(0.91, 0.98);
  }

  @Test
  void aMeanHasTheVarianceOfIndependentRuns() {
    AreaUnderCurve mean =
        AreaUnderCurve.mean(List.of(new AreaUnderCurve(0.6, 0.01), new AreaUnderCurve(0.8, 0.03)));
    assertThat(mean.value()).isCloseTo(0.7, within(1e-12));
    assertThat(mean.variance()).isCloseTo(0.01, within(1e-12));
    assertThat(mean.low()).isCloseTo(0.7 - 0.195996, within(1e-6));
    assertThat(mean.high()).isCloseTo(0.7 + 0.195996, within(1e-6));
    assertThat(new AreaUnderCurve(0.95, 0.01).high()).isEqualTo(1);
  }

  @Test
  void oneTrialOfAClassIsTooFewAndScoresAreNumbers() {
    assertThatThrownBy(() -> AreaUnderCurve.of(new double[3], new int[] {0, 0, 1}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "an area under the curve needs two trials of each class; trials of class 0=2, of class 1=1");
    assertThatThrownBy(
            () -> AreaUnderCurve.of(new double[] {0, 1, 2, Double.NaN}, new int[] {0, 0, 1, 1}))
        .isInstanceOf(InputException.class)
        .hasMessage("scores must be finite; trial=3, score=NaN");
  }
}
