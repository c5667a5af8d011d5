package org.efferent.decoders.prior;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Weights;

/**
 * A prior in a file: safetensors, whose header says in JSON what the tensors are. Loading one
 * executes nothing.
 *
 * <table>
 *   <caption>The file</caption>
 *   <tr><th>part</th><th>content</th></tr>
 *   <tr><td>metadata {@code format}</td><td>{@value #FORMAT}</td></tr>
 *   <tr><td>metadata {@code prior}</td><td>JSON: {@link PriorOptions}</td></tr>
 *   <tr><td>metadata {@code diffusion}</td><td>JSON: {@link DiffusionOptions}</td></tr>
 *   <tr><td>metadata {@code sampling}</td><td>JSON: {@link SamplingOptions}, what it should be drawn with</td></tr>
 *   <tr><td>metadata {@code scaling}</td><td>JSON: unitConditions</td></tr>
 *   <tr><td>metadata {@code about}</td><td>JSON: words about the training</td></tr>
 *   <tr><td>tensors {@code weight.NAME}</td><td>weights under the names of the reference</td></tr>
 *   <tr><td>tensors {@code condition.mean}, {@code condition.scale}, {@code target.mean}, {@code target.scale}</td><td>{@link RowScaling}</td></tr>
 * </table>
 */
public final class PriorFile {
  /** First word of the metadata. */
  public static final String FORMAT = "efferent-prior-1";

  private static final String WEIGHT = "weight.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PriorOptions options;
  private final DiffusionOptions diffusion;
  private final SamplingOptions sampling;
  private final RowScaling conditions;
  private final RowScaling targets;
  private final Map<String, Tensor> weights;
  private final Map<String, Object> about;
  private final String source;

  /**
   * A prior to be written.
   *
   * @param options its size
   * @param diffusion that it has learned
   * @param sampling how embeddings are drawn
   * @param conditions how conditions are scaled
   * @param targets how embeddings are scaled
   * @param weights by name
   * @param about words
   */
  @SuppressWarnings("TooManyParameters") // The file's parts.
  public PriorFile(
      PriorOptions options,
      DiffusionOptions diffusion,
      SamplingOptions sampling,
      RowScaling conditions,
      RowScaling targets,
      Map<String, Tensor> weights,
      Map<String, Object> about) {
    this(options, diffusion, sampling, conditions, targets, weights, about, "a prior");
  }

  @SuppressWarnings("TooManyParameters") // The file's parts.
  private PriorFile(
      PriorOptions options,
      DiffusionOptions diffusion,
      SamplingOptions sampling,
      RowScaling conditions,
      RowScaling targets,
      Map<String, Tensor> weights,
      Map<String, Object> about,
      String source) {
    this.options = options;
    this.diffusion = diffusion;
    this.sampling = sampling;
    this.conditions = conditions;
    this.targets = targets;
    this.weights = new LinkedHashMap<>(weights);
    this.about = new LinkedHashMap<>(about);
    this.source = source;
    if (conditions.width() != options.condition() || targets.width() != options.embedding()) {
      throw new InputException(
          "%s: scaling must be of %d and %d columns, as the prior is; it has %d and %d"
              .formatted(
                  source,
                  options.condition(),
                  options.embedding(),
                  conditions.width(),
                  targets.width()));
    }
    if (sampling.steps() > diffusion.steps()) {
      throw new InputException(
          "%s: sampling.steps must be at most those of the diffusion, %d; steps=%d"
              .formatted(source, diffusion.steps(), sampling.steps()));
    }
  }

  /**
   * Published weights: those of {@code DiffusionPriorUNet} under its own names, in safetensors
   * without any of this file's metadata.
   *
   * @param file safetensors
   * @param options the size of what is in it
   * @param sampling how embeddings are drawn
   * @return a prior without scaling
   * @throws InputException if names or shapes are not those of the network
   */
  public static PriorFile published(Path file, PriorOptions options, SamplingOptions sampling) {
    return new PriorFile(
        options,
        DiffusionOptions.DEFAULTS,
        sampling,
        RowScaling.none(false, options.condition()),
        RowScaling.none(false, options.embedding()),
        Safetensors.read(file).tensors(),
        Map.of(),
        InputFiles.name(file));
  }

  /** The size. */
  public PriorOptions options() {
    return options;
  }

  /** The diffusion that it has learned. */
  public DiffusionOptions diffusion() {
    return diffusion;
  }

  /** How embeddings are drawn. */
  public SamplingOptions sampling() {
    return sampling;
  }

  /** How conditions are scaled. */
  public RowScaling conditions() {
    return conditions;
  }

  /** How embeddings are scaled. */
  public RowScaling targets() {
    return targets;
  }

  /** Words about it. */
  public Map<String, Object> about() {
    return new LinkedHashMap<>(about);
  }

  /**
   * Its weights on a device.
   *
   * @param compute the device
   * @return weights, to be closed
   * @throws InputException if they are not those of the network
   */
  public Weights on(Compute compute) {
    return Weights.of(compute, new DiffusionPrior(options).weights(), weights, source);
  }

  /**
   * The same, drawn otherwise.
   *
   * @param other how embeddings are drawn
   * @return a copy
   */
  public PriorFile sampledBy(SamplingOptions other) {
    return new PriorFile(options, diffusion, other, conditions, targets, weights, about, source);
  }

  /**
   * Writes it, whole or not at all.
   *
   * @param file where
   * @param overwrite whether an existing file may be replaced
   */
  public void write(Path file, boolean overwrite) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("prior", json(options.options()));
    metadata.put("diffusion", json(diffusion.options()));
    metadata.put("sampling", json(sampling.options()));
    metadata.put("scaling", json(Map.of("unitConditions", conditions.unit())));
    metadata.put("about", json(about));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.forEach((name, tensor) -> tensors.put(WEIGHT + name, tensor));
    put(tensors, "condition", conditions);
    put(tensors, "target", targets);
    new Safetensors(metadata, tensors).write(file, overwrite);
  }

  private static void put(Map<String, Tensor> tensors, String name, RowScaling scaling) {
    tensors.put(name + ".mean", Tensor.of(scaling.mean(), scaling.width()));
    tensors.put(name + ".scale", Tensor.of(scaling.scale(), scaling.width()));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads one.
   *
   * @param file where
   * @return the prior
   * @throws InputException if it is no prior of Efferent, or a part of it is missing or wrong
   */
  public static PriorFile read(Path file) {
    String name = InputFiles.name(file);
    Safetensors in = Safetensors.read(file);
    if (!FORMAT.equals(in.metadata().get("format"))) {
      throw new InputException(
          "%s: is no prior of Efferent (format '%s'); one is made by encoder prior"
              .formatted(name, in.metadata().getOrDefault("format", "none")));
    }
    PriorOptions options = PriorOptions.of(map(in, name, "prior"), 0, 0);
    DiffusionOptions diffusion = DiffusionOptions.of(map(in, name, "diffusion"));
    SamplingOptions sampling = SamplingOptions.of(map(in, name, "sampling"));
    OptionReader scaling = map(in, name, "scaling");
    boolean unit = scaling.yes("unitConditions", false);
    scaling.end();
    Map<String, Tensor> weights = new LinkedHashMap<>();
    in.tensors()
        .forEach(
            (key, tensor) -> {
              if (key.startsWith(WEIGHT)) {
                weights.put(key.substring(WEIGHT.length()), tensor);
              }
            });
    return new PriorFile(
        options,
        diffusion,
        sampling,
        scaling(in, name, "condition", unit),
        scaling(in, name, "target", false),
        weights,
        map(in, name, "about").values(),
        name);
  }

  private static RowScaling scaling(Safetensors in, String name, String of, boolean unit) {
    try {
      return new RowScaling(
          unit, in.tensor(of + ".mean").floats(), in.tensor(of + ".scale").floats());
    } catch (IllegalArgumentException e) {
      throw new InputException("%s: %s: %s".formatted(name, of, e.getMessage()), e);
    }
  }

  private static OptionReader map(Safetensors in, String name, String key) {
    String where = name + ": " + key;
    try {
      Map<String, Object> values = new LinkedHashMap<>();
      if (!(JSON.readValue(in.metadata(key), Object.class) instanceof Map<?, ?> map)) {
        throw new InputException(where + " must be a JSON object");
      }
      map.forEach((k, v) -> values.put(String.valueOf(k), v));
      return new OptionReader(where, values);
    } catch (JsonProcessingException e) {
      throw new InputException(where + ": is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
