package org.efferent.decoders.target;

import org.efferent.core.InputException;
import org.efferent.data.Tensor;

/** From what a network gives to embeddings. */
final class Pooling {
  private Pooling() {}

  /**
   * Pools rows and brings embeddings to length 1.
   *
   * @param given {@code [images × rows × dimensions]}; of any shape from {@code [images ×
   *     dimensions]} on where nothing is pooled
   * @param pool what becomes of rows
   * @param normalise whether the last axis is brought to length 1
   * @return {@code [images × dimensions]}, or the shape that was given
   */
  static Tensor apply(Tensor given, ModelDescription.Pool pool, boolean normalise) {
    long[] shape = given.shape();
    if (shape.length < 2) {
      throw new InputException(
          "a network must give a row an image at least, [images × dimensions]; its output has %d axes"
              .formatted(shape.length));
    }
    float[] values = given.floats();
    if (pool != ModelDescription.Pool.NONE) {
      if (shape.length != 3 || shape[1] < 1) {
        throw new InputException(
            "pooling needs an output of [images × rows × dimensions]; it has %d axes; set pool: none"
                .formatted(shape.length));
      }
      values = pooled(values, shape, pool == ModelDescription.Pool.CLS ? 1 : (int) shape[1]);
      shape = new long[] {shape[0], shape[2]};
    }
    if (normalise) {
      normalise(values, (int) shape[shape.length - 1]);
    }
    return Tensor.of(values, shape);
  }

  /** The mean of the first rows. */
  private static float[] pooled(float[] values, long[] shape, int taken) {
    int images = (int) shape[0];
    int rows = (int) shape[1];
    int width = (int) shape[2];
    float[] out = new float[images * width];
    for (int i = 0; i < images; i++) {
      for (int d = 0; d < width; d++) {
        double sum = 0;
        for (int r = 0; r < taken; r++) {
          sum += values[(i * rows + r) * width + d];
        }
        out[i * width + d] = (float) (sum / taken);
      }
    }
    return out;
  }

  /** Brings each row to length 1; a row of zeros stays. */
  static void normalise(float[] values, int width) {
    for (int from = 0; from < values.length; from += width) {
      double square = 0;
      for (int d = 0; d < width; d++) {
        square += (double) values[from + d] * values[from + d];
      }
      double length = square == 0 ? 1 : Math.sqrt(square);
      for (int d = 0; d < width; d++) {
        values[from + d] = (float) (values[from + d] / length);
      }
    }
  }
}
