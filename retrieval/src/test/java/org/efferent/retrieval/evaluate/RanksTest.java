package org.efferent.retrieval.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.retrieval.Material;
import org.junit.jupiter.api.Test;

class RanksTest {
  private static final FigureOptions SMALL =
      new FigureOptions(List.of(1, 2, 3, 5), List.of(2, 3, 4));

  @Test
  void countsWhatIsBetterAndWhatIsEqual() {
    double[] scores = {
      0.9, 0.1, 0.5, 0.5,
      0.5, 0.5, 0.5, 0.5,
      0.1, 0.2, 0.3, 0.4
    };
    Ranks ranks =
        Ranks.of(ScoreSource.of(scores, 3, 4), Truth.of(4, List.of(row(2), row(1), row(0))));
    assertThat(ranks.ranks()).containsExactly(1.5, 1.5, 3);
    assertThat(ranks.better(0, 0)).isEqualTo(1);
    assertThat(ranks.equal(0, 0)).isEqualTo(1);
    assertThat(ranks.within(0, 1)).isZero();
    assertThat(ranks.within(0, 2)).isEqualTo(0.5);
    assertThat(ranks.within(1, 1)).isEqualTo(0.25);
    assertThat(ranks.within(2, 4)).isEqualTo(1);
    // Query 1 shares its answer among four, the others have one: 1 + 1/4, 1/4, 1/4, 1 + 1/4.
    assertThat(ranks.answers()).containsExactly(1.25, 0.25, 0.25, 1.25);
    assertThat(ranks.mostFrequentAnswerShare()).isCloseTo(1.25 / 3, within(1e-15));
  }

  private static int[] row(int... rows) {
    return rows;
  }

  /** Every figure against the mean over all orders of equals, by a count that knows no ties. */
  @Test
  void tiesAreTheMeanOverAllOrders() {
    Random random = new Random(3);
    for (int trial = 0; trial < 60; trial++) {
      int m = 6;
      double[] scores = random.ints(m, 0, 3).asDoubleStream().toArray();
      int t = 1 + trial % 3;
      int[] right = random.ints(0, m).distinct().limit(t).sorted().toArray();
      Ranks ranks = Ranks.of(ScoreSource.of(scores, 1, m), Truth.of(m, List.of(right)));
      double[] expected = new double[12];
      List<int[]> orders = permutations(m);
      for (int[] order : orders) {
        double[] one = strict(scores, order, right);
        for (int i = 0; i < one.length; i++) {
          expected[i] += one[i] / orders.size();
        }
      }
      double[] got = {
        ranks.rank(0),
        ranks.within(0, 1),
        ranks.within(0, 2),
        ranks.within(0, 4),
        ranks.reciprocalRank(0),
        ranks.averagePrecision(0),
        ranks.kWay(0, 2, 1),
        ranks.kWay(0, 3, 1),
        ranks.kWay(0, 4, 1),
        ranks.kWay(0, 3, 2),
        ranks.kWay(0, 4, 2),
        ranks.kWay(0, 4, 3)
      };
      assertThat(got)
          .as("scores %s, right %s", Arrays.toString(scores), Arrays.toString(right))
          .containsExactly(expected, within(1e-12));
    }
  }

  /** The figures of one order: equals stand as the order has them. */
  private static double[] strict(double[] scores, int[] order, int[] right) {
    Integer[] sorted = IntStream.of(order).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, (a, b) -> Double.compare(scores[b], scores[a]));
    List<Integer> places = new ArrayList<>();
    List<Integer> wrong = new ArrayList<>();
    for (int p = 0; p < sorted.length; p++) {
      int candidate = sorted[p];
      (IntStream.of(right).anyMatch(r -> r == candidate) ? places : wrong).add(p);
    }
    int first = places.get(0);
    double precision = 0;
    for (int j = 0; j < places.size(); j++) {
      precision += (j + 1.0) / (places.get(j) + 1) / places.size();
    }
    return new double[] {
      first,
      first < 1 ? 1 : 0,
      first < 2 ? 1 : 0,
      first < 4 ? 1 : 0,
      1.0 / (first + 1),
      precision,
      choices(places, wrong, 2, 1),
      choices(places, wrong, 3, 1),
      choices(places, wrong, 4, 1),
      choices(places, wrong, 3, 2),
      choices(places, wrong, 4, 2),
      choices(places, wrong, 4, 3)
    };
  }

  /** Share of all choices of wrong ones in which fewer than k are ahead of the right one. */
  private static double choices(List<Integer> right, List<Integer> wrong, int way, int k) {
    double hits = 0;
    double all = 0;
    for (int place : right) {
      for (int mask = 0; mask < 1 << wrong.size(); mask++) {
        if (Integer.bitCount(mask) == way - 1) {
          int set = mask;
          long ahead =
              IntStream.range(0, wrong.size())
                  .filter(i -> (set >> i & 1) == 1 && wrong.get(i) < place)
                  .count();
          hits += ahead < k ? 1 : 0;
          all++;
        }
      }
    }
    return all == 0 ? Double.NaN : hits / all;
  }

  private static List<int[]> permutations(int n) {
    List<int[]> all = new ArrayList<>();
    permute(IntStream.range(0, n).toArray(), 0, all);
    return all;
  }

  private static void permute(int[] items, int from, List<int[]> into) {
    if (from == items.length) {
      into.add(items.clone());
      return;
    }
    for (int i = from; i < items.length; i++) {
      int[] next = items.clone();
      next[from] = items[i];
      next[i] = items[from];
      permute(next, from + 1, into);
    }
  }

  /** Everything is said of everything: each figure must be that of chance. */
  @Test
  void aCollapsedEncoderScoresChance() {
    float[] same = {0.3f, -0.7f, 1.1f};
    int n = 30;
    float[] values = new float[n * 3];
    for (int i = 0; i < values.length; i++) {
      // Lengths differ, directions do not.
      values[i] = same[i % 3] * (1 + i / 3 % 7);
    }
    Embeddings all = Embeddings.of("collapsed", values, 3);
    Truth truth = Truth.sameRow(n, n);
    RetrievalFigures got = RetrievalFigures.of(Ranks.ofCosines(all, all, truth));
    RetrievalFigures chance = Chance.of(truth, FigureOptions.DEFAULTS);
    assertThat(got.top().get(1)).isCloseTo(1.0 / n, within(1e-12));
    assertThat(got.medianRank()).isEqualTo(14.5);
    got.byName()
        .forEach(
            (name, value) -> {
              if (!name.equals("mostFrequentAnswerShare")) {
                assertThat(value).as(name).isCloseTo(chance.byName().get(name), within(1e-12));
              }
            });
  }

  @Test
  void chanceIsWhatRandomRankingsScore() {
    // Galleries with repeated stimuli: one, two and five candidates are right.
    Truth truth = Truth.of(12, List.of(row(0), row(1, 2), row(3, 4, 5, 6, 7), row(0)));
    RetrievalFigures chance = Chance.of(truth, SMALL);
    assertThat(Chance.constantAnswer(truth)).isEqualTo(0.5);
    Random random = new Random(11);
    int draws = 40_000;
    double[] sums = new double[5];
    List<Double> places = new ArrayList<>();
    for (int d = 0; d < draws; d++) {
      double[] scores = random.doubles(48).toArray();
      Ranks ranks = Ranks.of(ScoreSource.of(scores, 4, 12), truth);
      for (int q = 0; q < 4; q++) {
        sums[0] += ranks.within(q, 1) / 4 / draws;
        sums[1] += ranks.within(q, 3) / 4 / draws;
        sums[2] += ranks.reciprocalRank(q) / 4 / draws;
        sums[3] += ranks.averagePrecision(q) / 4 / draws;
        sums[4] += ranks.relativeRank(q) / 4 / draws;
        places.add(ranks.rank(q));
      }
    }
    places.sort(null);
    assertThat(chance.top().get(1)).isCloseTo(sums[0], within(0.004));
    assertThat(chance.top().get(3)).isCloseTo(sums[1], within(0.004));
    assertThat(chance.meanReciprocalRank()).isCloseTo(sums[2], within(0.004));
    assertThat(chance.meanAveragePrecision()).isCloseTo(sums[3], within(0.004));
    assertThat(chance.meanRelativeRank()).isCloseTo(sums[4], within(0.004));
    assertThat(chance.medianRank()).isEqualTo(places.get(places.size() / 2));
    assertThat(Chance.of(Truth.sameRow(200, 200), SMALL).medianRank()).isEqualTo(99.5);
    assertThat(Chance.of(Truth.sameRow(201, 201), SMALL).medianRank()).isEqualTo(100);
  }

  @Test
  void kWayIsWhatDrawsOfDistractorsGive() {
    Embeddings gallery = Material.random("gallery", 100, 8, 1);
    int[] rows = IntStream.range(0, 100).toArray();
    Ranks ranks =
        Ranks.ofCosines(Material.noisy(gallery, rows, 1.5, 2), gallery, Truth.sameRow(100, 100));
    RetrievalFigures figures = RetrievalFigures.of(ranks);
    Random random = new Random(5);
    for (int way : new int[] {2, 10, 50}) {
      double hits = 0;
      double five = 0;
      int draws = 400;
      for (int q = 0; q < 100; q++) {
        for (int d = 0; d < draws; d++) {
          // Without ties the wrong ones are known by their places: the first so many are better.
          int better = ranks.better(q, 0);
          long ahead = random.ints(0, 99).distinct().limit(way - 1).filter(i -> i < better).count();
          hits += ahead == 0 ? 1 : 0;
          five += ahead < 5 ? 1 : 0;
        }
      }
      double error = 4 * 0.5 / Math.sqrt(100.0 * draws);
      assertThat(figures.kWayTop1().get(way)).isCloseTo(hits / 100 / draws, within(error));
      if (way >= 10) {
        assertThat(figures.kWayTop5().get(way)).isCloseTo(five / 100 / draws, within(error));
      }
    }
    // A choice of all is the whole gallery.
    assertThat(figures.kWayTop1().get(100)).isCloseTo(figures.top().get(1), within(1e-12));
    assertThat(figures.kWayTop5().get(100)).isCloseTo(figures.top().get(5), within(1e-12));
  }

  @Test
  void scoresThatAreNoNumbersAreRefused() {
    ScoreSource scores = ScoreSource.of(new double[] {1, 2, 3, Double.NaN}, 2, 2);
    assertThatThrownBy(() -> Ranks.of(scores, Truth.sameRow(2, 2)))
        .isInstanceOf(InputException.class)
        .hasMessage("scores must be numbers; query 1, candidate 1 (from 0) is NaN");
  }
}
