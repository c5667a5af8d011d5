package org.efferent.retrieval.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.retrieval.live.Evidence.Verdict;
import org.efferent.retrieval.live.EvidenceCalibration.Trial;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static EvidenceOptions options(double decideAt, int most) {
    return new EvidenceOptions(1, 1, decideAt, 1, most);
  }

  @Test
  void logLikelihoodsOfRepetitionsAddUp() {
    Evidence evidence = new Evidence(3, options(0.99, 5));
    assertThat(evidence.best()).isEqualTo(-1);
    assertThat(evidence.probability(2)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(evidence.add(new double[] {0, Math.log(2), 0})).isEqualTo(Verdict.LISTENING);
    assertThat(evidence.posterior()).containsExactly(new double[] {0.25, 0.5, 0.25}, within(1e-12));
    evidence.add(new double[] {0, Math.log(3), 0});
    assertThat(evidence.posterior())
        .containsExactly(new double[] {0.125, 0.75, 0.125}, within(1e-12));
    assertThat(evidence.best()).isEqualTo(1);
    assertThat(evidence.repetitions()).isEqualTo(2);
  }

  @Test
  void anExponentOfZeroLearnsNothingFromSayingTheSameTwice() {
    Evidence evidence = new Evidence(2, new EvidenceOptions(2, 0, 0.99, 1, 9));
    evidence.add(new double[] {1, 0});
    double once = evidence.probability(0);
    evidence.add(new double[] {1, 0});
    assertThat(evidence.probability(0)).isCloseTo(once, within(1e-12));
    assertThat(once).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
  }

  @Test
  void itDecidesWhenSureAndAbstainsWhenNotInTime() {
    Evidence sure = new Evidence(2, options(0.9, 3));
    assertThat(sure.add(new double[] {0, 1})).isEqualTo(Verdict.LISTENING);
    assertThat(sure.add(new double[] {0, 1.5})).isEqualTo(Verdict.DECIDED);
    double decided = sure.probability(1);
    assertThat(sure.add(new double[] {9, 0})).isEqualTo(Verdict.DECIDED);
    assertThat(sure.probability(1)).isEqualTo(decided);
    sure.reset();
    assertThat(sure.verdict()).isEqualTo(Verdict.LISTENING);
    Evidence unsure = new Evidence(2, options(0.9, 2));
    unsure.add(new double[] {0, 1});
    assertThat(unsure.add(new double[] {1, 0})).isEqualTo(Verdict.ABSTAINED);
    Evidence hasty = new Evidence(2, new EvidenceOptions(1, 1, 0.9, 2, 3));
    assertThat(hasty.add(new double[] {0, 5})).isEqualTo(Verdict.LISTENING);
    assertThatThrownBy(() -> hasty.add(new double[] {0, Double.NaN}))
        .hasMessage("scores must be finite; candidate=1, score=NaN");
    assertThatThrownBy(() -> hasty.add(new double[3]))
        .hasMessage("scores must be one a candidate; candidates=2, scores=3");
  }

  /** Scores whose noise is partly the same in all repetitions of a trial. */
  private static List<Trial> trials(int count, double shared, long seed) {
    Random random = new Random(seed);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int truth = random.nextInt(8);
      double[] common = new double[8];
      for (int j = 0; j < 8; j++) {
        common[j] = shared * random.nextGaussian();
      }
      double[][] scores = new double[6][8];
      for (double[] of : scores) {
        for (int j = 0; j < 8; j++) {
          double own = Math.sqrt(1 - shared * shared) * random.nextGaussian();
          of[j] = 0.1 * ((j == truth ? 1 : 0) + common[j] + own);
        }
      }
      trials.add(new Trial(scores, truth));
    }
    return trials;
  }

  @Test
  void calibrationFindsTheModelThatMadeTheScores() {
    // Normal scores of deviation 0.1 whose mean for the truth is 0.1: 10 nats a unit.
    EvidenceCalibration independent = EvidenceCalibration.fit(trials(3000, 0, 1));
    assertThat(independent.scale()).isCloseTo(10, within(0.7));
    assertThat(independent.exponent()).isGreaterThan(0.93);
    assertThat(independent.loss()).isLessThan(independent.lossBefore());
    EvidenceCalibration common = EvidenceCalibration.fit(trials(3000, 0.7, 2));
    assertThat(common.exponent()).isBetween(0.1, 0.7);
  }

  @Test
  void calibratedDecisionsAreRightAsOftenAsTheySay() {
    EvidenceOptions options = EvidenceCalibration.fit(trials(2000, 0.5, 3)).options(0.8, 1, 6);
    Random random = new Random(4);
    int decided = 0;
    int right = 0;
    int early = 0;
    for (int i = 0; i < 4000; i++) {
      int truth = random.nextInt(8);
      Evidence evidence = new Evidence(8, options);
      double[] common = new double[8];
      for (int j = 0; j < 8; j++) {
        common[j] = 0.5 * random.nextGaussian();
      }
      while (evidence.verdict() == Verdict.LISTENING) {
        double[] scores = new double[8];
        for (int j = 0; j < 8; j++) {
          scores[j] =
              0.1 * ((j == truth ? 1 : 0) + common[j] + Math.sqrt(0.75) * random.nextGaussian());
        }
        evidence.add(scores);
      }
      if (evidence.verdict() == Verdict.DECIDED) {
        decided++;
        right += evidence.best() == truth ? 1 : 0;
        early += evidence.repetitions() < 6 ? 1 : 0;
      }
    }
    assertThat(decided).isBetween(400, 3900);
    assertThat(early).isGreaterThan(200);
    assertThat(right / (double) decided).isBetween(0.78, 0.95);
  }

  @Test
  void tooFewTrialsAreRefused() {
    assertThatThrownBy(() -> EvidenceCalibration.fit(trials(9, 0, 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a calibration needs ten trials at least; trials=9: take a larger validation split");
  }
}
