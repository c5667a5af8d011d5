package org.efferent.decoders.target;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/**
 * An image in memory, red, green and blue as its file has them: a transparent image without its
 * transparency, no colour profile applied, not turned as a camera may ask; so Pillow's {@code
 * convert("RGB")} does, which published embeddings were computed with.
 */
final class Pixels {
  /** More pixels than this are refused before they are read. */
  private static final long MOST = 100_000_000;

  final int width;
  final int height;

  /** {@code [height × width × 3]}, row-major, 0 to 255. */
  final byte[] rgb;

  Pixels(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * Reads an image.
   *
   * @param file PNG, JPEG, BMP or GIF (its first picture)
   * @throws InputException if it is missing, damaged or no image
   * @throws UnsupportedInputException if it is of a kind that is not read, or too large
   */
  static Pixels read(Path file) {
    InputFiles.check(file);
    String name = InputFiles.name(file);
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InputException(
            name + ": is no image that can be read; give PNG, JPEG, BMP or GIF");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST) {
          throw new UnsupportedInputException(
              "%s: images may have %d pixels; width=%d, height=%d"
                  .formatted(name, MOST, reader.getWidth(0), reader.getHeight(0)));
        }
        return of(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Java's readers throw the latter two on damaged files.
      if (String.valueOf(e.getMessage()).contains("Unsupported")) {
        throw new UnsupportedInputException(
            "%s: images must be RGB or grey: %s; convert it".formatted(name, e.getMessage()), e);
      }
      throw new InputException("%s: is a damaged image: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Pixels of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(width * height, 3)];
    ColorModel model = image.getColorModel();
    int type = image.getRaster().getTransferType();
    // getRGB would bend grey values by a curve, and colours by their profile.
    boolean plain =
        model instanceof ComponentColorModel
            && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
    if (plain) {
      fromBands(image.getRaster(), type == DataBuffer.TYPE_BYTE ? 0 : 8, rgb);
    } else {
      int[] row = new int[width];
      for (int y = 0; y < height; y++) {
        image.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          int at = 3 * (y * width + x);
          rgb[at] = (byte) (row[x] >> 16);
          rgb[at + 1] = (byte) (row[x] >> 8);
          rgb[at + 2] = (byte) row[x];
        }
      }
    }
    return new Pixels(width, height, rgb);
  }

  private static void fromBands(Raster raster, int shift, byte[] rgb) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int band = bands < 3 ? 0 : c;
          rgb[3 * (y * width + x) + c] = (byte) (row[x * bands + band] >> shift);
        }
      }
    }
  }

  /** {@code [height × width]}, 0 to 255: the luma of ITU-R 601, rounded. */
  byte[] grey() {
    byte[] grey = new byte[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      int red = rgb[3 * i] & 0xFF;
      int green = rgb[3 * i + 1] & 0xFF;
      int blue = rgb[3 * i + 2] & 0xFF;
      grey[i] = (byte) ((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16);
    }
    return grey;
  }
}
