package org.efferent.decoders.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.efferent.core.InputException;

/**
 * Match against mismatch: which of k stretches of a stimulus was heard, by the correlation of each
 * with what a decoder made of the brain signal (the linear twin of segment retrieval).
 */
public final class MatchMismatch {
  private MatchMismatch() {}

  /**
   * How often the right candidate was found.
   *
   * @param trials segments that were matched
   * @param correct of which the right candidate scored above all others; a tie is wrong
   * @param candidates k
   */
  public record Result(int trials, int correct, int candidates) {
    /** Checks the values. */
    public Result {
      if (trials < 1 || correct < 0 || correct > trials || candidates < 2) {
        throw new IllegalArgumentException(
            "correct must lie between 0 and trials, candidates be 2 at least; trials=%d, correct=%d, candidates=%d"
                .formatted(trials, correct, candidates));
      }
    }

    /** Share of trials that were right. */
    public double accuracy() {
      return (double) correct / trials;
    }

    /** Accuracy of guessing. */
    public double chance() {
      return 1.0 / candidates;
    }

    /** Lower bound of the 95 % interval (Clopper and Pearson 1934), for independent trials. */
    public double lower() {
      return interval().getLowerBound();
    }

    /** Upper bound of the 95 % interval. */
    public double upper() {
      return interval().getUpperBound();
    }

    private ConfidenceInterval interval() {
      if (correct == 0) {
        // Commons Math has no F distribution of 0 degrees; the bound is a closed form there.
        return new ConfidenceInterval(0, 1 - Math.pow(0.025, 1.0 / trials), 0.95);
      }
      if (correct == trials) {
        return new ConfidenceInterval(Math.pow(0.025, 1.0 / trials), 1, 0.95);
      }
      return new ClopperPearsonInterval().createInterval(trials, correct, 0.95);
    }

    /**
     * This and the result of another recording.
     *
     * @param other of as many candidates
     * @return both together
     */
    public Result plus(Result other) {
      if (other.candidates != candidates) {
        throw new IllegalArgumentException(
            "results must be of as many candidates; candidates=%d and %d"
                .formatted(candidates, other.candidates));
      }
      return new Result(trials + other.trials, correct + other.correct, candidates);
    }
  }

  /**
   * Scores candidates.
   *
   * @param predicted {@code [samples × features]}, row-major
   * @param candidates each as large
   * @param features columns
   * @return Pearson's r over time, mean over features, of each; a feature that does not vary has 0
   */
  public static double[] scores(double[] predicted, List<double[]> candidates, int features) {
    int samples = predicted.length / features;
    double[] scores = new double[candidates.size()];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = TrfScore.of(predicted, candidates.get(c), samples, features).meanCorrelation();
    }
    return scores;
  }

  /**
   * Matches every segment of a recording with itself and others of the same recording.
   *
   * @param predicted {@code [samples × features]}, row-major, what a decoder made
   * @param actual {@code [samples × features]}, what was
   * @param features columns
   * @param options lengths, number of candidates and seed
   * @return how often the right one was found
   * @throws InputException if the recording is too short for so many candidates
   */
  public static Result evaluate(
      double[] predicted, double[] actual, int features, MatchOptions options) {
    if (features < 1 || predicted.length != actual.length || predicted.length % features != 0) {
      throw new IllegalArgumentException(
          "both must be [samples × features]; features=%d, values=%d and %d"
              .formatted(features, predicted.length, actual.length));
    }
    int length = options.segmentSamples();
    List<Integer> starts = new ArrayList<>();
    for (int s = 0; s + length <= predicted.length / features; s += options.hopSamples()) {
      starts.add(s);
    }
    Random random = new Random(options.seed());
    int correct = 0;
    for (int start : starts) {
      List<double[]> candidates = new ArrayList<>();
      candidates.add(segment(actual, start, length, features));
      for (int other : others(starts, start, options, random)) {
        candidates.add(segment(actual, other, length, features));
      }
      double[] scores = scores(segment(predicted, start, length, features), candidates, features);
      boolean first = true;
      for (int c = 1; c < scores.length; c++) {
        first &= scores[0] > scores[c];
      }
      correct += first ? 1 : 0;
    }
    if (starts.isEmpty()) {
      throw tooShort(0, options);
    }
    return new Result(starts.size(), correct, options.candidates());
  }

  private static List<Integer> others(
      List<Integer> starts, int start, MatchOptions options, Random random) {
    int apart = options.segmentSamples() + options.gapSamples();
    List<Integer> far = new ArrayList<>();
    for (int other : starts) {
      if (Math.abs(other - start) >= apart) {
        far.add(other);
      }
    }
    int wanted = options.candidates() - 1;
    if (far.size() < wanted) {
      throw tooShort(far.size(), options);
    }
    // The first steps of a shuffle (Fisher and Yates).
    for (int i = 0; i < wanted; i++) {
      int j = i + random.nextInt(far.size() - i);
      far.set(i, far.set(j, far.get(i)));
    }
    return far.subList(0, wanted);
  }

  private static InputException tooShort(int others, MatchOptions options) {
    return new InputException(
        "a segment must have %d others apart from it in the recording; others=%d: take shorter segments, fewer candidates or a longer recording"
            .formatted(options.candidates() - 1, others));
  }

  private static double[] segment(double[] values, int start, int length, int features) {
    double[] segment = new double[length * features];
    System.arraycopy(values, start * features, segment, 0, segment.length);
    return segment;
  }
}
