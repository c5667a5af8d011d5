package org.efferent.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.retrieval.control.ControlResult;
import org.efferent.retrieval.evaluate.Chance;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.RetrievalFigures;
import org.efferent.retrieval.protocol.Evaluation;
import org.efferent.retrieval.statistics.Interval;

/** What an evaluation came to, as plain values and as text. */
final class RetrieveResult {
  private RetrieveResult() {}

  /** All of it as the one object of {@code --json}. */
  static Map<String, Object> plain(
      Evaluation evaluation, Map<String, Interval> intervals, List<ControlResult> controls) {
    RetrievalFigures figures = evaluation.figures();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("queries", figures.queries());
    result.put("gallery", figures.gallery());
    result.putAll(nested(figures.byName()));
    Map<String, Object> chance = new LinkedHashMap<>(nested(evaluation.chance().byName()));
    chance.put("constantAnswer", Chance.constantAnswer(evaluation.truth()));
    result.put("chance", chance);
    Map<String, Object> confidence = new LinkedHashMap<>();
    intervals.forEach((name, one) -> confidence.put(name, RetrieveControlOptions.ends(one)));
    result.put("confidence95", nested(confidence));
    result.put("confidenceOver", intervals.get("top1").over());
    result.put("protocol", evaluation.protocol());
    if (evaluation.labels().has(Identity.SUBJECT)) {
      result.put("subjects", Map.of("top1", evaluation.bySubject("top1")));
    }
    if (!controls.isEmpty()) {
      result.put("controls", controls.stream().map(RetrieveControlOptions::plain).toList());
    }
    result.put("rank", evaluation.ranks().ranks());
    return result;
  }

  /** {@code kWayTop1.200} becomes {@code 200} in {@code kWayTop1}. */
  private static Map<String, Object> nested(Map<String, ?> flat) {
    Map<String, Object> out = new LinkedHashMap<>();
    Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
    flat.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          if (dot < 0) {
            out.put(name, value);
          } else {
            String group = name.substring(0, dot);
            out.putIfAbsent(group, groups.computeIfAbsent(group, g -> new LinkedHashMap<>()));
            groups.get(group).put(name.substring(dot + 1), value);
          }
        });
    return out;
  }

  /** Protocol, table and controls, for people. */
  static void print(
      OutputOptions output,
      Evaluation evaluation,
      Map<String, Interval> intervals,
      List<ControlResult> controls) {
    evaluation.protocol().forEach(line -> output.text("%s", line));
    Map<String, Double> chance = evaluation.chance().byName();
    output.text("");
    output.text(
        "%-24s %9s %9s   %s", "", "figure", "chance", "95 % over " + intervals.get("top1").over());
    evaluation
        .figures()
        .byName()
        .forEach(
            (name, value) -> {
              Interval one = intervals.get(name);
              String ends =
                  one == null
                      ? ""
                      : String.format(Locale.ROOT, "%.4f to %.4f", one.low(), one.high());
              output.text("%-24s %9.4f %9.4f   %s", name, value, chance.get(name), ends);
            });
    for (ControlResult one : controls) {
      Map<String, Object> plain = RetrieveControlOptions.plain(one);
      output.text(
          "control %s: %s (%s)",
          one.name(),
          one instanceof ControlResult.Ran ran
              ? (ran.chanceInside() ? "at chance" : "NOT at chance")
                  + String.format(Locale.ROOT, ", top1 %.4f", ran.figures().top().get(1))
              : "not run",
          plain.get("note"));
    }
  }
}
