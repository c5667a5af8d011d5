package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.target.ImageSquare;
import org.efferent.generation.Generator;
import org.efferent.generation.GeneratorConfig;
import org.efferent.generation.Generators;
import org.efferent.generation.Picture;
import org.efferent.generation.PictureEncoder;
import org.efferent.generation.metrics.PictureComparison;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code generate}: embeddings to pictures.
 *
 * <p>Longer than 300 lines by the words of its options.
 */
@Command(
    name = "generate",
    description = "Turns embeddings into pictures through a configured generator.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  efferent generate --generator configs/generators/taef2.yaml --models models \\",
      "      --reconstruct photo.jpg --out reconstructed",
      "  efferent generate --generator configs/generators/taef2.yaml --models models \\",
      "      --embeddings latents.npy --out pictures",
      "  efferent generate --generator configs/generators/remote.yaml --embeddings E.npy --out pictures",
      "",
      "Kinds of generators: onnx, taesd, torchscript, latent-diffusion, remote, nearest, mix; the files in",
      "configs/generators show what each needs. To load torchscript is to run the program in the file.",
      "Writes a PNG a row, with where it came from in its text chunks, and run.json. --reconstruct encodes",
      "and decodes the square from the top left of an image, scaled to --side, and compares the two.",
      "The milliseconds a picture are the generator's alone, after a first run that is not counted."
    },
    subcommands = {GenerateEvaluateCommand.class, GenerateTrainCommand.class})
final class GenerateCommand implements Callable<Integer> {
  /** What is drawn: one of the two. */
  static final class Material {
    @Option(
        names = "--embeddings",
        paramLabel = "E.npy",
        description = "A row a picture: [n x numbers], or [n x channels x height x width].")
    private Path embeddings;

    @Option(
        names = "--reconstruct",
        paramLabel = "IMAGE",
        description = "A round trip through an autoencoder: PNG, JPEG, BMP or GIF.")
    private Path image;
  }

  @Mixin private OutputOptions output;

  @Option(
      names = "--low-level",
      paramLabel = "L.npy",
      description =
          "Latents of the low-level branch, a row a picture, for a generator of kind mix.")
  private Path lowLevel;

  @ArgGroup(multiplicity = "0..1")
  private Material material;

  @Option(
      names = "--generator",
      paramLabel = "CONFIG.yaml",
      description = "What the generator is made of, such as configs/generators/taef2.yaml.")
  private Path generator;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of the generator's files (default: the configuration's folder).")
  private Path models;

  @Option(
      names = "--prior",
      paramLabel = "PRIOR",
      description =
          "An image prior that --embeddings go through first, of encoder prior: draws embeddings as images have them.")
  private Path prior;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Pictures a row, each with a seed of its own (default: ${DEFAULT-VALUE}).")
  private int samples = 1;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      description = "Of the square of --reconstruct (default: ${DEFAULT-VALUE}).")
  private int side = 256;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of what the generator draws (default: the configuration's).")
  private Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of ONNX Runtime; 0 for all cores (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder of the pictures.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  private final List<String> images = new ArrayList<>();
  private long nanos;

  @Override
  public Integer call() {
    // Not for picocli to ask for: the commands below need none of them.
    if (generator == null || out == null || material == null) {
      throw new UsageException(
          "generate needs --generator, --out, and --embeddings or --reconstruct; or a command: evaluate or train");
    }
    if (threads < 0 || threads > 1024) {
      throw new UsageException("--threads must be from 0 to 1024; threads=" + threads);
    }
    GeneratorConfig config = GeneratorConfig.read(generator);
    long first = seed == null ? config.seed() : seed;
    if (lowLevel != null && material.embeddings == null) {
      throw new UsageException("--low-level goes with --embeddings; give those, or leave it out");
    }
    if (prior != null && material.embeddings == null) {
      throw new UsageException("--prior goes with --embeddings; give those, or leave it out");
    }
    if (samples < 1 || samples > 1000 || side < 8 || side > 4096) {
      throw new UsageException(
          "--samples must be from 1 to 1000, --side from 8 to 4096; samples=%d, side=%d"
              .formatted(samples, side));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    try (Generator made = open(config)) {
      figures.put("images", images);
      figures.put("generator", made.name());
      figures.put("millisPerImage", 0);
      if (material.image == null) {
        embeddings(made, first);
      } else {
        figures.putAll(reconstruct(made, first));
      }
      figures.put("millisPerImage", Math.round(nanos / 1e3 / images.size()) / 1e3);
      keep(made, first, figures);
    }
    output.text(
        "%s: %d picture(s) in %s, %s ms each",
        config.name(), images.size(), out, figures.get("millisPerImage"));
    if (figures.containsKey("psnr")) {
      output.text("round trip: PSNR %.2f dB, SSIM %.3f", figures.get("psnr"), figures.get("ssim"));
    }
    output.result(figures);
    return 0;
  }

  private Generator open(GeneratorConfig config) {
    Generator made = Generators.open(config, folder(), threads);
    return prior == null ? made : PriorGenerator.open(prior, made);
  }

  private Path folder() {
    return models == null ? generator.toAbsolutePath().getParent() : models;
  }

  private void embeddings(Generator made, long first) {
    String file = InputFiles.name(material.embeddings);
    List<float[]> embeddings = rows(made);
    for (int row = 0; row < embeddings.size(); row++) {
      try {
        made.check(embeddings.get(row));
      } catch (InputException e) {
        throw new InputException("%s: row %d: %s".formatted(file, row, e.getMessage()), e);
      }
    }
    RunRecord.folder(out, force);
    for (int i = 0; i < embeddings.size() * samples; i++) {
      int row = i / samples;
      Picture picture = timed(made, embeddings.get(row), first + i, i == 0);
      String name = samples == 1 ? "%05d.png" : "%05d-%03d.png";
      write(picture.with("Source", file + " row " + row), name.formatted(row, i % samples));
    }
  }

  /** The embeddings, and behind each the latent of the low-level branch, if there is one. */
  private List<float[]> rows(Generator made) {
    String file = InputFiles.name(material.embeddings);
    Tensor rows = Npy.read(material.embeddings);
    Tensor latents = lowLevel == null ? null : Npy.read(lowLevel);
    long[] shape = rows.shape();
    long each = each(shape);
    long behind = latents == null ? 0 : each(latents.shape());
    if (each < 1 || each + behind != made.width()) {
      throw new InputException(
          latents == null
              ? "%s: embeddings for %s must be [n × %d], one row at least; shape=%s"
                  .formatted(file, made.name(), made.width(), Arrays.toString(shape))
              : "%s and %s: rows of both for %s must have %d numbers, one row at least; shapes=%s and %s"
                  .formatted(
                      file,
                      InputFiles.name(lowLevel),
                      made.name(),
                      made.width(),
                      Arrays.toString(shape),
                      Arrays.toString(latents.shape())));
    }
    if (latents != null && latents.shape()[0] != shape[0]) {
      throw new InputException(
          "%s must have a row for each of %s; rows=%d and %d"
              .formatted(InputFiles.name(lowLevel), file, latents.shape()[0], shape[0]));
    }
    float[] values = rows.floats();
    float[] second = latents == null ? new float[0] : latents.floats();
    List<float[]> all = new ArrayList<>();
    for (int row = 0; row < shape[0]; row++) {
      float[] one = new float[made.width()];
      System.arraycopy(values, (int) (row * each), one, 0, (int) each);
      System.arraycopy(second, (int) (row * behind), one, (int) each, (int) behind);
      all.add(one);
    }
    return all;
  }

  /** Numbers a row; 0 where there are no rows. */
  private static long each(long[] shape) {
    return shape.length < 2 || shape[0] < 1
        ? 0
        : Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
  }

  private Map<String, Object> reconstruct(Generator made, long first) {
    PictureEncoder encoder =
        made.encoder()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--reconstruct needs an encoder; %s has none: give --embeddings"
                            .formatted(generator)));
    BufferedImage square = ImageSquare.topLeft(material.image, side);
    float[] latent;
    try {
      latent = encoder.encode(square);
    } catch (InputException e) {
      throw new InputException(e.getMessage() + "; --side sets the square, now " + side, e);
    }
    Picture picture = timed(made, latent, first, true);
    if (picture.image().getWidth() != side || picture.image().getHeight() != side) {
      throw new InputException(
          "%s: a round trip must give %d × %d pixels; it gives %d × %d"
              .formatted(
                  made.name(),
                  side,
                  side,
                  picture.image().getWidth(),
                  picture.image().getHeight()));
    }
    RunRecord.folder(out, force);
    String file = InputFiles.name(material.image);
    String stem = file.replaceFirst("\\.[^.]*$", "");
    write(picture.with("Source", file), stem + ".png");
    new Picture(square, Map.of("Source", file)).writePng(out.resolve(stem + ".square.png"), force);
    PictureComparison.Figures compared =
        PictureComparison.AS_THEY_ARE.compare(square, picture.image());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("psnr", compared.psnr());
    figures.put("ssim", compared.ssim());
    figures.put("pixelCorrelation", compared.pixelCorrelation());
    return figures;
  }

  /** Makes a picture; before the first one the generator runs once for nothing. */
  private Picture timed(Generator made, float[] embedding, long its, boolean first) {
    if (first) {
      made.generate(embedding, its);
    }
    long begin = System.nanoTime();
    Picture picture = made.generate(embedding, its);
    nanos += System.nanoTime() - begin;
    return picture.with("Software", "efferent " + Versions.program());
  }

  private void write(Picture picture, String name) {
    Path file = out.resolve(name);
    picture.writePng(file, force);
    images.add(file.toString());
  }

  private void keep(Generator made, long first, Map<String, Object> figures) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("generator", generator.toString());
    configuration.put("models", String.valueOf(folder()));
    configuration.put("name", made.name());
    RunRecord run = new RunRecord("generate", configuration, first);
    run.input(generator);
    run.input(material.image == null ? material.embeddings : material.image);
    if (lowLevel != null) {
      run.input(lowLevel);
    }
    if (prior != null) {
      configuration.put("prior", prior.toString());
      configuration.put("samples", samples);
      run.input(prior);
    }
    run.figures(figures);
    run.write(out.resolve("run.json"), force);
  }
}
