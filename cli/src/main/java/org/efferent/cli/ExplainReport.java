package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.viz.Figure;
import org.efferent.viz.IfExists;
import org.efferent.viz.Report;

/** The page of what an encoder listens to: figures one by one, each as a picture too. */
final class ExplainReport {
  private final Path out;
  private final Report report;
  private final Map<String, Object> pictures = new LinkedHashMap<>();

  ExplainReport(Path out, String title) {
    this.out = out;
    this.report = new Report(title);
  }

  ExplainReport section(String heading, String words) {
    report.section(heading).paragraph(words);
    return this;
  }

  /** Adds a figure, and writes it as NAME.png. */
  void figure(String name, String caption, Figure figure) {
    report.figure(caption, figure);
    Path file = out.resolve(name + ".png");
    figure.writePng(file, 2, IfExists.REPLACE);
    pictures.put(name, file.toString());
  }

  Report page() {
    return report;
  }

  /** Files of pictures by name. */
  Map<String, Object> pictures() {
    return pictures;
  }

  void write(Map<String, String> facts) {
    report.provenance(facts).write(out.resolve("report.html"), IfExists.REPLACE);
  }
}
