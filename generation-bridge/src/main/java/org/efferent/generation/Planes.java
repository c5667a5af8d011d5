package org.efferent.generation;

import java.awt.image.BufferedImage;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.onnx.Onnx;

/** Colour planes {@code [channels × height × width]}, row-major, and pictures of 8 bits. */
final class Planes {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  private Planes(int channels, int height, int width, float[] values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /**
   * The sum of what a network gives, each brought to the size of the largest.
   *
   * @param outputs each {@code [1 × channels × height × width]} with 1 channel, grey, or 3, red,
   *     green and blue
   * @throws InputException if they are no pictures, or of different channels
   */
  static Planes sum(List<Values> outputs) {
    int height = 0;
    int width = 0;
    long channels = 0;
    for (Values output : outputs) {
      long[] shape = output.shape();
      boolean picture =
          shape.length == 4 && shape[0] == 1 && (shape[1] == 1 || shape[1] == 3) && shape[2] > 0;
      if (!picture || shape[3] < 1 || (channels != 0 && shape[1] != channels)) {
        throw new InputException(
            "an output must be [1 × 3 × height × width], or [1 × 1 × height × width] for grey, all of as many channels; it is "
                + Onnx.shown(shape));
      }
      channels = shape[1];
      height = Math.max(height, (int) shape[2]);
      width = Math.max(width, (int) shape[3]);
    }
    if (outputs.size() == 1) {
      return new Planes((int) channels, height, width, outputs.get(0).floats());
    }
    float[] sum = new float[Math.multiplyExact((int) channels * height, width)];
    for (Values output : outputs) {
      long[] shape = output.shape();
      add(output.floats(), (int) shape[2], (int) shape[3], sum, height, width);
    }
    return new Planes((int) channels, height, width, sum);
  }

  /**
   * Colour planes in the first one's size, {@code share · other + (1 − share) · first}.
   *
   * @param first {@code [3 × height × width]}, modified
   * @param other {@code [3 × otherHeight × otherWidth]}, modified
   * @param share from 0 to 1
   */
  static Planes mix(
      float[] first,
      int height,
      int width,
      float[] other,
      int otherHeight,
      int otherWidth,
      double share) {
    for (int i = 0; i < first.length; i++) {
      first[i] = (float) ((1 - share) * first[i]);
    }
    for (int i = 0; i < other.length; i++) {
      other[i] = (float) (share * other[i]);
    }
    add(other, otherHeight, otherWidth, first, height, width);
    return new Planes(3, height, width, first);
  }

  /**
   * Adds planes of another size, bilinear, pixels as areas: the middle of output pixel i lies at (i
   * + 1/2) · size / newSize of the input, and beyond the outermost middles the edge goes on.
   */
  private static void add(
      float[] from, int height, int width, float[] into, int newHeight, int newWidth) {
    int planes = into.length / newHeight / newWidth;
    for (int y = 0; y < newHeight; y++) {
      double atY = position(y, height, newHeight);
      int y0 = (int) atY;
      int y1 = Math.min(y0 + 1, height - 1);
      double lowY = atY - y0;
      for (int x = 0; x < newWidth; x++) {
        double atX = position(x, width, newWidth);
        int x0 = (int) atX;
        int x1 = Math.min(x0 + 1, width - 1);
        double lowX = atX - x0;
        for (int p = 0; p < planes; p++) {
          int plane = p * height * width;
          double top = mix(from[plane + y0 * width + x0], from[plane + y0 * width + x1], lowX);
          double below = mix(from[plane + y1 * width + x0], from[plane + y1 * width + x1], lowX);
          into[(p * newHeight + y) * newWidth + x] += (float) mix(top, below, lowY);
        }
      }
    }
  }

  private static double position(int output, int size, int newSize) {
    return Math.max(0, Math.min(size - 1.0, (output + 0.5) * size / newSize - 0.5));
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }

  /**
   * A picture of 8 bits; what lies outside the range is cut off.
   *
   * @param low black
   * @param high full colour
   * @throws InputException if a value is not finite
   */
  BufferedImage picture(double low, double high) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int plane = height * width;
    int[] pixels = new int[plane];
    double scale = 255 / (high - low);
    for (int c = 0; c < 3; c++) {
      int from = (channels == 1 ? 0 : c) * plane;
      int shift = 16 - 8 * c;
      for (int i = 0; i < plane; i++) {
        float value = values[from + i];
        if (!Float.isFinite(value)) {
          throw new InputException("the model gives a picture that is not finite; value=" + value);
        }
        // Halves go up, as Math.round has it; what is below 0 is cut off before.
        int level = (int) Math.max(0, Math.min(255, (value - low) * scale) + 0.5);
        pixels[i] |= level << shift;
      }
    }
    image.getRaster().setDataElements(0, 0, width, height, pixels);
    return image;
  }

  /**
   * A picture as numbers.
   *
   * @param image red, green and blue are taken
   * @param low what black becomes
   * @param high what full colour becomes
   * @return {@code [3 × height × width]}
   */
  static float[] of(BufferedImage image, double low, double high) {
    int width = image.getWidth();
    int height = image.getHeight();
    int plane = width * height;
    float[] values = new float[Math.multiplyExact(3, plane)];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int level = row[x] >> (16 - 8 * c) & 0xFF;
          values[c * plane + y * width + x] = (float) (low + (high - low) * level / 255);
        }
      }
    }
    return values;
  }
}
