package org.efferent.filters.features;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.efferent.core.InputException;

/** How often classes were told apart: a table of truth and answer, and what follows from it. */
public final class ClassScore {
  private static final double TAIL = 0.025;

  private final long[][] table;

  /**
   * An empty table.
   *
   * @param classes number of classes, at least 2
   */
  public ClassScore(int classes) {
    if (classes < 2) {
      throw new InputException("a score needs at least two classes; classes=" + classes);
    }
    table = new long[classes][classes];
  }

  /**
   * Adds one answer.
   *
   * @param truth the class, from 0
   * @param answer what was said, from 0
   */
  public void add(int truth, int answer) {
    table[truth][answer]++;
  }

  /**
   * Adds all answers of another score.
   *
   * @param other of as many classes
   */
  public void add(ClassScore other) {
    for (int k = 0; k < table.length; k++) {
      for (int a = 0; a < table.length; a++) {
        table[k][a] += other.table[k][a];
      }
    }
  }

  /**
   * How often a class got an answer.
   *
   * @param truth the class
   * @param answer what was said
   * @return trials
   */
  public long count(int truth, int answer) {
    return table[truth][answer];
  }

  /** Number of classes. */
  public int classes() {
    return table.length;
  }

  /** Trials. */
  public long trials() {
    long sum = 0;
    for (long[] row : table) {
      for (long count : row) {
        sum += count;
      }
    }
    return sum;
  }

  /** Trials whose class was said. */
  public long correct() {
    long sum = 0;
    for (int k = 0; k < table.length; k++) {
      sum += table[k][k];
    }
    return sum;
  }

  /** Share of the trials whose class was said; NaN without trials. */
  public double accuracy() {
    return (double) correct() / trials();
  }

  /** What blind guessing gives: the share of the class that was tested most often. */
  public double chance() {
    long most = 0;
    for (long[] row : table) {
      long sum = 0;
      for (long count : row) {
        sum += count;
      }
      most = Math.max(most, sum);
    }
    return (double) most / trials();
  }

  /**
   * Interval of 95 % of the accuracy (Clopper and Pearson, Biometrika 26:404, 1934), if trials are
   * independent.
   *
   * @return lower and upper end
   */
  public double[] interval() {
    long n = trials();
    long k = correct();
    double lower =
        k == 0 ? 0 : new BetaDistribution(k, n - k + 1.0).inverseCumulativeProbability(TAIL);
    double upper =
        k == n ? 1 : new BetaDistribution(k + 1.0, n - k).inverseCumulativeProbability(1 - TAIL);
    return new double[] {lower, upper};
  }

  /** How likely guessing by {@link #chance()} gives as many correct ones or more (binomial). */
  public double p() {
    int n = Math.toIntExact(trials());
    return 1
        - new BinomialDistribution(null, n, chance()).cumulativeProbability((int) correct() - 1);
  }

  /** Cohen's kappa (Educ. Psychol. Meas. 20:37, 1960); NaN where it is not defined. */
  public double kappa() {
    double n = trials();
    double agreed = 0;
    for (int k = 0; k < table.length; k++) {
      double truth = 0;
      double answers = 0;
      for (int a = 0; a < table.length; a++) {
        truth += table[k][a];
        answers += table[a][k];
      }
      agreed += truth * answers / (n * n);
    }
    return (accuracy() - agreed) / (1 - agreed);
  }
}
