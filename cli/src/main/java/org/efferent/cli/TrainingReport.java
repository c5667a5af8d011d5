package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.viz.BarComparison;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;

/** The pages of trainings, begun: what came out, the learning curve, what it is held against. */
final class TrainingReport {
  private TrainingReport() {}

  /**
   * Of an encoder or a regression.
   *
   * @param architecture what was trained
   * @param figures of run.json
   * @param curve losses over epochs; null for what is fitted at once
   * @param out folder
   */
  static RunReport of(String architecture, Map<String, Object> figures, Figure curve, Path out) {
    RunReport page =
        new RunReport(
            "Training of " + architecture,
            "An encoder learned to turn brain activity into the embedding of what was seen or heard. The epoch that is best on the validation examples is kept; the test examples are scored once, at the end.",
            out,
            true);
    if (figures.get("test") instanceof Map<?, ?> test) {
      page.highlight(
          "%.3f",
          test.get("top1"),
          "top-1 on %s test examples among %s candidates; guessing reaches %s"
              .formatted(
                  test.get("queries"), test.get("candidates"), RunFacts.number(chance(test))));
    }
    if (curve != null) {
      page.figure("Losses over epochs; the epoch whose weights are kept is marked.", curve);
    }
    if (figures.get("baselines") instanceof Map<?, ?> others
        && figures.get("test") instanceof Map<?, ?> test) {
      List<BarComparison.Bar> bars = new ArrayList<>();
      bars.add(bar("trained", test));
      others.forEach((name, its) -> bars.add(bar(name.toString(), (Map<?, ?>) its)));
      page.figure(
          "Top-1 on the same test examples, with what it is held against. Bars' intervals are of 95 %, over stimuli and subjects.",
          BarComparison.of(
              "top-1 (share)",
              BarComparison.Better.HIGHER,
              bars,
              new BarComparison.Reference(chance(test), "chance"),
              FigureSize.PAGE.withHeight(120 + 34 * bars.size())));
    }
    return page;
  }

  /** Of a prior; the words are those of {@code encoder prior}. */
  static RunReport ofPrior(Map<String, Object> figures, Figure curve, Path out) {
    RunReport page =
        new RunReport(
            "Training of an image prior",
            "A diffusion learned to draw embeddings of images, given what an encoder says. The epoch that is best on the validation rows is kept.",
            out,
            true);
    for (String set : List.of("test", "validation")) {
      if (figures.get(set) instanceof Map<?, ?> its && its.get("prior") instanceof Map<?, ?> made) {
        Map<?, ?> said = its.get("encoder") instanceof Map<?, ?> encoder ? encoder : Map.of();
        page.highlight(
            "%.3f",
            made.get("cosineOfMeanOf" + PriorScore.SAMPLES),
            "cosine of the mean of %d embeddings with the true one, %s rows%s"
                .formatted(
                    PriorScore.SAMPLES,
                    set,
                    said.get("cosine") instanceof Double cosine
                        ? "; the encoder alone reaches " + RunFacts.number(cosine)
                        : ""));
        page.highlight(
            "%.3f",
            its.get("ratioRescaled"),
            "Fréchet distance to true embeddings, as a multiple of that of what the encoder says at embeddings' length, %s rows; below 1 is a gain"
                .formatted(set));
      }
    }
    return page.figure("Losses over epochs; the epoch whose weights are kept is marked.", curve);
  }

  private static double chance(Map<?, ?> test) {
    return test.get("chance") instanceof Map<?, ?> chance
            && chance.get("top1") instanceof Double top
        ? top
        : 0;
  }

  /** With the interval above chance, moved by chance. */
  private static BarComparison.Bar bar(String name, Map<?, ?> scores) {
    double top = ((Number) scores.get("top1")).doubleValue();
    if (scores.get("aboveChance") instanceof Map<?, ?> all
        && all.get("top1") instanceof Map<?, ?> above
        && above.get("low") instanceof Double low
        && above.get("high") instanceof Double high
        && !Double.isNaN(low + high)) {
      double chance = chance(scores);
      return new BarComparison.Bar(
          name, top, Math.min(top, low + chance), Math.max(top, high + chance));
    }
    return new BarComparison.Bar(name, top);
  }
}
