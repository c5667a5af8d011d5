package org.efferent.decoders.target;

import java.util.List;
import java.util.Objects;

/**
 * How an image becomes numbers: its shorter side is brought to a size, the middle is cut out, and
 * each channel, in [0, 1], is standardized.
 *
 * @param size of the shorter side, pixels
 * @param crop side of the square in the middle, pixels
 * @param mean of each channel; three of them: red, green, blue; one: grey
 * @param std deviation of each channel
 * @param resample how pixels are mixed
 * @param layout order of the axes
 */
public record ImageInput(
    int size, int crop, List<Double> mean, List<Double> std, Resample resample, Layout layout)
    implements ModelInput {
  private static final int LARGEST = 4096;

  /** How pixels are mixed when an image gets another size. */
  public enum Resample {
    /** Cubic convolution with a = −1/2 (Keys 1981). */
    BICUBIC,
    /** Triangles. */
    BILINEAR
  }

  /** Order of the axes. */
  public enum Layout {
    /** {@code [images × channels × height × width]}. */
    NCHW,
    /** {@code [images × height × width × channels]}. */
    NHWC
  }

  /** Checks the values. */
  public ImageInput {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    Objects.requireNonNull(resample, "resample");
    Objects.requireNonNull(layout, "layout");
    if (crop < 1 || size < crop || size > LARGEST) {
      throw new IllegalArgumentException(
          "crop must be 1 at least, size not below it and at most %d; size=%d, crop=%d"
              .formatted(LARGEST, size, crop));
    }
    if ((mean.size() != 1 && mean.size() != 3) || std.size() != mean.size()) {
      throw new IllegalArgumentException(
          "mean and std must be of 1 channel or 3 each; mean=%s, std=%s".formatted(mean, std));
    }
    if (std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException("std must be above 0; std=" + std);
    }
  }

  /** Channels: 3, or 1 for grey. */
  public int channels() {
    return mean.size();
  }
}
