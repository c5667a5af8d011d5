package org.efferent.decoders.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.Encoder;

/**
 * An encoder for subjects that it was not trained on: everything is kept but the subject layer,
 * whose rows are the new subjects' and begin as the mean of those that were trained. Trained with
 * {@link TrainingOptions.Trained#SUBJECT_LAYER}, only these rows move.
 */
public final class NewSubject {
  private static final String LAYER = "subject_layers.";

  private NewSubject() {}

  /**
   * Weights to begin with.
   *
   * @param trained of other subjects
   * @param encoder the same architecture with the number of new subjects
   * @param name of the trained file, for messages
   * @return weights by name
   * @throws InputException if the trained encoder has no subject layer
   */
  public static Map<String, Tensor> initial(EncoderFile trained, Encoder encoder, String name) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    boolean layer = false;
    for (Map.Entry<String, Tensor> weight : trained.weights().entrySet()) {
      boolean own = weight.getKey().startsWith(LAYER);
      layer |= own;
      out.put(
          weight.getKey(),
          own ? repeated(weight.getValue(), rows(encoder, weight.getKey())) : weight.getValue());
    }
    if (!layer || encoder.subjects() == 0) {
      throw new InputException(
          name + ": has no subject layer; train all of it on the new subject's data");
    }
    return out;
  }

  private static long rows(Encoder encoder, String name) {
    return encoder.weights().stream()
        .filter(w -> w.name().equals(name))
        .mapToLong(w -> w.shape().get(0))
        .findFirst()
        .orElse(0);
  }

  /** The mean of the rows, as often as wanted. */
  private static Tensor repeated(Tensor table, long rows) {
    long[] shape = table.shape();
    float[] values = table.floats();
    int width = Math.toIntExact(values.length / shape[0]);
    float[] mean = new float[width];
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int row = 0; row < shape[0]; row++) {
        sum += values[row * width + i];
      }
      mean[i] = (float) (sum / shape[0]);
    }
    float[] out = new float[Math.toIntExact(rows * width)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(mean, 0, out, row * width, width);
    }
    shape[0] = rows;
    return Tensor.of(out, shape);
  }
}
