package org.efferent.generation.remote;

import java.util.Objects;
import java.util.Optional;
import org.efferent.core.UsageException;

/**
 * How a model takes an embedding and gives a picture.
 *
 * @param embedding name of the input that takes it, FP32 or FP64
 * @param unitLength whether embeddings must be of length 1
 * @param seed name of an input that takes a seed, of one whole number; empty if there is none
 * @param picture name of the output
 * @param layout order of its sizes
 * @param black value that is black
 * @param white value that is white; what lies outside is cut
 */
public record PictureTensors(
    String embedding,
    boolean unitLength,
    Optional<String> seed,
    String picture,
    Layout layout,
    double black,
    double white) {

  /** Order of a picture's sizes; one picture, so a leading 1 may be there or not. */
  public enum Layout {
    /** {@code [1 × channels × height × width]}, as PyTorch has it. */
    NCHW,
    /** {@code [1 × height × width × channels]}, as TensorFlow and files have it. */
    NHWC
  }

  /** Checks the values. */
  public PictureTensors {
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(layout, "layout");
    if (!Double.isFinite(black) || !Double.isFinite(white) || black == white) {
      throw new UsageException(
          "black and white must be two finite numbers; black=%s, white=%s".formatted(black, white));
    }
  }
}
