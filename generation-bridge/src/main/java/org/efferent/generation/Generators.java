package org.efferent.generation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.efferent.core.InputException;
import org.efferent.core.LocalClock;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Sha256;
import org.efferent.data.fetch.Pause;

/** Opens what a configuration describes. */
public final class Generators {
  private final Path models;
  private final int threads;
  private final UnaryOperator<String> environment;
  private final LocalClock clock;
  private final Pause pause;

  private Generators(
      Path models, int threads, UnaryOperator<String> environment, LocalClock clock, Pause pause) {
    this.models = models;
    this.threads = threads;
    this.environment = environment;
    this.clock = clock;
    this.pause = pause;
  }

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
   *     numbers than floats
   * @throws org.efferent.core.StreamException if a server does not answer, or not rightly
   * @throws org.efferent.core.UsageException if a secret is not where the configuration says
   * @throws org.efferent.core.UnavailableException if what computes does not load on this machine
   */
  public static Generator open(GeneratorConfig config, Path models, int threads) {
    return open(config, models, threads, System::getenv, LocalClock.SYSTEM, Pause.SYSTEM);
  }

  /** As above, with another environment, clock and pauses between attempts to reach a server. */
  static Generator open(
      GeneratorConfig config,
      Path models,
      int threads,
      UnaryOperator<String> environment,
      LocalClock clock,
      Pause pause) {
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("threads must be from 0 to 1024; threads=" + threads);
    }
    return new Generators(models, threads, environment, clock, pause).open(config);
  }

  private Generator open(GeneratorConfig config) {
    // A switch over a sealed type has to wait for Java 21.
    if (config.model() instanceof GeneratorConfig.Onnx onnx) {
      return onnx(config, onnx);
    }
    if (config.model() instanceof GeneratorConfig.Taesd taesd) {
      return taesd(config, taesd);
    }
    if (config.model() instanceof GeneratorConfig.TorchScript script) {
      return script(config, script);
    }
    if (config.model() instanceof LatentDiffusion diffusion) {
      return diffusion(config, diffusion);
    }
    if (config.model() instanceof RemoteServer server) {
      return RemoteGenerator.open(config, server, models, environment, clock, pause);
    }
    if (config.model() instanceof GeneratorConfig.Gallery gallery) {
      return gallery(config, gallery);
    }
    return mix(config, (GeneratorConfig.Mix) config.model());
  }

  private Generator onnx(GeneratorConfig config, GeneratorConfig.Onnx onnx) {
    Map<String, GeneratorConfig.Named> files = new LinkedHashMap<>();
    files.put("Decoder", onnx.decoder().file());
    onnx.encoder().ifPresent(graph -> files.put("Encoder", graph.file()));
    Map<String, String> provenance = provenance(files);
    Network decoder = graph(onnx.decoder(), GraphNetwork.batchOfOne(config.latent().shape()));
    return with(
        decoder::close,
        () -> onnx.encoder().map(graph -> graph(graph, null)).orElse(null),
        encoder -> new LatentGenerator(config, decoder, encoder, provenance));
  }

  private GraphNetwork graph(GeneratorConfig.Graph graph, long[] shape) {
    return GraphNetwork.open(graph, file(graph.file()), shape, threads);
  }

  private Generator taesd(GeneratorConfig config, GeneratorConfig.Taesd taesd) {
    Map<String, GeneratorConfig.Named> files = new LinkedHashMap<>();
    files.put("Decoder", taesd.decoder());
    taesd.encoder().ifPresent(weights -> files.put("Encoder", weights));
    Map<String, String> provenance = provenance(files);
    int channels = planes(config, "taesd");
    Network decoder = TaesdNetwork.decoder(taesd.decoder(), file(taesd.decoder()), channels);
    return with(
        decoder::close,
        () ->
            taesd
                .encoder()
                .map(name -> TaesdNetwork.encoder(name, file(name), channels))
                .orElse(null),
        encoder -> new LatentGenerator(config, decoder, encoder, provenance));
  }

  private Generator script(GeneratorConfig config, GeneratorConfig.TorchScript script) {
    Map<String, GeneratorConfig.Named> files = new LinkedHashMap<>();
    files.put("Decoder", script.decoder().file());
    script.encoder().ifPresent(module -> files.put("Encoder", module.file()));
    Map<String, String> provenance = provenance(files);
    Network decoder = script(script.decoder());
    return with(
        decoder::close,
        () -> script.encoder().map(this::script).orElse(null),
        encoder -> new LatentGenerator(config, decoder, encoder, provenance));
  }

  private TorchScriptNetwork script(GeneratorConfig.Module module) {
    return TorchScriptNetwork.open(module, file(module.file()));
  }

  private static int planes(GeneratorConfig config, String kind) {
    List<Integer> shape = config.latent().shape();
    if (shape.size() != 3) {
      throw new InputException(
          "%s must be [channels × height × width] for %s; shape=%s"
              .formatted(config.latent().place(), kind, shape));
    }
    return shape.get(0);
  }

  private Generator diffusion(GeneratorConfig config, LatentDiffusion model) {
    Map<String, GeneratorConfig.Named> files = new LinkedHashMap<>();
    model.adapter().ifPresent(graph -> files.put("Adapter", graph.file()));
    files.put("Denoiser", model.denoiser().file());
    files.put("Decoder", model.decoder().file());
    List<LatentDiffusion.Constant> constants = new ArrayList<>();
    model.denoiser().text().ifPresent(text -> constants.add(text.tokens()));
    constants.addAll(model.denoiser().constants());
    constants.stream()
        .flatMap(constant -> constant.file().stream())
        .distinct()
        .forEach(name -> files.put("Constants " + (files.size() + 1), name));
    Map<String, String> provenance = provenance(files);
    Network decoder = graph(model.decoder(), GraphNetwork.batchOfOne(model.latent().shape()));
    return with(
        decoder::close,
        () -> DenoiserNetwork.open(model, config.latent().width(), models, threads),
        denoiser -> new DiffusionGenerator(config, model, denoiser, decoder, provenance));
  }

  private Generator gallery(GeneratorConfig config, GeneratorConfig.Gallery gallery) {
    Map<String, String> provenance = provenance(Map.of("Gallery", gallery.embeddings()));
    return GalleryGenerator.open(config, gallery, models, provenance);
  }

  private Generator mix(GeneratorConfig config, GeneratorConfig.Mix mix) {
    Generator semantic = open(mix.semantic());
    return with(
        semantic::close,
        () -> open(mix.lowLevel()),
        lowLevel -> {
          boolean done = false;
          try {
            Generator made =
                new MixedGenerator(config.name(), semantic, lowLevel, mix.share(), mix.strength());
            done = true;
            return made;
          } catch (UnsupportedInputException e) {
            throw new UnsupportedInputException(config.latent().place() + ": " + e.getMessage(), e);
          } catch (InputException e) {
            throw new InputException(config.latent().place() + ": " + e.getMessage(), e);
          } finally {
            if (!done) {
              lowLevel.close();
            }
          }
        });
  }

  /** Opens the other part and puts both together; where either fails, the first is closed again. */
  private static <T> Generator with(
      Runnable close, Supplier<T> other, Function<T, Generator> together) {
    boolean done = false;
    try {
      Generator made = together.apply(other.get());
      done = true;
      return made;
    } finally {
      if (!done) {
        close.run();
      }
    }
  }

  private Path file(GeneratorConfig.Named name) {
    return ModelFiles.resolve(name, models);
  }

  /** Files and their hashes, by what they are; weights that lie beside a graph have none. */
  private Map<String, String> provenance(Map<String, GeneratorConfig.Named> files) {
    Map<String, String> words = new LinkedHashMap<>();
    files.forEach(
        (what, name) -> {
          Path file = file(name);
          ModelFiles.check(name, file);
          words.put(what, name.value());
          words.put(what + " SHA-256", Sha256.of(file));
        });
    return words;
  }
}
