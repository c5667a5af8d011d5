package org.efferent.generation.metrics;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;

/**
 * How a picture is compared with its stimulus: sizes, grey, figures.
 *
 * @param sides squares that both are brought to, one after the other, bilinear; empty to compare
 *     them as they are
 * @param luminance how they become grey for the structural similarity
 */
public record PictureComparison(List<Integer> sides, Luminance luminance) {
  /**
   * As the evaluation of ATM and of Brain-Diffuser before it does (Li et al. 2024,
   * Generation/evaluate.py): 256, then 425; correlation over colours, similarity over grey.
   */
  public static final PictureComparison PUBLISHED =
      new PictureComparison(List.of(256, 425), Luminance.REC709);

  /** Pictures as they are. */
  public static final PictureComparison AS_THEY_ARE =
      new PictureComparison(List.of(), Luminance.REC709);

  /** Checks the sides. */
  public PictureComparison {
    sides = List.copyOf(sides);
    Objects.requireNonNull(luminance, "luminance");
    if (sides.stream().anyMatch(side -> side < 11)) {
      throw new IllegalArgumentException("sides must be at least 11; sides=" + sides);
    }
  }

  /**
   * What a comparison says.
   *
   * @param pixelCorrelation of the colours, from −1 to 1
   * @param psnr of the colours, decibel; infinite for equal pictures
   * @param ssim of the grey pictures, at most 1
   */
  public record Figures(double pixelCorrelation, double psnr, double ssim) {}

  /**
   * Compares.
   *
   * @param stimulus what was shown
   * @param picture what was made
   * @return the figures
   * @throws IllegalArgumentException if no side is given and the sizes differ
   */
  public Figures compare(BufferedImage stimulus, BufferedImage picture) {
    Pixels a = sized(Pixels.of(stimulus));
    Pixels b = sized(Pixels.of(picture));
    return new Figures(
        PixelMetrics.UNIT.correlation(a, b),
        PixelMetrics.UNIT.psnr(a, b),
        PixelMetrics.UNIT.ssim(a.grey(luminance), b.grey(luminance)));
  }

  private Pixels sized(Pixels pixels) {
    Pixels sized = pixels;
    for (int side : sides) {
      sized = sized.resized(side, side);
    }
    return sized;
  }
}
