package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/**
 * Trials as tensors, so that what was cut on one machine is learned from on another, to the last
 * bit.
 *
 * <table>
 *   <caption>The tensors</caption>
 *   <tr><th>name</th><th>what</th></tr>
 *   <tr><td>{@code values}</td><td>{@code [trials × rows × channels]}, double, as {@link Trials}</td></tr>
 *   <tr><td>{@code labels}</td><td>{@code [trials]}, index of the class</td></tr>
 *   <tr><td>words {@code classes}, {@code channels}, {@code sampleRateHz}, {@code skipped}</td>
 *       <td>names by line; numbers</td></tr>
 * </table>
 */
public final class StoredTrials {
  private static final String BETWEEN = "\n";

  private StoredTrials() {}

  /**
   * Trials as tensors.
   *
   * @param trials at least one
   * @return words and tensors
   */
  public static Safetensors of(Trials trials) {
    int size = trials.rows() * trials.input().size();
    double[] values = new double[Math.multiplyExact(trials.size(), size)];
    long[] labels = new long[trials.size()];
    for (int i = 0; i < labels.length; i++) {
      System.arraycopy(trials.values(i), 0, values, i * size, size);
      labels[i] = trials.label(i);
    }
    Map<String, String> words = new LinkedHashMap<>();
    words.put("classes", String.join(BETWEEN, trials.classes()));
    words.put("channels", String.join(BETWEEN, trials.input().channels()));
    words.put("sampleRateHz", Double.toString(trials.input().sampleRateHz()));
    words.put("skipped", Integer.toString(trials.skipped()));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("values", Tensor.of(values, trials.size(), trials.rows(), trials.input().size()));
    tensors.put("labels", Tensor.of(labels, labels.length));
    return new Safetensors(words, tensors);
  }

  /**
   * Trials of tensors.
   *
   * @param stored of {@link #of}
   * @return the same trials
   * @throws InputException if a part is missing or they do not go together
   */
  public static Trials read(Safetensors stored) {
    List<String> classes = List.of(stored.metadata("classes").split(BETWEEN, -1));
    List<String> channels = List.of(stored.metadata("channels").split(BETWEEN, -1));
    Tensor tensor = stored.tensor("values");
    long[] shape = tensor.shape();
    long[] labels = stored.tensor("labels").longs();
    if (shape.length != 3
        || shape[0] != labels.length
        || shape[2] != channels.size()
        || labels.length == 0
        || Arrays.stream(labels).anyMatch(l -> l < 0 || l >= classes.size())) {
      throw new InputException(
          "stored trials must be [trials × rows × channels] with a class each; shape=%s, labels=%d, channels=%d, classes=%d"
              .formatted(Arrays.toString(shape), labels.length, channels.size(), classes.size()));
    }
    double[] values = tensor.doubles();
    int size = (int) (shape[1] * shape[2]);
    List<double[]> each = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      each.add(Arrays.copyOfRange(values, i * size, (i + 1) * size));
      of.add((int) labels[i]);
    }
    try {
      FeatureInput input =
          new FeatureInput(channels, Double.parseDouble(stored.metadata("sampleRateHz")));
      return Trials.of(input, classes, each, of, Integer.parseInt(stored.metadata("skipped")));
    } catch (NumberFormatException e) {
      throw new InputException("stored trials must say rate and skipped trials in numbers", e);
    }
  }
}
