package org.efferent.decoders.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.linear.Ridge;
import org.efferent.decoders.linear.RidgeOptions;

/**
 * Ridge regression from flattened, scaled windows to flattened targets, fitted on the training
 * examples with the penalty of the least leave-one-out error: of all subjects, or of one.
 */
public final class LinearBaseline {
  /** The subject of a regression that is for all. */
  public static final int ALL = -1;

  private static final int BATCH = 256;

  /**
   * Targets of more numbers are tried with fewer penalties: each is a product of large matrices.
   */
  private static final int WIDE = 1024;

  private static final RidgeOptions FEW = new RidgeOptions(RidgeOptions.decades(1, 7, 1), false);

  private final WindowDataset data;
  private final EncoderInput input;
  private final int subject;
  private final Ridge ridge;

  private LinearBaseline(WindowDataset data, EncoderInput input, int subject, Ridge ridge) {
    this.data = data;
    this.input = input;
    this.subject = subject;
    this.ridge = ridge;
  }

  /**
   * Subjects that have training examples.
   *
   * @param data the data
   * @return rising
   */
  public static int[] subjects(WindowDataset data) {
    return Arrays.stream(data.indices(Split.TRAIN))
        .map(e -> data.example(e).subject())
        .distinct()
        .sorted()
        .toArray();
  }

  /**
   * Fits it. The penalties that are tried are half decades from 0.1 to 10⁸; for targets of more
   * than 1024 numbers, decades from 10 to 10⁷.
   *
   * @param data windows and targets
   * @param target name of the target
   * @param input how windows are scaled
   * @param subject whose examples; {@link #ALL} for those of all subjects together
   * @return the baseline
   * @throws InputException if there are fewer than three training examples
   */
  public static LinearBaseline fit(
      WindowDataset data, String target, EncoderInput input, int subject) {
    int[] of =
        Arrays.stream(data.indices(Split.TRAIN))
            .filter(e -> subject == ALL || data.example(e).subject() == subject)
            .toArray();
    double[] y = targets(data, target, of);
    RidgeOptions options = y.length > (long) WIDE * of.length ? FEW : RidgeOptions.DEFAULTS;
    return new LinearBaseline(
        data, input, subject, Ridge.fit(windows(data, input, of), y, of.length, options));
  }

  private static double[] windows(WindowDataset data, EncoderInput input, int[] examples) {
    int width = data.channels() * data.time();
    double[] out = new double[Math.multiplyExact(examples.length, width)];
    float[] window = new float[width];
    for (int i = 0; i < examples.length; i++) {
      data.read(new int[] {examples[i]}, 1, window);
      input.apply(window, 1, data.time());
      copy(window, out, i * width);
    }
    return out;
  }

  private static double[] targets(WindowDataset data, String target, int[] examples) {
    int width = width(data, target);
    double[] out = new double[Math.multiplyExact(examples.length, width)];
    float[] row = new float[width];
    for (int i = 0; i < examples.length; i++) {
      data.readTarget(target, new int[] {data.example(examples[i]).target()}, 1, row);
      copy(row, out, i * width);
    }
    return out;
  }

  /**
   * The mean of the targets of the training examples.
   *
   * @param data the data
   * @param target name of the target
   * @return {@code [row of the target]}
   */
  public static float[] meanTarget(WindowDataset data, String target) {
    int[] training = data.indices(Split.TRAIN);
    int width = width(data, target);
    double[] sum = new double[width];
    float[] row = new float[width];
    for (int example : training) {
      data.readTarget(target, new int[] {data.example(example).target()}, 1, row);
      for (int d = 0; d < width; d++) {
        sum[d] += row[d];
      }
    }
    float[] mean = new float[width];
    for (int d = 0; d < width; d++) {
      mean[d] = (float) (sum[d] / training.length);
    }
    return mean;
  }

  private static int width(WindowDataset data, String target) {
    return Math.toIntExact(
        Arrays.stream(data.targets().get(target)).reduce(1, Math::multiplyExact));
  }

  private static void copy(float[] from, double[] to, int at) {
    for (int d = 0; d < from.length; d++) {
      to[at + d] = from[d];
    }
  }

  /**
   * Predicts examples of its subject; rows of others stay as they are, so that the regressions of
   * several subjects fill in one array.
   *
   * @param examples which
   * @param into {@code [examples × row of the target]}, row-major
   */
  public void predict(int[] examples, float[] into) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < examples.length; i++) {
      if (subject == ALL || data.example(examples[i]).subject() == subject) {
        places.add(i);
      }
    }
    int width = ridge.outputs();
    for (int from = 0; from < places.size(); from += BATCH) {
      List<Integer> some = places.subList(from, Math.min(places.size(), from + BATCH));
      int[] of = some.stream().mapToInt(p -> examples[p]).toArray();
      double[] made = ridge.predict(windows(data, input, of), of.length);
      for (int i = 0; i < of.length; i++) {
        for (int d = 0; d < width; d++) {
          into[some.get(i) * width + d] = (float) made[i * width + d];
        }
      }
    }
  }

  /** Numbers of a target. */
  public int width() {
    return ridge.outputs();
  }

  /** Whose it is; {@link #ALL} for all. */
  public int subject() {
    return subject;
  }

  /** The penalty that was chosen. */
  public double penalty() {
    return ridge.penalties()[0];
  }

  /** Whether it is at an end of those that were tried. */
  public boolean atEdge() {
    return ridge.atEdge();
  }

  /**
   * Writes the regression: {@code ridge.safetensors}, or {@code ridge-subject-N.safetensors}.
   *
   * @param folder where, which is there
   * @param overwrite whether the file may be replaced
   * @return the file
   */
  public Path write(Path folder, boolean overwrite) {
    Path file =
        folder.resolve(
            subject == ALL
                ? "ridge.safetensors"
                : "ridge-subject-%d.safetensors".formatted(subject));
    ridge.write(file, overwrite);
    return file;
  }
}
