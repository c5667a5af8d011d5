package org.efferent.decoders.linear;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/**
 * Ridge regression from flattened windows to embeddings, {@code Y ≈ X W + b}, with the penalty
 * chosen by leave-one-out error (Hoerl and Kennard 1970; Allen 1974 for the error). The intercept
 * is not penalised.
 *
 * <p>Leave-one-out takes rows for independent. Windows that overlap are not: choose among windows
 * that do not, or the penalty comes out too small.
 */
public final class Ridge {
  private static final String FORMAT = "efferent-ridge";

  private final int inputs;
  private final int outputs;
  private final double[] weights;
  private final double[] bias;
  private final double[] grid;
  private final double[] errors;
  private final double[] penalties;

  Ridge(
      int inputs,
      int outputs,
      double[] weights,
      double[] bias,
      double[] grid,
      double[] errors,
      double[] penalties) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = weights;
    this.bias = bias;
    this.grid = grid;
    this.errors = errors;
    this.penalties = penalties;
  }

  /**
   * Fits weights and chooses the penalty.
   *
   * @param x {@code [rows × inputs]}, row-major; a window of {@code [channels × samples]} is a row,
   *     one channel after the other
   * @param y {@code [rows × outputs]}, row-major
   * @param rows at least 3
   * @param options the grid
   * @return the regression
   * @throws InputException if there are fewer than 3 rows or a value is not finite
   */
  public static Ridge fit(double[] x, double[] y, int rows, RidgeOptions options) {
    if (rows < 3) {
      throw new InputException("ridge regression needs 3 rows at least; rows=" + rows);
    }
    return new RidgeFit(x, y, rows, width("x", x, rows), width("y", y, rows)).fit(options);
  }

  /** Columns of a matrix all of whose values are finite. */
  static int width(String name, double[] values, int rows) {
    if (values.length == 0 || values.length % rows != 0) {
      throw new IllegalArgumentException(
          "%s must be [rows × columns]; rows=%d, values=%d".formatted(name, rows, values.length));
    }
    int columns = values.length / rows;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InputException(
            "%s must be finite; row=%d, column=%d, value=%s; leave such rows out"
                .formatted(name, i / columns, i % columns, values[i]));
      }
    }
    return columns;
  }

  /** Values a row of X. */
  public int inputs() {
    return inputs;
  }

  /** Values a row of Y. */
  public int outputs() {
    return outputs;
  }

  /** A copy of the weights, {@code [inputs × outputs]}, row-major. */
  public double[] weights() {
    return weights.clone();
  }

  /** A copy of the intercepts, {@code [outputs]}. */
  public double[] bias() {
    return bias.clone();
  }

  /** The penalty of each output, {@code [outputs]}; all the same unless chosen one an output. */
  public double[] penalties() {
    return penalties.clone();
  }

  /** The penalties that were tried, {@code [grid]}. */
  public double[] grid() {
    return grid.clone();
  }

  /** Mean squared leave-one-out error of each, {@code [grid × outputs]}, row-major. */
  public double[] leaveOneOutErrors() {
    return errors.clone();
  }

  /**
   * Whether a penalty at an end of the grid was chosen, so that a wider grid may do better. False
   * for a grid of one.
   */
  public boolean atEdge() {
    return grid.length > 1
        && Arrays.stream(penalties).anyMatch(p -> p == grid[0] || p == grid[grid.length - 1]);
  }

  /**
   * Predicts.
   *
   * @param x {@code [rows × inputs]}, row-major
   * @param rows at least 1
   * @return {@code [rows × outputs]}, row-major
   */
  public double[] predict(double[] x, int rows) {
    if (rows < 1 || x.length != (long) rows * inputs) {
      throw new IllegalArgumentException(
          "x must be [rows × inputs]; rows=%d, inputs=%d, values=%d"
              .formatted(rows, inputs, x.length));
    }
    double[] y = DenseProducts.multiply(x, weights, rows, inputs, outputs);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < outputs; j++) {
        y[i * outputs + j] += bias[j];
      }
    }
    return y;
  }

  /**
   * This regression as a decoder of windows.
   *
   * @param channels channels of a window; the samples follow from the inputs
   * @return a decoder without state
   * @throws InputException if the inputs are no whole number of samples of so many channels
   */
  public Decoder<Estimate.Embedding> decoder(int channels) {
    if (channels < 1 || inputs % channels != 0) {
      throw new InputException(
          "a window must be [channels × samples] of the regression's inputs; inputs=%d, channels=%d"
              .formatted(inputs, channels));
    }
    int samples = inputs / channels;
    return window -> {
      if (window.channels() != channels || window.rows() != samples) {
        throw new InputException(
            "a window must be of %d channels and %d samples; channels=%d, samples=%d"
                .formatted(channels, samples, window.channels(), window.rows()));
      }
      double[] row = DenseProducts.transpose(window.values(), samples, channels);
      double[] predicted = predict(row, 1);
      float[] values = new float[outputs];
      for (int j = 0; j < outputs; j++) {
        values[j] = (float) predicted[j];
      }
      return new Estimate.Embedding(values);
    };
  }

  /**
   * Writes a safetensors file, whole or not at all: {@code weight} [inputs × outputs], {@code bias}
   * [outputs], {@code penalty} [outputs], {@code grid} [grid], {@code loo_error} [grid × outputs],
   * all F64.
   *
   * @param path where it goes
   * @param overwrite whether an existing file may be replaced
   */
  public void write(Path path, boolean overwrite) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weight", Tensor.of(weights, inputs, outputs));
    tensors.put("bias", Tensor.of(bias, outputs));
    tensors.put("penalty", Tensor.of(penalties, outputs));
    tensors.put("grid", Tensor.of(grid, grid.length));
    tensors.put("loo_error", Tensor.of(errors, grid.length, outputs));
    new Safetensors(Map.of("format", FORMAT), tensors).write(path, overwrite);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param path the file
   * @return the regression
   * @throws InputException if it is missing, damaged or something else
   */
  public static Ridge read(Path path) {
    ModelFile file = ModelFile.read(path, FORMAT);
    long[] shape = file.shape("weight", 2);
    int grid = file.values("grid", -1).length;
    return new Ridge(
        Math.toIntExact(shape[0]),
        Math.toIntExact(shape[1]),
        file.values("weight", shape[0], shape[1]),
        file.values("bias", shape[1]),
        file.values("grid", -1),
        file.values("loo_error", grid, shape[1]),
        file.values("penalty", shape[1]));
  }
}
