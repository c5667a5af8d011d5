package org.efferent.decoders.train;

import java.util.Arrays;
import org.efferent.decoders.dataset.WindowDataset;

/**
 * How well embeddings find their own target among candidates: for the choice of a model on
 * validation data.
 *
 * @param queries embeddings
 * @param candidates how many
 * @param top1 share whose own target is first
 * @param top5 share whose own target is among the first five
 * @param relativeMedianRank median of the middle rank, in parts of the candidates less one; chance
 *     is 0.5
 */
public record RankScore(
    int queries, int candidates, double top1, double top5, double relativeMedianRank) {

  /**
   * Ranks every query's own candidate by cosine; ties share the middle rank.
   *
   * @param queries {@code [n × width]}, row-major
   * @param truth the right candidate of each query {@code [n]}
   * @param candidates {@code [m × width]}, row-major
   * @param width numbers of an embedding
   * @return the score
   */
  public static RankScore of(float[] queries, int[] truth, float[] candidates, int width) {
    int n = truth.length;
    int m = candidates.length / width;
    double[] lengths = new double[m];
    for (int j = 0; j < m; j++) {
      lengths[j] = Math.sqrt(dot(candidates, j * width, candidates, j * width, width));
    }
    double[] ranks = new double[n];
    double first = 0;
    double five = 0;
    double[] scores = new double[m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        double product = dot(queries, i * width, candidates, j * width, width);
        scores[j] = lengths[j] > 0 ? product / lengths[j] : 0;
      }
      int better = 0;
      int equal = 0;
      for (int j = 0; j < m; j++) {
        better += scores[j] > scores[truth[i]] ? 1 : 0;
        equal += scores[j] == scores[truth[i]] ? 1 : 0;
      }
      ranks[i] = better + (equal - 1) / 2.0;
      first += within(better, equal, 1);
      five += within(better, equal, 5);
    }
    Arrays.sort(ranks);
    double median = n == 0 ? Double.NaN : (ranks[(n - 1) / 2] + ranks[n / 2]) / 2;
    return new RankScore(n, m, first / n, five / n, m > 1 ? median / (m - 1) : 0.5);
  }

  /**
   * Ranks the targets of examples: candidates are the distinct targets of these examples.
   *
   * @param data where examples and targets are
   * @param target name of the target; empty for the first
   * @param examples which
   * @param made their embeddings
   * @return the score
   */
  public static RankScore ofExamples(
      WindowDataset data, String target, int[] examples, Inference.Embeddings made) {
    String name = target.isEmpty() ? data.targets().keySet().iterator().next() : target;
    int[] rows = Arrays.stream(examples).map(e -> data.example(e).target()).toArray();
    int[] distinct = Arrays.stream(rows).distinct().sorted().toArray();
    float[] candidates = new float[Math.multiplyExact(distinct.length, made.width())];
    data.readTarget(name, distinct, distinct.length, candidates);
    int[] truth = Arrays.stream(rows).map(t -> Arrays.binarySearch(distinct, t)).toArray();
    return of(made.values(), truth, candidates, made.width());
  }

  /** The share of the ways to order equals in which the right one is among the first k. */
  private static double within(int better, int equal, int k) {
    return Math.max(0, Math.min(1, (k - better) / (double) equal));
  }

  private static double dot(float[] a, int from, float[] b, int other, int width) {
    double sum = 0;
    for (int d = 0; d < width; d++) {
      sum += (double) a[from + d] * b[other + d];
    }
    return sum;
  }
}
