package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The tour, run twice for all tests. */
class DemoTest {
  @TempDir private static Path folder;

  private static Path out;
  private static JsonNode first;
  private static JsonNode second;

  @BeforeAll
  static void run() {
    out = folder.resolve("one");
    first = Cli.run("demo", "--headless", "--out", out, "--seed", 3, "--json").json();
    second =
        Cli.run("demo", "--headless", "--out", folder.resolve("two"), "--seed", 3, "--json").json();
  }

  @Test
  void theUserSteersFarBetterThanChance() {
    JsonNode steering = first.path("steering");
    assertThat(steering).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode one : steering) {
      // A cursor that drifts at random holds still on a target of this size in few of a hundred.
      assertThat(one.path("success").doubleValue()).isBetween(0.8, 1.0);
      assertThat(one.path("trials").intValue()).isGreaterThan(20);
      assertThat(one.path("medianAcquisitionSeconds").doubleValue()).isBetween(0.5, 4.0);
      assertThat(one.path("pathEfficiency").doubleValue()).isBetween(0.5, 1.0);
      assertThat(one.path("lost").intValue()).isZero();
      assertThat(one.path("bins").intValue()).isEqualTo(1200);
      assertThat(one.path("latencyMicros").path("p50").doubleValue()).isPositive();
    }
    for (JsonNode figures : first.path("heldOut")) {
      assertThat(figures.path("nrmse").doubleValue()).isBetween(0.0, 0.7);
      assertThat(figures.path("maae").doubleValue()).isBetween(0.0, 0.8);
    }
  }

  @Test
  void anEncoderFindsImagesItNeverSaw() {
    JsonNode encoder = first.path("encoder");
    assertThat(encoder.path("candidates").intValue()).isEqualTo(20);
    assertThat(encoder.path("encoderTop1").doubleValue()).isBetween(0.2, 1.0);
    assertThat(encoder.path("chance").doubleValue()).isEqualTo(0.05);
    assertThat(out.resolve("encoder.png")).isNotEmptyFile();
    JsonNode drawn = encoder.path("drawn");
    assertThat(drawn.path("pictures").intValue()).isEqualTo(20);
    assertThat(drawn.path("pixelCorrelation").doubleValue())
        .isGreaterThan(drawn.path("pixelCorrelationRandom").path("high").doubleValue());
    assertThat(out.resolve("drawn.png")).isNotEmptyFile();
  }

  @Test
  void aSeedGivesTheSameFigures() {
    assertThat(repeatable(second)).isEqualTo(repeatable(first));
    assertThat(first.path("seed").intValue()).isEqualTo(3);
  }

  /** Without what depends on the machine and on where it wrote. */
  private static JsonNode repeatable(JsonNode result) {
    ObjectNode copy = result.deepCopy();
    assertThat(copy.remove("report").textValue()).endsWith("report.html");
    for (JsonNode one : copy.path("steering")) {
      assertThat(((ObjectNode) one).remove("latencyMicros")).isNotNull();
    }
    return copy;
  }

  @Test
  void atLeastThreePicturesShowSomething() throws Exception {
    List<Path> pictures;
    try (Stream<Path> files = Files.list(out)) {
      pictures = files.filter(f -> f.toString().endsWith(".png")).toList();
    }
    assertThat(pictures).hasSizeGreaterThanOrEqualTo(3);
    for (Path picture : pictures) {
      BufferedImage image = ImageIO.read(picture.toFile());
      assertThat(image.getWidth()).isGreaterThan(300);
      assertThat(image.getHeight()).isGreaterThan(200);
      int[] pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      assertThat(java.util.Arrays.stream(pixels).distinct().limit(3).count()).isEqualTo(3);
    }
  }

  @Test
  void theReportIsOneWellFormedPageOnItsOwn() throws Exception {
    String html = Files.readString(out.resolve("report.html"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    Document page = builder.parse(new InputSource(new StringReader(html)));
    NodeList all = page.getElementsByTagNameNS("*", "*");
    int figures = 0;
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      String tag = element.getLocalName();
      assertThat(tag).isNotIn("script", "link", "iframe", "object", "embed", "base");
      for (String name : new String[] {"src", "href", "data", "srcset", "poster"}) {
        // Only what lies in the page: #section, or data of its own.
        assertThat(element.getAttribute(name)).matches("|#.*|data:.*");
        assertThat(element.getAttributeNS("http://www.w3.org/1999/xlink", name))
            .matches("|#.*|data:.*");
      }
      figures += tag.equals("figure") ? 1 : 0;
    }
    assertThat(html).doesNotContain("@import").doesNotContainPattern("url\\(\\s*[\"']?https?:");
    assertThat(figures).isGreaterThanOrEqualTo(3);
    assertThat(page.getDocumentElement().getTextContent())
        .contains("efferent demo --seed 3", "Lost", "What is simulated");
  }

  @Test
  void runJsonHoldsTheFigures() throws Exception {
    JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
    assertThat(run.path("command").textValue()).isEqualTo("demo");
    assertThat(run.path("seed").intValue()).isEqualTo(3);
    assertThat(run.path("figures")).isEqualTo(first);
  }

  @Test
  void aFolderWithSomethingInItIsLeftAlone() {
    Cli.run("demo", "--headless", "--out", out, "--json")
        .failed(2, out + " is not empty; choose another folder or give --force to write into it");
  }
}
