package org.efferent.decoders.target;

/**
 * Other sizes of images, with the filter widened where an image shrinks, so that nothing aliases;
 * columns first, then rows, each rounded to 8 bits, as Pillow's {@code resize} does, which the
 * published preprocessing uses. Weights are whole numbers of 2⁻²².
 */
final class ImageResampler {
  private static final int BITS = 22;

  private ImageResampler() {}

  /** Weights of the inputs of one output. */
  private record Taps(int first, int count) {}

  /**
   * Resizes.
   *
   * @param pixels {@code [height × width × channels]}, row-major
   * @param channels values a pixel
   * @param width of the image
   * @param newWidth wanted
   * @param newHeight wanted
   * @param resample how pixels are mixed
   * @return {@code [newHeight × newWidth × channels]}
   */
  static byte[] resize(
      byte[] pixels,
      int channels,
      int width,
      int newWidth,
      int newHeight,
      ImageInput.Resample resample) {
    int height = pixels.length / channels / width;
    byte[] wide =
        width == newWidth ? pixels : along(pixels, height, width, channels, newWidth, resample);
    return height == newHeight
        ? wide
        : along(wide, 1, height, newWidth * channels, newHeight, resample);
  }

  /** Resizes the middle axis of {@code [blocks × length × stride]}. */
  private static byte[] along(
      byte[] in, int blocks, int length, int stride, int newLength, ImageInput.Resample resample) {
    double scale = (double) length / newLength;
    double widening = Math.max(1, scale);
    double reach = (resample == ImageInput.Resample.BICUBIC ? 2 : 1) * widening;
    byte[] out = new byte[Math.multiplyExact(blocks * newLength, stride)];
    int[] weights = new int[(int) Math.ceil(reach) * 2 + 1];
    for (int i = 0; i < newLength; i++) {
      Taps taps = weights(i, length, scale, widening, reach, resample, weights);
      for (int block = 0; block < blocks; block++) {
        int from = (block * length + taps.first()) * stride;
        int to = (block * newLength + i) * stride;
        for (int s = 0; s < stride; s++) {
          int sum = 1 << (BITS - 1);
          for (int k = 0; k < taps.count(); k++) {
            sum += weights[k] * (in[from + k * stride + s] & 0xFF);
          }
          out[to + s] = (byte) Math.max(0, Math.min(255, sum >> BITS));
        }
      }
    }
    return out;
  }

  private static Taps weights(
      int output,
      int length,
      double scale,
      double widening,
      double reach,
      ImageInput.Resample resample,
      int[] into) {
    double centre = (output + 0.5) * scale;
    int first = Math.max(0, (int) (centre - reach + 0.5));
    int end = Math.min(length, (int) (centre + reach + 0.5));
    double sum = 0;
    double[] exact = new double[end - first];
    for (int k = 0; k < exact.length; k++) {
      exact[k] = weight((first + k - centre + 0.5) / widening, resample);
      sum += exact[k];
    }
    for (int k = 0; k < exact.length; k++) {
      double fixed = exact[k] / sum * (1 << BITS);
      into[k] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    }
    return new Taps(first, exact.length);
  }

  private static double weight(double at, ImageInput.Resample resample) {
    double x = Math.abs(at);
    if (resample == ImageInput.Resample.BILINEAR) {
      return Math.max(0, 1 - x);
    }
    double a = -0.5;
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a : 0;
  }
}
