package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.picture.AutoencoderOptions;
import org.efferent.decoders.picture.AutoencoderTrainer;
import org.efferent.decoders.picture.AutoencoderTraining;
import org.efferent.decoders.picture.PictureFolder;
import org.efferent.decoders.picture.PictureSource;
import org.efferent.decoders.simulated.SimulatedPictures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code generate train}: a small generator of one's own. */
@Command(
    name = "train",
    description = "Trains a small autoencoder of pictures and writes it as a generator.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent generate train --out shapes --name shapes",
      "  efferent generate train --pictures stimuli --out mine --name mine --steps 20000",
      "",
      "Without --pictures it learns simulated pictures of simple things; that is how the generator in",
      "configs/generators/shapes.yaml was made. Writes NAME.yaml for generate, NAME-target.yaml for",
      "encoder targets, NAME-decoder.onnx, NAME-encoder.onnx, log.csv and run.json. Of pictures of a",
      "folder the squares in their middles are taken, and every tenth is held out."
    })
final class GenerateTrainCommand implements Callable<Integer> {
  private static final int SEED_OF_PICTURES = 20261126;

  @Mixin private OutputOptions output;
  @Mixin private DeviceOptions device;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Pictures to learn; simulated ones otherwise.")
  private Path pictures;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Of the files (default: ${DEFAULT-VALUE}).")
  private String name = "small";

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      description = "Side of a picture, a multiple of 16 (default: ${DEFAULT-VALUE}).")
  private int side = AutoencoderOptions.SMALL.side();

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Numbers of a latent (default: ${DEFAULT-VALUE}).")
  private int width = AutoencoderOptions.SMALL.width();

  @Option(
      names = "--channels",
      paramLabel = "N",
      split = ",",
      description = "Channels of each stage, the largest plane first (default: 24,40,56,64).")
  private List<Integer> channels = AutoencoderOptions.SMALL.channels();

  @Option(names = "--steps", paramLabel = "N", description = "Batches (default: ${DEFAULT-VALUE}).")
  private int steps = AutoencoderTraining.DEFAULTS.steps();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Pictures a step (default: ${DEFAULT-VALUE}).")
  private int batch = AutoencoderTraining.DEFAULTS.batch();

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Of Adam, at its highest (default: ${DEFAULT-VALUE}).")
  private double learningRate = AutoencoderTraining.DEFAULTS.learningRate();

  @Option(
      names = "--noise",
      paramLabel = "SD",
      description =
          "Standard deviation of what is added to latents in training (default: ${DEFAULT-VALUE}).")
  private double noise = AutoencoderTraining.DEFAULTS.noise();

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Results.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new UsageException(
          "--name must be of letters, digits, dots, dashes and underscores; name='" + name + "'");
    }
    AutoencoderOptions options;
    AutoencoderTraining training;
    PictureSource source;
    try {
      options = new AutoencoderOptions(side, width, channels);
      PictureFolder folder = pictures == null ? null : new PictureFolder(pictures, side);
      source = folder == null ? new SimulatedPictures(SEED_OF_PICTURES, side) : folder;
      training =
          new AutoencoderTraining(
              steps,
              batch,
              learningRate,
              noise,
              folder == null ? 0 : folder.training(),
              folder == null ? AutoencoderTraining.DEFAULTS.validation() : folder.validation(),
              seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage(), e);
    }
    RunRecord.folder(out, force);
    try (Compute compute = device.open(Precision.SINGLE, output)) {
      train(compute, options, training, source);
    }
    return 0;
  }

  private void train(
      Compute compute,
      AutoencoderOptions options,
      AutoencoderTraining training,
      PictureSource source) {
    StringBuilder log = new StringBuilder("step,difference\n");
    long begin = System.nanoTime();
    AutoencoderTrainer.Result result =
        new AutoencoderTrainer(compute, options, training, source)
            .run(
                (step, loss) -> {
                  log.append(step).append(',').append(loss).append('\n');
                  if (step % 500 == 0 || step == training.steps()) {
                    output.note("step %d of %d: difference %.4f", step, training.steps(), loss);
                  }
                });
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("generator", out.resolve(name + ".yaml").toString());
    figures.put("parameters", result.pictures().parameters());
    figures.put("difference", result.difference());
    figures.put("psnr", result.psnr());
    figures.put("seconds", (System.nanoTime() - begin) / 1e9);
    write(result, log.toString(), figures);
    output.text(
        "%s: pictures that were held out come back at %.1f dB",
        figures.get("generator"), result.psnr());
    output.result(figures);
  }

  private void write(AutoencoderTrainer.Result result, String log, Map<String, Object> figures) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("trained on", pictures == null ? "simulated pictures" : "pictures of a folder");
    about.put("seed", Long.toString(seed));
    if (pictures == null) {
      about.put("licence", "Apache-2.0");
    }
    result.pictures().write(out, name, Versions.program(), about, force);
    RunRecord.writeText(out.resolve(name + ".yaml"), generator(), force);
    RunRecord.writeText(out.resolve(name + "-target.yaml"), target(), force);
    RunRecord.writeText(out.resolve("log.csv"), log, force);
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("pictures", pictures == null ? "simulated" : pictures.toString());
    configuration.put("side", side);
    configuration.put("width", width);
    configuration.put("channels", channels);
    configuration.put("steps", steps);
    configuration.put("batch", batch);
    configuration.put("learningRate", learningRate);
    configuration.put("noise", noise);
    configuration.put("device", device.device());
    configuration.put("threads", device.threads());
    RunRecord run = new RunRecord("generate train", configuration, seed);
    run.figures(figures);
    run.write(out.resolve("run.json"), force);
  }

  private String generator() {
    return """
        # A small autoencoder of %1$d x %1$d pixels, by efferent generate train.
        kind: onnx
        latent:
          shape: [%2$d]
        decoder:
          graph: %3$s-decoder.onnx
          input: latent
          output: picture
        encoder:
          graph: %3$s-encoder.onnx
          input: picture
          output: latent
        range: [0, 1]             # black, white
        """
        .formatted(side, width, name);
  }

  private String target() {
    return """
        # Latents of %3$s-encoder.onnx as targets: efferent encoder targets --model %3$s-target.yaml PICTURES --out latents.npy
        model: %3$s-encoder.onnx
        kind: image
        input: picture
        output: latent
        size: %1$d
        crop: %1$d
        resample: bilinear
        layout: nchw
        mean: [0, 0, 0]
        std: [1, 1, 1]
        pool: none
        normalise: false
        """
        .formatted(side, width, name);
  }
}
