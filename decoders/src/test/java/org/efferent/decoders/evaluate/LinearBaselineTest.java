package org.efferent.decoders.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.linear.Ridge;
import org.efferent.decoders.linear.RidgeOptions;
import org.efferent.decoders.train.Ranks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearBaselineTest {
  private static final List<String> LABELS = List.of("Fz", "Cz", "Pz");
  private static final int TIME = 4;

  @TempDir private Path folder;

  /**
   * Windows are their targets times a matrix of the subject, plus a little; a third has no
   * training.
   */
  private WindowDataset data() {
    Random random = new Random(11);
    float[][] targets = new float[40][8];
    for (float[] target : targets) {
      for (int d = 0; d < target.length; d++) {
        target[d] = (float) random.nextGaussian();
      }
    }
    Path at = folder.resolve("data");
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            at,
            new WindowDatasetOptions(
                LABELS, Collections.nCopies(3, "eeg"), 100, TIME, List.of()))) {
      for (int subject = 0; subject < 3; subject++) {
        double[][] mixing = new double[12][8];
        for (double[] row : mixing) {
          for (int d = 0; d < 8; d++) {
            row[d] = random.nextGaussian();
          }
        }
        for (int target = 0; target < 40; target++) {
          Split split = target < 30 && subject < 2 ? Split.TRAIN : Split.TEST;
          if (target < 30 && subject == 2) {
            continue;
          }
          float[] window = new float[12];
          for (int i = 0; i < 12; i++) {
            double value = 7 + 0.05 * random.nextGaussian();
            for (int d = 0; d < 8; d++) {
              value += mixing[i][d] * targets[target][d];
            }
            window[i] = (float) value;
          }
          writer.add(new Example(subject, 0, 0, "s" + target, target, split), window);
        }
      }
      writer.target("image", new long[] {8}, targets);
    }
    return WindowDataset.open(at);
  }

  private static EncoderInput input() {
    return new EncoderInput(
        LABELS, 100, TIME, List.of(), new float[] {7, 7, 7}, new float[] {2, 2, 2}, 20);
  }

  private static int[] test(WindowDataset data, int below) {
    return java.util.stream.IntStream.of(data.indices(Split.TEST))
        .filter(e -> data.example(e).subject() < below)
        .toArray();
  }

  private static double error(WindowDataset data, int[] examples, float[] made) {
    float[] target = new float[8];
    double sum = 0;
    for (int i = 0; i < examples.length; i++) {
      data.readTarget("image", new int[] {data.example(examples[i]).target()}, 1, target);
      for (int d = 0; d < 8; d++) {
        sum += Math.pow(made[i * 8 + d] - target[d], 2);
      }
    }
    return sum;
  }

  @Test
  void aRegressionASubjectKnowsWhatOneForAllCannot() {
    try (WindowDataset data = data()) {
      assertThat(LinearBaseline.subjects(data)).containsExactly(0, 1);
      int[] test = test(data, 2);
      float[] own = new float[test.length * 8];
      for (int subject : LinearBaseline.subjects(data)) {
        LinearBaseline.fit(data, "image", input(), subject).predict(test, own);
      }
      float[] all = new float[own.length];
      LinearBaseline.fit(data, "image", input(), LinearBaseline.ALL).predict(test, all);
      assertThat(Ranks.ofExamples(data, "image", test, own).score().top1()).isGreaterThan(0.9);
      assertThat(error(data, test, own)).isLessThan(0.1 * error(data, test, all));
    }
  }

  @Test
  void itIsTheRegressionOfScaledWindows() {
    try (WindowDataset data = data()) {
      int[] training = data.indices(Split.TRAIN);
      double[] x = new double[training.length * 12];
      double[] y = new double[training.length * 8];
      float[] window = new float[12];
      float[] target = new float[8];
      for (int i = 0; i < training.length; i++) {
        data.read(new int[] {training[i]}, 1, window);
        data.readTarget("image", new int[] {data.example(training[i]).target()}, 1, target);
        for (int j = 0; j < 12; j++) {
          x[i * 12 + j] = (window[j] - 7f) / 2f;
        }
        for (int d = 0; d < 8; d++) {
          y[i * 8 + d] = target[d];
        }
      }
      Ridge ridge = Ridge.fit(x, y, training.length, RidgeOptions.DEFAULTS);
      LinearBaseline baseline = LinearBaseline.fit(data, "image", input(), LinearBaseline.ALL);
      assertThat(baseline.penalty()).isEqualTo(ridge.penalties()[0]);
      float[] made = new float[y.length];
      baseline.predict(training, made);
      double[] expected = ridge.predict(x, training.length);
      for (int i = 0; i < made.length; i++) {
        assertThat((double) made[i]).isCloseTo(expected[i], within(1e-5));
      }
      Path file = baseline.write(folder, false);
      assertThat(file.getFileName()).hasToString("ridge.safetensors");
      assertThat(Ridge.read(file).weights()).isEqualTo(ridge.weights());
    }
  }

  @Test
  void theMeanTargetIsThatOfTrainingExamples() {
    try (WindowDataset data = data()) {
      float[] mean = LinearBaseline.meanTarget(data, "image");
      float[] rows = new float[30 * 8];
      data.readTarget("image", java.util.stream.IntStream.range(0, 30).toArray(), 30, rows);
      for (int d = 0; d < 8; d++) {
        double sum = 0;
        for (int i = 0; i < 30; i++) {
          sum += rows[i * 8 + d];
        }
        assertThat((double) mean[d]).isCloseTo(sum / 30, within(1e-6));
      }
      int[] test = test(data, 2);
      float[] queries = new float[test.length * 8];
      float[] target = new float[8];
      for (int i = 0; i < test.length; i++) {
        data.readTarget("image", new int[] {data.example(test[i]).target()}, 1, target);
        for (int d = 0; d < 8; d++) {
          queries[i * 8 + d] = 10 + 0.1f * (target[d] - 10);
        }
      }
      // What all have in common hides them, unless it is taken away.
      float[] centre = new float[8];
      java.util.Arrays.fill(centre, 10);
      assertThat(Ranks.ofExamples(data, "image", test, queries).score().top1()).isLessThan(0.5);
      assertThat(Ranks.ofExamples(data, "image", test, queries, centre).score().top1())
          .isEqualTo(1);
    }
  }

  @Test
  void ofASubjectWithoutTrainingThereIsNone() {
    try (WindowDataset data = data()) {
      assertThatThrownBy(() -> LinearBaseline.fit(data, "image", input(), 2))
          .isInstanceOf(InputException.class)
          .hasMessage("ridge regression needs 3 rows at least; rows=0");
      LinearBaseline own = LinearBaseline.fit(data, "image", input(), 1);
      assertThat(own.write(folder, false).getFileName()).hasToString("ridge-subject-1.safetensors");
    }
  }
}
