package org.efferent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efferent.viz.Figure;
import org.efferent.viz.IfExists;
import org.efferent.viz.Report;

/**
 * The page of a training or an evaluation: what it is about first, then pictures, then every figure
 * and setting of its record, what it takes to repeat it, and words. Used by one thread.
 */
final class RunReport {
  private final Report report;
  private final Path out;
  private final IfExists ifExists;
  private boolean pictures;

  /**
   * A page to be filled.
   *
   * @param title its heading
   * @param opening what was done, one or two sentences
   * @param out folder of the run, where {@code report.html} goes
   * @param force whether a page that exists may be replaced
   */
  RunReport(String title, String opening, Path out, boolean force) {
    this.report = new Report(title).paragraph(opening);
    this.out = out;
    this.ifExists = force ? IfExists.REPLACE : IfExists.FAIL;
  }

  /** A figure of merit that a reader takes away; nothing where it is none. */
  RunReport highlight(String format, Object value, String meaning) {
    if (value instanceof Number number && !Double.isNaN(number.doubleValue())) {
      report.highlight(String.format(java.util.Locale.ROOT, format, number.doubleValue()), meaning);
    }
    return this;
  }

  RunReport figure(String caption, Figure figure) {
    if (!pictures) {
      report.section("Pictures");
      pictures = true;
    }
    report.figure(caption, figure);
    return this;
  }

  /**
   * Adds the record and the words, and writes the page.
   *
   * @param record with its figures
   * @param terms words to explanations
   */
  void write(RunRecord record, Map<String, String> terms) {
    RunFacts facts = RunFacts.of(record);
    report
        .section("Figures")
        .table(
            "Every figure of run.json.", List.of("Figure", "Value"), RunFacts.rows(facts.figures()))
        .section("Configuration")
        .table("What was set.", List.of("Setting", "Value"), RunFacts.rows(facts.configuration()))
        .provenance(facts.provenance())
        .glossary(terms)
        .write(out.resolve("report.html"), ifExists);
  }
}
