package org.efferent.retrieval.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;

/**
 * Where the right candidates of each query stand: for each of them how many wrong candidates score
 * higher and how many the same. Whatever follows treats equals as standing in an order drawn at
 * random, and gives the expectation over all orders, so that an encoder that says the same of
 * everything scores chance. Ranks are 0-based.
 *
 * <p>Longer than 300 lines, so that all expectations over orders are read beside one another.
 */
public final class Ranks {
  private final int candidates;
  private final int[][] better;
  private final int[][] equal;
  private final double[] answers;
  private final Draws draws;

  /** Answers do not depend on the truth: ranks of several truths share them. */
  private Ranks(int queries, double[] answers, Draws draws) {
    this.candidates = answers.length;
    this.better = new int[queries][];
    this.equal = new int[queries][];
    this.answers = answers;
    this.draws = draws;
  }

  /**
   * Ranks by scores.
   *
   * @param scores of every candidate for every query
   * @param truth which are right
   * @return the ranks
   * @throws InputException if a score is NaN, or scores and truth are not of the same sizes
   */
  public static Ranks of(ScoreSource scores, Truth truth) {
    return of(scores, List.of(truth)).get(0);
  }

  /**
   * Ranks by cosine.
   *
   * @param queries {@code [n × width]}
   * @param gallery {@code [m × width]}
   * @param truth which are right
   * @return the ranks
   * @throws InputException as {@link CosineScores#of} and {@link #of(ScoreSource, Truth)}
   */
  public static Ranks ofCosines(Embeddings queries, Embeddings gallery, Truth truth) {
    return of(CosineScores.of(queries, gallery), truth);
  }

  /**
   * Ranks of several truths, the scores read once.
   *
   * @param scores of every candidate for every query
   * @param truths each of the same queries and candidates
   * @return ranks of each
   */
  public static List<Ranks> of(ScoreSource scores, List<Truth> truths) {
    int m = scores.candidates();
    List<Ranks> all = new ArrayList<>();
    double[] answers = new double[m];
    Draws draws = new Draws(m);
    for (Truth truth : truths) {
      if (truth.queries() != scores.queries() || truth.candidates() != m) {
        throw new InputException(
            "the truth must be of the same queries and gallery as the scores; scores=[%d × %d], truth=[%d of %d]"
                .formatted(scores.queries(), m, truth.queries(), truth.candidates()));
      }
      all.add(new Ranks(scores.queries(), answers, draws));
    }
    int step = scores.blockRows();
    double[] block = new double[Math.multiplyExact(step, m)];
    double[] row = new double[m];
    for (int first = 0; first < scores.queries(); first += step) {
      int count = Math.min(step, scores.queries() - first);
      scores.read(first, count, block);
      for (int i = 0; i < count; i++) {
        System.arraycopy(block, i * m, row, 0, m);
        check(row, first + i);
        double[] sorted = row.clone();
        Arrays.sort(sorted);
        answer(row, sorted, scores.tie(), answers);
        for (int t = 0; t < all.size(); t++) {
          all.get(t).place(first + i, row, sorted, truths.get(t).right(first + i), scores.tie());
        }
      }
    }
    return all;
  }

  private static void check(double[] row, int query) {
    for (int c = 0; c < row.length; c++) {
      if (Double.isNaN(row[c])) {
        throw new InputException(
            "scores must be numbers; query %d, candidate %d (from 0) is NaN".formatted(query, c));
      }
    }
  }

  private void place(int query, double[] row, double[] sorted, int[] right, double tie) {
    double[] own = Arrays.stream(right).mapToDouble(c -> row[c]).sorted().toArray();
    int[] ahead = new int[own.length];
    int[] same = new int[own.length];
    for (int j = 0; j < own.length; j++) {
      // The best of the right ones first.
      double score = own[own.length - 1 - j];
      ahead[j] = above(sorted, score + tie) - above(own, score + tie);
      same[j] = from(sorted, score - tie) - from(own, score - tie) - ahead[j];
    }
    better[query] = ahead;
    equal[query] = same;
  }

  /** Notes the first answer; equals share it. */
  private static void answer(double[] row, double[] sorted, double tie, double[] answers) {
    double best = sorted[sorted.length - 1];
    double share = 1.0 / from(sorted, best - tie);
    for (int c = 0; c < row.length; c++) {
      answers[c] += row[c] >= best - tie ? share : 0;
    }
  }

  /** How many of rising values are larger. */
  private static int above(double[] rising, double value) {
    int low = 0;
    int high = rising.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rising[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return rising.length - low;
  }

  /** How many of rising values are as large or larger. */
  private static int from(double[] rising, double value) {
    int low = 0;
    int high = rising.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rising[middle] >= value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return rising.length - low;
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
   * How many candidates are right.
   *
   * @param query from 0
   * @return at least 1
   */
  public int truths(int query) {
    return better[query].length;
  }

  /**
   * Wrong candidates that score higher than a right one.
   *
   * @param query from 0
   * @param right 0 is the best of the right ones
   * @return how many
   */
  public int better(int query, int right) {
    return better[query][right];
  }

  /**
   * Wrong candidates that score the same as a right one.
   *
   * @param query from 0
   * @param right 0 is the best of the right ones
   * @return how many
   */
  public int equal(int query, int right) {
    return equal[query][right];
  }

  /** Right candidates that share the place of the best of them. */
  private int shared(int query) {
    int n = 1;
    while (n < better[query].length
        && better[query][n] == better[query][0]
        && equal[query][n] == equal[query][0]
        && equal[query][0] > 0) {
      n++;
    }
    return n;
  }

  /**
   * Expected rank of the best right candidate: the middle of its equals where one is right.
   *
   * @param query from 0
   * @return from 0
   */
  public double rank(int query) {
    // The first of s among e others stands at e / (s + 1) on average.
    return better[query][0] + equal[query][0] / (shared(query) + 1.0);
  }

  /** All of {@link #rank}, {@code [queries]}. */
  public double[] ranks() {
    double[] ranks = new double[queries()];
    Arrays.setAll(ranks, this::rank);
    return ranks;
  }

  /**
   * Rank of the best right candidate as a share of the largest it can have.
   *
   * @param query from 0
   * @return 0 best, 1 worst; 0 where every candidate is right
   */
  public double relativeRank(int query) {
    int wrong = candidates - truths(query);
    return wrong == 0 ? 0 : rank(query) / wrong;
  }

  /**
   * Probability that a right candidate is among the first.
   *
   * @param query from 0
   * @param k how many count, at least 1
   * @return from 0 to 1
   */
  public double within(int query, int k) {
    int room = k - better[query][0];
    int s = shared(query);
    int e = equal[query][0];
    if (room <= 0) {
      return 0;
    }
    return room > e ? 1 : 1 - Draws.none(e + s, s, room);
  }

  /**
   * Expected reciprocal of the rank from 1 of the best right candidate.
   *
   * @param query from 0
   * @return from 0 to 1
   */
  public double reciprocalRank(int query) {
    int s = shared(query);
    int e = equal[query][0];
    double sum = 0;
    for (int i = 0; i <= e; i++) {
      sum += Draws.firstAt(e + s, s, i) / (better[query][0] + i + 1.0);
    }
    return sum;
  }

  /**
   * Expected average precision: the mean over the right candidates of the share of right ones down
   * to each (with ties as McSherry and Najork 2008).
   *
   * @param query from 0
   * @return from 0 to 1
   */
  public double averagePrecision(int query) {
    int[] ahead = better[query];
    int[] same = equal[query];
    int t = ahead.length;
    double sum = 0;
    for (int from = 0; from < t; ) {
      int to = from + 1;
      while (to < t && same[from] > 0 && ahead[to] == ahead[from] && same[to] == same[from]) {
        to++;
      }
      int s = to - from;
      int group = s + same[from];
      double precision = 0;
      for (int p = 0; p < group; p++) {
        double rightBefore = group == 1 ? 0 : p * (s - 1.0) / (group - 1);
        precision += (from + 1 + rightBefore) / (ahead[from] + from + 1.0 + p);
      }
      sum += s * precision / group;
      from = to;
    }
    return sum / t;
  }

  /**
   * Exact probability that a right candidate, drawn at random from the right ones, is among the
   * first k of a choice of it and {@code way − 1} wrong ones drawn without replacement.
   *
   * @param query from 0
   * @param way size of the choice, at least 2
   * @param k how many count
   * @return from 0 to 1; NaN where there are not so many wrong ones
   */
  public double kWay(int query, int way, int k) {
    int wrong = candidates - truths(query);
    if (way - 1 > wrong) {
      return Double.NaN;
    }
    double sum = 0;
    for (int j = 0; j < truths(query); j++) {
      sum += draws.kWay(wrong, better[query][j], equal[query][j], way, k);
    }
    return sum / truths(query);
  }

  /** The share of queries that the most frequent first answer got; equals share an answer. */
  public double mostFrequentAnswerShare() {
    return Arrays.stream(answers).max().orElse(0) / queries();
  }

  /** How often each candidate was the first answer, {@code [candidates]}; equals share one. */
  public double[] answers() {
    return answers.clone();
  }
}
