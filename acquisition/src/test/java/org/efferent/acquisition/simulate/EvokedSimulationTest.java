package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.efferent.core.Marker;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

/** Evoked responses against their truth. */
class EvokedSimulationTest {
  private static final int RATE = 250;
  private static final EvokedOptions FEW =
      EvokedOptions.DEFAULTS.withEeg(
          EvokedOptions.DEFAULTS
              .eeg()
              .withElectrodes(List.of("Fz", "Cz", "Pz", "Oz"))
              .withArtefacts(EegArtefacts.NONE));
  private static final EvokedOptions NOISELESS =
      FEW.withEeg(FEW.eeg().withActivity(new EegActivity(0, 1, 0, List.of())));

  @Test
  void samplesDoNotDependOnHowTheyAreRead() {
    EvokedSimulation one = new EvokedSimulation(FEW, 5);
    EvokedSimulation two = new EvokedSimulation(FEW, 5);
    Signals.sameInWhateverPortions(one.signal(), two.signal(), 6000);
    List<SimulatedEvent> parts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      parts.addAll(two.trials().between(i * 0.1, (i + 1) * 0.1));
    }
    assertThat(parts).isEqualTo(one.trials().between(0, 300 * 0.1)).hasSizeGreaterThan(20);
  }

  @Test
  void withoutNoiseATrialIsWhatTheTruthSays() {
    EvokedSimulation evoked = new EvokedSimulation(NOISELESS, 3);
    double[] x = Signals.rows(evoked.signal(), 0, RATE * 60);
    List<SimulatedEvent> trials = evoked.trials().between(0, 59);
    assertThat(evoked.markers().orElseThrow().markers(0, 59))
        .isEqualTo(trials.stream().map(t -> new Marker(t.time(), t.label())).toList());
    for (SimulatedEvent trial : trials) {
      int which = trial.values().get(0).intValue();
      double amplitude = trial.values().get(1);
      double shift = trial.values().get(2);
      assertThat(trial.label()).isEqualTo(which == 0 ? "standard" : "target");
      int first = (int) Math.ceil(trial.time() * RATE);
      for (int i = first; i < first + RATE / 2; i++) {
        for (int c = 0; c < 4; c++) {
          double since = (double) i / RATE - trial.time();
          double expected = amplitude * evoked.template(which, c, since - shift);
          assertThat(x[i * 4 + c]).isCloseTo(expected, within(1e-3));
        }
      }
    }
    assertThat(trials).anyMatch(t -> t.values().get(0) == 1);
  }

  /** Averages of epochs that are locked to the markers, {@code [samples]} from the marker on. */
  private static double[] average(EvokedSimulation evoked, int which, int channel, int trials) {
    double[] sum = new double[RATE * 7 / 10];
    int count = 0;
    for (double second = 0; count < trials; second += 10) {
      double[] x = Signals.rows(evoked.signal(), (long) (second * RATE), RATE * 11);
      for (SimulatedEvent trial : evoked.trials().between(second, second + 10)) {
        if (trial.values().get(0) == which && count < trials) {
          count++;
          int first = (int) Math.round((trial.time() - second) * RATE);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += x[(first + i) * 4 + channel];
          }
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= trials;
    }
    return sum;
  }

  private static double distance(EvokedSimulation evoked, double[] average, boolean jitter) {
    double sum = 0;
    for (int i = 0; i < average.length; i++) {
      double t = (double) i / RATE;
      double wanted = jitter ? evoked.expected(1, 2, t) : evoked.template(1, 2, t);
      sum += (average[i] - wanted) * (average[i] - wanted);
    }
    return Math.sqrt(sum / average.length);
  }

  @Test
  void theAverageOverTrialsConvergesToTheTemplate() {
    EvokedOptions targets =
        FEW.withClasses(
                List.of(
                    new EvokedClass("standard", 0.3, FEW.classes().get(0).components()),
                    new EvokedClass("target", 0.7, FEW.classes().get(1).components())))
            .withSpread(0.012, 0.2)
            .withSnr(OptionalDouble.of(-10));
    EvokedSimulation evoked = new EvokedSimulation(targets, 7);
    double noise = evoked.noiseRms(2);
    double few = distance(evoked, average(evoked, 1, 2, 25), true);
    double some = distance(evoked, average(evoked, 1, 2, 100), true);
    double many = distance(evoked, average(evoked, 1, 2, 900), true);
    // Averaging n trials leaves 1/√n of the noise.
    assertThat(few).isBetween(0.4 * noise / 5, 2.2 * noise / 5);
    assertThat(some).isBetween(0.4 * noise / 10, 2.2 * noise / 10);
    assertThat(many).isBetween(0.4 * noise / 30, 2.2 * noise / 30);
    double peak = evoked.template(1, 2, 0.38);
    assertThat(many).isLessThan(0.08 * peak);
    assertThat(distance(evoked, average(evoked, 0, 2, 200), true)).isGreaterThan(0.3 * peak);
  }

  @Test
  void jitterSmearsTheAverageAsExpected() {
    EvokedSimulation evoked = new EvokedSimulation(NOISELESS.withSpread(0.06, 0.3), 2);
    double[] average = average(evoked, 1, 2, 1500);
    double asExpected = distance(evoked, average, true);
    double asTemplate = distance(evoked, average, false);
    assertThat(asExpected).isLessThan(0.15);
    assertThat(asTemplate).isGreaterThan(4 * asExpected);
  }

  @Test
  void trialsVaryAsTheyShould() {
    EvokedSimulation evoked = new EvokedSimulation(FEW.withSpread(0.02, 0.25), 1);
    List<SimulatedEvent> trials = evoked.trials().between(0, 10_001);
    int n = trials.size();
    assertThat(n).isCloseTo(10_000, within(1));
    double[] amplitudes = trials.stream().mapToDouble(t -> t.values().get(1)).toArray();
    double[] shifts = trials.stream().mapToDouble(t -> t.values().get(2)).toArray();
    assertThat(Signals.mean(amplitudes)).isCloseTo(1, within(0.01));
    assertThat(Signals.rms(amplitudes)).isCloseTo(0.254, within(0.01));
    assertThat(Signals.mean(shifts)).isCloseTo(0, within(8e-4));
    assertThat(Signals.rms(shifts)).isCloseTo(0.02, within(6e-4));
    assertThat(trials.stream().filter(t -> t.label().equals("target")).count() / (double) n)
        .isCloseTo(0.2, within(0.016));
    for (int i = 1; i < n; i++) {
      assertThat(trials.get(i).time() - trials.get(i - 1).time()).isBetween(0.8, 1.2);
    }
  }

  @Test
  void theNoiseIsThatOfTheRatio() {
    EvokedOptions silent =
        FEW.withClasses(
            List.of(
                new EvokedClass("standard", 1, List.of()),
                new EvokedClass("target", 0, FEW.classes().get(1).components())));
    for (double decibel : new double[] {-20, 0}) {
      EvokedSimulation evoked = new EvokedSimulation(silent.withSnr(OptionalDouble.of(decibel)), 1);
      double[] pz = Signals.channel(evoked.signal(), "Pz", RATE * 600);
      assertThat(Signals.rms(pz)).isCloseTo(evoked.noiseRms(2), within(0.1 * evoked.noiseRms(2)));
      double power = 0;
      for (int i = 0; i < 600; i++) {
        power += Math.pow(evoked.template(1, 2, i / 1000.0), 2) / 600;
      }
      assertThat(20 * Math.log10(Math.sqrt(power) / evoked.noiseRms(2)))
          .isCloseTo(decibel, within(0.05));
    }
    EvokedSimulation asItIs = new EvokedSimulation(FEW.withSnr(OptionalDouble.empty()), 1);
    assertThat(asItIs.noiseFactor()).isEqualTo(1);
  }

  @Test
  void theTruthIsARecordingToo() {
    EvokedSimulation evoked = new EvokedSimulation(FEW, 1);
    try (var recording = evoked.trials().recording(30)) {
      assertThat(recording.rows()).isEqualTo(evoked.trials().between(0, 30).size());
      assertThat(recording.info().channels())
          .extracting("label")
          .containsExactly("class", "amplitude", "shift");
      double[] row = new double[3];
      recording.read(4, 1, row, 0);
      assertThat(row[1]).isEqualTo(evoked.trials().between(0, 30).get(4).values().get(1));
    }
    assertThatThrownBy(() -> evoked.markers().orElseThrow().recording(3))
        .isInstanceOf(UsageException.class)
        .hasMessage("stream 'SimEvoked-markers' carries texts; ask for its markers instead");
  }

  @Test
  void whatCannotBeSimulatedIsTold() {
    assertThatThrownBy(() -> FEW.withClasses(List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("evoked responses have one or more classes of different labels; labels=[]");
    assertThatThrownBy(() -> FEW.withClasses(List.of(new EvokedClass("a", 0, List.of()))))
        .hasMessage("the shares of the classes must not all be 0; labels=[a]");
    assertThatThrownBy(() -> FEW.withInterval(1, 1))
        .hasMessage("intervalJitter must lie in 0 to 0.9; intervalJitter=1.0");
    assertThatThrownBy(() -> new EvokedComponent("P1", "Oz", 30, 0.1, 0, 3))
        .hasMessage("P1.widthSeconds must lie in 0.001 to 2; P1.widthSeconds=0.0");
  }
}
