package org.efferent.decoders.train;

import ai.djl.ndarray.NDArray;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.AtomicFile;
import org.efferent.data.Tensor;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.TrainingListener.Epoch;
import org.efferent.decoders.train.TrainingOptions.Trained;

/**
 * Trains an encoder on a data set: minibatches over memory-mapped windows, early stopping on the
 * validation examples, a checkpoint an epoch from which training goes on to the same numbers.
 *
 * <p>All that is drawn follows from the seed, the epoch and the step, never from what was drawn
 * before: that is why a resumed training equals one that was not interrupted, on the same machine
 * with the same threads.
 *
 * <table>
 *   <caption>What it writes</caption>
 *   <tr><th>file</th><th>content</th></tr>
 *   <tr><td>{@value #BEST}</td><td>the encoder of the best epoch</td></tr>
 *   <tr><td>{@value #CHECKPOINT}</td><td>weights, best weights, the optimiser's state, the epochs so far</td></tr>
 *   <tr><td>{@value #LOG}</td><td>one row an epoch</td></tr>
 * </table>
 *
 * <p>Longer than 300 lines, so that all that an epoch does, and what is kept of it, is read in one
 * place.
 */
public final class Trainer {
  /** Name of the best encoder's file. */
  public static final String BEST = "encoder.safetensors";

  /** Name of the checkpoint's file. */
  public static final String CHECKPOINT = "checkpoint.safetensors";

  /** Name of the log's file. */
  public static final String LOG = "log.csv";

  private static final long TELL_NANOS = 200_000_000;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Compute compute;
  private final WindowDataset data;
  private final Encoder encoder;
  private final Objective objective;
  private final TrainingOptions options;
  private final TrainingListener listener;
  private final Map<String, Object> about;
  private final List<String> notes = new ArrayList<>();

  /**
   * A training that has not begun.
   *
   * @param compute where
   * @param data on what
   * @param encoder the network, of the data's channels and time
   * @param objective what is minimised; its targets are the data's
   * @param options how
   * @param about words for the files
   * @param listener told of its course
   */
  @SuppressWarnings("TooManyParameters") // One each of what a training needs.
  public Trainer(
      Compute compute,
      WindowDataset data,
      Encoder encoder,
      Objective objective,
      TrainingOptions options,
      Map<String, Object> about,
      TrainingListener listener) {
    this.compute = compute;
    this.data = data;
    this.encoder = encoder;
    this.objective = objective;
    this.options = options;
    this.about = new LinkedHashMap<>(about);
    this.listener = listener;
    check();
  }

  private void check() {
    String where = data.folder().toString();
    if (encoder.channels() != data.channels()
        || (encoder.time() > 0 && encoder.time() != data.time())) {
      throw new InputException(
          "%s: the encoder is for %d channels of %s samples; the data have %d of %d"
              .formatted(
                  where,
                  encoder.channels(),
                  encoder.time() > 0 ? encoder.time() : "any",
                  data.channels(),
                  data.time()));
    }
    if (encoder.subjects() > 0 && data.subjects() > encoder.subjects()) {
      throw new InputException(
          "%s: the encoder knows %d subjects; the data have %d"
              .formatted(where, encoder.subjects(), data.subjects()));
    }
    if (encoder.needsLayout() && data.layouts().isEmpty()) {
      throw new InputException(
          where + ": the encoder attends to positions of sensors; dataset.json has no layouts");
    }
    for (Objective.Term term : objective.terms()) {
      if (!term.target().isEmpty() && !data.targets().containsKey(term.target())) {
        throw new InputException(
            "%s: has no target '%s'; it has %s"
                .formatted(where, term.target(), data.targets().keySet()));
      }
    }
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      if (data.indices(split).length < 2) {
        throw new InputException(
            "%s: training needs 2 examples or more of split %s; there are %d"
                .formatted(
                    where, split.name().toLowerCase(Locale.ROOT), data.indices(split).length));
      }
    }
  }

  /** What a user should hear about the data; empty before {@link #run}. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * What came of a training.
   *
   * @param epochs all of them
   * @param best the best
   * @param encoder its file
   */
  public record Result(List<Epoch> epochs, Epoch best, Path encoder) {
    /** Copies the epochs. */
    public Result {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * Trains.
   *
   * @param out folder of the results, which is there
   * @param initial weights to begin with, by name; null to draw them
   * @param input scaling that belongs to them; null to learn it from the training examples
   * @param resume whether to go on from the checkpoint in the folder
   * @return its course
   */
  public Result run(Path out, Map<String, Tensor> initial, EncoderInput input, boolean resume) {
    Path checkpoint = out.resolve(CHECKPOINT);
    EncoderFile before = resume ? EncoderFile.read(checkpoint) : null;
    int[] training = data.indices(Split.TRAIN);
    EncoderInput scaled = input;
    if (before != null) {
      scaled = before.input();
      same(before, checkpoint);
    } else if (scaled == null) {
      scaled = ChannelScaling.fit(data, training, options, notes);
    }
    try (Weights weights = weights(before, initial);
        Adam adam = new Adam(options.adam(), weights)) {
      Run run = new Run(out, scaled, weights, adam);
      if (before != null) {
        run.resume(before);
      }
      run.epochs(training);
      return new Result(run.history, run.best(), out.resolve(BEST));
    }
  }

  private Weights weights(EncoderFile before, Map<String, Tensor> initial) {
    if (before != null) {
      return before.on(compute);
    }
    return initial == null
        ? Weights.draw(compute, EncoderFile.specs(encoder, objective), options.seed())
        : Weights.of(
            compute, EncoderFile.specs(encoder, objective), initial, "the initial weights");
  }

  private void same(EncoderFile before, Path checkpoint) {
    boolean same =
        before.encoder().architecture().equals(encoder.architecture())
            && before.encoder().options().toString().equals(encoder.options().toString())
            && String.valueOf(before.about().get("data")).equals(data.hash())
            && String.valueOf(before.about().get("training")).equals(options.toString());
    if (!same) {
      throw new UsageException(
          checkpoint
              + ": belongs to another configuration or other data; resume with those that it was begun with, or begin anew"
              + " in another folder");
    }
  }

  /** The state of a training that runs. */
  private final class Run {
    private final Path out;
    private final EncoderInput input;
    private final Weights weights;
    private final Adam adam;
    private final Batches batches;
    private final TrainingStep step;
    private final List<Epoch> history = new ArrayList<>();
    private Map<String, Tensor> bestWeights = Map.of();
    private long told;
    private double stepSeconds;

    Run(Path out, EncoderInput input, Weights weights, Adam adam) {
      this.out = out;
      this.input = input;
      this.weights = weights;
      this.adam = adam;
      this.batches = new Batches(data, encoder, input, objective, compute);
      this.step = new TrainingStep(encoder, objective, weights, adam, options.clipNorm());
      if (options.trained() == Trained.SUBJECT_LAYER) {
        weights.train(name -> name.startsWith("subject_layers."));
      }
      compute.step(
          () -> {
            checkShapes(data.indices(Split.VALIDATION));
            return null;
          });
    }

    /** Embeddings must be as large as their targets. */
    private void checkShapes(int[] examples) {
      int[] two = {examples[0], examples[1]};
      Map<String, NDArray> heads = encoder.heads(weights, batches.batch(two), Pass.evaluation());
      Map<String, NDArray> targets = batches.targets(two);
      for (Objective.Term term : objective.terms()) {
        NDArray head = heads.get(term.head());
        if (head == null) {
          throw new InputException(
              "%s: a loss names the head '%s'; the encoder has %s"
                  .formatted(data.folder(), term.head(), heads.keySet()));
        }
        if (head.size() != targets.get(term.target()).size()) {
          throw new InputException(
              "%s: an embedding of head '%s' is %s, a target '%s' is %s; they must be as large"
                  .formatted(
                      data.folder(),
                      term.head(),
                      head.getShape().slice(1),
                      term.target(),
                      targets.get(term.target()).getShape().slice(1)));
        }
      }
    }

    Epoch best() {
      Epoch best = history.get(0);
      for (Epoch epoch : history) {
        best = epoch.best() ? epoch : best;
      }
      return best;
    }

    void resume(EncoderFile before) {
      Map<String, Tensor> state = before.state();
      Map<String, Tensor> optimiser = new LinkedHashMap<>();
      Map<String, Tensor> best = new LinkedHashMap<>();
      state.forEach(
          (name, tensor) -> {
            if (name.startsWith("adam.")) {
              optimiser.put(name.substring("adam.".length()), tensor);
            } else if (name.startsWith("best.")) {
              best.put(name.substring("best.".length()), tensor);
            }
          });
      adam.set(optimiser);
      bestWeights = best;
      history.addAll(Histories.read(state.get("history")));
    }

    void epochs(int[] training) {
      for (int epoch = history.size() + 1; epoch <= options.epochs(); epoch++) {
        if (options.patience() > 0
            && !history.isEmpty()
            && history.size() - best().number() >= options.patience()) {
          break;
        }
        epoch(epoch, training);
        save();
        listener.epoch(history.get(history.size() - 1));
      }
    }

    private void epoch(int number, int[] training) {
      long begin = System.nanoTime();
      SplittableRandom random = new SplittableRandom(options.seed() * GOLDEN + number);
      List<int[]> order =
          batches.shuffled(training, options.batch(), options.distinctTargets(), random);
      int steps =
          options.updatesPerEpoch() > 0
              ? Math.min(options.updatesPerEpoch(), order.size())
              : order.size();
      double sum = 0;
      double factor = 1;
      for (int s = 0; s < steps; s++) {
        factor = options.schedule().factor(adam.steps(), (long) steps * options.epochs());
        sum += one(order.get(s), number, s, factor);
        tell(number, s + 1, steps, sum / (s + 1), begin);
      }
      Validation validation = new Validation(compute, data, encoder, objective, batches, weights);
      double loss = validation.loss();
      boolean better = history.isEmpty() || loss < best().validationLoss();
      Epoch epoch =
          new Epoch(
              number,
              sum / steps,
              loss,
              validation.ranks(),
              options.adam().learningRate() * factor,
              (System.nanoTime() - begin) / 1e9,
              better);
      if (!Double.isFinite(loss)) {
        throw new InputException(
            "%s: the validation loss of epoch %d is %s; lower the learning rate or clip gradients"
                .formatted(data.folder(), number, loss));
      }
      history.add(epoch);
      if (better) {
        bestWeights = weights.tensors();
      }
    }

    private double one(int[] examples, int epoch, int s, double factor) {
      SplittableRandom random =
          new SplittableRandom((options.seed() * GOLDEN + epoch) * GOLDEN + s);
      Compute.seed(random.nextLong() >>> 1);
      boolean part = options.trained() != Trained.ALL;
      double loss =
          compute.differentiable(
              () -> {
                Map<String, NDArray> targets = batches.targets(examples);
                Pass pass = part ? Pass.withFixedStatistics(random) : Pass.training(random);
                return step.run(batches.batch(examples), targets, pass, factor).loss();
              });
      if (!Double.isFinite(loss)) {
        batches.diagnose(examples);
        throw new InputException(
            "%s: the loss of epoch %d, step %d is %s though windows and targets are finite; the last checkpoint is whole;"
                    .formatted(data.folder(), epoch, s + 1, loss)
                + " lower the learning rate, clip gradients (clipNorm) or clamp samples (clamp)");
      }
      return loss;
    }

    private void tell(int epoch, int done, int steps, double loss, long begin) {
      long now = System.nanoTime();
      double each = (now - begin) / 1e9 / done;
      stepSeconds = stepSeconds == 0 ? each : 0.9 * stepSeconds + 0.1 * each;
      if (now - told > TELL_NANOS || done == steps) {
        told = now;
        double left = stepSeconds * (steps - done + (double) steps * (options.epochs() - epoch));
        listener.step(epoch, done, steps, loss, left);
      }
    }

    private void save() {
      Map<String, Object> words = new LinkedHashMap<>(about);
      words.put("data", data.hash());
      words.put("training", options.toString());
      words.put("epoch", history.size());
      words.put("best", best().number());
      Map<String, Tensor> state = new LinkedHashMap<>();
      adam.tensors().forEach((name, tensor) -> state.put("adam." + name, tensor));
      bestWeights.forEach((name, tensor) -> state.put("best." + name, tensor));
      state.put("history", Histories.write(history));
      new EncoderFile(encoder, objective, input, weights.tensors(), state, words)
          .write(out.resolve(CHECKPOINT), true);
      if (history.get(history.size() - 1).best() || !Files.exists(out.resolve(BEST))) {
        new EncoderFile(encoder, objective, input, bestWeights, Map.of(), words)
            .write(out.resolve(BEST), true);
      }
      AtomicFile.write(
          out.resolve(LOG),
          true,
          stream -> {
            Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            Histories.csv(history, writer);
            writer.flush();
          });
    }
  }
}
