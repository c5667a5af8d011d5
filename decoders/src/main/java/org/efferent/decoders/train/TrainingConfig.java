package org.efferent.decoders.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.BrainModule;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.encoder.LatentUpsampler;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.encoder.TimeAggregatedBrainModule;
import org.efferent.decoders.loss.Losses;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.train.TrainingOptions.Scaling;
import org.efferent.decoders.train.TrainingOptions.Trained;

/**
 * A configuration file of a training.
 *
 * <table>
 *   <caption>Its entries</caption>
 *   <tr><th>entry</th><th>content</th></tr>
 *   <tr><td>{@code about}</td><td>words for people, such as the paper</td></tr>
 *   <tr><td>{@code seed}</td><td>a whole number; 0</td></tr>
 *   <tr><td>{@code data}</td><td>{@code folder} of a data set, or {@code simulated}: kind and options of one that is made; {@code subjects}, a list, for
 *       some of them alone, {@code trainingExamples} for the first so many of each</td></tr>
 *   <tr><td>{@code encoder}</td><td>{@code architecture} (or ridge, the linear decoder) and {@code options}; channels, time, subjects and embedding are the
 *       data's where they are left out</td></tr>
 *   <tr><td>{@code loss}</td><td>a list of losses: kind, head, target, share, options</td></tr>
 *   <tr><td>{@code optimiser}</td><td>kind adam or adamw, learningRate, betas, epsilon, weightDecay, clipNorm</td></tr>
 *   <tr><td>{@code schedule}</td><td>kind constant, cosine or one-cycle, warmUp</td></tr>
 *   <tr><td>{@code training}</td><td>batch, epochs, updatesPerEpoch, patience, distinctTargets, trained</td></tr>
 *   <tr><td>{@code baselines}</td><td>what the result is held against on the test examples: ridge, trf, oracle</td></tr>
 *   <tr><td>{@code input}</td><td>scaling none, robust or standard; clamp</td></tr>
 * </table>
 */
public final class TrainingConfig {
  /** The architecture that is no network: {@link org.efferent.decoders.linear.Ridge}. */
  public static final String RIDGE = "ridge";

  /** What an encoder may be held against. */
  public static final List<String> BASELINES = List.of("ridge", "trf", "oracle");

  private final String where;
  private final OptionReader data;
  private final String architecture;
  private final Map<String, Object> encoderOptions;
  private final List<Map<String, Object>> losses;
  private final TrainingOptions options;
  private final List<String> baselines;
  private final Map<String, Object> all;

  private TrainingConfig(OptionReader in, String where) {
    this.where = where;
    this.all = new LinkedHashMap<>(in.values());
    in.ignore("about");
    long seed = in.whole("seed", 0);
    this.data = in.map("data");
    OptionReader encoder = in.map("encoder");
    this.architecture = encoder.word("architecture");
    this.encoderOptions = new LinkedHashMap<>(encoder.map("options").values());
    encoder.end();
    this.losses = linear() && !in.has("loss") ? List.of() : maps(in.values().get("loss"));
    in.ignore("loss");
    this.baselines = in.words("baselines");
    for (String baseline : baselines) {
      if (!BASELINES.contains(baseline)) {
        throw in.wrong("baselines", "of " + BASELINES);
      }
    }
    try {
      this.options = options(in, seed);
    } catch (IllegalArgumentException e) {
      throw new InputException(where + ": " + e.getMessage(), e);
    }
    in.end();
  }

  /**
   * Reads a configuration.
   *
   * @param values what the file holds
   * @param where its name, for messages
   * @return the configuration
   * @throws InputException if an entry is missing, unknown or impossible
   */
  public static TrainingConfig of(Map<String, Object> values, String where) {
    return new TrainingConfig(new OptionReader(where, values), where);
  }

  private List<Map<String, Object>> maps(Object value) {
    List<Map<String, Object>> out = new ArrayList<>();
    List<?> list = value instanceof List<?> several ? several : List.of(value == null ? "" : value);
    for (Object one : list) {
      if (!(one instanceof Map<?, ?> map)) {
        throw new InputException(where + ".loss must be a map or a list of maps; loss=" + value);
      }
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), v));
      out.add(copy);
    }
    return out;
  }

  private static TrainingOptions options(OptionReader in, long seed) {
    OptionReader optimiser = in.map("optimiser");
    String kind = optimiser.word("kind", "adamw");
    if (!kind.equals("adam") && !kind.equals("adamw")) {
      throw optimiser.wrong("kind", "adam or adamw");
    }
    boolean decoupled = kind.equals("adamw");
    AdamOptions adam =
        new AdamOptions(
            optimiser.number("learningRate", 3e-4),
            optimiser.number("beta1", 0.9),
            optimiser.number("beta2", 0.999),
            optimiser.number("epsilon", 1e-8),
            optimiser.number("weightDecay", decoupled ? 0.01 : 0),
            decoupled);
    double clipNorm = optimiser.number("clipNorm", 0);
    optimiser.end();
    OptionReader training = in.map("training");
    OptionReader input = in.map("input");
    TrainingOptions made =
        new TrainingOptions(
            adam,
            Schedule.of(in.map("schedule")),
            training.whole("batch", 64),
            training.whole("epochs", 40),
            training.whole("updatesPerEpoch", 0),
            training.whole("patience", 10),
            clipNorm,
            training.yes("distinctTargets", false),
            constant(input, "scaling", Scaling.ROBUST, Scaling.values()),
            input.number("clamp", 20),
            constant(training, "trained", Trained.ALL, Trained.values()),
            seed);
    training.end();
    input.end();
    return made;
  }

  private static <E extends Enum<E>> E constant(
      OptionReader in, String name, E otherwise, E[] values) {
    String word = in.word(name, word(otherwise));
    List<String> known = new ArrayList<>();
    for (E value : values) {
      if (word(value).equals(word)) {
        return value;
      }
      known.add(word(value));
    }
    throw in.wrong(name, "one of " + known);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The entry about data. */
  public OptionReader data() {
    return data;
  }

  /** How to train. */
  public TrainingOptions options() {
    return options;
  }

  /** Name of the architecture. */
  public String architecture() {
    return architecture;
  }

  /** Whether what is trained is the linear decoder. */
  public boolean linear() {
    return architecture.equals(RIDGE);
  }

  /** What the result is held against, of {@link #BASELINES}. */
  public List<String> baselines() {
    return baselines;
  }

  /** Options of the encoder, as they came. */
  public OptionReader encoderOptions() {
    return new OptionReader(where + ".encoder.options", encoderOptions);
  }

  /**
   * Name of the target by which the result is scored: the first loss', or the data's first.
   *
   * @param of the data
   */
  public String target(WindowDataset of) {
    Object named = losses.isEmpty() ? "" : losses.get(0).getOrDefault("target", "");
    return named instanceof String name && !name.isEmpty()
        ? name
        : of.targets().keySet().iterator().next();
  }

  /** All entries as they came. */
  public Map<String, Object> values() {
    return new LinkedHashMap<>(all);
  }

  /** What is minimised. */
  public Objective objective() {
    return Losses.objective(losses, where + ".loss");
  }

  /**
   * The encoder, with what its options leave out taken from the data.
   *
   * @param of the data
   * @return the encoder
   */
  public Encoder encoder(WindowDataset of) {
    Map<String, Object> filled = new LinkedHashMap<>(encoderOptions);
    String target = (String) losses.get(0).getOrDefault("target", "");
    long[] shape = of.targets().getOrDefault(target, of.targets().values().iterator().next());
    boolean brain = architecture.equals(BrainModule.ARCHITECTURE);
    boolean aggregated = architecture.equals(TimeAggregatedBrainModule.ARCHITECTURE);
    if (brain || aggregated) {
      filled.putIfAbsent("inputChannels", of.channels());
      if (filled.get("subjectLayer") instanceof Map<?, ?> layer) {
        Map<String, Object> own = new LinkedHashMap<>();
        layer.forEach((k, v) -> own.put(String.valueOf(k), v));
        own.putIfAbsent("subjects", of.subjects());
        filled.put("subjectLayer", own);
      }
      filled.putIfAbsent(brain ? "outputDim" : "outputs", shape[0]);
    } else {
      filled.putIfAbsent("channels", of.channels());
      filled.putIfAbsent("time", of.time());
      if (architecture.equals(LatentUpsampler.ARCHITECTURE)) {
        filled.putIfAbsent("latent", Arrays.stream(shape).boxed().toList());
      } else {
        filled.putIfAbsent("projectionDim", shape[0]);
      }
    }
    return Encoders.of(architecture, filled, where + ".encoder.options", of.time());
  }
}
