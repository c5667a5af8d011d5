package org.efferent.decoders.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.loss.Losses;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * An encoder in a file: safetensors, whose header says in JSON what the tensors are. Loading one
 * executes nothing.
 *
 * <table>
 *   <caption>The file</caption>
 *   <tr><th>part</th><th>content</th></tr>
 *   <tr><td>metadata {@code format}</td><td>{@value #FORMAT}</td></tr>
 *   <tr><td>metadata {@code encoder}</td><td>JSON: architecture, options, objective</td></tr>
 *   <tr><td>metadata {@code input}</td><td>JSON: labels, rateHz, time, clamp, layouts; missing for weights from elsewhere</td></tr>
 *   <tr><td>metadata {@code about}</td><td>JSON: words about the training</td></tr>
 *   <tr><td>tensors {@code weight.NAME}</td><td>weights under the names of the reference</td></tr>
 *   <tr><td>tensors {@code input.centre}, {@code input.scale}</td><td>scaling of the channels</td></tr>
 *   <tr><td>tensors {@code state.…}</td><td>of a training that may go on; not in a finished encoder</td></tr>
 * </table>
 *
 * <p>Longer than 300 lines, so that what is written and what is read stand together.
 */
public final class EncoderFile {
  /** First word of the metadata. */
  public static final String FORMAT = "efferent-encoder-1";

  private static final String WEIGHT = "weight.";
  private static final String STATE = "state.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Encoder encoder;
  private final Objective objective;
  private final EncoderInput input;
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> state;
  private final Map<String, Object> about;
  private final String source;

  /**
   * An encoder to be written.
   *
   * @param encoder its architecture
   * @param objective what it was trained with
   * @param input what it was trained on; null if unknown
   * @param weights of encoder and objective, by name
   * @param state of a training that may go on; empty for none
   * @param about words
   */
  public EncoderFile(
      Encoder encoder,
      Objective objective,
      EncoderInput input,
      Map<String, Tensor> weights,
      Map<String, Tensor> state,
      Map<String, Object> about) {
    this(encoder, objective, input, weights, state, about, "an encoder");
  }

  @SuppressWarnings("TooManyParameters") // The file's parts.
  private EncoderFile(
      Encoder encoder,
      Objective objective,
      EncoderInput input,
      Map<String, Tensor> weights,
      Map<String, Tensor> state,
      Map<String, Object> about,
      String source) {
    this.encoder = encoder;
    this.objective = objective;
    this.input = input;
    this.weights = new LinkedHashMap<>(weights);
    this.state = new LinkedHashMap<>(state);
    this.about = new LinkedHashMap<>(about);
    this.source = source;
  }

  /** The architecture. */
  public Encoder encoder() {
    return encoder;
  }

  /** What it was trained with. */
  public Objective objective() {
    return objective;
  }

  /**
   * What it was trained on.
   *
   * @throws InputException if the file does not say
   */
  public EncoderInput input() {
    if (input == null) {
      throw new InputException(
          source
              + ": does not say which channels it was trained on; weights from elsewhere are run on windows that are"
              + " scaled already");
    }
    return input;
  }

  /** Whether it says what it was trained on. */
  public boolean hasInput() {
    return input != null;
  }

  /** The state of a training that may go on; empty for none. */
  public Map<String, Tensor> state() {
    return new LinkedHashMap<>(state);
  }

  /** Words about it. */
  public Map<String, Object> about() {
    return new LinkedHashMap<>(about);
  }

  /** All weights by name. */
  public Map<String, Tensor> weights() {
    return new LinkedHashMap<>(weights);
  }

  /** Descriptions of all weights: those of the objective, then those of the encoder. */
  public static List<WeightSpec> specs(Encoder encoder, Objective objective) {
    List<WeightSpec> specs = new ArrayList<>(objective.weights());
    specs.addAll(encoder.weights());
    return specs;
  }

  /**
   * Its weights on a device.
   *
   * @param compute the device
   * @return weights, to be closed
   * @throws InputException if they are not those of the architecture
   */
  public Weights on(Compute compute) {
    return Weights.of(compute, specs(encoder, objective), weights, source);
  }

  /**
   * Writes it, whole or not at all: an earlier file stays as it was when the disk is full.
   *
   * @param file where
   * @param overwrite whether an existing file may be replaced
   */
  public void write(Path file, boolean overwrite) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("architecture", encoder.architecture());
    head.put("options", encoder.options());
    head.put("objective", objective.options());
    metadata.put("encoder", json(head));
    if (input != null) {
      metadata.put("input", json(described(input)));
    }
    metadata.put("about", json(about));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.forEach((name, tensor) -> tensors.put(WEIGHT + name, tensor));
    if (input != null) {
      tensors.put("input.centre", Tensor.of(input.centre(), input.channels()));
      tensors.put("input.scale", Tensor.of(input.scale(), input.channels()));
    }
    state.forEach((name, tensor) -> tensors.put(STATE + name, tensor));
    new Safetensors(metadata, tensors).write(file, overwrite);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> described(EncoderInput input) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("labels", input.labels());
    out.put("rateHz", input.rateHz());
    out.put("time", input.time());
    out.put("clamp", input.clamp());
    List<Object> layouts = new ArrayList<>();
    for (SensorLayout layout : input.layouts()) {
      boolean[] valid = new boolean[layout.channels()];
      for (int c = 0; c < valid.length; c++) {
        valid[c] = layout.valid(c);
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("axes", layout.axes());
      one.put("positions", layout.positions());
      one.put("valid", valid);
      layouts.add(one);
    }
    out.put("layouts", layouts);
    return out;
  }

  /**
   * Reads a file.
   *
   * @param file of {@link #write}
   * @return the encoder
   * @throws InputException if it is no such file, or not whole
   */
  public static EncoderFile read(Path file) {
    Safetensors in = Safetensors.read(file);
    String name = InputFiles.name(file);
    if (!FORMAT.equals(in.metadata().get("format"))) {
      throw new InputException(
          "%s: is no encoder of Efferent (format '%s'); weights from elsewhere come in by encoder import"
              .formatted(name, in.metadata().getOrDefault("format", "none")));
    }
    OptionReader head = map(name + ": encoder", in.metadata("encoder"));
    Encoder encoder =
        Encoders.of(
            head.word("architecture"), head.map("options").values(), name + ": encoder.options", 0);
    List<Map<String, Object>> terms = new ArrayList<>();
    if (head.values().get("objective") instanceof List<?> list) {
      for (Object term : list) {
        terms.add(map(term));
      }
    }
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Map<String, Tensor> state = new LinkedHashMap<>();
    in.tensors()
        .forEach(
            (key, tensor) -> {
              if (key.startsWith(WEIGHT)) {
                weights.put(key.substring(WEIGHT.length()), tensor);
              } else if (key.startsWith(STATE)) {
                state.put(key.substring(STATE.length()), tensor);
              }
            });
    EncoderInput input = in.metadata().containsKey("input") ? input(in, name) : null;
    return new EncoderFile(
        encoder,
        Losses.objective(terms, name + ": encoder.objective"),
        input,
        weights,
        state,
        map(name + ": about", in.metadata().getOrDefault("about", "{}")).values(),
        name);
  }

  private static EncoderInput input(Safetensors in, String name) {
    OptionReader given = map(name + ": input", in.metadata("input"));
    List<SensorLayout> layouts = new ArrayList<>();
    try {
      if (given.values().get("layouts") instanceof List<?> list) {
        for (Object one : list) {
          layouts.add(layout(map(one)));
        }
      }
      return new EncoderInput(
          given.words("labels"),
          given.number("rateHz", 0),
          given.whole("time"),
          layouts,
          in.tensor("input.centre").floats(),
          in.tensor("input.scale").floats(),
          given.number("clamp", 0));
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      throw new InputException(name + ": input: " + e.getMessage(), e);
    }
  }

  private static SensorLayout layout(Map<String, Object> in) {
    int axes = ((Number) in.get("axes")).intValue();
    List<?> positions = (List<?>) in.get("positions");
    List<?> valid = (List<?>) in.get("valid");
    boolean[] placed = new boolean[valid.size()];
    for (int c = 0; c < placed.length; c++) {
      placed[c] = (Boolean) valid.get(c);
    }
    double[] numbers = positions.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
    return new SensorLayout(placed.length, axes, numbers, placed);
  }

  private static OptionReader map(String where, String json) {
    try {
      return new OptionReader(where, map(JSON.readValue(json, Map.class)));
    } catch (JsonProcessingException e) {
      throw new InputException(where + ": is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> out.put(String.valueOf(k), v));
    }
    return out;
  }
}
