package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.filters.task.FittsCondition;
import org.efferent.filters.task.TaskFigures;
import org.efferent.filters.task.TrialBlock;
import org.efferent.filters.task.TypingFigures;
import org.efferent.viz.Figure;
import org.efferent.viz.IfExists;
import org.efferent.viz.Report;
import org.efferent.viz.Terms;

/**
 * What a closed-loop session leaves in a folder, simulated or live: {@code figures.json}, {@code
 * blocks.csv}, {@code trials.csv}, {@code fitts.csv}, {@code typing.csv} where something was typed,
 * pictures, {@code report.html}. {@link #tables} is quick and may be called after every block, over
 * what is there; {@link #page} draws and belongs at the end. Neither belongs on the thread that
 * decodes.
 */
final class SessionReport {
  /**
   * What a page says beside figures.
   *
   * @param title its heading
   * @param opening its first paragraph
   * @param facts tables by heading, of names and values: the decoder, parameters
   * @param provenance what it takes to repeat the run, by name
   */
  record Words(
      String title,
      String opening,
      Map<String, Map<String, ?>> facts,
      Map<String, String> provenance) {}

  private final Path out;
  private final boolean force;

  /**
   * A report into a folder.
   *
   * @param out where it goes
   * @param force whether files that exist may be replaced
   */
  SessionReport(Path out, boolean force) {
    this.out = out;
    this.force = force;
  }

  /**
   * All figures by name, for JSON: {@code session} (of the blocks that count), {@code fitts},
   * {@code blocks} (each with its {@code name} and whether it {@code counts}).
   */
  static Map<String, Object> figures(List<TrialBlock> blocks) {
    TrialBlock session = TrialBlock.session("session", blocks);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("session", session.byName());
    all.put("fitts", session.fitts().byName());
    all.put("blocks", blocks.stream().map(SessionReport::figures).toList());
    return all;
  }

  private static Map<String, Object> figures(TrialBlock block) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", block.name());
    all.put("counts", block.counts());
    all.putAll(block.byName());
    return all;
  }

  /** Writes {@code figures.json} and the tables; those that would have no row are left out. */
  void tables(List<TrialBlock> blocks) {
    RunRecord.writeText(
        out.resolve("figures.json"), OutputOptions.toJson(figures(blocks)) + "\n", force);
    new SessionTables(out, force).write(blocks);
  }

  /** Draws the pictures and writes {@code report.html}. */
  void page(Words words, List<TrialBlock> blocks) {
    TrialBlock session = TrialBlock.session("session", blocks);
    TaskFigures figures = session.figures();
    Report report = new Report(words.title()).paragraph(words.opening());
    report
        .highlight(
            say(figures.success(), 100, "%.0f %%"),
            "of " + figures.trials() + " targets were acquired in time")
        .highlight(
            say(figures.medianAcquisitionSeconds(), 1, "%.2f s"),
            "median time from the cue to the selection, holding included")
        .highlight(
            say(figures.bitsPerSecond(), 1, "%.2f bit/s"),
            session.choices() > 1
                ? "achieved bit rate; choosing at random gives 0"
                : "difficulty of the acquired targets over the time of all");
    session.typing().ifPresent(typed -> typing(report, typed));
    pictures(report, session, blocks);
    report
        .section("Figures")
        .table("Of all trials that count, and of each block.", header(blocks), rows(blocks))
        .table(
            "Fitts' law by target size (ISO 9241-411): width and distance in the task's unit, times"
                + " in seconds, difficulty in bits.",
            fittsHeader(),
            fittsRows(session));
    words
        .facts()
        .forEach(
            (name, facts) ->
                report
                    .section(name)
                    .table("As they were used.", List.of("Name", "Value"), list(facts)));
    report
        .provenance(words.provenance())
        .glossary(Terms.CURSOR)
        .write(out.resolve("report.html"), ifExists());
  }

  private static void typing(Report report, TypingFigures typed) {
    report
        .highlight(
            say(typed.correctCharactersPerMinute(), 1, "%.1f"),
            "correct characters a minute: right ones less those deleted again")
        .highlight(
            say(typed.totalErrorRate(), 100, "%.1f %%"),
            "of what was typed was wrong, corrected or not");
  }

  private void pictures(Report report, TrialBlock session, List<TrialBlock> blocks) {
    if (!session.trials().isEmpty()) {
      report
          .section("The way of the cursor")
          .figure(
              "The last "
                  + Math.min(SessionPictures.SHOWN_TRIALS, session.trials().size())
                  + " trials, one line each.",
              picture("paths", SessionPictures.paths(session)));
    }
    SessionPictures.acquisition(blocks)
        .ifPresent(
            figure ->
                report.figure(
                    "Median time to acquire a target, block by block.", picture("blocks", figure)));
    SessionPictures.bits(blocks)
        .ifPresent(figure -> report.figure("Bit rate, block by block.", picture("bits", figure)));
    SessionPictures.fitts(session)
        .ifPresent(
            figure ->
                report.figure(
                    "Movement time over difficulty, a mark an acquired target.",
                    picture("fitts", figure)));
    SessionPictures.typing(blocks)
        .ifPresent(
            figure ->
                report.figure(
                    "Correct characters a minute, block by block.", picture("typing", figure)));
  }

  private Figure picture(String name, Figure figure) {
    figure.writePng(out.resolve(name + ".png"), 1, ifExists());
    figure.writeSvg(out.resolve(name + ".svg"), ifExists());
    return figure;
  }

  private IfExists ifExists() {
    return force ? IfExists.REPLACE : IfExists.FAIL;
  }

  private static List<String> header(List<TrialBlock> blocks) {
    List<String> header = new ArrayList<>(List.of("Figure", "All"));
    blocks.forEach(block -> header.add(block.name()));
    return header;
  }

  private static List<List<String>> rows(List<TrialBlock> blocks) {
    List<Map<String, Object>> each = blocks.stream().map(TrialBlock::byName).toList();
    List<List<String>> rows = new ArrayList<>();
    TrialBlock.session("session", blocks)
        .byName()
        .forEach(
            (name, value) -> {
              List<String> row = new ArrayList<>(List.of(name, cell(value)));
              each.forEach(figures -> row.add(cell(figures.get(name))));
              rows.add(row);
            });
    return rows;
  }

  private static List<String> fittsHeader() {
    List<String> header = new ArrayList<>(List.of("Width"));
    SessionTables.FITTS_COLUMNS.stream().skip(1).forEach(header::add);
    return header;
  }

  private static List<List<String>> fittsRows(TrialBlock session) {
    return session.fitts().conditions().stream()
        .map(FittsCondition::byName)
        .map(figures -> figures.values().stream().map(SessionReport::cell).toList())
        .toList();
  }

  private static List<List<String>> list(Map<String, ?> facts) {
    List<List<String>> rows = new ArrayList<>();
    facts.forEach((name, value) -> rows.add(List.of(name, cell(value))));
    return rows;
  }

  /** A value for people; a dash where there is none. */
  static String cell(Object value) {
    return value == null || (value instanceof Double d && d.isNaN()) ? "–" : CursorScore.say(value);
  }

  private static String say(double value, double unit, String format) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value * unit);
  }
}
