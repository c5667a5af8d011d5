package org.efferent.decoders.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSquareTest {
  @TempDir private Path folder;

  /** Red on the left, green on the right, blue below. */
  private Path image(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, y >= 4 ? 0x0000FF : x >= 4 ? 0x00FF00 : 0xFF0000);
      }
    }
    Path file = folder.resolve("i.png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  @Test
  void whatLiesRightAndBelowIsLeftOut() throws IOException {
    for (int[] size : new int[][] {{4, 9}, {9, 4}}) {
      BufferedImage square = ImageSquare.topLeft(image(size[0], size[1]), 2);
      assertThat(square.getWidth()).isEqualTo(2);
      assertThat(square.getRGB(0, 0, 2, 2, null, 0, 2)).containsOnly(0xFFFF0000);
    }
  }

  @Test
  void rowsAndColumnsStay() throws IOException {
    BufferedImage square = ImageSquare.topLeft(image(8, 8), 8);
    assertThat(square.getRGB(7, 0)).isEqualTo(0xFF00FF00);
    assertThat(square.getRGB(0, 7)).isEqualTo(0xFF0000FF);
  }
}
