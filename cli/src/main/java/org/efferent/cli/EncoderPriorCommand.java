package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.prior.DiffusionPrior;
import org.efferent.decoders.prior.ImagePrior;
import org.efferent.decoders.prior.PriorConfig;
import org.efferent.decoders.prior.PriorListener.Epoch;
import org.efferent.decoders.prior.PriorRows;
import org.efferent.decoders.prior.PriorTrainer;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;
import org.efferent.viz.LearningCurve;
import org.efferent.viz.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encoder prior}: a trained encoder to a prior over embeddings of images. */
@Command(
    name = "prior",
    description =
        "Trains an image prior: a diffusion that draws embeddings of images, given what an encoder says.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder prior configs/priors/small.yaml --encoder trained/encoder.safetensors \\",
      "    --data trained/data --out prior",
      "  efferent encoder prior configs/priors/small.yaml --conditions said.npy --targets true.npy \\",
      "    --out prior",
      "",
      "Writes prior.safetensors (the best epoch), log.csv, learning-curve.png, report.html and run.json,",
      "with figures of the validation rows, by which settings may be chosen, and once of the test windows."
    })
final class EncoderPriorCommand implements Callable<Integer> {
  private static final int EVERY = 10;

  @Mixin private OutputOptions output;
  @Mixin private DeviceOptions device;

  @Parameters(paramLabel = "CONFIG.yaml", description = "What prior, how it is trained.")
  private Path config;

  @Option(names = "--encoder", paramLabel = "FILE", description = "A trained encoder.")
  private Path encoder;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of its data set.")
  private Path data;

  @Option(
      names = "--conditions",
      paramLabel = "FILE.npy",
      description = "Instead of encoder and data: what an encoder said, a row an example.")
  private Path conditions;

  @Option(
      names = "--targets",
      paramLabel = "FILE.npy",
      description = "The embedding that belongs to each row of --conditions.")
  private Path targets;

  @Option(
      names = "--validation-conditions",
      paramLabel = "FILE.npy",
      description = "Rows that choose the epoch; a tenth of --conditions is held out otherwise.")
  private Path validationConditions;

  @Option(
      names = "--validation-targets",
      paramLabel = "FILE.npy",
      description = "The embeddings that belong to them.")
  private Path validationTargets;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Results.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "An entry of the configuration, such as sampling.guidance=2.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() {
    boolean windows = fromEncoder();
    PriorConfig read = PriorConfig.of(ConfigOverrides.values(config, set), InputFiles.name(config));
    RunRecord record = new RunRecord("encoder prior", read.values(), read.training().seed());
    record.input(config);
    try (Compute compute = device.open(Precision.SINGLE, output)) {
      PriorSets sets = windows ? encoded(read, record, compute) : files(read, record);
      RunRecord.folder(out, force);
      train(read, sets, compute, record);
    }
    return 0;
  }

  /** Whether conditions come from an encoder; else they come from files. */
  private boolean fromEncoder() {
    boolean windows = encoder != null && data != null;
    boolean rows = conditions != null && targets != null;
    boolean both =
        (encoder != null || data != null)
            && Stream.of(conditions, targets, validationConditions, validationTargets)
                .anyMatch(Objects::nonNull);
    if (windows == rows || both) {
      throw new UsageException(
          "a prior learns from --encoder and --data, or from --conditions and --targets; give one of the two pairs");
    }
    return windows;
  }

  private PriorSets encoded(PriorConfig read, RunRecord record, Compute compute) {
    EncoderFile file = EncoderFile.read(encoder);
    record.input(encoder);
    try (WindowDataset of = WindowDataset.open(data)) {
      String wrong = EncoderEncodeCommand.difference(file, of);
      if (!wrong.isEmpty()) {
        throw new InputException(data + ": " + wrong);
      }
      record.input(of.folder().getFileName() + "/", of.hash());
      return PriorSets.of(read, of, file, compute);
    }
  }

  private PriorSets files(PriorConfig read, RunRecord record) {
    record.input(conditions);
    record.input(targets);
    PriorSets sets =
        PriorSets.of(conditions, targets, validationConditions, validationTargets, read);
    if (validationConditions != null) {
      record.input(validationConditions);
      record.input(validationTargets);
    }
    return sets;
  }

  private void train(PriorConfig read, PriorSets sets, Compute compute, RunRecord record) {
    PriorRows training = sets.training();
    DiffusionPrior prior = read.prior(training.targetWidth(), training.conditionWidth());
    output.note(
        "%d training and %d validation rows, conditions of %d numbers, embeddings of %d, on %s",
        training.size(),
        sets.validation().size(),
        training.conditionWidth(),
        training.targetWidth(),
        compute.device());
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("config", read.values());
    about.put("version", Versions.program());
    about.put("engine", "PyTorch " + Compute.version());
    PriorTrainer.Result result =
        new PriorTrainer(compute, prior, read.diffusion(), read.training(), this::tell)
            .run(training, sets.validation(), read.sampling(), about);
    Path file = out.resolve("prior.safetensors");
    result.prior().write(file, true);
    RunRecord.writeText(out.resolve("log.csv"), log(result.epochs()), true);
    Figure curve = curve(result);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("epochs", result.epochs().size());
    figures.put("bestEpoch", result.best().number());
    figures.put("trainLoss", result.best().trainLoss());
    figures.put("validationLoss", result.best().validationLoss());
    figures.put("seconds", result.epochs().stream().mapToDouble(Epoch::seconds).sum());
    figures.put("device", compute.device());
    figures.put("rows", sets.sizes());
    figures.put("prior", file.toString());
    try (ImagePrior trained = ImagePrior.open(result.prior(), compute)) {
      score("validation", trained, sets.validation(), read, figures);
      sets.test().ifPresent(rows -> score("test", trained, rows, read, figures));
    }
    record.figures(figures);
    record.write(out.resolve("run.json"), true);
    TrainingReport.ofPrior(figures, curve, out).write(record, Terms.TRAINING);
    output.text("wrote %s", out);
    output.result(figures);
  }

  private void score(
      String name, ImagePrior trained, PriorRows rows, PriorConfig read, Map<String, Object> into) {
    if (rows.size() < 2) {
      return;
    }
    Map<String, Object> found = new PriorScore(trained, rows, read.training().seed()).figures();
    into.put(name, found);
    output.text("%s", PriorScore.line(name, found));
  }

  private void tell(Epoch epoch) {
    if (epoch.number() % EVERY == 0 || epoch.number() == 1) {
      output.note(
          "epoch %d: loss %.4f, validation %.4f, %.1f s",
          epoch.number(), epoch.trainLoss(), epoch.validationLoss(), epoch.seconds());
    }
  }

  private static String log(List<Epoch> epochs) {
    StringBuilder text =
        new StringBuilder("epoch,train_loss,validation_loss,learning_rate,seconds,best\n");
    for (Epoch e : epochs) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.6g,%.6g,%.6g,%.3f,%s\n",
              e.number(),
              e.trainLoss(),
              e.validationLoss(),
              e.learningRate(),
              e.seconds(),
              e.best()));
    }
    return text.toString();
  }

  private Figure curve(PriorTrainer.Result result) {
    List<Epoch> epochs = result.epochs();
    Figure curve =
        LearningCurve.of(
            epochs.stream().mapToDouble(Epoch::trainLoss).toArray(),
            epochs.stream().mapToDouble(Epoch::validationLoss).toArray(),
            result.best().number(),
            "squared error of the noise",
            FigureSize.PAGE);
    curve.writePng(out.resolve("learning-curve.png"), 2, IfExists.REPLACE);
    return curve;
  }
}
