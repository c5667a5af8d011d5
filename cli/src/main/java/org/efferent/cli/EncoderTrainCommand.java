package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.linear.LinearAlgebra;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.simulated.SimulatedData;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.decoders.train.Inference;
import org.efferent.decoders.train.NewSubject;
import org.efferent.decoders.train.Ranks;
import org.efferent.decoders.train.Trainer;
import org.efferent.decoders.train.TrainingConfig;
import org.efferent.decoders.train.TrainingListener.Epoch;
import org.efferent.decoders.train.TrainingOptions;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;
import org.efferent.viz.LearningCurve;
import org.efferent.viz.Terms;
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
      "Writes encoder.safetensors (the best epoch), checkpoint.safetensors, log.csv, learning-curve.png,",
      "report.html and run.json. An interrupted training goes on from its last epoch by --resume, to the",
      "same numbers.",
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

  @Option(
      names = "--baselines",
      paramLabel = "NAME",
      split = ",",
      description =
          "What it is held against on the test examples, ridge, trf or oracle; the configuration's otherwise.")
  private List<String> against = List.of();

  private final UserTerminal terminal;
  private TrainingData source;
  private TrainingBaselines baselines;

  EncoderTrainCommand() {
    this(UserTerminal.SYSTEM);
  }

  EncoderTrainCommand(UserTerminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    TrainingConfig read = ConfigOverrides.read(config, set);
    source = TrainingData.of(read, data, config, out);
    baselines = new TrainingBaselines(read, against, source.simulated());
    if (read.linear() && (resume || initial != null)) {
      throw new UsageException(
          "--resume and --initial are for networks; a ridge regression is fitted at once");
    }
    if (resume) {
      if (!Files.exists(out.resolve(Trainer.CHECKPOINT))) {
        throw new InputException(
            out.resolve(Trainer.CHECKPOINT) + ": is missing; there is nothing to resume");
      }
    } else {
      RunRecord.folder(out, force);
    }
    LinearAlgebra.setThreads(device.cores());
    try (WindowDataset of = source.open(output)) {
      TrainingLeaks.check(of, read.target(of), output);
      if (read.linear()) {
        ridge(read, of);
      } else {
        try (Compute compute = device.open(Precision.SINGLE, output)) {
          train(read, of, compute);
        }
      }
    }
    return 0;
  }

  private void ridge(TrainingConfig read, WindowDataset of) {
    RidgeTraining ridge = RidgeTraining.of(read, of, output);
    int[] validation = of.indices(Split.VALIDATION);
    int[] test = of.indices(Split.TEST);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("architecture", TrainingConfig.RIDGE);
    float[] made =
        ridge.run(
            IntStream.concat(IntStream.of(validation), IntStream.of(test)).toArray(), out, figures);
    int width = made.length / Math.max(1, validation.length + test.length);
    if (validation.length > 0) {
      float[] first = Arrays.copyOf(made, validation.length * width);
      figures.put("validation", TestScores.score(ridge.ranks(validation, first).score()));
    }
    float[] last = Arrays.copyOfRange(made, validation.length * width, made.length);
    test(read, of, TrainingConfig.RIDGE, () -> ridge.ranks(test, last), ridge.input(), figures);
    write(read, of, figures, null);
  }

  private void train(TrainingConfig read, WindowDataset of, Compute compute) {
    EncoderFile begin = initial == null ? null : EncoderFile.read(initial);
    Encoder encoder = read.encoder(of);
    if (begin != null && !begin.encoder().architecture().equals(encoder.architecture())) {
      throw new UsageException(
          "--initial must be of the same architecture, %s; it is %s"
              .formatted(encoder.architecture(), begin.encoder().architecture()));
    }
    if (begin != null && begin.hasInput()) {
      String wrong = begin.input().difference(of.labels());
      if (!wrong.isEmpty()) {
        throw new InputException(of.folder() + ": " + wrong);
      }
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
    Figure curve = curve(result.epochs(), result.best().number());
    EncoderFile trained = EncoderFile.read(result.encoder());
    Map<String, Object> figures = new LinkedHashMap<>();
    Epoch best = result.best();
    figures.put("architecture", read.architecture());
    figures.put("epochs", result.epochs().size());
    figures.put("bestEpoch", best.number());
    figures.put("trainLoss", best.trainLoss());
    figures.put("validationLoss", best.validationLoss());
    figures.put("validation", TestScores.score(best.validation()));
    figures.put("seconds", result.epochs().stream().mapToDouble(Epoch::seconds).sum());
    figures.put("device", compute.device());
    figures.put("encoder", result.encoder().toString());
    test(
        read,
        of,
        "encoder",
        () -> ranks(trained, of, compute, of.indices(Split.TEST), read.target(of)),
        trained.input(),
        figures);
    write(read, of, figures, curve);
  }

  /** Scores the result and what it is held against on the test examples, once. */
  @SuppressWarnings("TooManyParameters") // What is scored, on what, and where it goes.
  private void test(
      TrainingConfig read,
      WindowDataset of,
      String name,
      Supplier<Ranks> ranks,
      EncoderInput input,
      Map<String, Object> figures) {
    int[] examples = of.indices(Split.TEST);
    if (examples.length == 0) {
      return;
    }
    boolean sentences = source.simulated().map(SimulatedData::sentences).orElse(false);
    TestScores scores = new TestScores(of, examples, sentences);
    scores.add(name, ranks.get());
    baselines.score(read, of, input, examples, scores, output);
    scores.print(output);
    figures.put("test", scores.first());
    figures.put("bootstrap", scores.bootstrap());
    if (!baselines.about().isEmpty()) {
      figures.put("baselines", scores.others());
      figures.put("aboutBaselines", baselines.about());
    }
  }

  private void write(
      TrainingConfig read, WindowDataset of, Map<String, Object> figures, Figure curve) {
    RunRecord record = new RunRecord("encoder train", read.values(), read.options().seed());
    record.input(config);
    record.input(of.folder().getFileName() + "/", of.hash());
    record.figures(figures);
    record.write(out.resolve("run.json"), true);
    TrainingReport.of(read.architecture(), figures, curve, out).write(record, Terms.TRAINING);
    output.text("wrote %s", out);
    output.result(figures);
  }

  private Figure curve(List<Epoch> epochs, int best) {
    double[] training = epochs.stream().mapToDouble(Epoch::trainLoss).toArray();
    double[] validation = epochs.stream().mapToDouble(Epoch::validationLoss).toArray();
    Figure curve = LearningCurve.of(training, validation, best, FigureSize.PAGE);
    curve.writePng(out.resolve("learning-curve.png"), 2, IfExists.REPLACE);
    return curve;
  }

  private static Ranks ranks(
      EncoderFile trained, WindowDataset of, Compute compute, int[] examples, String target) {
    EncoderInput input = trained.input();
    try (Weights weights = trained.on(compute)) {
      Inference.Embeddings made =
          new Inference(of, trained.encoder(), input, weights).encode(examples);
      return Ranks.ofExamples(of, target, examples, made.values());
    }
  }
}
