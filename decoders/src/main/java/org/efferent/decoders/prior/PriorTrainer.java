package org.efferent.decoders.prior;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.prior.PriorListener.Epoch;
import org.efferent.decoders.train.Adam;
import org.efferent.decoders.train.AdamOptions;

/**
 * Trains a prior: a step of the diffusion and noise are drawn for each row, and the network learns
 * to see the noise (Ho et al. 2020, algorithm 1), with a tenth of the conditions left out (Ho,
 * Salimans 2022, algorithm 1; row by row, where the published code leaves out those of a whole
 * batch). Kept are the weights of the epoch that saw best the noise in the validation rows; that
 * noise is drawn once, its steps spread evenly, so that epochs differ by their weights alone.
 *
 * <p>All that is drawn follows from the seed, the epoch and the step: the same seed gives the same
 * weights on one machine with one thread.
 */
public final class PriorTrainer {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int VALIDATION_BATCH = 512;

  private final Compute compute;
  private final DiffusionPrior prior;
  private final DiffusionOptions diffusion;
  private final PriorTraining options;
  private final PriorListener listener;

  /**
   * A training that has not begun.
   *
   * @param compute where
   * @param prior the network
   * @param diffusion how noise grows
   * @param options how
   * @param listener told of its course
   */
  public PriorTrainer(
      Compute compute,
      DiffusionPrior prior,
      DiffusionOptions diffusion,
      PriorTraining options,
      PriorListener listener) {
    this.compute = compute;
    this.prior = prior;
    this.diffusion = diffusion;
    this.options = options;
    this.listener = listener;
  }

  /**
   * What came of a training.
   *
   * @param epochs all of them
   * @param best the one whose weights are kept
   * @param prior to be written
   */
  public record Result(List<Epoch> epochs, Epoch best, PriorFile prior) {
    /** Copies the epochs. */
    public Result {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * Trains.
   *
   * @param training rows to learn from
   * @param validation rows by which the epoch is chosen
   * @param sampling how embeddings are to be drawn, for the file
   * @param about words for the file
   * @return its course and the prior
   * @throws InputException if there are no rows, their widths are not the network's, or the loss is
   *     no finite number
   */
  public Result run(
      PriorRows training,
      PriorRows validation,
      SamplingOptions sampling,
      Map<String, Object> about) {
    check(training, "training");
    check(validation, "validation");
    RowScaling targets = scaling(options.scaleTargets(), false, training.targets(), true);
    RowScaling conditions =
        scaling(options.scaleConditions(), options.unitConditions(), training.conditions(), false);
    try (Weights weights = Weights.draw(compute, prior.weights(), options.seed());
        Adam adam = new Adam(AdamOptions.adam(options.learningRate()), weights)) {
      Run run =
          new Run(
              weights,
              adam,
              scaled(training, conditions, targets),
              scaled(validation, conditions, targets));
      run.epochs();
      Map<String, Object> words = new LinkedHashMap<>(about);
      words.put("training", options.options());
      words.put("rows", training.size());
      words.put("epoch", run.best.number());
      words.put("validationLoss", run.best.validationLoss());
      PriorFile made =
          new PriorFile(prior.options(), diffusion, sampling, conditions, targets, run.kept, words);
      return new Result(run.history, run.best, made);
    }
  }

  private void check(PriorRows rows, String what) {
    PriorOptions size = prior.options();
    if (rows.size() < 2) {
      throw new InputException(
          "a prior needs 2 %s rows or more; there are %d".formatted(what, rows.size()));
    }
    if (rows.conditionWidth() != size.condition() || rows.targetWidth() != size.embedding()) {
      throw new InputException(
          "the prior is for conditions of %d numbers and embeddings of %d; %s rows have %d and %d"
              .formatted(
                  size.condition(),
                  size.embedding(),
                  what,
                  rows.conditionWidth(),
                  rows.targetWidth()));
    }
  }

  private RowScaling scaling(boolean standard, boolean unit, float[] rows, boolean target) {
    int width = target ? prior.options().embedding() : prior.options().condition();
    return standard ? RowScaling.standard(unit, rows, width) : RowScaling.none(unit, width);
  }

  private static PriorRows scaled(PriorRows rows, RowScaling conditions, RowScaling targets) {
    return new PriorRows(
        conditions.apply(rows.conditions()),
        rows.conditionWidth(),
        targets.apply(rows.targets()),
        rows.targetWidth(),
        "scaled rows");
  }

  /** A training that runs. */
  private final class Run {
    private final Weights weights;
    private final Adam adam;
    private final PriorRows training;
    private final NoisyRows noisy;
    private final List<NoisyRows.Drawn> validation;
    private final List<Epoch> history = new ArrayList<>();
    private Epoch best;
    private Map<String, Tensor> kept = Map.of();

    Run(Weights weights, Adam adam, PriorRows training, PriorRows validation) {
      this.weights = weights;
      this.adam = adam;
      this.training = training;
      this.noisy = new NoisyRows(prior, diffusion.schedule());
      this.validation =
          noisy.spread(validation, options.validationDraws(), VALIDATION_BATCH, options.seed());
    }

    void epochs() {
      for (int number = 1; number <= options.epochs(); number++) {
        if (options.patience() > 0
            && best != null
            && history.size() - best.number() >= options.patience()) {
          return;
        }
        epoch(number);
        listener.epoch(history.get(history.size() - 1));
      }
    }

    private void epoch(int number) {
      long begin = System.nanoTime();
      SplittableRandom random = new SplittableRandom(options.seed() * GOLDEN + number);
      int[] order = NoisyRows.shuffled(training.size(), random);
      int batch = Math.min(options.batch(), order.length);
      int steps = order.length / batch;
      double sum = 0;
      double factor = 1;
      for (int s = 0; s < steps; s++) {
        factor = options.schedule().factor(adam.steps(), (long) steps * options.epochs());
        int[] rows = Arrays.copyOfRange(order, s * batch, (s + 1) * batch);
        double loss =
            step(noisy.draw(training, rows, options.dropCondition(), random), random, factor);
        finite(loss, number, "loss");
        sum += loss;
      }
      double loss = validationLoss();
      finite(loss, number, "validation loss");
      boolean better = best == null || loss < best.validationLoss();
      Epoch epoch =
          new Epoch(
              number,
              sum / steps,
              loss,
              options.learningRate() * factor,
              (System.nanoTime() - begin) / 1e9,
              better);
      history.add(epoch);
      if (better) {
        best = epoch;
        kept = weights.tensors();
      }
    }

    private void finite(double loss, int epoch, String what) {
      if (!Double.isFinite(loss)) {
        throw new InputException(
            "the %s of epoch %d is %s; lower the learning rate or clip gradients (clipNorm)"
                .formatted(what, epoch, loss));
      }
    }

    private double step(NoisyRows.Drawn drawn, SplittableRandom random, double factor) {
      Compute.seed(random.nextLong() >>> 1);
      return compute.differentiable(
          () -> {
            weights.clearGradients();
            NDArray loss = loss(drawn, Pass.training(random));
            double value = Compute.doubles(loss)[0];
            if (Double.isFinite(value)) {
              Compute.backward(loss);
              double clip = options.clipNorm();
              double norm = clip > 0 ? weights.gradientNorm() : 0;
              adam.step(factor, norm > clip ? clip / norm : 1);
            }
            return value;
          });
    }

    private double validationLoss() {
      double sum = 0;
      int rows = 0;
      for (NoisyRows.Drawn drawn : validation) {
        sum +=
            drawn.size() * compute.step(() -> Compute.doubles(loss(drawn, Pass.evaluation()))[0]);
        rows += drawn.size();
      }
      return sum / rows;
    }

    /** Mean squared difference between the noise and what the network sees of it. */
    private NDArray loss(NoisyRows.Drawn drawn, Pass pass) {
      int n = drawn.size();
      PriorOptions size = prior.options();
      NDArray seen =
          prior.noise(
              weights,
              compute.array(drawn.noisy(), n, size.embedding()),
              compute.array(drawn.codes(), n, size.timeWidth()),
              compute.array(drawn.conditions(), n, size.condition()),
              compute.array(drawn.keep(), n, 1),
              pass);
      return seen.sub(compute.array(drawn.noise(), n, size.embedding())).square().mean();
    }
  }
}
