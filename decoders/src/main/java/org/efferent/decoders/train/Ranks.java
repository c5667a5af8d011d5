package org.efferent.decoders.train;

import java.util.Arrays;
import org.efferent.decoders.dataset.WindowDataset;

/** Where each query's own candidate stands among all; ties share their places. */
public final class Ranks {
  private final int candidates;
  private final int[] better;
  private final int[] equal;

  private Ranks(int candidates, int queries) {
    this.candidates = candidates;
    this.better = new int[queries];
    this.equal = new int[queries];
  }

  /**
   * Ranks by cosine.
   *
   * @param queries {@code [n × width]}, row-major
   * @param truth the right candidate of each query {@code [n]}
   * @param candidates {@code [m × width]}, row-major
   * @param width numbers of an embedding
   * @return the places
   */
  public static Ranks of(float[] queries, int[] truth, float[] candidates, int width) {
    int m = candidates.length / width;
    double[] lengths = new double[m];
    for (int j = 0; j < m; j++) {
      lengths[j] = Math.sqrt(dot(candidates, j * width, candidates, j * width, width));
    }
    Ranks ranks = new Ranks(m, truth.length);
    double[] scores = new double[m];
    for (int i = 0; i < truth.length; i++) {
      for (int j = 0; j < m; j++) {
        double product = dot(queries, i * width, candidates, j * width, width);
        scores[j] = lengths[j] > 0 ? product / lengths[j] : 0;
      }
      ranks.place(i, scores, truth[i]);
    }
    return ranks;
  }

  /**
   * Ranks the targets of examples by cosine: candidates are the distinct targets of these examples.
   *
   * @param data where examples and targets are
   * @param target name of the target; empty for the first
   * @param examples which
   * @param queries their embeddings, {@code [examples × width]}, row-major
   * @return the places
   */
  public static Ranks ofExamples(
      WindowDataset data, String target, int[] examples, float[] queries) {
    String name = target.isEmpty() ? data.targets().keySet().iterator().next() : target;
    return ofExamples(
        data, name, examples, queries, new float[Batches.width(data.targets().get(name))]);
  }

  /**
   * The same with something subtracted from queries and candidates first, such as the mean of the
   * training targets: a regression predicts most of what all targets have in common, and that says
   * nothing about which one it was.
   *
   * @param data where examples and targets are
   * @param target name of the target
   * @param examples which
   * @param queries their embeddings, {@code [examples × width]}, row-major
   * @param centre what is subtracted, {@code [width]}
   * @return the places
   */
  public static Ranks ofExamples(
      WindowDataset data, String target, int[] examples, float[] queries, float[] centre) {
    int width = centre.length;
    int[] distinct = candidates(data, examples);
    float[] candidates = new float[Math.multiplyExact(distinct.length, width)];
    data.readTarget(target, distinct, distinct.length, candidates);
    return of(
        without(queries, centre),
        truth(data, examples, distinct),
        without(candidates, centre),
        width);
  }

  private static float[] without(float[] rows, float[] centre) {
    float[] out = rows.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] -= centre[i % centre.length];
    }
    return out;
  }

  /**
   * Ranks by scores that something else gave.
   *
   * @param data where the examples are
   * @param examples which
   * @param scores {@code [examples × candidates]}, row-major, candidates as {@link #candidates}
   *     says; larger is better
   * @return the places
   */
  public static Ranks ofScores(WindowDataset data, int[] examples, float[] scores) {
    int[] distinct = candidates(data, examples);
    int[] truth = truth(data, examples, distinct);
    int m = distinct.length;
    if (scores.length != (long) m * examples.length) {
      throw new IllegalArgumentException(
          "scores must be [examples × candidates]; examples=%d, candidates=%d, scores=%d"
              .formatted(examples.length, m, scores.length));
    }
    Ranks ranks = new Ranks(m, truth.length);
    double[] row = new double[m];
    for (int i = 0; i < truth.length; i++) {
      for (int j = 0; j < m; j++) {
        row[j] = scores[i * m + j];
      }
      ranks.place(i, row, truth[i]);
    }
    return ranks;
  }

  /** The distinct target rows of examples, rising: among them their targets are looked for. */
  public static int[] candidates(WindowDataset data, int[] examples) {
    return Arrays.stream(examples).map(e -> data.example(e).target()).distinct().sorted().toArray();
  }

  private static int[] truth(WindowDataset data, int[] examples, int[] distinct) {
    return Arrays.stream(examples)
        .map(e -> Arrays.binarySearch(distinct, data.example(e).target()))
        .toArray();
  }

  private void place(int query, double[] scores, int truth) {
    for (double score : scores) {
      better[query] += score > scores[truth] ? 1 : 0;
      equal[query] += score == scores[truth] ? 1 : 0;
    }
  }

  /** Queries. */
  public int queries() {
    return better.length;
  }

  /** Candidates. */
  public int candidates() {
    return candidates;
  }

  /**
   * Whether each query's own candidate is among the first, in shares of the ways to order equals.
   *
   * @param first how many count
   * @return {@code [queries]}, each from 0 to 1
   */
  public double[] within(int first) {
    double[] out = new double[better.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, Math.min(1, (first - better[i]) / (double) equal[i]));
    }
    return out;
  }

  /** The middle rank of each query's own candidate, from 0, {@code [queries]}. */
  public double[] middle() {
    double[] out = new double[better.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = better[i] + (equal[i] - 1) / 2.0;
    }
    return out;
  }

  /** All of it in a few numbers. */
  public RankScore score() {
    int n = queries();
    double[] sorted = middle();
    Arrays.sort(sorted);
    double median = n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new RankScore(
        n,
        candidates,
        mean(within(1)),
        mean(within(5)),
        candidates > 1 ? median / (candidates - 1) : 0.5);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double dot(float[] a, int from, float[] b, int other, int width) {
    double sum = 0;
    for (int d = 0; d < width; d++) {
      sum += (double) a[from + d] * b[other + d];
    }
    return sum;
  }
}
