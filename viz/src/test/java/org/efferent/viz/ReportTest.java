package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class ReportTest {
  @TempDir Path folder;

  private static Report report() {
    Figure figure = DirectionFigure.angularErrors(Examples.velocity(), FigureSize.PAGE);
    return new Report("Cursor & <decoder>")
        .paragraph("A \"simulated\" user's cursor\u0000 <script>alert(1)</script>")
        .highlight("0.62", "nRMSE; 1 is no better than not moving")
        .section("Results")
        .figure("Directions.", figure)
        .figure("Directions again.", figure)
        .table(
            "Filters & figures",
            List.of("filter", "nRMSE", "note"),
            List.of(List.of("Kalman", "0.765", "x < y")))
        .provenance(Map.of("Seed", "7"))
        .glossary(Terms.CURSOR);
  }

  @Test
  void isWellFormedAndEscapesWhatItIsGiven() throws Exception {
    String html = report().toHtml();
    Document page = Examples.parse(html);
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(Examples.texts(page, "h1")).containsExactly("Cursor & <decoder>");
    assertThat(Examples.texts(page, "p").get(0))
        .isEqualTo("A \"simulated\" user's cursor\uFFFD <script>alert(1)</script>");
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
  }

  @Test
  void standsAlone() {
    String html = report().toHtml().replaceAll("xmlns(:[a-z]+)?=\"[^\"]*\"", "");
    assertThat(html).doesNotContain("http:").doesNotContain("https:").doesNotContain("@import");
    assertThat(html).doesNotContain("<link").doesNotContain("src=").doesNotContain("url(http");
  }

  @Test
  void figuresHaveWordsAndIdsAreUnique() throws Exception {
    Document page = Examples.parse(report().toHtml());
    NodeList all = page.getElementsByTagNameNS("*", "*");
    Set<String> ids = new HashSet<>();
    int figures = 0;
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      String id = element.getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("id once: " + id).isTrue();
      if (element.getLocalName().equals("svg")) {
        figures++;
      }
    }
    assertThat(figures).isEqualTo(2);
    assertThat(ids).contains("fig1-title", "fig2-title", "figure-1", "figure-2", "table-1");
    Matcher used = Pattern.compile("url\\(#([^)]*)\\)").matcher(report().toHtml());
    while (used.find()) {
      assertThat(ids).contains(used.group(1));
    }
  }

  @Test
  void tablesHaveHeadersWithScope() throws Exception {
    Document page = Examples.parse(report().toHtml());
    NodeList headers = page.getElementsByTagNameNS("*", "th");
    assertThat(headers.getLength()).isGreaterThan(4);
    for (int i = 0; i < headers.getLength(); i++) {
      assertThat(((Element) headers.item(i)).getAttribute("scope")).isIn("col", "row");
    }
    assertThat(Examples.texts(page, "td")).contains("0.765", "x < y", "7");
    assertThat(Examples.texts(page, "dt")).contains("nRMSE", "MAAE", "DKF", "Fallback", "Latency");
    assertThat(Examples.texts(page, "h2"))
        .containsExactly("Results", "Where these numbers come from", "Words");
  }

  @Test
  void tablesStandBelowAsTextToCopy() throws Exception {
    Document page =
        Examples.parse(
            new Report("t")
                .table(
                    "c",
                    List.of("a", "b (s)"),
                    List.of(List.of("x\t1", "0.5"), List.of("<y>", "2")))
                .toHtml());
    assertThat(Examples.texts(page, "pre")).containsExactly("a\tb (s)\nx 1\t0.5\n<y>\t2");
    assertThat(Examples.texts(page, "summary")).containsExactly("Table 1 as text to copy");
  }

  @Test
  void twoPicturesStandSideBySideInsideThePage() throws Exception {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    String html = new Report("t").sideBySide("curve \"x\"", "A", image, "B", image).toHtml();
    Document page = Examples.parse(html);
    NodeList images = page.getElementsByTagNameNS("*", "img");
    assertThat(images.getLength()).isEqualTo(2);
    Element second = (Element) images.item(1);
    assertThat(second.getAttribute("alt")).isEqualTo("curve \"x\", B");
    assertThat(second.getAttribute("src")).startsWith("data:image/png;base64,iVBOR");
    assertThat(Examples.texts(page, "figcaption")).containsExactly("Figure 1. curve \"x\"");
  }

  @Test
  void refusesRowsThatDoNotFit() {
    assertThatThrownBy(
            () -> new Report("t").table("c", List.of("a", "b"), List.of(List.of("only one"))))
        .hasMessage("a row has a cell a column; columns=2, cells=1");
  }

  @Test
  void isNotOverwrittenUnlessTold() throws Exception {
    Path file = folder.resolve("report.html");
    report().write(file);
    assertThatThrownBy(() -> report().write(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": exists and is not overwritten; choose another name or add --force");
    new Report("another").write(file, IfExists.REPLACE);
    assertThat(Files.readString(file)).contains("<h1>another</h1>");
  }

  @Test
  void everyTextIsReadableByDayAndByNight() {
    Matcher roots = Pattern.compile(":root \\{([^}]*)\\}").matcher(ReportStyle.CSS);
    int themes = 0;
    while (roots.find()) {
      themes++;
      String root = roots.group(1);
      for (String ground : List.of("ground", "stripe")) {
        for (String text : List.of("text", "soft", "link")) {
          assertThat(Palette.contrast(color(root, ground), color(root, text)))
              .as(text + " on " + ground + " in " + root)
              .isGreaterThanOrEqualTo(4.5);
        }
      }
    }
    assertThat(themes).isEqualTo(3);
  }

  private static Color color(String root, String name) {
    Matcher m = Pattern.compile("--" + name + ": (#[0-9a-f]{6})").matcher(root);
    assertThat(m.find()).as(name).isTrue();
    return Color.decode(m.group(1));
  }
}
