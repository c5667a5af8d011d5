package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.cli.bench.Measured;
import org.efferent.cli.bench.Measured.Peer;
import org.efferent.cli.bench.Spread;
import org.efferent.viz.IfExists;
import org.efferent.viz.Report;

/** What {@code bench} has measured, as JSON, CSV, Markdown and a page. Immutable. */
final class BenchResult {
  private static final List<String> HEADER =
      List.of("area", "what", "unit", "here (low–high)", "peer", "peer's (low–high)", "ratio");

  private final Map<String, Object> facts;
  private final List<Measured> measured;
  private final Map<String, Object> unavailable;

  BenchResult(Map<String, Object> facts, List<Measured> measured, Map<String, Object> unavailable) {
    this.facts = new LinkedHashMap<>(facts);
    this.measured = List.copyOf(measured);
    this.unavailable = new LinkedHashMap<>(unavailable);
  }

  Map<String, Object> json() {
    Map<String, List<Object>> areas = new LinkedHashMap<>();
    measured.forEach(m -> areas.computeIfAbsent(m.area(), a -> new ArrayList<>()).add(m.json()));
    Map<String, Object> json = new LinkedHashMap<>(facts);
    json.put("areas", areas);
    json.put("unavailable", unavailable);
    return json;
  }

  /** Name to median, for {@code run.json}. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    measured.forEach(
        m -> figures.put(m.area() + ": " + m.what() + ", " + m.unit(), m.ours().median()));
    return figures;
  }

  /** One line a figure and peer. */
  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Measured m : measured) {
      for (Peer peer : m.peers()) {
        boolean there = peer.figure() != null;
        rows.add(
            List.of(
                m.area(),
                m.what(),
                m.unit(),
                say(m.ours()),
                there ? peer.name() : peer.name() + ": " + peer.absent(),
                there ? say(peer.figure()) : "–",
                there ? String.format(Locale.ROOT, "%.2f", m.ratio(peer)) : "–"));
      }
    }
    unavailable.forEach(
        (area, why) ->
            rows.add(List.of(area, "could not be measured: " + why, "", "", "", "", "")));
    return rows;
  }

  private static String say(Spread s) {
    String median = RunFacts.number(s.median());
    return s.low() == s.high()
        ? median
        : median + " (" + RunFacts.number(s.low()) + "–" + RunFacts.number(s.high()) + ")";
  }

  /** The table in Markdown, with what it takes to read it. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, version %s, Java %s, %s, %s threads, load %s before and %s after, %s s%s%n%n",
            facts.get("time"),
            facts.get("version"),
            facts.get("java"),
            facts.get("machine"),
            facts.get("threads"),
            RunFacts.number(((Number) facts.get("loadBefore")).doubleValue()),
            RunFacts.number(((Number) facts.get("loadAfter")).doubleValue()),
            RunFacts.number(((Number) facts.get("seconds")).doubleValue()),
            facts.get("quick").equals(true)
                ? "; QUICK: little material, no figures to quote"
                : ""));
    line(text, HEADER);
    text.append("|---".repeat(HEADER.size())).append("|\n");
    rows().forEach(row -> line(text, row));
    return text.append("\nA ratio above 1: so many times as fast as the peer.").toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|").replaceAll("\\R", " ")).append(' ');
    }
    text.append("|\n");
  }

  private String csv() {
    StringBuilder text =
        new StringBuilder(
            "area,what,unit,better,median,low,high,rounds,peer,peerMedian,ratio,absent\n");
    for (Measured m : measured) {
      for (Peer peer : m.peers()) {
        boolean there = peer.figure() != null;
        text.append(
            String.join(
                ",",
                m.area(),
                quoted(m.what()),
                quoted(m.unit()),
                m.higherBetter() ? "higher" : "lower",
                Double.toString(m.ours().median()),
                Double.toString(m.ours().low()),
                Double.toString(m.ours().high()),
                Integer.toString(m.rounds()),
                quoted(peer.name()),
                there ? Double.toString(peer.figure().median()) : "",
                there ? Double.toString(m.ratio(peer)) : "",
                quoted(peer.absent())));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"").replaceAll("\\R", " ") + "\"";
  }

  void write(Path folder, RunRecord record, boolean force) {
    RunRecord.writeText(folder.resolve("bench.json"), OutputOptions.toJson(json()) + "\n", force);
    RunRecord.writeText(folder.resolve("bench.md"), table() + "\n", force);
    RunRecord.writeText(folder.resolve("bench.csv"), csv(), force);
    record.write(folder.resolve("run.json"), force);
    new Report("This toolkit on this machine")
        .paragraph(
            "What each area takes, and beside it the peers that were there, in turns in one run. A ratio above 1: this toolkit is so many times as fast as the peer.")
        .section("Figures")
        .table("Medians over rounds, with the smallest and the largest.", HEADER, rows())
        .provenance(RunFacts.of(record).provenance())
        .write(folder.resolve("report.html"), force ? IfExists.REPLACE : IfExists.FAIL);
  }
}
