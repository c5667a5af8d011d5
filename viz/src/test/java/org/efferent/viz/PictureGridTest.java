package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PictureGridTest {
  private static final Color GREEN = new Color(0x007F5C);
  private static final Color ORANGE = new Color(0xC24F00);

  private static BufferedImage plain(int width, int height, Color color) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(color);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  private static PictureGrid.Tile tile(BufferedImage picture, PictureGrid.Mark mark) {
    return new PictureGrid.Tile(picture, "dog", "dog, 0.31", mark);
  }

  private static BufferedImage draw(PictureGrid.Tile... tiles) {
    return PictureGrid.of(
            List.of(new PictureGrid.Row("", List.of(tiles))), List.of(), FigureSize.SCREEN)
        .toImage(1);
  }

  @Test
  void rightAndWrongDifferInColourInDashesAndInASign() {
    BufferedImage picture = plain(40, 40, Color.LIGHT_GRAY);
    BufferedImage right = draw(tile(picture, PictureGrid.Mark.RIGHT));
    BufferedImage wrong = draw(tile(picture, PictureGrid.Mark.WRONG));
    BufferedImage none = draw(tile(picture, PictureGrid.Mark.NONE));
    assertThat(count(right, GREEN)).isGreaterThan(2000);
    assertThat(count(right, ORANGE)).isZero();
    assertThat(count(wrong, ORANGE)).isBetween(1500, count(right, GREEN) * 9 / 10);
    assertThat(count(none, GREEN) + count(none, ORANGE)).isZero();
    // The sign's white strokes: there is no other pure white within the picture's square.
    assertThat(whiteInside(right, GREEN)).isGreaterThan(5);
    assertThat(whiteInside(wrong, ORANGE)).isGreaterThan(5);
  }

  @Test
  void picturesKeepTheirShape() {
    BufferedImage wide = draw(tile(plain(400, 100, Color.RED), PictureGrid.Mark.NONE));
    int[] box = box(wide, Color.RED);
    assertThat((double) (box[2] - box[0]) / (box[3] - box[1])).isBetween(3.8, 4.2);
    BufferedImage tiny = draw(tile(plain(3, 3, Color.RED), PictureGrid.Mark.NONE));
    box = box(tiny, Color.RED);
    assertThat(box[2] - box[0]).isGreaterThan(300);
  }

  @Test
  void everyPixelOfALargePictureCounts() {
    BufferedImage fine = new BufferedImage(1600, 1600, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 1600; y++) {
      for (int x = 0; x < 1600; x++) {
        fine.setRGB(x, y, x % 4 == 0 ? 0xFFFFFF : 0);
      }
    }
    BufferedImage small = Pixels.resized(fine, 100, 100);
    for (int i = 2; i < 98; i++) {
      assertThat(new Color(small.getRGB(i, i)).getRed()).isBetween(56, 72);
    }
  }

  @Test
  void whatHasNoPictureIsItsName() throws Exception {
    PictureGrid.Tile words =
        new PictureGrid.Tile(null, "into the forest", "0.42", PictureGrid.Mark.WRONG);
    PictureGrid.Tile stimulus = tile(plain(9, 9, Color.RED), PictureGrid.Mark.NONE);
    Figure figure =
        PictureGrid.of(
            List.of(
                new PictureGrid.Row("best", List.of(stimulus, words)),
                new PictureGrid.Row("worst", List.of(stimulus))),
            List.of("stimulus", "1st"),
            FigureSize.PAGE);
    assertThat(figure.description())
        .isEqualTo("Pictures in 2 rows: best: dog, into the forest (wrong); worst: dog.");
    List<String> texts = Examples.texts(Examples.parse(figure.toSvg()), "text");
    assertThat(texts).contains("best", "worst", "stimulus", "1st", "dog, 0.31", "0.42");
    assertThat(String.join(" ", texts)).contains("into the");
  }

  @Test
  void whatIsNoGridIsRefused() {
    assertThatThrownBy(() -> PictureGrid.of(List.of(), List.of(), FigureSize.PAGE))
        .hasMessage("a grid needs at least one picture; rows=0, pictures=0");
    List<PictureGrid.Row> one =
        List.of(new PictureGrid.Row("", List.of(tile(null, PictureGrid.Mark.NONE))));
    assertThatThrownBy(() -> PictureGrid.of(one, List.of("a", "b"), FigureSize.PAGE))
        .hasMessage("a heading stands above a column; headings=2, columns=1");
  }

  @Test
  void signsContrast() {
    assertThat(Palette.contrast(GREEN, Color.WHITE)).isGreaterThanOrEqualTo(4.5);
    assertThat(Palette.contrast(ORANGE, Color.WHITE)).isGreaterThanOrEqualTo(4.5);
  }

  private static int count(BufferedImage image, Color color) {
    int n = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return n;
  }

  private static int whiteInside(BufferedImage image, Color frame) {
    int[] box = box(image, frame);
    int n = 0;
    for (int y = box[1] + 8; y < box[3] - 8; y++) {
      for (int x = box[0] + 8; x < box[2] - 8; x++) {
        n += image.getRGB(x, y) == Color.WHITE.getRGB() ? 1 : 0;
      }
    }
    return n;
  }

  /** Left, top, right, bottom of all pixels of a colour. */
  private static int[] box(BufferedImage image, Color color) {
    int[] box = {Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1};
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) == color.getRGB()) {
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x);
          box[3] = Math.max(box[3], y);
        }
      }
    }
    return box;
  }
}
