package org.efferent.retrieval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final Bootstrap QUICK = new Bootstrap(300, 0.95, 1);

  /** Subjects and stimuli both vary: an interval over trials would be far too narrow. */
  @Test
  void theIntervalOverSubjectsAndStimuliCoversTheTruth() {
    int subjects = 20;
    int stimuli = 30;
    int[] subject = new int[subjects * stimuli];
    int[] stimulus = new int[subjects * stimuli];
    for (int i = 0; i < subject.length; i++) {
      subject[i] = i / stimuli;
      stimulus[i] = i % stimuli;
    }
    List<Factor> both = List.of(new Factor("subjects", subject), new Factor("stimuli", stimulus));
    int[] trial = new int[subject.length];
    java.util.Arrays.setAll(trial, i -> i);
    List<Factor> trials = List.of(new Factor("trials", trial));
    Random random = new Random(2);
    int covered = 0;
    int coveredByTrials = 0;
    int runs = 200;
    for (int run = 0; run < runs; run++) {
      double[] ofSubject = random.doubles(subjects).map(u -> random.nextGaussian()).toArray();
      double[] ofStimulus = random.doubles(stimuli).map(u -> random.nextGaussian()).toArray();
      double[] values = new double[subject.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = 3 + ofSubject[subject[i]] + ofStimulus[stimulus[i]] + random.nextGaussian();
      }
      Interval interval = QUICK.interval(values, Aggregate.MEAN, both);
      assertThat(interval.over()).isEqualTo("subjects × stimuli");
      covered += interval.contains(3) ? 1 : 0;
      coveredByTrials += QUICK.interval(values, Aggregate.MEAN, trials).contains(3) ? 1 : 0;
    }
    assertThat(covered / (double) runs).isBetween(0.9, 0.99);
    assertThat(coveredByTrials / (double) runs).isLessThan(0.6);
  }

  @Test
  void aPairedDifferenceIsSurerThanItsParts() {
    Random random = new Random(4);
    int n = 60;
    double[] a = new double[n];
    double[] b = new double[n];
    int[] stimulus = new int[n];
    for (int i = 0; i < n; i++) {
      double shared = 5 * random.nextGaussian();
      a[i] = shared + 1 + 0.5 * random.nextGaussian();
      b[i] = shared;
      stimulus[i] = i;
    }
    List<Factor> stimuli = List.of(new Factor("stimuli", stimulus));
    Interval difference = QUICK.difference(a, b, Aggregate.MEAN, stimuli);
    Interval alone = QUICK.interval(a, Aggregate.MEAN, stimuli);
    // What the standard error says: 1.96 · 0.5 / √60 on either side.
    double half = 1.96 * 0.5 / Math.sqrt(n);
    assertThat(difference.value()).isCloseTo(1, within(2 * half));
    assertThat(difference.high() - difference.value()).isCloseTo(half, within(0.3 * half));
    assertThat(difference.value() - difference.low()).isCloseTo(half, within(0.3 * half));
    assertThat(difference.high() - difference.low()).isLessThan((alone.high() - alone.low()) / 4);
    // The same seed gives the same interval.
    assertThat(QUICK.difference(a, b, Aggregate.MEAN, stimuli)).isEqualTo(difference);
  }

  @Test
  void oneObservationHasNoInterval() {
    Interval interval =
        QUICK.interval(
            new double[] {4}, Aggregate.MEDIAN, List.of(new Factor("stimuli", new int[1])));
    assertThat(interval.value()).isEqualTo(4);
    assertThat(interval.low()).isNaN();
    assertThatThrownBy(() -> new Bootstrap(10, 0.95, 0))
        .hasMessage("draws must be at least 100; draws=10");
  }

  @Test
  void mediansCountRepeats() {
    double[] values = {5, 1, 3};
    assertThat(Aggregate.MEDIAN.of(values)).isEqualTo(3);
    int[] order = Aggregate.order(values);
    assertThat(Aggregate.MEDIAN.of(values, new int[] {1, 2, 1}, order)).isEqualTo(2);
    assertThat(Aggregate.MEDIAN.of(values, new int[] {3, 0, 1}, order)).isEqualTo(5);
    assertThat(Aggregate.MEAN.of(values, new int[] {3, 0, 1}, order)).isEqualTo(4.5);
  }

  @Test
  void fewSubjectsCannotCarryATest() {
    assertThat(PairedTests.smallestWilcoxon(4)).isEqualTo(0.125);
    assertThat(PairedTests.smallestWilcoxon(1)).isEqualTo(1);
    assertThat(PairedTests.wilcoxon(new double[] {9, 9, 9, 9}, new double[] {1, 2, 3, 4}))
        .isEqualTo(0.125);
    assertThat(PairedTests.says(4, 0.05))
        .isEqualTo(
            "4 subjects cannot carry a signed-rank test at 0.05: its smallest p is 0.125; report each subject and the interval over stimuli");
    assertThat(PairedTests.says(6, 0.05))
        .isEqualTo("6 subjects: the smallest p of a signed-rank test is 0.03125");
  }

  @Test
  void theSignedRankTestIsThatOfCommonsMathWithoutTies() {
    Random random = new Random(6);
    for (int n = 5; n < 14; n++) {
      double[] a = random.doubles(n).map(u -> random.nextGaussian() + 0.6).toArray();
      double[] b = random.doubles(n).map(u -> random.nextGaussian()).toArray();
      assertThat(PairedTests.wilcoxon(a, b))
          .isCloseTo(
              new WilcoxonSignedRankTest().wilcoxonSignedRankTest(a, b, true), within(1e-12));
    }
    // Many: the normal approximation is close to the count.
    double[] a = random.doubles(61).map(u -> random.nextGaussian() + 0.3).toArray();
    double[] zero = new double[61];
    double[] sixty = java.util.Arrays.copyOf(a, 60);
    assertThat(PairedTests.wilcoxon(a, zero))
        .isCloseTo(
            new WilcoxonSignedRankTest().wilcoxonSignedRankTest(a, zero, false), within(0.01));
    assertThat(PairedTests.wilcoxon(sixty, new double[60]))
        .isCloseTo(
            new WilcoxonSignedRankTest().wilcoxonSignedRankTest(sixty, new double[60], false),
            within(0.01));
  }

  /**
   * By hand: ranks of 1, 1, 2 are 1.5, 1.5, 3; the sums of signs are 0, 1.5, 1.5, 3, 3, 4.5, 4.5,
   * 6.
   */
  @Test
  void equalDifferencesShareRanksAndZerosAreLeftOut() {
    assertThat(PairedTests.wilcoxon(new double[] {1, -1, 2, 0}, new double[4])).isEqualTo(0.75);
    assertThat(PairedTests.wilcoxon(new double[3], new double[3])).isEqualTo(1);
  }

  @Test
  void correctionsAreThoseOfR() {
    double[] p = {0.01, 0.04, 0.03, 0.005};
    // p.adjust(c(.01, .04, .03, .005), "holm") and "BH".
    assertThat(PairedTests.holm(p))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(PairedTests.benjaminiHochberg(p))
        .containsExactly(new double[] {0.02, 0.04, 0.04, 0.02}, within(1e-15));
  }

  @Test
  void theCeilingIsThatOfTheNoiseThatWasAdded() {
    Random random = new Random(8);
    int values = 4000;
    double[] signal = random.doubles(values).map(u -> random.nextGaussian()).toArray();
    List<double[]> repetitions = new ArrayList<>();
    for (int r = 0; r < 7; r++) {
      double[] one = new double[values];
      for (int i = 0; i < values; i++) {
        one[i] = signal[i] + 2 * random.nextGaussian();
      }
      repetitions.add(one);
    }
    NoiseCeiling.Reliability reliability = NoiseCeiling.splitHalf(repetitions, 30, 0);
    // Variance of the signal 1, of noise 4: r of n repetitions is 1 / (1 + 4 / n).
    assertThat(reliability.half()).isCloseTo(3 / 7.0, within(0.03));
    assertThat(reliability.full()).isCloseTo(7 / 11.0, within(0.03));
    assertThat(reliability.of(1)).isCloseTo(1 / 5.0, within(0.03));
    assertThat(reliability.ceiling()).isCloseTo(Math.sqrt(7 / 11.0), within(0.02));
    NoiseCeiling.Bounds bounds = NoiseCeiling.bounds(repetitions);
    double[] mean = new double[values];
    repetitions.forEach(
        r -> {
          for (int i = 0; i < values; i++) {
            mean[i] += r[i] / 7;
          }
        });
    double best =
        repetitions.stream()
            .mapToDouble(r -> NoiseCeiling.correlation(r, signal))
            .average()
            .orElse(0);
    assertThat(best).isBetween(bounds.lower(), bounds.upper());
    assertThat(NoiseCeiling.spearmanBrown(0.5, 2)).isCloseTo(2 / 3.0, within(1e-15));
    assertThatThrownBy(() -> NoiseCeiling.bounds(List.of(signal)))
        .hasMessage("bounds need at least 2 subjects; subjects=1");
  }
}
