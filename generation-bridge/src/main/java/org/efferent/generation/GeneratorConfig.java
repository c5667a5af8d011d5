package org.efferent.generation;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efferent.core.InputException;

/**
 * What a generator is made of.
 *
 * @param name what it is called in reports
 * @param model what computes
 * @param latent what goes in: a latent, or an embedding, which is a latent of one size
 * @param low the picture's value that is black
 * @param high the picture's value that is full red, green or blue; above {@code low}
 * @param seed of what it draws, where the caller says nothing else
 */
public record GeneratorConfig(
    String name, Model model, Latent latent, double low, double high, long seed) {

  /** What computes; its files lie in a folder that is given when it is opened. */
  public sealed interface Model
      permits Onnx, Taesd, TorchScript, LatentDiffusion, RemoteServer, Gallery, Mix {}

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
   * Networks that PyTorch wrote as TorchScript, of one tensor each way. Loading such a file runs
   * the program in it: load those of people you trust.
   *
   * @param decoder from a latent to a picture
   * @param encoder from a picture to a latent
   */
  public record TorchScript(Module decoder, Optional<Module> encoder) implements Model {
    /** Checks the encoder. */
    public TorchScript {
      encoder.ifPresent(
          module -> {
            if (module.outputs().size() != 1) {
              throw new IllegalArgumentException(
                  "%s: an encoder must have one output; outputs=%s"
                      .formatted(module.file().place(), module.outputs()));
            }
          });
    }
  }

  /**
   * A TorchScript file of one tensor in; what comes out is a tensor or a tuple of them.
   *
   * @param file of {@code torch.jit.save}
   * @param outputs positions of what is taken, from 0; several pictures are added as those of a
   *     graph
   */
  public record Module(Named file, List<Integer> outputs) {
    /** Checks the outputs. */
    public Module {
      outputs = List.copyOf(outputs);
      if (outputs.isEmpty() || outputs.stream().anyMatch(position -> position < 0)) {
        throw new IllegalArgumentException(
            "%s: outputs must be positions from 0, one at least; outputs=%s"
                .formatted(file.place(), outputs));
      }
    }
  }

  /**
   * Pictures that exist, of which the nearest is shown.
   *
   * @param embeddings file of {@code [pictures × numbers]}, .npy
   * @param pictures a folder, whose pictures are taken in the order of their names, or a text file
   *     that names a picture a line, relative to itself
   */
  public record Gallery(Named embeddings, Named pictures) implements Model {}

  /**
   * Two generators: one of what is seen, from an embedding, and one of how it looks, from a latent.
   * What goes in is the embedding and, behind it, the latent.
   *
   * @param semantic draws the embedding
   * @param lowLevel draws the latent
   * @param share of the low-level picture in the pixels, from 0 to 1
   * @param strength with which the semantic generator starts from the latent; empty if it does not
   */
  public record Mix(
      GeneratorConfig semantic, GeneratorConfig lowLevel, double share, OptionalDouble strength)
      implements Model {
    /** Checks the values. */
    public Mix {
      if (semantic.model() instanceof Mix || lowLevel.model() instanceof Mix) {
        throw new IllegalArgumentException("a mix must be of two generators that are no mixes");
      }
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be from 0 to 1; share=" + share);
      }
      if (strength.isPresent() && !(strength.getAsDouble() > 0 && strength.getAsDouble() <= 1)) {
        throw new IllegalArgumentException(
            "strength must be above 0 and at most 1; strength=" + strength.getAsDouble());
      }
    }
  }

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
   * @param file YAML with {@code kind} and what that kind needs; {@code docs/DESIGN.md} and {@code
   *     configs/generators} say what
   * @return the configuration
   * @throws InputException if an entry is missing, unknown or out of its range; the message has the
   *     line
   */
  public static GeneratorConfig read(Path file) {
    return GeneratorYaml.read(file);
  }
}
