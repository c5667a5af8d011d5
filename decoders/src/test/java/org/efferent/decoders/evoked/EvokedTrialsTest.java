package org.efferent.decoders.evoked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.efferent.core.InputException;
import org.efferent.decoders.preprocess.Epochs;
import org.junit.jupiter.api.Test;

class EvokedTrialsTest {
  @Test
  void aLargeDifferenceOnAnyChannelIsAnArtefact() {
    double[] values = {0, 10, 0, 0, /* */ 5, 5, -30, 71, /* */ 0, 0, -50, 50};
    EvokedTrials trials =
        new EvokedTrials(new Epochs(values, 2, 2, 100, 0), new int[] {0, 1, 1}, new int[3]);
    assertThat(trials.within(100).count()).isEqualTo(2);
    assertThat(trials.within(100).labels()).containsExactly(0, 1);
    assertThat(trials.within(100).epochs().epoch(1)).containsExactly(0, 0, -50, 50);
    assertThat(trials.within(99).count()).isEqualTo(1);
  }

  @Test
  void classesAreExchangedWithinEachRun() {
    EvokedTrials both =
        EvokedTrials.of(
            List.of(SimulatedEvoked.run(0, 40, 0, 1), SimulatedEvoked.run(1, 60, 0, 2)));
    EvokedTrials mixed = both.permuted(3);
    assertThat(mixed.labels()).isNotEqualTo(both.labels());
    for (int run = 0; run < 2; run++) {
      assertThat(mixed.only(run).count(1)).isEqualTo(both.only(run).count(1));
    }
    assertThat(both.permuted(3).labels()).isEqualTo(mixed.labels());
    assertThat(both.without(0).runs()).containsExactly(1);
  }

  @Test
  void runsOfAnotherShapeAreRefused() {
    EvokedTrials one = SimulatedEvoked.run(0, 4, 0, 1);
    EvokedTrials other =
        new EvokedTrials(new Epochs(new double[6], 3, 2, 100, 0), new int[1], new int[1]);
    assertThatThrownBy(() -> EvokedTrials.of(List.of(one, other)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "runs must agree in channels, samples and rate; channels=4 and 3, samples=64 and 2, sampleRateHz=128.0 and 100.0");
  }
}
