package org.efferent.viz;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A page of results for people who have never seen this program: one file without scripts and
 * without outside resources, readable by day, by night, on paper (print it to a file for a PDF) and
 * by ear. Below each table stands the same as text to copy. The markup is HTML that is XML as well.
 * Whatever is passed in is text: nothing in it is taken for markup.
 *
 * <pre>{@code
 * new Report("Cursor, DKF against Kalman")
 *     .paragraph("A simulated user steered a cursor for three minutes.")
 *     .figure("Decoded and true velocity.", figure)
 *     .glossary(Terms.CURSOR)
 *     .write(Path.of("report.html"));
 * }</pre>
 *
 * <p>Used by one thread. Longer than 300 lines: what it is made of, one after the other.
 */
public final class Report {
  private final String title;
  private final String language;
  private final StringBuilder body = new StringBuilder();
  private final Map<String, String> sections = new LinkedHashMap<>();
  private int figures;
  private int tables;

  /**
   * An empty report in English.
   *
   * @param title the page's heading
   */
  public Report(String title) {
    this(title, "en");
  }

  /**
   * An empty report.
   *
   * @param title the page's heading
   * @param language BCP 47 tag of its text, "en"
   */
  public Report(String title, String language) {
    if (title.isBlank()) {
      throw new IllegalArgumentException("a report needs a title; title is blank");
    }
    this.title = title;
    this.language = Objects.requireNonNull(language, "language");
  }

  /**
   * Begins a section and its entry in the table of contents.
   *
   * @param heading of level 2
   * @return this report
   */
  public Report section(String heading) {
    String id = "section-" + (sections.size() + 1);
    sections.put(id, heading);
    body.append("<h2 id=\"").append(id).append("\">").append(escape(heading)).append("</h2>\n");
    return this;
  }

  /**
   * Adds a paragraph.
   *
   * @param text plain words
   * @return this report
   */
  public Report paragraph(String text) {
    body.append("<p>").append(escape(text)).append("</p>\n");
    return this;
  }

  /**
   * Adds the figure of merit that a reader should take away, large, with what it means.
   *
   * @param value with its unit, "0.62"
   * @param meaning one sentence, with the level of chance
   * @return this report
   */
  public Report highlight(String value, String meaning) {
    body.append("<p class=\"highlight\"><strong>").append(escape(value));
    body.append("</strong> <span>").append(escape(meaning)).append("</span></p>\n");
    return this;
  }

  /**
   * Adds a numbered figure, inline.
   *
   * @param caption what to see in it, shown below; the figure's own description is its text
   *     alternative
   * @param figure of any size; shrinks with the window
   * @return this report
   */
  public Report figure(String caption, Figure figure) {
    figures++;
    body.append("<figure id=\"figure-").append(figures).append("\">\n<div class=\"plate\">");
    body.append(figure.toSvg("fig" + figures)).append("</div>\n<figcaption><b>Figure ");
    body.append(figures).append(".</b> ").append(escape(caption));
    body.append("</figcaption>\n</figure>\n");
    return this;
  }

  /**
   * Adds two pictures next to each other, as one numbered figure.
   *
   * @param caption what to compare, shown below
   * @param leftName above the left one, "A"
   * @param left of any size, shrinks with the window
   * @param rightName above the right one
   * @param right of any size
   * @return this report
   */
  public Report sideBySide(
      String caption, String leftName, BufferedImage left, String rightName, BufferedImage right) {
    figures++;
    body.append("<figure id=\"figure-").append(figures).append("\">\n<div class=\"pair\">\n");
    half(caption, leftName, left);
    half(caption, rightName, right);
    body.append("</div>\n<figcaption><b>Figure ").append(figures).append(".</b> ");
    body.append(escape(caption)).append("</figcaption>\n</figure>\n");
    return this;
  }

  private void half(String caption, String name, BufferedImage image) {
    body.append("<div><p>").append(escape(name)).append("</p>\n<div class=\"plate\"><img alt=\"");
    body.append(escape(caption + ", " + name)).append("\" src=\"data:image/png;base64,");
    body.append(Base64.getEncoder().encodeToString(Figure.png(image))).append("\"/></div></div>\n");
  }

  /**
   * Adds a numbered table; cells that are numbers stand to the right.
   *
   * @param caption what the table says
   * @param header {@code [columns]}, with units
   * @param rows {@code [rows][columns]}; the first cell names its row
   * @return this report
   */
  public Report table(String caption, List<String> header, List<List<String>> rows) {
    tables++;
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row has a cell a column; columns=" + header.size() + ", cells=" + row.size());
      }
    }
    body.append("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-");
    body.append(tables).append("\">\n<table>\n<caption id=\"table-").append(tables);
    body.append("\"><b>Table ").append(tables).append(".</b> ").append(escape(caption));
    body.append("</caption>\n<thead><tr>");
    for (String name : header) {
      body.append("<th scope=\"col\">").append(escape(name)).append("</th>");
    }
    body.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr><th scope=\"row\">").append(escape(row.get(0))).append("</th>");
      for (String cell : row.subList(1, row.size())) {
        body.append(isNumber(cell) ? "<td class=\"n\">" : "<td>");
        body.append(escape(cell)).append("</td>");
      }
      body.append("</tr>\n");
    }
    body.append("</tbody>\n</table>\n");
    copy(header, rows);
    body.append("</div>\n");
    return this;
  }

  /** The table as text: one click marks all of it, and what is pasted falls into cells. */
  private void copy(List<String> header, List<List<String>> rows) {
    body.append("<details class=\"copy\"><summary>Table ").append(tables);
    body.append(" as text to copy</summary>\n<pre tabindex=\"0\">");
    line(header);
    rows.forEach(this::line);
    body.append("</pre></details>\n");
  }

  private void line(List<String> cells) {
    String tabbed =
        cells.stream().map(c -> c.replaceAll("\\s+", " ")).collect(Collectors.joining("\t"));
    body.append(escape(tabbed)).append('\n');
  }

  /**
   * Adds the section that lets others repeat the run: what was given, then the Java and the machine
   * that this JVM runs on.
   *
   * @param facts version, seed, hashes of data, command, in order
   * @return this report
   */
  public Report provenance(Map<String, String> facts) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.putIfAbsent(
        "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    all.putIfAbsent(
        "Machine",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
    List<List<String>> rows = new ArrayList<>();
    all.forEach((name, value) -> rows.add(List.of(name, value)));
    return section("Where these numbers come from")
        .table("What it takes to repeat this run.", List.of("Fact", "Value"), rows);
  }

  /**
   * Adds the section that explains words.
   *
   * @param terms word to explanation, in the order shown; {@link Terms} has ready ones
   * @return this report
   */
  public Report glossary(Map<String, String> terms) {
    section("Words");
    body.append("<dl>\n");
    terms.forEach(
        (term, meaning) -> {
          body.append("<dt>").append(escape(term)).append("</dt>\n");
          body.append("<dd>").append(escape(meaning)).append("</dd>\n");
        });
    body.append("</dl>\n");
    return this;
  }

  /** The whole page. */
  public String toHtml() {
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n");
    String lang = escape(language);
    page.append("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"").append(lang);
    page.append("\" xml:lang=\"").append(lang).append("\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    page.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    page.append("<title>").append(escape(title)).append("</title>\n<style>\n");
    page.append(ReportStyle.CSS).append("</style>\n</head>\n<body>\n<header>\n<h1>");
    page.append(escape(title)).append("</h1>\n</header>\n");
    if (sections.size() > 2) {
      page.append("<nav aria-label=\"Contents\">\n<ul>\n");
      sections.forEach(
          (id, heading) ->
              page.append("<li><a href=\"#")
                  .append(id)
                  .append("\">")
                  .append(escape(heading))
                  .append("</a></li>\n"));
      page.append("</ul>\n</nav>\n");
    }
    return page.append("<main>\n").append(body).append("</main>\n</body>\n</html>\n").toString();
  }

  /**
   * Writes the page; refuses to overwrite.
   *
   * @param file made, with the folders above it
   * @throws org.efferent.core.UsageException if the file exists or cannot be written
   */
  public void write(Path file) {
    write(file, IfExists.FAIL);
  }

  /**
   * Writes the page.
   *
   * @param file made, with the folders above it
   * @param ifExists whether to overwrite
   * @throws org.efferent.core.UsageException if the file exists and must not be overwritten, or
   *     cannot be written
   */
  public void write(Path file, IfExists ifExists) {
    Output.write(file, toHtml().getBytes(StandardCharsets.UTF_8), ifExists);
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+−±]?[0-9][0-9.,]*( ?[%°]| [a-zµ/]{1,5})?");
  }

  /** Text for elements and quoted attributes, without the characters that XML forbids. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return safe.toString();
  }

  // XML 1.0, production 2, Char.
  private static boolean isXml(int c) {
    return c == 0x9
        || c == 0xA
        || c == 0xD
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
