package org.efferent.generation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efferent.core.InputException;

/**
 * What a generator is made of.
 *
 * @param name what it is called in reports
 * @param model what computes
 * @param latent what goes in
 * @param low the picture's value that is black
 * @param high the picture's value that is full red, green or blue; above {@code low}
 * @param seed of what it draws, where the caller says nothing else
 */
public record GeneratorConfig(
    String name, Model model, Latent latent, double low, double high, long seed) {

  /** What computes; its files lie in a folder that is given when it is opened. */
  public sealed interface Model permits Onnx, Taesd {}

  /**
   * Graphs for ONNX Runtime.
   *
   * @param decoder from a latent to a picture
   * @param encoder from a picture to a latent; of one output, without noise
   */
  public record Onnx(Graph decoder, Optional<Graph> encoder) implements Model {
    /** Checks the encoder. */
    public Onnx {
      encoder.ifPresent(
          graph -> {
            if (graph.outputs().size() != 1 || graph.noise().isPresent()) {
              throw new IllegalArgumentException(
                  "%s: an encoder must have one output and no noise; outputs=%d"
                      .formatted(graph.outputs().get(0).place(), graph.outputs().size()));
            }
          });
    }
  }

  /**
   * A tiny autoencoder of the TAESD family, its weights in safetensors: TAESD, TAESDXL, TAESD3,
   * TAEF1, TAEF2.
   *
   * @param decoder file of weights
   * @param encoder file of weights
   */
  public record Taesd(Named decoder, Optional<Named> encoder) implements Model {}

  /**
   * A word of the configuration.
   *
   * @param value the word
   * @param place file and line, for messages
   */
  public record Named(String value, String place) {
    /** Checks the word. */
    public Named {
      Objects.requireNonNull(place, "place");
      if (value.isBlank()) {
        throw new IllegalArgumentException(place + " must not be empty");
      }
    }
  }

  /**
   * A graph for ONNX Runtime.
   *
   * @param file the ONNX file
   * @param input name of its input tensor
   * @param outputs names of its output tensors; several pictures are added after each was brought
   *     to the size of the largest by bilinear interpolation
   * @param noise an input that takes normal random numbers
   */
  public record Graph(Named file, Named input, List<Named> outputs, Optional<Noise> noise) {
    /** Checks the outputs. */
    public Graph {
      outputs = List.copyOf(outputs);
      if (outputs.isEmpty()) {
        throw new IllegalArgumentException(
            file.place() + ": a graph must have one output at least; outputs=0");
      }
    }
  }

  /**
   * An input that takes normal random numbers.
   *
   * @param input name of the tensor
   * @param shape its sizes behind the first, which is 1
   */
  public record Noise(Named input, List<Integer> shape) {
    /** Checks the sizes. */
    public Noise {
      shape = sizes(shape, input.place());
    }
  }

  /**
   * What goes into the decoder: {@code given / scale + shift}, so that a published scaling factor
   * and shift of an autoencoder are named as they are.
   *
   * @param shape sizes of one: {@code [numbers]} or {@code [channels × height × width]}
   * @param scale not 0
   * @param shift added
   * @param unit whether what is given must have length 1
   * @param place file and line of the shape, for messages
   */
  public record Latent(
      List<Integer> shape, double scale, double shift, boolean unit, String place) {
    /** Checks the values. */
    public Latent {
      shape = sizes(shape, place);
      if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(shift)) {
        throw new IllegalArgumentException(
            "%s: scale must be finite and not 0, shift finite; scale=%s, shift=%s"
                .formatted(place, scale, shift));
      }
    }

    /** Numbers of one. */
    public int width() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  private static List<Integer> sizes(List<Integer> shape, String place) {
    long product = 1;
    for (int size : shape) {
      product = size < 1 ? 0 : product * size;
      if (product < 1 || product > 1 << 26) {
        throw new IllegalArgumentException(
            "%s: sizes must be 1 at least and their product at most 2^26; shape=%s"
                .formatted(place, shape));
      }
    }
    if (shape.isEmpty() || shape.size() > 4) {
      throw new IllegalArgumentException(
          "%s: a shape must have 1 to 4 sizes; shape=%s".formatted(place, shape));
    }
    return List.copyOf(shape);
  }

  /** Checks the values. */
  public GeneratorConfig {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(latent, "latent");
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be empty; name='" + name + "'");
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "range must be of two numbers, the first below the second; range=[%s, %s]"
              .formatted(low, high));
    }
  }

  /**
   * Reads a configuration.
   *
   * @param file YAML with {@code kind} ({@code onnx} or {@code taesd}), {@code latent} ({@code
   *     shape, scale, shift, unit}), {@code decoder} and perhaps {@code encoder} (of graphs {@code
   *     graph, input, output, noise}; of TAESD {@code weights}), {@code range, seed, name}
   * @return the configuration
   * @throws InputException if an entry is missing, unknown or out of its range; the message has the
   *     line
   */
  public static GeneratorConfig read(Path file) {
    ConfigEntry in = ConfigEntry.read(file);
    in.only("name", "kind", "latent", "decoder", "encoder", "range", "seed");
    try {
      Model model = model(in);
      List<ConfigEntry> range = in.has("range") ? in.get("range").items() : List.of();
      if (in.has("range") && range.size() != 2) {
        throw in.get("range").wrong("two numbers, [black, white]");
      }
      String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
      return new GeneratorConfig(
          in.has("name") ? in.get("name").word() : stem,
          model,
          latent(in.get("latent")),
          range.isEmpty() ? 0 : range.get(0).number(),
          range.isEmpty() ? 1 : range.get(1).number(),
          in.has("seed") ? in.get("seed").whole() : 0);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String said = message.startsWith(in.place()) ? message : in.place() + ": " + message;
      throw new InputException(said, e);
    }
  }

  private static Model model(ConfigEntry in) {
    ConfigEntry kind = in.get("kind");
    ConfigEntry decoder = in.get("decoder");
    Optional<ConfigEntry> encoder =
        in.has("encoder") ? Optional.of(in.get("encoder")) : Optional.empty();
    return switch (kind.word()) {
      case "onnx" -> new Onnx(graph(decoder), encoder.map(GeneratorConfig::graph));
      case "taesd" -> new Taesd(weights(decoder), encoder.map(GeneratorConfig::weights));
      default -> throw kind.wrong("onnx or taesd");
    };
  }

  private static Graph graph(ConfigEntry in) {
    in.only("graph", "input", "output", "noise");
    Optional<Noise> noise = Optional.empty();
    if (in.has("noise")) {
      ConfigEntry its = in.get("noise");
      its.only("input", "shape");
      noise = Optional.of(new Noise(named(its.get("input")), shape(its.get("shape"))));
    }
    return new Graph(
        named(in.get("graph")),
        named(in.get("input")),
        in.get("output").items().stream().map(GeneratorConfig::named).toList(),
        noise);
  }

  private static Named weights(ConfigEntry in) {
    in.only("weights");
    return named(in.get("weights"));
  }

  private static Latent latent(ConfigEntry in) {
    in.only("shape", "scale", "shift", "unit");
    return new Latent(
        shape(in.get("shape")),
        in.has("scale") ? in.get("scale").number() : 1,
        in.has("shift") ? in.get("shift").number() : 0,
        in.has("unit") && in.get("unit").yes(),
        in.get("shape").place());
  }

  private static Named named(ConfigEntry in) {
    return new Named(in.word(), in.place());
  }

  private static List<Integer> shape(ConfigEntry in) {
    List<Integer> sizes = new ArrayList<>();
    for (ConfigEntry item : in.items()) {
      long size = item.whole();
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw item.wrong("1 at least");
      }
      sizes.add((int) size);
    }
    return sizes;
  }
}
