package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.efferent.viz.StoredPicture.Grade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every figure as its PDF, whose font is the same on every machine, and every painter of a window
 * as its pixels, against {@link StoredPicture stored pictures}.
 */
final class StoredPicturesTest {
  private static final int SCALE = 2;

  private static List<String> figures() {
    return List.copyOf(Gallery.figures().keySet());
  }

  private static List<String> windows() {
    return List.copyOf(Gallery.windows().keySet());
  }

  @ParameterizedTest
  @MethodSource("figures")
  void aFigureIsAsItWas(String name) throws IOException {
    Figure figure = Gallery.figures().get(name).get();
    StoredPicture.check(name, page(figure), Grade.SAME_FONT);
    StoredPicture.check(name, figure.toImage(SCALE), Grade.OTHER_LAYOUT);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aWindowIsAsItWas(String name) throws IOException {
    StoredPicture.check(name, Gallery.windows().get(name).get(), Grade.OTHER_FONT);
  }

  /** The comparison itself: what must not get lost, taken away. */
  @Test
  void whatVanishesOrMovesIsSeen() throws IOException {
    assertThat(lost("trajectories", page(Gallery.trajectories(false)))).isGreaterThan(3);
    assertThat(lost("curves", page(Gallery.curves(5)))).isGreaterThan(3);
    assertThat(lost("path", page(Gallery.path(false)))).isGreaterThan(3);
    assertThat(lost("topography", page(Gallery.topography(1)))).isGreaterThan(3);
    for (String name : List.of("curves", "trajectories", "fitts", "time-resolved", "latency")) {
      BufferedImage whole = page(Gallery.figures().get(name).get());
      int w = whole.getWidth();
      int h = whole.getHeight();
      assertThat(lost(name, without(whole, 0, 0, w, 45))).as(name + "'s legend").isGreaterThan(1);
      assertThat(lost(name, without(whole, 0, 0, 50, h))).as(name + "'s axis").isGreaterThan(1);
      BufferedImage moved = without(whole, 0, 0, w, h);
      moved.createGraphics().drawImage(whole, 32, 0, null);
      assertThat(lost(name, moved)).as(name + " moved").isGreaterThan(3);
    }
    assertThat(lost("task-dark", Gallery.windows().get("task-light").get())).isGreaterThan(50);
  }

  /** WCAG 2.2, success criterion 1.4.3. */
  @ParameterizedTest
  @MethodSource("figures")
  void everyTextOfAFigureContrasts(String name) {
    String svg = Gallery.figures().get(name).get().toSvg();
    Matcher texts = Pattern.compile("<text[^>]*style=\"([^\"]*)\"").matcher(svg);
    int found = 0;
    while (texts.find()) {
      Matcher fill = Pattern.compile("fill:rgb\\((\\d+),(\\d+),(\\d+)\\)").matcher(texts.group(1));
      Color color = Color.BLACK; // what SVG fills with where nothing is said
      if (fill.find()) {
        color =
            new Color(
                Integer.parseInt(fill.group(1)),
                Integer.parseInt(fill.group(2)),
                Integer.parseInt(fill.group(3)));
        found++;
      }
      assertThat(Palette.contrast(color, Palette.PAPER)).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(color, PictureTile.GROUND)).isGreaterThanOrEqualTo(4.5);
    }
    assertThat(found).isPositive();
  }

  private static double lost(String name, BufferedImage image) throws IOException {
    return StoredPicture.lost(StoredPicture.read(name), image, Grade.SAME_FONT);
  }

  private static BufferedImage without(BufferedImage image, int x, int y, int w, int h) {
    BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
    Graphics2D g = copy.createGraphics();
    g.drawImage(image, 0, 0, null);
    g.setColor(Palette.PAPER);
    g.fillRect(x, y, w, h);
    g.dispose();
    return copy;
  }

  /** The figure's page of PDF in pixels. */
  private static BufferedImage page(Figure figure) throws IOException {
    int w = figure.size().width() * SCALE;
    int h = figure.size().height() * SCALE;
    BufferedImage same = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    try (PDDocument read = Loader.loadPDF(figure.pdf())) {
      BufferedImage page = new PDFRenderer(read).renderImage(0, SCALE * 96 / 72f);
      same.createGraphics().drawImage(page, 0, 0, w, h, null); // which may be a pixel larger
    }
    return same;
  }
}
