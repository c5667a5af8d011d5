package org.efferent.retrieval.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.efferent.retrieval.evaluate.Chance;
import org.efferent.retrieval.evaluate.CosineScores;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.QueryFigures;
import org.efferent.retrieval.evaluate.Ranks;
import org.efferent.retrieval.evaluate.RetrievalFigures;
import org.efferent.retrieval.evaluate.ScoreSource;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.split.LeakCheck;
import org.efferent.retrieval.statistics.Aggregate;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Interval;

/**
 * All controls in one switch. Each must land at chance: what does not, found the answer without the
 * brain. Chance must lie inside the intervals of top-1 and of the mean relative rank, each at a
 * level of {@code 1 − (1 − level) / 2}, so that both hold at the level of the bootstrap; the
 * interval of top-1 is never narrower than the exact binomial one of as many stimuli (Clopper and
 * Pearson 1934), because no hit at all has no spread.
 *
 * @param permutations of labels, at least 20
 * @param bootstrap of intervals; its seed is that of all controls
 */
public record Controls(int permutations, Bootstrap bootstrap) {
  /** Two hundred permutations. */
  public static final Controls DEFAULTS = new Controls(200, Bootstrap.DEFAULTS);

  /** Checks the range. */
  public Controls {
    if (permutations < 20) {
      throw new IllegalArgumentException(
          "permutations must be at least 20; permutations=" + permutations);
    }
  }

  /**
   * Runs all controls that have what they need.
   *
   * @param input what they work with
   * @return one result a control, several of metadata
   * @throws org.efferent.core.InputException if targets of the training are in the gallery again
   */
  public List<ControlResult> run(ControlInput input) {
    input
        .training()
        .ifPresent(t -> LeakCheck.refuse(LeakCheck.DEFAULTS.between(t, input.gallery())));
    List<ControlResult> results = new ArrayList<>();
    results.add(permutedLabels(input));
    results.add(reencoded(input, Reencoder.Change.NOISE, "noise input"));
    results.add(reencoded(input, Reencoder.Change.TIME_SHIFT, "time-shifted stimuli"));
    if (input.metadata().isEmpty()) {
      results.add(new ControlResult.NotRun("sensor-blind", "no metadata were given"));
    }
    for (Metadata metadata : input.metadata()) {
      results.add(
          judged(
              "sensor-blind: " + metadata.name(),
              metadata.scores(),
              input,
              "ranked by %s alone, without the brain".formatted(metadata.name())));
    }
    if (input.training().isEmpty()) {
      results.add(
          new ControlResult.NotRun("duplicates between splits", "no training targets were given"));
    }
    return results;
  }

  private ControlResult reencoded(ControlInput input, Reencoder.Change change, String name) {
    Optional<Embeddings> changed = input.encoder().encode(change, bootstrap.seed());
    if (changed.isEmpty()) {
      return new ControlResult.NotRun(name, "it needs the encoder again, or what it made of it");
    }
    return judged(
        name,
        CosineScores.of(changed.get(), input.gallery()),
        input,
        "the encoder on inputs that know nothing of the stimuli");
  }

  /** Figures of other scores, and whether chance is inside. */
  private ControlResult judged(String name, ScoreSource scores, ControlInput input, String note) {
    Ranks ranks = Ranks.of(scores, input.truth());
    QueryFigures each = new QueryFigures(ranks, FigureOptions.DEFAULTS);
    RetrievalFigures figures = RetrievalFigures.of(ranks, each);
    List<Interval> intervals =
        stricter()
            .intervals(
                List.of(each.of("top1"), each.of("meanRelativeRank")),
                List.of(Aggregate.MEAN, Aggregate.MEAN),
                input.factors());
    int stimuli = Arrays.stream(input.truth().stimuli()).max().orElse(0) + 1;
    Interval top1 = widened(intervals.get(0), stimuli);
    return ran(name, figures, input.truth(), top1, intervals.get(1), note);
  }

  private static ControlResult ran(
      String name,
      RetrievalFigures figures,
      Truth truth,
      Interval top1,
      Interval relative,
      String note) {
    RetrievalFigures chance = Chance.of(truth, FigureOptions.DEFAULTS);
    boolean inside =
        top1.contains(chance.top().get(1)) && relative.contains(chance.meanRelativeRank());
    boolean better =
        top1.low() > chance.top().get(1) || relative.high() < chance.meanRelativeRank();
    String said =
        inside
            ? note
            : note + (better ? "; BETTER than chance: look for a leak" : "; worse than chance");
    return new ControlResult.Ran(name, figures, chance, top1, relative, inside, better, said);
  }

  private Bootstrap stricter() {
    return new Bootstrap(bootstrap.draws(), 1 - (1 - bootstrap.level()) / 2, bootstrap.seed());
  }

  private static Interval widened(Interval interval, int n) {
    double hits = interval.value() * n;
    double tail = (1 - interval.level()) / 2;
    double low =
        hits <= 0 ? 0 : new BetaDistribution(hits, n - hits + 1).inverseCumulativeProbability(tail);
    double high =
        hits >= n
            ? 1
            : new BetaDistribution(hits + 1, n - hits).inverseCumulativeProbability(1 - tail);
    return new Interval(
        interval.value(),
        Math.min(low, Double.isNaN(interval.low()) ? low : interval.low()),
        Math.max(high, Double.isNaN(interval.high()) ? high : interval.high()),
        interval.level(),
        interval.over());
  }

  /** Stimuli exchange their answers; queries of one stimulus stay together. */
  private ControlResult permutedLabels(ControlInput input) {
    String name = "permuted labels";
    int[] stimuli = input.truth().stimuli();
    int count = Arrays.stream(stimuli).max().orElse(0) + 1;
    if (count < 2) {
      return new ControlResult.NotRun(name, "there is one stimulus alone");
    }
    int[] queryOf = new int[count];
    for (int q = stimuli.length - 1; q >= 0; q--) {
      queryOf[stimuli[q]] = q;
    }
    SplittableRandom random = new SplittableRandom(bootstrap.seed());
    List<Truth> truths = new ArrayList<>(List.of(input.truth()));
    for (int p = 0; p < permutations; p++) {
      int[] order = permutation(count, random);
      truths.add(input.truth().taken(Arrays.stream(stimuli).map(s -> queryOf[order[s]]).toArray()));
    }
    List<Ranks> ranks = Ranks.of(input.scores(), truths);
    double[] top1 = new double[permutations];
    double[] relative = new double[permutations];
    List<RetrievalFigures> all = new ArrayList<>();
    for (int p = 0; p < permutations; p++) {
      RetrievalFigures one = RetrievalFigures.of(ranks.get(p + 1));
      top1[p] = one.top().get(1);
      relative[p] = one.meanRelativeRank();
      all.add(one);
    }
    double observed = RetrievalFigures.of(ranks.get(0)).top().get(1);
    long asGood = Arrays.stream(top1).filter(t -> t >= observed).count();
    String note =
        String.format(
            Locale.ROOT,
            "%d permutations; p of the true labels at top-1: %.4f",
            permutations,
            (asGood + 1.0) / (permutations + 1));
    return ran(name, Means.of(all), input.truth(), percentiles(top1), percentiles(relative), note);
  }

  private Interval percentiles(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double level = stricter().level();
    return new Interval(
        Aggregate.MEAN.of(values),
        Bootstrap.quantile(sorted, (1 - level) / 2),
        Bootstrap.quantile(sorted, 1 - (1 - level) / 2),
        level,
        "permutations");
  }

  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
