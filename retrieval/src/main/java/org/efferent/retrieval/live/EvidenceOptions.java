package org.efferent.retrieval.live;

/**
 * How evidence is weighed and when it is enough.
 *
 * <p>After k repetitions with mean score s̄ the probability of candidate j is {@code
 * softmax_j(scale · k^exponent · s̄_j)}. An exponent of 1 takes repetitions for independent; what
 * they have in common (the encoder's own errors) makes it smaller. Both follow from trials whose
 * answers are known ({@link EvidenceCalibration}).
 *
 * @param scale nats a unit of score after one repetition, above 0
 * @param exponent of the number of repetitions, 0 to 1
 * @param decideAt probability of the best candidate that is enough, above 0 and at most 1; a
 *     calibrated decision is right so often at least
 * @param leastRepetitions before a decision, 1 or more
 * @param mostRepetitions after which it abstains if nothing was decided
 */
public record EvidenceOptions(
    double scale, double exponent, double decideAt, int leastRepetitions, int mostRepetitions) {
  /** Checks the ranges. */
  public EvidenceOptions {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale must be above 0; scale=" + scale);
    }
    if (!(exponent >= 0 && exponent <= 1)) {
      throw new IllegalArgumentException("exponent must be 0 to 1; exponent=" + exponent);
    }
    if (!(decideAt > 0 && decideAt <= 1)) {
      throw new IllegalArgumentException(
          "decideAt must be above 0 and at most 1; decideAt=" + decideAt);
    }
    if (leastRepetitions < 1 || mostRepetitions < leastRepetitions) {
      throw new IllegalArgumentException(
          "leastRepetitions must be 1 to mostRepetitions; leastRepetitions=%d, mostRepetitions=%d"
              .formatted(leastRepetitions, mostRepetitions));
    }
  }
}
