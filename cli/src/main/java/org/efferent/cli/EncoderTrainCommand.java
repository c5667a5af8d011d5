package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.decoders.train.Inference;
import org.efferent.decoders.train.NewSubject;
import org.efferent.decoders.train.RankScore;
import org.efferent.decoders.train.Trainer;
import org.efferent.decoders.train.TrainingConfig;
import org.efferent.decoders.train.TrainingListener.Epoch;
import org.efferent.decoders.train.TrainingOptions;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;
import org.efferent.viz.LearningCurve;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encoder train}: a configuration to an encoder. */
@Command(
    name = "train",
    description =
        "Trains an encoder as a configuration says, and scores it once on the test examples.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder train configs/images-small.yaml --out trained",
      "  efferent encoder train configs/images-small.yaml --out trained --resume",
      "",
      "Writes encoder.safetensors (the best epoch), checkpoint.safetensors, log.csv, learning-curve.png and",
      "run.json. An interrupted training goes on from its last epoch by --resume, to the same numbers.",
      "For a new subject: --initial ENCODER --set training.trained=subject-layer fits its layer alone."
    })
final class EncoderTrainCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;
  @Mixin private DeviceOptions device;

  @Parameters(paramLabel = "CONFIG.yaml", description = "What to train, on what, how.")
  private Path config;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Results.")
  private Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the data set; the configuration's otherwise.")
  private Path data;

  @Option(
      names = "--initial",
      paramLabel = "FILE",
      description =
          "An encoder's file of the same architecture whose weights and scaling it begins with.")
  private Path initial;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "An entry of the configuration, such as training.epochs=5.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--resume", description = "Go on from the checkpoint in --out.")
  private boolean resume;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  private final UserTerminal terminal;

  EncoderTrainCommand() {
    this(UserTerminal.SYSTEM);
  }

  EncoderTrainCommand(UserTerminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    TrainingConfig read = ConfigOverrides.read(config, set);
    if (resume) {
      if (!Files.exists(out.resolve(Trainer.CHECKPOINT))) {
        throw new InputException(
            out.resolve(Trainer.CHECKPOINT) + ": is missing; there is nothing to resume");
      }
    } else {
      RunRecord.folder(out, force);
    }
    Path folder = TrainingData.folder(read, data, config, out, output);
    try (WindowDataset of = WindowDataset.open(folder);
        Compute compute = device.open(Precision.SINGLE, output)) {
      train(read, of, compute);
    }
    return 0;
  }

  private void train(TrainingConfig read, WindowDataset of, Compute compute) {
    EncoderFile begin = initial == null ? null : EncoderFile.read(initial);
    Encoder encoder = read.encoder(of);
    if (begin != null && !begin.encoder().architecture().equals(encoder.architecture())) {
      throw new UsageException(
          "--initial must be of the same architecture, %s; it is %s"
              .formatted(encoder.architecture(), begin.encoder().architecture()));
    }
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("config", read.values());
    about.put("version", Versions.program());
    about.put("engine", "PyTorch " + Compute.version());
    Trainer trainer =
        new Trainer(
            compute,
            of,
            encoder,
            read.objective(),
            read.options(),
            about,
            new TrainingProgress(output.err(), terminal.present(), read.options().epochs()));
    output.note(
        "%s, %d training and %d validation examples, on %s",
        encoder.architecture(),
        of.indices(Split.TRAIN).length,
        of.indices(Split.VALIDATION).length,
        compute.device());
    Trainer.Result result =
        trainer.run(
            out,
            begin == null ? null : weights(begin, encoder, read),
            begin == null || !begin.hasInput() ? null : begin.input(),
            resume);
    trainer.notes().forEach(note -> output.note("%s", note));
    report(read, of, compute, result);
  }

  /**
   * Of another encoder: as they are, or, where only the subject layer is fitted, for new subjects.
   */
  private Map<String, Tensor> weights(EncoderFile begin, Encoder encoder, TrainingConfig read) {
    return read.options().trained() == TrainingOptions.Trained.SUBJECT_LAYER
        ? NewSubject.initial(begin, encoder, initial.toString())
        : begin.weights();
  }

  private void report(
      TrainingConfig read, WindowDataset of, Compute compute, Trainer.Result result) {
    curve(result.epochs(), result.best().number());
    EncoderFile trained = EncoderFile.read(result.encoder());
    Map<String, Object> figures = new LinkedHashMap<>();
    Epoch best = result.best();
    figures.put("architecture", read.architecture());
    figures.put("epochs", result.epochs().size());
    figures.put("bestEpoch", best.number());
    figures.put("trainLoss", best.trainLoss());
    figures.put("validationLoss", best.validationLoss());
    figures.put("validation", score(best.validation()));
    figures.put("seconds", result.epochs().stream().mapToDouble(Epoch::seconds).sum());
    figures.put("device", compute.device());
    figures.put("encoder", result.encoder().toString());
    int[] test = of.indices(Split.TEST);
    if (test.length > 0) {
      RankScore score = test(trained, of, compute, test, read.objective());
      figures.put("test", score(score));
      output.text(
          "test: top-1 %.3f, top-5 %.3f of %d candidates (chance %.3f, %.3f), %d queries",
          score.top1(),
          score.top5(),
          score.candidates(),
          1.0 / score.candidates(),
          Math.min(1, 5.0 / score.candidates()),
          score.queries());
    }
    RunRecord record = new RunRecord("encoder train", read.values(), read.options().seed());
    record.input(config);
    record.input(of.folder().getFileName() + "/", of.hash());
    record.figures(figures);
    record.write(out.resolve("run.json"), true);
    output.text("wrote %s", out);
    output.result(figures);
  }

  private void curve(List<Epoch> epochs, int best) {
    double[] training = epochs.stream().mapToDouble(Epoch::trainLoss).toArray();
    double[] validation = epochs.stream().mapToDouble(Epoch::validationLoss).toArray();
    LearningCurve.of(training, validation, best, FigureSize.PAGE)
        .writePng(out.resolve("learning-curve.png"), 2, IfExists.REPLACE);
  }

  private static RankScore test(
      EncoderFile trained, WindowDataset of, Compute compute, int[] examples, Objective objective) {
    EncoderInput input = trained.input();
    try (Weights weights = trained.on(compute)) {
      Inference.Embeddings made =
          new Inference(of, trained.encoder(), input, weights).encode(examples);
      return RankScore.ofExamples(of, objective.terms().get(0).target(), examples, made);
    }
  }

  private static Map<String, Object> score(RankScore score) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("queries", score.queries());
    out.put("candidates", score.candidates());
    out.put("top1", score.top1());
    out.put("top5", score.top5());
    out.put("relativeMedianRank", score.relativeMedianRank());
    Map<String, Object> chance = new LinkedHashMap<>();
    chance.put("top1", 1.0 / score.candidates());
    chance.put("top5", Math.min(1, 5.0 / score.candidates()));
    out.put("chance", chance);
    return out;
  }
}
