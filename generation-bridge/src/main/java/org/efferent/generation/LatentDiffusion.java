package org.efferent.generation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Latent diffusion that an image embedding steers through an IP-Adapter (Rombach et al. 2022; Ye et
 * al. 2023): embedding → image tokens → denoising in {@code sampler.steps()} steps → autoencoder's
 * decoder → picture.
 *
 * @param adapter from an embedding to image tokens; empty where the denoiser holds it
 * @param denoiser predicts the noise of a latent
 * @param latent what it denoises: its shape, and what the decoder is given, {@code latent / scale +
 *     shift}
 * @param decoder from a latent to a picture
 * @param sampler how the noise is taken away
 */
public record LatentDiffusion(
    Optional<GeneratorConfig.Graph> adapter,
    Denoiser denoiser,
    GeneratorConfig.Latent latent,
    GeneratorConfig.Graph decoder,
    SamplerOptions sampler)
    implements GeneratorConfig.Model {

  /** Checks the values. */
  public LatentDiffusion {
    Objects.requireNonNull(sampler, "sampler");
    if (latent.shape().size() != 3) {
      throw new IllegalArgumentException(
          "%s must be [channels × height × width]; shape=%s"
              .formatted(latent.place(), latent.shape()));
    }
    boolean joined = denoiser.text().isPresent() && denoiser.text().get().imageTokens();
    if (joined && adapter.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: image tokens behind those of the text come from an adapter; name its graph"
              .formatted(denoiser.text().get().input().place()));
    }
    if (joined == denoiser.image().isPresent()) {
      throw new IllegalArgumentException(
          "%s: image tokens go in once: by 'image', or behind the text by 'text.imageTokens'; given: %s"
              .formatted(denoiser.file().place(), joined ? "both" : "neither"));
    }
    adapter.ifPresent(graph -> one(graph, "an adapter"));
    one(decoder, "an autoencoder's decoder");
  }

  private static void one(GeneratorConfig.Graph graph, String what) {
    if (graph.outputs().size() != 1 || graph.noise().isPresent()) {
      throw new IllegalArgumentException(
          "%s: %s must have one output and no noise; outputs=%d"
              .formatted(graph.outputs().get(0).place(), what, graph.outputs().size()));
    }
  }

  /**
   * The denoising network's graph.
   *
   * @param file the ONNX file
   * @param latent input of the noisy latent
   * @param timestep input of the step, one number
   * @param text input of the text's tokens; empty where it takes none
   * @param image input of the image tokens, or of the embedding where there is no adapter's graph;
   *     empty where image tokens follow the text's
   * @param adapterScale input of the adapter's weight; empty where it is part of the graph
   * @param constants other inputs, which never change
   * @param output what it predicts
   */
  public record Denoiser(
      GeneratorConfig.Named file,
      GeneratorConfig.Named latent,
      GeneratorConfig.Named timestep,
      Optional<Text> text,
      Optional<GeneratorConfig.Named> image,
      Optional<Constant> adapterScale,
      List<Constant> constants,
      GeneratorConfig.Named output) {
    /** Checks that no input is named twice. */
    public Denoiser {
      constants = List.copyOf(constants);
      List<GeneratorConfig.Named> inputs = new ArrayList<>(List.of(latent, timestep));
      text.ifPresent(its -> inputs.add(its.input()));
      image.ifPresent(inputs::add);
      adapterScale.ifPresent(its -> inputs.add(its.input()));
      constants.forEach(its -> inputs.add(its.input()));
      Set<String> names = new HashSet<>();
      for (GeneratorConfig.Named input : inputs) {
        if (!names.add(input.value())) {
          throw new IllegalArgumentException(
              "%s: input '%s' is given twice".formatted(input.place(), input.value()));
        }
      }
    }
  }

  /**
   * The text's tokens, such as those of the empty prompt.
   *
   * @param input that takes them
   * @param tokens {@code [1 × tokens × width]}
   * @param imageTokens whether the image tokens follow them in the same input
   */
  public record Text(GeneratorConfig.Named input, Constant tokens, boolean imageTokens) {}

  /**
   * Numbers that never change: in a file, or written down.
   *
   * @param input that takes them
   * @param file .npy or .safetensors; empty where the numbers are written down
   * @param tensor of a .safetensors file; empty where it has one only
   * @param numbers row-major; empty where there is a file
   * @param shape of the numbers; empty for that of the file, or for all numbers in a row
   */
  public record Constant(
      GeneratorConfig.Named input,
      Optional<GeneratorConfig.Named> file,
      Optional<GeneratorConfig.Named> tensor,
      List<Double> numbers,
      Optional<List<Integer>> shape) {
    /** Checks the values. */
    public Constant {
      numbers = List.copyOf(numbers);
      shape = shape.map(List::copyOf);
      if (file.isPresent() != numbers.isEmpty()) {
        throw new IllegalArgumentException(input.place() + ": must have either a file or numbers");
      }
      long wanted = shape.orElse(List.of(numbers.size())).stream().reduce(1, (a, b) -> a * b);
      if (file.isEmpty() && wanted != numbers.size()) {
        throw new IllegalArgumentException(
            "%s: must have as many numbers as its shape; shape=%s, numbers=%d"
                .formatted(input.place(), shape.orElse(List.of()), numbers.size()));
      }
    }
  }
}
