package org.efferent.cli;

import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.generation.Generator;
import org.efferent.generation.GeneratorConfig;
import org.efferent.generation.Generators;
import picocli.CommandLine.Option;

/** Which generator a live session draws with. */
final class LiveGeneratorOptions {
  @Option(
      names = "--generator",
      paramLabel = "CONFIG.yaml",
      description =
          "Draw what is decoded, such as by configs/generators/shapes.yaml: the newest window wins, decoding never"
              + " waits.")
  private Path generator;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of the generator's files (default: the configuration's folder).")
  private Path models;

  @Option(
      names = "--prior",
      paramLabel = "PRIOR",
      description = "An image prior between encoder and generator, of encoder prior.")
  private Path prior;

  @Option(
      names = "--generator-threads",
      paramLabel = "N",
      description = "Of ONNX Runtime, for the generator (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--drawing-seed",
      paramLabel = "N",
      description = "Seed of what the generator draws (default: the configuration's).")
  private Long seed;

  /** Whether pictures are wanted. */
  boolean wanted() {
    return generator != null;
  }

  Path file() {
    return generator;
  }

  /** Null for none. */
  Path prior() {
    return prior;
  }

  /** What was asked for must fit together. */
  void check() {
    if (generator == null && (models != null || seed != null || prior != null)) {
      throw new UsageException("--models, --prior and --drawing-seed go with --generator");
    }
    if (threads < 0 || threads > 1024) {
      throw new UsageException("--generator-threads must be from 0 to 1024; threads=" + threads);
    }
  }

  GeneratorConfig config() {
    return GeneratorConfig.read(generator);
  }

  long seed(GeneratorConfig config) {
    return seed == null ? config.seed() : seed;
  }

  /**
   * Opens it.
   *
   * @param config of {@link #config}
   * @param width numbers of what it will be given
   * @throws InputException if it wants another number
   */
  Generator open(GeneratorConfig config, int width) {
    Path folder = models == null ? generator.toAbsolutePath().getParent() : models;
    Generator made = Generators.open(config, folder, threads);
    if (prior != null) {
      made = PriorGenerator.open(prior, made);
    }
    if (made.width() != width) {
      made.close();
      throw new InputException(
          "%s: takes %d numbers, the encoder gives %d: train the encoder on this generator's latents, or put an image prior between"
              .formatted(generator, made.width(), width));
    }
    return made;
  }
}
