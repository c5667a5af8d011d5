package org.efferent.retrieval.live;

import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.efferent.core.InputException;

/**
 * Scale and exponent of {@link EvidenceOptions} from trials whose answers are known: those of the
 * largest likelihood of the answers after every repetition (temperature scaling, Guo et al. 2017,
 * with a power of the number of repetitions).
 *
 * @param scale nats a unit of score
 * @param exponent of the number of repetitions, 0 to 1
 * @param lossBefore mean −log probability of the answers with scale 1, exponent 1, nats
 * @param loss the same with these
 * @param trials trials that it rests on
 */
public record EvidenceCalibration(
    double scale, double exponent, double lossBefore, double loss, int trials) {
  private static final int EVALUATIONS = 2000;
  private static final double LARGEST = Math.log(1e6);

  /** A trial: the scores of every repetition, and which candidate was the right one. */
  public static final class Trial {
    private final double[][] sums;
    private final int truth;

    /**
     * A trial.
     *
     * @param scores {@code [repetitions][candidates]}, finite
     * @param truth the right candidate
     */
    public Trial(double[][] scores, int truth) {
      if (scores.length == 0 || truth < 0 || truth >= scores[0].length) {
        throw new IllegalArgumentException(
            "a trial needs a repetition, and its truth must be a candidate; repetitions=%d, truth=%d"
                .formatted(scores.length, truth));
      }
      this.truth = truth;
      this.sums = new double[scores.length][];
      double[] sum = new double[scores[0].length];
      for (int k = 0; k < scores.length; k++) {
        if (scores[k].length != sum.length) {
          throw new IllegalArgumentException(
              "every repetition must score every candidate; candidates=%d, scores=%d"
                  .formatted(sum.length, scores[k].length));
        }
        for (int j = 0; j < sum.length; j++) {
          sum[j] += scores[k][j];
        }
        sums[k] = sum.clone();
      }
    }
  }

  /**
   * Fits them.
   *
   * @param trials of validation, not of the test
   * @return the calibration
   * @throws InputException if there are fewer than ten trials
   */
  public static EvidenceCalibration fit(List<Trial> trials) {
    if (trials.size() < 10) {
      throw new InputException(
          "a calibration needs ten trials at least; trials=%d: take a larger validation split"
              .formatted(trials.size()));
    }
    boolean repeated = trials.stream().anyMatch(t -> t.sums.length > 1);
    MultivariateFunction loss =
        at -> loss(trials, Math.exp(bounded(at[0])), repeated ? unit(at[1]) : 1);
    PointValuePair best = null;
    for (double start : new double[] {0, 2, 4, 6}) {
      PointValuePair found =
          new SimplexOptimizer(1e-9, 1e-9)
              .optimize(
                  new MaxEval(EVALUATIONS),
                  new ObjectiveFunction(loss),
                  GoalType.MINIMIZE,
                  new InitialGuess(new double[] {start, 1}),
                  new NelderMeadSimplex(2, 0.5));
      best = best == null || found.getValue() < best.getValue() ? found : best;
    }
    double[] point = best.getPoint();
    return new EvidenceCalibration(
        Math.exp(bounded(point[0])),
        repeated ? unit(point[1]) : 1,
        loss(trials, 1, 1),
        best.getValue(),
        trials.size());
  }

  /** From all numbers to those of a scale's logarithm that can be of use. */
  private static double bounded(double logarithm) {
    return Math.max(-LARGEST, Math.min(LARGEST, logarithm));
  }

  private static double unit(double any) {
    return 1 / (1 + Math.exp(-any));
  }

  private static double loss(List<Trial> trials, double scale, double exponent) {
    double sum = 0;
    long count = 0;
    for (Trial trial : trials) {
      for (int k = 1; k <= trial.sums.length; k++) {
        double weight = Evidence.weight(scale, exponent, k);
        double[] sums = trial.sums[k - 1];
        double most = Double.NEGATIVE_INFINITY;
        for (double s : sums) {
          most = Math.max(most, s);
        }
        double total = 0;
        for (double s : sums) {
          total += Math.exp(weight * (s - most));
        }
        sum += Math.log(total) - weight * (sums[trial.truth] - most);
        count++;
      }
    }
    return sum / count;
  }

  /**
   * Options with this calibration.
   *
   * @param decideAt probability that is enough
   * @param leastRepetitions before a decision
   * @param mostRepetitions after which it abstains
   */
  public EvidenceOptions options(double decideAt, int leastRepetitions, int mostRepetitions) {
    return new EvidenceOptions(scale, exponent, decideAt, leastRepetitions, mostRepetitions);
  }
}
