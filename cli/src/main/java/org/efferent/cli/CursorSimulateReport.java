package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.efferent.filters.task.TrialBlock;

/** What {@code cursor simulate} leaves in a folder, and what it says to people. */
final class CursorSimulateReport {
  private static final Set<String> BELOW =
      Set.of("session", "fitts", "blocks", "parameters", "decoder", "openLoop");

  private final Path out;
  private final boolean force;
  private final long seed;

  CursorSimulateReport(Path out, boolean force, long seed) {
    this.out = out;
    this.force = force;
    this.seed = seed;
  }

  void write(Map<String, Object> result, List<TrialBlock> blocks) {
    SessionReport report = new SessionReport(out, force);
    report.tables(blocks);
    RunRecord record = new RunRecord("cursor simulate", map(result, "parameters"), seed);
    record.figures(result);
    record.write(out.resolve("run.json"), force);
    report.page(words(result), blocks);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> result, String key) {
    return (Map<String, Object>) result.get(key);
  }

  private SessionReport.Words words(Map<String, Object> result) {
    Map<String, Map<String, ?>> facts = new LinkedHashMap<>();
    facts.put("The decoder", map(result, "decoder"));
    facts.put("Parameters", map(result, "parameters"));
    return new SessionReport.Words(
        "Closed loop: " + result.get("task") + " steered with " + result.get("filter"),
        String.format(
            Locale.ROOT,
            "A simulated user calibrated for %.0f seconds and then steered alone. There is no"
                + " brain here: figures of people and animals differ from these.",
            (Double) result.get("calibrationSeconds")),
        facts,
        provenance(result));
  }

  private Map<String, String> provenance(Map<String, Object> result) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "Command",
        "efferent cursor simulate --task "
            + result.get("task")
            + " --filter "
            + result.get("filter")
            + " --seed "
            + seed
            + " with the parameters above");
    facts.put("Version", Versions.program());
    facts.put("Time", java.time.Instant.now().toString());
    return facts;
  }

  /** The result for people. */
  static String text(Map<String, Object> result) {
    StringBuilder text = new StringBuilder();
    result.forEach(
        (name, value) -> {
          if (!BELOW.contains(name)) {
            line(text, name, value);
          }
        });
    text.append(String.format("%nopen loop, before any decoder steered%n"));
    map(result, "openLoop").forEach((k, v) -> line(text, "  " + k, v));
    text.append(String.format("%ndecoder, as the calibration chose it%n"));
    map(result, "decoder").forEach((k, v) -> line(text, "  " + k, v));
    text.append(String.format("%nall figures of the trials (s, cm, radian, bit/s)%n"));
    map(result, "session").forEach((k, v) -> line(text, "  " + k, v));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(String.format(Locale.ROOT, "%-28s %s%n", name, SessionReport.cell(value)));
  }
}
