package org.efferent.filters.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.TaskOptions;
import org.junit.jupiter.api.Test;

class ControlSearchTest {
  private static final LoopSetup SETUP =
      new LoopSetup(
          new TaskOptions(0.05, 0.3, 5, true, false),
          seed -> new RadialTargets(8, 12, 2.4, seed),
          18,
          15);

  /** Decoded = 0.5 of this bin's intention + 0.3 of the one two bins before + noise. */
  private static ResponseModel model(double noise) {
    SplittableRandom random = new SplittableRandom(5);
    double[][] intended = new double[1000][2];
    double[][] decoded = new double[1000][2];
    for (int t = 0; t < 1000; t++) {
      for (int i = 0; i < 2; i++) {
        intended[t][i] = random.nextGaussian();
        decoded[t][i] =
            0.5 * intended[t][i]
                + (t < 2 ? 0 : 0.3 * intended[t - 2][i])
                + noise * random.nextGaussian();
      }
    }
    return ResponseModel.fit(decoded, intended, 4);
  }

  @Test
  void theResponseIsFoundAndErrorsAreWhatIsLeft() {
    ResponseModel model = model(0);
    assertThat(model.response()[0]).isCloseTo(0.5, within(0.005));
    assertThat(model.response()[1]).isCloseTo(0, within(0.005));
    assertThat(model.response()[2]).isCloseTo(0.3, within(0.005));
    assertThat(model.errors()).hasDimensions(997, 2);
    double noise = 0;
    for (double[] error : model(0.7).errors()) {
      noise += (error[0] * error[0] + error[1] * error[1]) / 2 / 997;
    }
    assertThat(Math.sqrt(noise)).isCloseTo(0.7, within(0.04));
  }

  private static ControlSearch search(double noise) {
    return new ControlSearch(model(noise), SETUP, () -> LinearUser::intend, 120, 1);
  }

  @Test
  void aNoisyDecoderIsSteeredMoreSlowlyOrMoreSmoothly() {
    ControlSearch.Choice calm = search(0.1).best(Double.NaN, 0, 0);
    ControlSearch.Choice noisy = search(3).best(Double.NaN, 0, 0);
    assertThat(noisy.gain()).isLessThan(calm.gain());
    assertThat(noisy.score()).isLessThan(calm.score());
    assertThat(search(3).best(Double.NaN, Double.NaN, 0).score())
        .isGreaterThanOrEqualTo(noisy.score());
  }

  @Test
  void whatIsGivenIsKeptAndTheSameSeedChoosesTheSame() {
    ControlSearch.Choice given = search(1).best(0.77, 0.02, 0.05);
    assertThat(given.gain()).isEqualTo(0.77);
    assertThat(given.smoothingSeconds()).isEqualTo(0.02);
    assertThat(search(1).best(Double.NaN, Double.NaN, 0))
        .isEqualTo(search(1).best(Double.NaN, Double.NaN, 0));
  }

  @Test
  void ofGainsThatAreNearlyAsGoodTheSmallestIsTaken() {
    double[] gains = {0.4, 0.45, 0.5, 0.56, 0.63, 0.7, 0.8, 0.9, 1, 1.12, 1.25, 1.4, 1.6};
    ControlSearch search = search(1);
    ControlSearch.Choice choice = search.best(Double.NaN, 0, 0.05);
    assertThat(choice.gain()).isLessThan(search.best(Double.NaN, 0, 0).gain());
    double[] smooth = new double[gains.length];
    double top = 0;
    int best = 0;
    int chosen = 0;
    for (int g = 0; g < gains.length; g++) {
      double below = search.score(gains[Math.max(0, g - 1)], 0);
      double above = search.score(gains[Math.min(gains.length - 1, g + 1)], 0);
      smooth[g] = (below + 2 * search.score(gains[g], 0) + above) / 4;
      best = smooth[g] > top ? g : best;
      top = Math.max(top, smooth[g]);
      chosen = gains[g] == choice.gain() ? g : chosen;
    }
    assertThat(choice.score()).isEqualTo(top);
    assertThat(chosen).as("not the best itself, or this says nothing").isBetween(1, best - 1);
    assertThat(smooth[chosen]).isGreaterThanOrEqualTo(0.95 * top);
    assertThat(smooth[chosen - 1]).isLessThan(0.95 * top);
  }
}
