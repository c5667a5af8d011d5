package org.efferent.retrieval.live;

import java.util.Objects;

/**
 * Evidence for the candidates of a gallery from repetitions of one stimulus. Used by one thread.
 */
public final class Evidence {
  /** What there is to say. */
  public enum Verdict {
    /** More repetitions are needed. */
    LISTENING,
    /** The best candidate is likely enough. */
    DECIDED,
    /** All repetitions are heard, and no candidate is likely enough. */
    ABSTAINED
  }

  private final EvidenceOptions options;
  private final double[] sums;
  private final double[] posterior;
  private int repetitions;
  private Verdict verdict = Verdict.LISTENING;
  private int best = -1;

  /**
   * Nothing heard yet.
   *
   * @param candidates of the gallery, 1 or more
   * @param options how evidence is weighed
   */
  public Evidence(int candidates, EvidenceOptions options) {
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates must be 1 or more; candidates=" + candidates);
    }
    this.options = Objects.requireNonNull(options, "options");
    this.sums = new double[candidates];
    this.posterior = new double[candidates];
    reset();
  }

  /** Forgets all repetitions: another stimulus begins. */
  public void reset() {
    java.util.Arrays.fill(sums, 0);
    java.util.Arrays.fill(posterior, 1.0 / posterior.length);
    repetitions = 0;
    verdict = Verdict.LISTENING;
    best = -1;
  }

  /**
   * Hears a repetition. After a decision or an abstention the verdict stays until {@link #reset}.
   *
   * @param scores of the candidates, {@code [candidates]}, larger is likelier, such as cosines
   * @return the verdict
   */
  public Verdict add(double[] scores) {
    if (scores.length != sums.length) {
      throw new IllegalArgumentException(
          "scores must be one a candidate; candidates=%d, scores=%d"
              .formatted(sums.length, scores.length));
    }
    for (int j = 0; j < sums.length; j++) {
      if (!Double.isFinite(scores[j])) {
        throw new IllegalArgumentException(
            "scores must be finite; candidate=%d, score=%s".formatted(j, scores[j]));
      }
    }
    if (verdict != Verdict.LISTENING) {
      return verdict;
    }
    for (int j = 0; j < sums.length; j++) {
      sums[j] += scores[j];
    }
    repetitions++;
    softmax(sums, weight(options.scale(), options.exponent(), repetitions), posterior);
    best = 0;
    for (int j = 1; j < posterior.length; j++) {
      best = posterior[j] > posterior[best] ? j : best;
    }
    if (repetitions >= options.leastRepetitions() && posterior[best] >= options.decideAt()) {
      verdict = Verdict.DECIDED;
    } else if (repetitions >= options.mostRepetitions()) {
      verdict = Verdict.ABSTAINED;
    }
    return verdict;
  }

  /** What a sum of k scores is multiplied with: scale · k^exponent / k. */
  static double weight(double scale, double exponent, int repetitions) {
    return scale * Math.pow(repetitions, exponent - 1);
  }

  static void softmax(double[] sums, double weight, double[] into) {
    double most = Double.NEGATIVE_INFINITY;
    for (double sum : sums) {
      most = Math.max(most, sum);
    }
    double total = 0;
    for (int j = 0; j < sums.length; j++) {
      into[j] = Math.exp(weight * (sums[j] - most));
      total += into[j];
    }
    for (int j = 0; j < sums.length; j++) {
      into[j] /= total;
    }
  }

  /** What there is to say. */
  public Verdict verdict() {
    return verdict;
  }

  /** Repetitions heard. */
  public int repetitions() {
    return repetitions;
  }

  /** The likeliest candidate, the first of equal ones; −1 before the first repetition. */
  public int best() {
    return best;
  }

  /**
   * Probability of a candidate.
   *
   * @param candidate from 0
   */
  public double probability(int candidate) {
    return posterior[candidate];
  }

  /** Probabilities, {@code [candidates]}; a copy. */
  public double[] posterior() {
    return posterior.clone();
  }
}
