package org.efferent.decoders.evoked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.decoders.linear.RidgeOptions;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.junit.jupiter.api.Test;

class LeaveOneRunOutTest {
  /** Area of the ideal observer of d = 2: Φ(√2). */
  private static final double IDEAL = 0.9214;

  private static final LeaveOneRunOut SCHEME = new LeaveOneRunOut(100);
  private static final EvokedTraining MEANS =
      EvokedTraining.linear(
          trials -> new WindowMeans(32), LinearTraining.ridge(RidgeOptions.DEFAULTS));
  private static final EvokedTraining XDAWN =
      EvokedTraining.linear(XdawnTangent.training(2), LinearTraining.ridge(RidgeOptions.DEFAULTS));

  private static EvokedScore score(List<EvokedTrials> runs, EvokedTraining training) {
    return SCHEME.score(runs, Map.of("it", training), (name, run) -> {}).get(0);
  }

  @Test
  void linearDecodersComeNearTheIdealObserverButNotAboveIt() {
    List<EvokedTrials> runs = SimulatedEvoked.runs(3, 200, 2, 11);
    EvokedScore means = score(runs, MEANS);
    assertThat(means.runs()).hasSize(3);
    assertThat(means.mean().value()).isBetween(IDEAL - 0.05, IDEAL + 0.02);
    EvokedScore xdawn = score(runs, XDAWN);
    assertThat(xdawn.mean().value()).isBetween(IDEAL - 0.12, IDEAL + 0.02);
    assertThat(EvokedScore.together("both", List.of(means, xdawn)).mean().value())
        .isGreaterThan(Math.min(means.mean().value(), xdawn.mean().value()))
        .isLessThan(IDEAL + 0.02);
  }

  @Test
  void permutedClassesAreAtChance() {
    List<EvokedTrials> runs =
        SimulatedEvoked.runs(3, 200, 2, 11).stream().map(run -> run.permuted(5)).toList();
    for (EvokedTraining training : List.of(MEANS, XDAWN)) {
      AreaUnderCurve mean = score(runs, training).mean();
      assertThat(mean.low()).isLessThan(0.5);
      assertThat(mean.high()).isGreaterThan(0.5);
    }
  }

  @Test
  void aNetworkLearnsAndDrawsTheSameAgain() {
    List<EvokedTrials> runs = SimulatedEvoked.runs(3, 100, 3, 21);
    NetworkOptions options = new NetworkOptions(128, 25, 8, 16, 5e-3, 5, 4);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE))) {
      EvokedTraining network = new EvokedNetwork("eegnet", options, compute);
      EvokedTrials training = EvokedTrials.of(runs.subList(0, 2));
      double[] scores = network.fit(training).scores(runs.get(2).epochs());
      AreaUnderCurve area = AreaUnderCurve.of(scores, runs.get(2).labels());
      assertThat(area.value()).isGreaterThan(0.85);
      EvokedTraining brief = new EvokedNetwork("eegnet", options.epochs(2), compute);
      double[] once = brief.fit(training).scores(runs.get(2).epochs());
      assertThat(brief.fit(training).scores(runs.get(2).epochs())).isEqualTo(once);
      EvokedTraining other = new EvokedNetwork("eegnet", options.epochs(2).seed(9), compute);
      assertThat(other.fit(training).scores(runs.get(2).epochs())).isNotEqualTo(once);
      assertThatThrownBy(() -> network.fit(runs.get(0)))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "eegnet needs two runs to learn from at least, one of which says when to stop; runs=1");
    }
  }

  @Test
  void nothingIsLearnedFromTheRunThatIsScored() {
    List<EvokedTrials> runs = SimulatedEvoked.runs(3, 60, 1, 31);
    List<List<Integer>> seen = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    EvokedTraining spy =
        trials -> {
          seen.add(trials.runs());
          counts.add(trials.count());
          return epochs -> new double[epochs.count()];
        };
    // 6 µV: about the median of noise of deviation 1 on four channels of 64 samples.
    List<EvokedScore> scores =
        new LeaveOneRunOut(6).score(runs, Map.of("spy", spy), (name, run) -> {});
    assertThat(seen).containsExactly(List.of(1, 2), List.of(0, 2), List.of(0, 1));
    assertThat(counts).allSatisfy(count -> assertThat(count).isLessThan(120));
    assertThat(scores.get(0).mean().value()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theRunThatIsScoredKeepsItsArtefacts() {
    List<EvokedTrials> runs = SimulatedEvoked.runs(2, 60, 1, 41);
    List<Integer> asked = new ArrayList<>();
    EvokedTraining spy =
        trials ->
            epochs -> {
              asked.add(epochs.count());
              return new double[epochs.count()];
            };
    new LeaveOneRunOut(6).score(runs, Map.of("spy", spy), (name, run) -> {});
    assertThat(asked.get(0)).isEqualTo(60);
    assertThat(asked.get(2)).isEqualTo(60);
  }

  @Test
  void tooLittleToLearnFromIsSaid() {
    List<EvokedTrials> runs = SimulatedEvoked.runs(2, 60, 1, 41);
    assertThatThrownBy(
            () -> new LeaveOneRunOut(1e-3).score(runs, Map.of("it", MEANS), (name, run) -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "learning needs two trials of each class within 0.001 µV; there are 0 and 0: check the unit of the signal or raise the limit");
    assertThatThrownBy(
            () -> SCHEME.score(runs.subList(0, 1), Map.of("it", MEANS), (name, run) -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessage("leaving a run out needs two runs at least; runs=1");
  }
}
