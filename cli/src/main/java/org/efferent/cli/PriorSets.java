package org.efferent.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.prior.PriorConfig;
import org.efferent.decoders.prior.PriorRows;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.decoders.train.Inference;

/** The rows of a prior: to learn from, to choose by, to judge by once. */
final class PriorSets {
  private static final double TENTH = 0.1;

  private final PriorRows training;
  private final PriorRows validation;
  private final PriorRows test;

  private PriorSets(PriorRows training, PriorRows validation, PriorRows test) {
    this.training = training;
    this.validation = validation;
    this.test = test;
  }

  PriorRows training() {
    return training;
  }

  PriorRows validation() {
    return validation;
  }

  /** Empty where there is nothing to judge by. */
  Optional<PriorRows> test() {
    return Optional.ofNullable(test);
  }

  /**
   * What an encoder says about the windows of a data set.
   *
   * @param config whose windows
   * @param set the data
   * @param file the encoder
   * @param compute where it runs
   */
  static PriorSets of(PriorConfig config, WindowDataset set, EncoderFile file, Compute compute) {
    String target = target(config, set);
    try (Weights weights = file.on(compute)) {
      Inference inference = new Inference(set, file.encoder(), file.input(), weights);
      Reader reader = new Reader(set, inference, target, config.averaged());
      int[] validation = set.indices(Split.VALIDATION);
      if (validation.length == 0) {
        throw new InputException(
            set.folder() + ": has no validation examples; a prior needs them to choose its epoch");
      }
      Set<Integer> held = held(set, validation, config);
      int[] chosen = where(set, validation, held, true);
      int[] rest = where(set, validation, held, false);
      int[] train = set.indices(Split.TRAIN);
      int[] learned =
          switch (config.fit()) {
            case TRAIN -> train;
            case VALIDATION -> rest;
            case BOTH -> IntStream.concat(Arrays.stream(train), Arrays.stream(rest)).toArray();
          };
      int[] test = set.indices(Split.TEST);
      return new PriorSets(
          reader.read(learned), reader.read(chosen), test.length == 0 ? null : reader.read(test));
    }
  }

  private static String target(PriorConfig config, WindowDataset set) {
    String target =
        config.target().isEmpty() ? set.targets().keySet().iterator().next() : config.target();
    if (!set.targets().containsKey(target)) {
      throw new InputException(
          "%s: has no target '%s'; it has %s"
              .formatted(set.folder(), target, set.targets().keySet()));
    }
    return target;
  }

  /** Reads the rows of examples. */
  private record Reader(WindowDataset set, Inference inference, String target, boolean averaged) {
    PriorRows read(int[] examples) {
      if (examples.length == 0) {
        throw new InputException(
            set.folder()
                + ": leaves no examples for the prior to learn from; see rows.fit and rows.heldOut");
      }
      return PriorRows.of(set, target, examples, inference.encode(examples).values(), averaged);
    }
  }

  /** Some of the target rows of the validation examples, drawn by the seed. */
  private static Set<Integer> held(WindowDataset set, int[] validation, PriorConfig config) {
    int[] rows =
        Arrays.stream(validation).map(e -> set.example(e).target()).distinct().sorted().toArray();
    return new TreeSet<>(
        Arrays.stream(some(rows.length, config.heldOut(), config.training().seed()))
            .mapToObj(i -> rows[i])
            .toList());
  }

  private static int[] where(WindowDataset set, int[] examples, Set<Integer> held, boolean in) {
    return Arrays.stream(examples)
        .filter(e -> held.contains(set.example(e).target()) == in)
        .toArray();
  }

  /** A share of the numbers below a count, at least one, in a random order. */
  private static int[] some(int count, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return Arrays.copyOf(order, Math.max(1, (int) Math.round(share * count)));
  }

  /**
   * Rows of files.
   *
   * @param conditions {@code [rows × condition]}
   * @param targets {@code [rows × embedding]}
   * @param validationConditions the same to choose by; null to hold out a share of the rows
   * @param validationTargets the same
   * @param config how many are held out
   */
  static PriorSets of(
      Path conditions,
      Path targets,
      Path validationConditions,
      Path validationTargets,
      PriorConfig config) {
    if ((validationConditions == null) != (validationTargets == null)) {
      throw new UsageException(
          "--validation-conditions and --validation-targets belong together; give both or none");
    }
    PriorRows all = read(conditions, targets);
    if (validationConditions != null) {
      return new PriorSets(all, read(validationConditions, validationTargets), null);
    }
    double share = config.heldOut() < 1 ? config.heldOut() : TENTH;
    int[] order = some(all.size(), 1, config.training().seed());
    int held = Math.max(1, (int) Math.round(share * order.length));
    return new PriorSets(
        pick(all, Arrays.copyOfRange(order, held, order.length)),
        pick(all, Arrays.copyOf(order, held)),
        null);
  }

  private static PriorRows pick(PriorRows from, int[] rows) {
    return new PriorRows(
        pick(from.conditions(), rows, from.conditionWidth()),
        from.conditionWidth(),
        pick(from.targets(), rows, from.targetWidth()),
        from.targetWidth(),
        "rows");
  }

  private static float[] pick(float[] from, int[] rows, int width) {
    float[] out = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from, rows[i] * width, out, i * width, width);
    }
    return out;
  }

  private static PriorRows read(Path conditions, Path targets) {
    Tensor c = matrix(conditions);
    Tensor t = matrix(targets);
    return new PriorRows(
        c.floats(),
        width(c),
        t.floats(),
        width(t),
        InputFiles.name(conditions) + ", " + InputFiles.name(targets));
  }

  private static int width(Tensor rows) {
    return Math.toIntExact(rows.elements() / rows.shape()[0]);
  }

  private static Tensor matrix(Path file) {
    Tensor read = Npy.read(file);
    if (read.shape().length < 2 || read.elements() == 0) {
      throw new InputException(
          "%s must be [rows × numbers], with at least one row; its shape is %s"
              .formatted(InputFiles.name(file), Arrays.toString(read.shape())));
    }
    return read;
  }

  /** How many rows of each. */
  Map<String, Object> sizes() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("training", training.size());
    out.put("validation", validation.size());
    test().ifPresent(rows -> out.put("test", rows.size()));
    return out;
  }
}
