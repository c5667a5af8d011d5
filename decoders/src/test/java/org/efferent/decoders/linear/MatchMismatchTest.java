package org.efferent.decoders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;

class MatchMismatchTest {
  private static double[] noise(int values, long seed) {
    Random random = new Random(seed);
    double[] noise = new double[values];
    for (int i = 0; i < values; i++) {
      noise[i] = random.nextGaussian();
    }
    return noise;
  }

  @Test
  void aGoodPredictionIsAlwaysRightAndNoiseIsAtChance() {
    double[] actual = noise(2 * 20_000, 1);
    double[] predicted = actual.clone();
    double[] disturbance = noise(actual.length, 2);
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = 5 + 3 * predicted[i] + disturbance[i];
    }
    MatchOptions options = new MatchOptions(50, 50, 5, 0, 3);

    MatchMismatch.Result good = MatchMismatch.evaluate(predicted, actual, 2, options);
    MatchMismatch.Result none = MatchMismatch.evaluate(disturbance, actual, 2, options);

    assertThat(good.trials()).isEqualTo(400);
    assertThat(good.accuracy()).isEqualTo(1);
    assertThat(none.lower()).isLessThan(0.2);
    assertThat(none.upper()).isGreaterThan(0.2);
    assertThat(MatchMismatch.evaluate(disturbance, actual, 2, options)).isEqualTo(none);
  }

  @Test
  void scoresAreMeanCorrelationsOfTheFeatures() {
    double[] predicted = {1, 1, 2, 1, 3, 1};
    double[] same = {10, 5, 20, 6, 30, 9};
    double[] turned = {3, 0, 2, 0, 1, 0};

    // The second feature of the prediction does not vary: its correlation is 0.
    assertThat(MatchMismatch.scores(predicted, List.of(same, turned), 2))
        .containsExactly(new double[] {0.5, -0.5}, within(1e-12));
  }

  /** Bounds of R's binom.test(c(…)). */
  @Test
  void theIntervalIsClopperPearsons() {
    MatchMismatch.Result result = new MatchMismatch.Result(20, 15, 2);
    assertThat(result.lower()).isCloseTo(0.5089541, within(1e-6));
    assertThat(result.upper()).isCloseTo(0.9134285, within(1e-6));
    MatchMismatch.Result all = new MatchMismatch.Result(10, 10, 2);
    assertThat(all.lower()).isCloseTo(0.6915029, within(1e-6));
    assertThat(all.upper()).isEqualTo(1);
    MatchMismatch.Result none = new MatchMismatch.Result(10, 0, 2);
    assertThat(none.upper()).isCloseTo(0.3084971, within(1e-6));
    assertThat(result.plus(all)).isEqualTo(new MatchMismatch.Result(30, 25, 2));
  }

  @Test
  void aRecordingThatIsTooShortIsRefused() {
    double[] values = noise(100, 4);
    assertThatThrownBy(
            () -> MatchMismatch.evaluate(values, values, 1, new MatchOptions(30, 30, 4, 0, 0)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a segment must have 3 others apart from it in the recording; others=2: take shorter segments, fewer candidates or a longer recording");
  }
}
