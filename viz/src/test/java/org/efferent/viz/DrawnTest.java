package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** What was seen beside what was drawn. */
final class DrawnTest {
  private static BufferedImage plain(Color color) {
    BufferedImage made = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = made.createGraphics();
    g.setColor(color);
    g.fillRect(0, 0, 16, 16);
    g.dispose();
    return made;
  }

  private static BufferedImage painted(DrawnView view, int width, int height) {
    BufferedImage made = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = made.createGraphics();
    new DrawnPainter(Look.DARK).paint(g, view, width, height);
    g.dispose();
    return made;
  }

  private static long count(BufferedImage in, Color color, int from, int to) {
    long found = 0;
    for (int y = 0; y < in.getHeight(); y++) {
      for (int x = from; x < to; x++) {
        found += (in.getRGB(x, y) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF) ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void whatWasSeenStandsLeftOfWhatWasDrawn() {
    DrawnView view =
        new DrawnView(
            plain(Color.RED), "image-000001", plain(Color.BLUE), "12.30 s, 34 ms old", "1 drawn");
    for (int[] size : new int[][] {{900, 560}, {400, 800}, {2000, 500}}) {
      BufferedImage made = painted(view, size[0], size[1]);
      int middle = size[0] / 2;
      long red = count(made, Color.RED, 0, middle);
      assertThat(red).isGreaterThan(size[0] * (long) size[1] / 25);
      assertThat(count(made, Color.BLUE, middle, size[0])).isEqualTo(red);
      assertThat(count(made, Color.RED, middle, size[0])).isZero();
    }
  }

  @Test
  void withoutWhatWasSeenThePictureHasTheMiddle() {
    BufferedImage made =
        painted(new DrawnView(null, "", plain(Color.BLUE), "12.30 s", ""), 900, 560);
    // The middle, to a column of pixels.
    assertThat(count(made, Color.BLUE, 0, 450))
        .isPositive()
        .isCloseTo(count(made, Color.BLUE, 450, 900), within(560L));
    assertThat(count(painted(DrawnView.START, 900, 560), Color.BLUE, 0, 900)).isZero();
  }

  @Test
  void itIsSaidInWords() {
    assertThat(new DrawnView(null, "dog", null, "at 3 s", "").headline())
        .isEqualTo("seen: dog; drawn: at 3 s");
    assertThatThrownBy(() -> new DrawnView(null, "dog", null, null, ""))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("drawnWords");
  }
}
