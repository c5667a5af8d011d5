package org.efferent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.efferent.viz.IfExists;
import org.efferent.viz.Report;
import org.efferent.viz.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report compare}: two finished runs on one page. */
@Command(
    name = "compare",
    description =
        "Puts two finished runs side by side: what was set differently, every figure with its difference,"
            + " and the pictures that both have.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent report compare trained-a trained-b --out compared.html",
      "",
      "A run is a folder with run.json, or that file. The difference is B less A. A difference of two runs",
      "is no evidence by itself: repeat both with other seeds."
    })
final class ReportCompareCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Parameters(index = "0", paramLabel = "RUN_A", description = "A run's folder.")
  private Path first;

  @Parameters(index = "1", paramLabel = "RUN_B", description = "Another run's folder.")
  private Path second;

  @Option(names = "--out", paramLabel = "FILE.html", required = true, description = "The page.")
  private Path out;

  @Option(names = "--force", description = "Replace a page that is there.")
  private boolean force;

  @Override
  public Integer call() {
    RunFacts a = RunFacts.read(first);
    RunFacts b = RunFacts.read(second);
    RunRecord.refuseExisting(out, force);
    Map<String, Object> settings = different(a.configuration(), b.configuration());
    Map<String, Object> figures = figures(a.figures(), b.figures());
    page(a, b).write(out, force ? IfExists.REPLACE : IfExists.FAIL);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("a", first.toString());
    result.put("b", second.toString());
    result.put("sameCommand", a.command().equals(b.command()));
    result.put("settings", settings);
    result.put("figures", figures);
    result.put("report", out.toString());
    output.text(
        "settings that differ: %d; figures of both: %d; wrote %s",
        settings.size(), figures.size(), out);
    output.result(result);
    return 0;
  }

  private static Map<String, Object> different(Map<String, JsonNode> a, Map<String, JsonNode> b) {
    Map<String, Object> differ = new LinkedHashMap<>();
    for (String name : names(a, b)) {
      if (!same(a.get(name), b.get(name))) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("a", a.containsKey(name) ? RunFacts.say(a.get(name)) : null);
        both.put("b", b.containsKey(name) ? RunFacts.say(b.get(name)) : null);
        differ.put(name, both);
      }
    }
    return differ;
  }

  /** Numbers by what they are worth: 1 is 1.0. */
  private static boolean same(JsonNode a, JsonNode b) {
    if (number(a) && number(b)) {
      return Double.compare(a.doubleValue(), b.doubleValue()) == 0;
    }
    return a != null && a.equals(b);
  }

  private static Map<String, Object> figures(Map<String, JsonNode> a, Map<String, JsonNode> b) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (String name : names(a, b)) {
      if (number(a.get(name)) && number(b.get(name))) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("a", a.get(name).doubleValue());
        both.put("b", b.get(name).doubleValue());
        both.put("difference", b.get(name).doubleValue() - a.get(name).doubleValue());
        numbers.put(name, both);
      }
    }
    return numbers;
  }

  private static boolean number(JsonNode node) {
    return node != null && node.isNumber();
  }

  /** Names of both, those of the second alone at the end. */
  private static Set<String> names(Map<String, ?> a, Map<String, ?> b) {
    Set<String> names = new LinkedHashSet<>(a.keySet());
    names.addAll(b.keySet());
    return names;
  }

  private Report page(RunFacts a, RunFacts b) {
    Report report = new Report("Two runs side by side");
    report.paragraph(
        "A is %s (%s), B is %s (%s).".formatted(first, a.command(), second, b.command()));
    if (!a.command().equals(b.command())) {
      report.paragraph(
          "They are runs of different commands: only figures of the same name stand side by side, and they may not mean the same.");
    }
    settings(report, a, b);
    List<List<String>> differ = new ArrayList<>();
    List<List<String>> same = new ArrayList<>();
    figureRows(a.figures(), b.figures())
        .forEach(r -> (r.get(3).equals("0") ? same : differ).add(r));
    report.section("Figures that differ");
    table(
        report,
        differ,
        "The difference is B less A. One run each says nothing about chance: repeat both with other seeds before you believe a difference.");
    RunPictures.add(report, folder(first), folder(second));
    report.section("Figures that are the same");
    table(report, same, "Figures of the same value in both.");
    Map<String, String> words = new TreeMap<>(Terms.TRAINING);
    words.putAll(Terms.PICTURES);
    words.putAll(Terms.CURSOR);
    return report
        .section("Where these numbers come from")
        .table(
            "What it takes to repeat the runs.",
            List.of("Fact", "A", "B"),
            rows(a.provenance(), b.provenance()))
        .glossary(words);
  }

  private static void table(Report report, List<List<String>> rows, String caption) {
    if (rows.isEmpty()) {
      report.paragraph("None.");
    } else {
      report.table(caption, List.of("Figure", "A", "B", "B less A"), rows);
    }
  }

  private static void settings(Report report, RunFacts a, RunFacts b) {
    List<List<String>> rows = new ArrayList<>();
    different(a.configuration(), b.configuration())
        .keySet()
        .forEach(
            name ->
                rows.add(
                    List.of(
                        name,
                        RunFacts.say(a.configuration().get(name)),
                        RunFacts.say(b.configuration().get(name)))));
    report.section("What was set differently");
    int same = names(a.configuration(), b.configuration()).size() - rows.size();
    if (rows.isEmpty()) {
      report.paragraph("Nothing: all %d settings are the same.".formatted(same));
    } else {
      report.table(
          "Settings that differ; %d others are the same. A dash: not set.".formatted(same),
          List.of("Setting", "A", "B"),
          rows);
    }
  }

  /** Name, A, B, and the difference, which is 0 where both say the same. */
  private static List<List<String>> figureRows(Map<String, JsonNode> a, Map<String, JsonNode> b) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : names(a, b)) {
      String difference = same(a.get(name), b.get(name)) ? "0" : "";
      if (difference.isEmpty() && number(a.get(name)) && number(b.get(name))) {
        double d = b.get(name).doubleValue() - a.get(name).doubleValue();
        boolean whole = a.get(name).isIntegralNumber() && b.get(name).isIntegralNumber();
        difference = (d > 0 ? "+" : "") + (whole ? Long.toString((long) d) : RunFacts.number(d));
      }
      rows.add(List.of(name, RunFacts.say(a.get(name)), RunFacts.say(b.get(name)), difference));
    }
    return rows;
  }

  private static List<List<String>> rows(Map<String, String> a, Map<String, String> b) {
    List<List<String>> rows = new ArrayList<>();
    names(a, b)
        .forEach(
            name -> rows.add(List.of(name, a.getOrDefault(name, "–"), b.getOrDefault(name, "–"))));
    return rows;
  }

  private static Path folder(Path run) {
    return Files.isDirectory(run) ? run : run.toAbsolutePath().getParent();
  }
}
