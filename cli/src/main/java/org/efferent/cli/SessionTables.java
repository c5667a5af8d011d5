package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.data.NumericCsv;
import org.efferent.filters.task.FittsCondition;
import org.efferent.filters.task.Trial;
import org.efferent.filters.task.TrialBlock;
import org.efferent.filters.task.TrialBlock.Ended;
import org.efferent.filters.task.TrialFigures;

/** The tables of a session as CSV files, RFC 4180, a header each. */
final class SessionTables {
  /** Columns of {@code fitts.csv}. */
  static final List<String> FITTS_COLUMNS =
      List.of(
          "width",
          "trials",
          "acquired",
          "distance",
          "difficulty",
          "movementSeconds",
          "throughput",
          "effectiveDistance",
          "effectiveWidth",
          "effectiveDifficulty",
          "effectiveThroughput");

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
          "offset",
          "block");

  private final Path out;
  private final boolean force;

  SessionTables(Path out, boolean force) {
    this.out = out;
    this.force = force;
  }

  void write(List<TrialBlock> blocks) {
    trials(blocks);
    blocks(blocks);
    fitts(TrialBlock.session("session", blocks));
    typing(blocks);
  }

  /** All trials, those of calibration too; the last column counts blocks from 1. */
  private void trials(List<TrialBlock> blocks) {
    List<double[]> rows = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      for (Ended ended : blocks.get(b).trials()) {
        rows.add(row(ended, b + 1));
      }
    }
    numbers("trials.csv", TRIAL_COLUMNS, rows);
  }

  private static double[] row(Ended ended, int block) {
    Trial trial = ended.trial();
    TrialFigures m = TrialFigures.of(trial);
    return new double[] {
      ended.endSeconds(),
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
      m.offset(),
      block
    };
  }

  private void fitts(TrialBlock session) {
    List<double[]> rows = new ArrayList<>();
    for (FittsCondition condition : session.fitts().conditions()) {
      rows.add(
          condition.byName().values().stream()
              .mapToDouble(value -> ((Number) value).doubleValue())
              .toArray());
    }
    numbers("fitts.csv", FITTS_COLUMNS, rows);
  }

  private void numbers(String name, List<String> columns, List<double[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    double[] values = rows.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    NumericCsv.write(out.resolve(name), columns, columns.size(), values, force);
  }

  /** A row a block; a figure that a block does not have is an empty cell. */
  private void blocks(List<TrialBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    Map<String, Object> all = TrialBlock.session("session", blocks).byName();
    List<String> head = new ArrayList<>(List.of("name", "counts"));
    head.addAll(all.keySet());
    StringBuilder text = new StringBuilder(String.join(",", head)).append('\n');
    for (TrialBlock block : blocks) {
      Map<String, Object> figures = block.byName();
      text.append(quoted(block.name())).append(',').append(block.counts() ? 1 : 0);
      for (String name : all.keySet()) {
        Object value = figures.get(name);
        text.append(',').append(value == null ? "" : value);
      }
      text.append('\n');
    }
    RunRecord.writeText(out.resolve("blocks.csv"), text.toString(), force);
  }

  /** A row a trial of typing: when, what it did, what stood there then. */
  private void typing(List<TrialBlock> blocks) {
    StringBuilder text = new StringBuilder("endSeconds,effect,typed,block\n");
    boolean any = false;
    for (int b = 0; b < blocks.size(); b++) {
      TrialBlock block = blocks.get(b);
      for (int i = 0; i < block.keystrokes().size(); i++) {
        any = true;
        text.append(block.trials().get(i).endSeconds())
            .append(',')
            .append(block.keystrokes().get(i).effect())
            .append(',')
            .append(quoted(block.keystrokes().get(i).typed()))
            .append(',')
            .append(b + 1)
            .append('\n');
      }
    }
    if (any) {
      RunRecord.writeText(out.resolve("typing.csv"), text.toString(), force);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
