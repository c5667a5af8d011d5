package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.efferent.data.NumericCsv;
import org.efferent.filters.loop.ClosedLoop.Finished;
import org.efferent.filters.task.TaskFigures;
import org.efferent.filters.task.Trial;
import org.efferent.filters.task.TrialFigures;
import org.efferent.viz.BarComparison;
import org.efferent.viz.Disc;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;
import org.efferent.viz.Report;
import org.efferent.viz.Terms;
import org.efferent.viz.Trajectories;
import org.efferent.viz.Trajectory;

/** What {@code cursor simulate} leaves in a folder: tables, pictures, a page. */
final class CursorSimulateReport {
  private static final int SHOWN_TRIALS = 32;
  private static final List<String> TRIAL_COLUMNS =
      List.of(
          "endSeconds",
          "acquired",
          "wrong",
          "targetX",
          "targetY",
          "targetDiameter",
          "seconds",
          "movementSeconds",
          "firstTouchSeconds",
          "dialInSeconds",
          "distance",
          "difficulty",
          "pathEfficiency",
          "angularError",
          "reentries",
          "axisCrossings",
          "directionChanges",
          "orthogonalChanges",
          "variability",
          "error",
          "offset");

  private final Path out;
  private final boolean force;
  private final IfExists ifExists;
  private final long seed;

  CursorSimulateReport(Path out, boolean force, long seed) {
    this.out = out;
    this.force = force;
    this.seed = seed;
    ifExists = force ? IfExists.REPLACE : IfExists.FAIL;
  }

  void write(
      Map<String, Object> result,
      List<Finished> finished,
      List<TaskFigures> blocks,
      SimulatedTaskOptions task) {
    trials(finished);
    blocks(blocks);
    RunRecord record = new RunRecord("cursor simulate", parameters(result), seed);
    record.figures(result);
    record.write(out.resolve("run.json"), force);
    page(result, finished, blocks, task);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parameters(Map<String, Object> result) {
    return (Map<String, Object>) result.get("parameters");
  }

  private void trials(List<Finished> finished) {
    if (finished.isEmpty()) {
      return;
    }
    double[] values = new double[finished.size() * TRIAL_COLUMNS.size()];
    int at = 0;
    for (Finished f : finished) {
      Trial trial = f.trial();
      TrialFigures m = TrialFigures.of(trial);
      double[] row = {
        f.endSeconds(),
        trial.acquired() ? 1 : 0,
        trial.outcome() == Trial.Outcome.WRONG ? 1 : 0,
        trial.target().x(),
        trial.target().y(),
        trial.target().diameter(),
        m.seconds(),
        m.movementSeconds(),
        m.firstTouchSeconds(),
        m.dialInSeconds(),
        m.distance(),
        m.difficulty(),
        m.pathEfficiency(),
        m.angularError(),
        m.reentries(),
        m.axisCrossings(),
        m.directionChanges(),
        m.orthogonalChanges(),
        m.variability(),
        m.error(),
        m.offset()
      };
      System.arraycopy(row, 0, values, at, row.length);
      at += row.length;
    }
    NumericCsv.write(out.resolve("trials.csv"), TRIAL_COLUMNS, TRIAL_COLUMNS.size(), values, force);
  }

  private void blocks(List<TaskFigures> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(blocks.get(0).byName().keySet());
    double[] values = new double[blocks.size() * names.size()];
    int at = 0;
    for (TaskFigures block : blocks) {
      for (Object value : block.byName().values()) {
        values[at++] = ((Number) value).doubleValue();
      }
    }
    NumericCsv.write(out.resolve("blocks.csv"), names, names.size(), values, force);
  }

  private void page(
      Map<String, Object> result,
      List<Finished> finished,
      List<TaskFigures> blocks,
      SimulatedTaskOptions task) {
    String filter = String.valueOf(result.get("filter"));
    Report report =
        new Report("Closed loop: " + task.kind().id() + " steered with " + filter)
            .paragraph(
                String.format(
                    Locale.ROOT,
                    "A simulated user calibrated for %.0f seconds and then steered alone. There is no"
                        + " brain here: figures of people and animals differ from these.",
                    (Double) result.get("calibrationSeconds")))
            .highlight(
                say((Double) result.get("success"), 100, "%.0f %%"),
                "of " + result.get("trials") + " targets were acquired in time")
            .highlight(
                say((Double) result.get("medianAcquisitionSeconds"), 1, "%.2f s"),
                "median time from the cue to the selection, holding included")
            .highlight(
                say((Double) result.get("bitsPerSecond"), 1, "%.2f bit/s"),
                task.choices() > 1
                    ? "achieved bit rate; choosing at random gives 0"
                    : "difficulty of the acquired targets over the time of all");
    if (!finished.isEmpty()) {
      report
          .section("The way of the cursor")
          .figure(
              "The last " + Math.min(SHOWN_TRIALS, finished.size()) + " trials, one line each.",
              picture("paths", paths(finished)));
    }
    if (blocks.stream().anyMatch(b -> b.acquired() > 0)) {
      report.figure(
          "Median time to acquire a target, block by block.",
          picture("blocks", acquisition(blocks)));
    }
    report
        .section("Figures")
        .table("Of all trials, and of each block.", header(blocks), table(result, blocks))
        .section("The decoder")
        .table("What the calibration chose.", List.of("Name", "Value"), list(result, "decoder"))
        .section("Parameters")
        .table(
            "Of units, user, task and decoder.",
            List.of("Name", "Value"),
            list(result, "parameters"))
        .provenance(provenance(result))
        .glossary(Terms.CURSOR)
        .write(out.resolve("report.html"), ifExists);
  }

  private static Figure paths(List<Finished> finished) {
    List<double[]> points = new ArrayList<>();
    Set<Disc> targets = new LinkedHashSet<>();
    for (Finished f :
        finished.subList(Math.max(0, finished.size() - SHOWN_TRIALS), finished.size())) {
      Trial trial = f.trial();
      for (int i = 0; i <= trial.bins(); i++) {
        points.add(new double[] {trial.x(i), trial.y(i)});
      }
      points.add(new double[] {Double.NaN, Double.NaN});
      targets.add(new Disc(trial.target().x(), trial.target().y(), trial.target().diameter() / 2));
    }
    double[] seconds = new double[points.size()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = i;
    }
    Trajectory run = new Trajectory(seconds, points.toArray(double[][]::new), null, null);
    return Trajectories.path(run, List.copyOf(targets), "cm", FigureSize.SCREEN.withHeight(720));
  }

  private static Figure acquisition(List<TaskFigures> blocks) {
    List<BarComparison.Bar> bars = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      if (blocks.get(b).acquired() > 0) {
        bars.add(
            new BarComparison.Bar("block " + (b + 1), blocks.get(b).medianAcquisitionSeconds()));
      }
    }
    return BarComparison.of(
        "median acquisition time (s)",
        BarComparison.Better.LOWER,
        bars,
        null,
        FigureSize.SCREEN.withHeight(360));
  }

  private Figure picture(String name, Figure figure) {
    figure.writePng(out.resolve(name + ".png"), 1, ifExists);
    figure.writeSvg(out.resolve(name + ".svg"), ifExists);
    return figure;
  }

  private static List<String> header(List<TaskFigures> blocks) {
    List<String> header = new ArrayList<>(List.of("Figure", "All"));
    for (int b = 1; b <= blocks.size(); b++) {
      header.add("Block " + b);
    }
    return header;
  }

  private static List<List<String>> table(Map<String, Object> result, List<TaskFigures> blocks) {
    List<List<String>> rows = new ArrayList<>();
    ((Map<?, ?>) result.get("session"))
        .forEach(
            (name, value) -> {
              List<String> row = new ArrayList<>(List.of(String.valueOf(name), cell(value)));
              for (TaskFigures block : blocks) {
                row.add(cell(block.byName().get(name)));
              }
              rows.add(row);
            });
    return rows;
  }

  private static List<List<String>> list(Map<String, Object> result, String key) {
    List<List<String>> rows = new ArrayList<>();
    ((Map<?, ?>) result.get(key))
        .forEach((name, value) -> rows.add(List.of(String.valueOf(name), cell(value))));
    return rows;
  }

  private static String cell(Object value) {
    return value == null || (value instanceof Double d && d.isNaN()) ? "–" : CursorScore.say(value);
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

  private static String say(double value, double unit, String format) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value * unit);
  }

  /** The result for people. */
  static String text(Map<String, Object> result, TaskFigures figures) {
    StringBuilder text = new StringBuilder();
    result.forEach(
        (name, value) -> {
          if (!Set.of("session", "blocks", "parameters", "decoder", "openLoop").contains(name)) {
            line(text, name, value);
          }
        });
    text.append(String.format("%nopen loop, before any decoder steered%n"));
    ((Map<?, ?>) result.get("openLoop")).forEach((k, v) -> line(text, "  " + k, v));
    text.append(String.format("%ndecoder, as the calibration chose it%n"));
    ((Map<?, ?>) result.get("decoder")).forEach((k, v) -> line(text, "  " + k, v));
    text.append(String.format("%nall figures of the trials (s, cm, radian, bit/s)%n"));
    figures.byName().forEach((k, v) -> line(text, "  " + k, v));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(String.format(Locale.ROOT, "%-28s %s%n", name, cell(value)));
  }
}
