package org.efferent.decoders.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  private static PairedBootstrap of(
      double[] first, double[] second, String[] stimuli, int[] subjects) {
    return PairedBootstrap.of(first, second, stimuli, subjects, PairedBootstrap.DRAWS, 1);
  }

  /** Examples of all stimuli by all subjects. */
  private static final class Crossed {
    final double[] scores;
    final String[] stimuli;
    final int[] subjects;

    Crossed(int subjectCount, int stimulusCount) {
      int n = subjectCount * stimulusCount;
      scores = new double[n];
      stimuli = new String[n];
      subjects = new int[n];
      for (int i = 0; i < n; i++) {
        stimuli[i] = "s" + i % stimulusCount;
        subjects[i] = i / stimulusCount;
      }
    }
  }

  @Test
  void aDifferenceThatIsTheSameEverywhereIsSure() {
    Crossed of = new Crossed(3, 20);
    double[] better = new double[60];
    java.util.Arrays.fill(better, 0.25);
    PairedBootstrap found = of(better, of.scores, of.stimuli, of.subjects);
    assertThat(found.difference()).isEqualTo(0.25);
    assertThat(found.low()).isCloseTo(0.25, within(1e-12));
    assertThat(found.high()).isCloseTo(0.25, within(1e-12));
    assertThat(found.above()).isTrue();
    assertThat(of(of.scores, better, of.stimuli, of.subjects).above()).isFalse();
  }

  @Test
  void ofOneSubjectItIsTheBootstrapOfTheMeanOfStimuli() {
    Random random = new Random(3);
    Crossed of = new Crossed(1, 400);
    for (int i = 0; i < 400; i++) {
      of.scores[i] = random.nextGaussian();
    }
    PairedBootstrap found = of(of.scores, new double[400], of.stimuli, of.subjects);
    // The mean of 400 of variance 1 has a standard error of 0.05.
    assertThat(found.high() - found.low()).isCloseTo(2 * 1.96 * 0.05, within(0.03));
    assertThat((found.high() + found.low()) / 2).isCloseTo(found.difference(), within(0.01));
  }

  @Test
  void examplesOfOneStimulusCountAsOneUnit() {
    Random random = new Random(4);
    double[] scores = new double[400];
    String[] own = new String[400];
    String[] shared = new String[400];
    for (int i = 0; i < 400; i++) {
      scores[i] = i % 4 == 0 ? random.nextGaussian() : scores[i - 1];
      own[i] = "s" + i;
      shared[i] = "s" + i / 4;
    }
    int[] subjects = new int[400];
    PairedBootstrap apart = of(scores, new double[400], own, subjects);
    PairedBootstrap together = of(scores, new double[400], shared, subjects);
    assertThat(together.high() - together.low())
        .isCloseTo(2 * (apart.high() - apart.low()), within(0.08));
  }

  @Test
  void subjectsThatDifferMakeItLessSure() {
    Crossed of = new Crossed(4, 100);
    for (int i = 0; i < 400; i++) {
      of.scores[i] = of.subjects[i] == 0 ? 1 : -0.2;
    }
    PairedBootstrap found = of(of.scores, new double[400], of.stimuli, of.subjects);
    assertThat(found.difference()).isCloseTo(0.1, within(1e-12));
    assertThat(found.low()).isCloseTo(-0.2, within(1e-9));
    assertThat(found.high()).isGreaterThan(0.3);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    Random random = new Random(5);
    Crossed of = new Crossed(2, 50);
    for (int i = 0; i < 100; i++) {
      of.scores[i] = random.nextDouble();
    }
    double[] zeros = new double[100];
    PairedBootstrap once = PairedBootstrap.of(of.scores, zeros, of.stimuli, of.subjects, 200, 7);
    assertThat(PairedBootstrap.of(of.scores, zeros, of.stimuli, of.subjects, 200, 7))
        .isEqualTo(once);
    assertThat(PairedBootstrap.of(of.scores, zeros, of.stimuli, of.subjects, 200, 8))
        .isNotEqualTo(once);
  }

  @Test
  void scoresMustBePaired() {
    assertThatThrownBy(
            () -> of(new double[2], new double[3], new String[] {"a", "b"}, new int[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "scores, stimuli and subjects must be one an example, and one at least; first=2, second=3,"
                + " stimuli=2, subjects=2");
    assertThatThrownBy(
            () ->
                PairedBootstrap.of(
                    new double[1], new double[1], new String[] {"a"}, new int[1], 99, 1))
        .hasMessage("draws must be 100 or more; draws=99");
  }
}
