package org.efferent.generation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.efferent.core.InputException;
import org.efferent.data.Sha256;

/** Opens what a configuration describes. */
public final class Generators {
  private Generators() {}

  /**
   * Opens a generator.
   *
   * @param config what it is made of
   * @param models folder that holds its files
   * @param threads of one operation of ONNX Runtime; 0 for all cores
   * @return the generator, ready; to be closed by the caller
   * @throws InputException if a file is missing, or its names or shapes are not those of the
   *     configuration; the message has the line of the configuration and what the graph really has
   * @throws org.efferent.core.UnsupportedInputException if a graph takes more inputs, or other
   *     numbers than 32-bit floats
   * @throws org.efferent.core.UnavailableException if what computes does not load on this machine
   */
  public static Generator open(GeneratorConfig config, Path models, int threads) {
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("threads must be from 0 to 1024; threads=" + threads);
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    files(config)
        .forEach(
            (half, name) -> {
              Path file = ModelFiles.resolve(name, models);
              ModelFiles.check(name, file);
              provenance.put(half, name.value());
              provenance.put(half + " SHA-256", Sha256.of(file));
            });
    List<Integer> shape = config.latent().shape();
    if (config.model() instanceof GeneratorConfig.Onnx onnx) {
      Path file = ModelFiles.resolve(onnx.decoder().file(), models);
      Network decoder =
          GraphNetwork.open(onnx.decoder(), file, GraphNetwork.batchOfOne(shape), threads);
      return with(config, decoder, provenance, () -> graphEncoder(onnx, models, threads));
    }
    GeneratorConfig.Taesd taesd = (GeneratorConfig.Taesd) config.model();
    if (shape.size() != 3) {
      throw new InputException(
          "%s must be [channels × height × width] for taesd; shape=%s"
              .formatted(config.latent().place(), shape));
    }
    Path file = ModelFiles.resolve(taesd.decoder(), models);
    Network decoder = TaesdNetwork.decoder(taesd.decoder(), file, shape.get(0));
    return with(config, decoder, provenance, () -> taesdEncoder(taesd, models, shape.get(0)));
  }

  /** Opens the other half; where that fails, the first is closed. */
  private static Generator with(
      GeneratorConfig config,
      Network decoder,
      Map<String, String> provenance,
      Supplier<Network> other) {
    boolean done = false;
    try {
      Generator made = new LatentGenerator(config, decoder, other.get(), provenance);
      done = true;
      return made;
    } finally {
      if (!done) {
        decoder.close();
      }
    }
  }

  private static Network graphEncoder(GeneratorConfig.Onnx onnx, Path models, int threads) {
    if (onnx.encoder().isEmpty()) {
      return null;
    }
    GeneratorConfig.Graph graph = onnx.encoder().get();
    return GraphNetwork.open(graph, ModelFiles.resolve(graph.file(), models), null, threads);
  }

  private static Network taesdEncoder(GeneratorConfig.Taesd taesd, Path models, int channels) {
    if (taesd.encoder().isEmpty()) {
      return null;
    }
    GeneratorConfig.Named name = taesd.encoder().get();
    return TaesdNetwork.encoder(name, ModelFiles.resolve(name, models), channels);
  }

  private static Map<String, GeneratorConfig.Named> files(GeneratorConfig config) {
    Map<String, GeneratorConfig.Named> files = new LinkedHashMap<>();
    if (config.model() instanceof GeneratorConfig.Onnx onnx) {
      files.put("Decoder", onnx.decoder().file());
      onnx.encoder().ifPresent(graph -> files.put("Encoder", graph.file()));
    } else if (config.model() instanceof GeneratorConfig.Taesd taesd) {
      files.put("Decoder", taesd.decoder());
      taesd.encoder().ifPresent(weights -> files.put("Encoder", weights));
    }
    return files;
  }
}
