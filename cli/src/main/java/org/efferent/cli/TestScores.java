package org.efferent.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.evaluate.PairedBootstrap;
import org.efferent.decoders.train.RankScore;
import org.efferent.decoders.train.Ranks;

/** What several decoders find on the same test examples, and how the first differs from them. */
final class TestScores {
  /** Seed of the draws of an interval, always the same. */
  private static final long SEED = 95;

  private final String[] stimuli;
  private final int[] subjects;
  private final Map<String, Ranks> ranks = new LinkedHashMap<>();

  /**
   * Scores of some examples.
   *
   * @param data where they are
   * @param examples which
   * @param sentences whether stimuli are words, {@code s0001-w02}, whose sentences are the units
   */
  TestScores(WindowDataset data, int[] examples, boolean sentences) {
    this.stimuli =
        IntStream.of(examples)
            .mapToObj(e -> data.example(e).stimulus())
            .map(s -> sentences ? s.replaceFirst("-w[0-9]+$", "") : s)
            .toArray(String[]::new);
    this.subjects = IntStream.of(examples).map(e -> data.example(e).subject()).toArray();
  }

  /** Adds a decoder; the first is the one that others are held against. */
  void add(String name, Ranks of) {
    ranks.put(name, of);
  }

  /** Lines for people. */
  void print(OutputOptions output) {
    Ranks first = null;
    for (Map.Entry<String, Ranks> one : ranks.entrySet()) {
      RankScore score = one.getValue().score();
      output.text(
          "test: %s: top-1 %.3f, top-5 %.3f of %d candidates (chance %.3f, %.3f), %d queries",
          one.getKey(),
          score.top1(),
          score.top5(),
          score.candidates(),
          1.0 / score.candidates(),
          Math.min(1, 5.0 / score.candidates()),
          score.queries());
      output.text(
          "      above chance: top-1 %s, top-5 %s",
          words(aboveChance(one.getValue(), 1)), words(aboveChance(one.getValue(), 5)));
      if (first != null) {
        output.text(
            "      difference to it: top-1 %s, top-5 %s",
            words(difference(first, one.getValue(), 1)),
            words(difference(first, one.getValue(), 5)));
      }
      first = first == null ? one.getValue() : first;
    }
  }

  private static String words(PairedBootstrap of) {
    return String.format(
        Locale.ROOT, "%+.3f (95 %% %+.3f to %+.3f)", of.difference(), of.low(), of.high());
  }

  private PairedBootstrap aboveChance(Ranks of, int within) {
    double[] chance = new double[of.queries()];
    Arrays.fill(chance, Math.min(1, within / (double) of.candidates()));
    return interval(of.within(within), chance);
  }

  private PairedBootstrap difference(Ranks first, Ranks second, int within) {
    return interval(first.within(within), second.within(within));
  }

  private PairedBootstrap interval(double[] first, double[] second) {
    return PairedBootstrap.of(first, second, stimuli, subjects, PairedBootstrap.DRAWS, SEED);
  }

  /** Scores of the first. */
  Map<String, Object> first() {
    return figures(ranks.values().iterator().next());
  }

  private Map<String, Object> figures(Ranks of) {
    Map<String, Object> out = score(of.score());
    Map<String, Object> above = new LinkedHashMap<>();
    above.put("top1", interval(aboveChance(of, 1)));
    above.put("top5", interval(aboveChance(of, 5)));
    out.put("aboveChance", above);
    return out;
  }

  /** Scores of the others by name, each with its difference from the first. */
  Map<String, Object> others() {
    Map<String, Object> out = new LinkedHashMap<>();
    Ranks first = null;
    for (Map.Entry<String, Ranks> one : ranks.entrySet()) {
      if (first == null) {
        first = one.getValue();
        continue;
      }
      Map<String, Object> figures = figures(one.getValue());
      Map<String, Object> difference = new LinkedHashMap<>();
      difference.put("top1", interval(difference(first, one.getValue(), 1)));
      difference.put("top5", interval(difference(first, one.getValue(), 5)));
      figures.put("difference", difference);
      out.put(one.getKey(), figures);
    }
    return out;
  }

  /** How the intervals were drawn. */
  Map<String, Object> bootstrap() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("draws", PairedBootstrap.DRAWS);
    out.put("seed", SEED);
    out.put(
        "stimuli", IntStream.range(0, stimuli.length).mapToObj(i -> stimuli[i]).distinct().count());
    out.put("subjects", IntStream.of(subjects).distinct().count());
    return out;
  }

  private static Map<String, Object> interval(PairedBootstrap of) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("mean", of.difference());
    out.put("low", of.low());
    out.put("high", of.high());
    return out;
  }

  /** A score under its names in run.json. */
  static Map<String, Object> score(RankScore score) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("queries", score.queries());
    out.put("candidates", score.candidates());
    out.put("top1", score.top1());
    out.put("top5", score.top5());
    out.put("relativeMedianRank", score.relativeMedianRank());
    Map<String, Object> chance = new LinkedHashMap<>();
    chance.put("top1", 1.0 / score.candidates());
    chance.put("top5", Math.min(1, 5.0 / score.candidates()));
    out.put("chance", chance);
    return out;
  }
}
