package org.efferent.generation.metrics;

/** How red, green and blue become one grey value. */
public enum Luminance {
  /** ITU-R 709 with the weights of scikit-image's {@code rgb2gray}: .2125, .7154, .0721. */
  REC709(0.2125, 0.7154, 0.0721),
  /** ITU-R 601, the luma of JPEG and of Pillow's {@code convert("L")}: .299, .587, .114. */
  REC601(0.299, 0.587, 0.114);

  private final double red;
  private final double green;
  private final double blue;

  Luminance(double red, double green, double blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  double of(double r, double g, double b) {
    return red * r + green * g + blue * b;
  }
}
