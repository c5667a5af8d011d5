package org.efferent.decoders.target;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/** Squares of images, for what draws them again. */
public final class ImageSquare {
  private ImageSquare() {}

  /**
   * The largest square from the top left, scaled by triangles, as Pillow does.
   *
   * @param file PNG, JPEG, BMP or GIF
   * @param side pixels of the result
   * @return {@code side × side} pixels, red, green and blue as the file has them
   * @throws InputException if it is missing, damaged or no image
   * @throws UnsupportedInputException if it is of a kind that is not read, or too large
   */
  public static BufferedImage topLeft(Path file, int side) {
    return square(Pixels.read(file), 0, 0, side);
  }

  /**
   * The largest square in the middle, scaled by triangles; of the rest the smaller half is above
   * and on the left.
   *
   * @param file as above
   * @param side pixels of the result
   * @return {@code side × side} pixels
   * @throws InputException as {@link #topLeft}
   */
  public static BufferedImage middle(Path file, int side) {
    Pixels image = Pixels.read(file);
    int edge = Math.min(image.width, image.height);
    return square(image, (image.width - edge) / 2, (image.height - edge) / 2, side);
  }

  /**
   * A whole image.
   *
   * @param file as above
   * @return its pixels, red, green and blue as the file has them
   * @throws InputException as {@link #topLeft}
   */
  public static BufferedImage read(Path file) {
    Pixels image = Pixels.read(file);
    return picture(image.rgb, image.width, image.height);
  }

  private static BufferedImage square(Pixels image, int left, int top, int side) {
    int edge = Math.min(image.width, image.height);
    byte[] square = new byte[Math.multiplyExact(3 * edge, edge)];
    for (int y = 0; y < edge; y++) {
      int from = 3 * ((top + y) * image.width + left);
      System.arraycopy(image.rgb, from, square, 3 * y * edge, 3 * edge);
    }
    byte[] scaled =
        ImageResampler.resize(square, 3, edge, side, side, ImageInput.Resample.BILINEAR);
    return picture(scaled, side, side);
  }

  private static BufferedImage picture(byte[] rgb, int width, int height) {
    BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int pixel =
          (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
      out.setRGB(i % width, i / width, pixel);
    }
    return out;
  }
}
