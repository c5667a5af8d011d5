package org.efferent.decoders.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.train.Ranks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrfBaselineTest {
  private static final List<String> LABELS = List.of("Fz", "Cz", "Pz", "Oz");
  private static final int TIME = 60;
  private static final int FEATURES = 3;

  @TempDir private Path folder;

  /** Sensors hear mixtures of the features 50 ms late, other ones for each subject, in noise. */
  private WindowDataset data(String name, boolean validation, boolean time) {
    Random random = new Random(3);
    Path at = folder.resolve(name);
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            at,
            new WindowDatasetOptions(
                LABELS, Collections.nCopies(4, "eeg"), 100, TIME, List.of()))) {
      float[][] targets = new float[60][FEATURES * TIME];
      for (float[] target : targets) {
        for (int d = 0; d < target.length; d++) {
          target[d] = (float) random.nextGaussian();
        }
      }
      for (int subject = 0; subject < 2; subject++) {
        double[][] mixing = new double[4][FEATURES];
        Arrays.stream(mixing).forEach(row -> Arrays.setAll(row, i -> random.nextGaussian()));
        for (int target = 0; target < targets.length; target++) {
          Split split = target < 40 ? Split.TRAIN : target < 48 ? Split.VALIDATION : Split.TEST;
          float[] window = new float[4 * TIME];
          for (int i = 0; i < window.length; i++) {
            int from = i % TIME - 5;
            double value = 2 * random.nextGaussian();
            for (int f = 0; f < FEATURES && from >= 0; f++) {
              value += mixing[i / TIME][f] * targets[target][f * TIME + from];
            }
            window[i] = (float) value;
          }
          if (validation || split != Split.VALIDATION) {
            writer.add(new Example(subject, 0, 0, "s" + target, target, split), window);
          }
        }
      }
      writer.target(
          "speech",
          time ? new long[] {FEATURES, TIME} : new long[] {(long) FEATURES * TIME},
          targets);
    }
    return WindowDataset.open(at);
  }

  private static EncoderInput input() {
    return new EncoderInput(
        LABELS, 100, TIME, List.of(), new float[4], new float[] {1, 1, 1, 1}, 20);
  }

  /** Mean cosine of predictions of the first subject's test examples with what it heard. */
  private static double likeness(WindowDataset data, int modelOf) {
    TrfBaseline fitted = TrfBaseline.fit(data, "speech", input(), modelOf);
    int[] test = ofFirstSubject(data);
    int width = fitted.width();
    float[] made = new float[test.length * width];
    fitted.predict(test, made);
    float[] heard = new float[width];
    double sum = 0;
    for (int i = 0; i < test.length; i++) {
      data.readTarget("speech", new int[] {data.example(test[i]).target()}, 1, heard);
      double product = 0;
      double ofMade = 0;
      double ofHeard = 0;
      for (int d = 0; d < width; d++) {
        product += made[i * width + d] * heard[d];
        ofMade += made[i * width + d] * made[i * width + d];
        ofHeard += heard[d] * heard[d];
      }
      sum += product / Math.sqrt(ofMade * ofHeard);
    }
    return sum / test.length;
  }

  private static int[] ofFirstSubject(WindowDataset data) {
    return IntStream.of(data.indices(Split.TEST))
        .filter(e -> data.example(e).subject() == 0)
        .toArray();
  }

  @Test
  void aSubjectsOwnFunctionFindsWhatItHeardAndAnothersDoesNot() {
    try (WindowDataset data = data("data", true, true)) {
      assertThat(likeness(data, 0)).isBetween(0.5, 0.95);
      assertThat(likeness(data, LinearBaseline.ALL)).isLessThan(likeness(data, 0) - 0.1);
      TrfBaseline own = TrfBaseline.fit(data, "speech", input(), 0);
      int[] test = ofFirstSubject(data);
      float[] made = new float[test.length * own.width()];
      own.predict(test, made);
      assertThat(Ranks.ofExamples(data, "speech", test, made).score().top1()).isEqualTo(1);
      assertThat(own.penalty()).isPositive();
      int[] ofOther = {test[0]};
      float[] untouched = new float[FEATURES * TIME];
      TrfBaseline.fit(data, "speech", input(), 1).predict(ofOther, untouched);
      assertThat(untouched).containsOnly(0);
    }
  }

  @Test
  void whatHasNoTimeOrNoValidationIsRefused() {
    try (WindowDataset flat = data("flat", true, false);
        WindowDataset hasty = data("hasty", false, true)) {
      assertThatThrownBy(() -> TrfBaseline.fit(flat, "speech", input(), LinearBaseline.ALL))
          .isInstanceOf(InputException.class)
          .hasMessageEndingWith(
              "flat: a temporal response function needs a target with a value a sample of the window; target 'speech' is [180], windows have 60 samples: leave trf out of the baselines");
      assertThatThrownBy(() -> TrfBaseline.fit(hasty, "speech", input(), 1))
          .isInstanceOf(InputException.class)
          .hasMessageEndingWith(
              "hasty: a temporal response function needs examples of validation; subject 1 has none");
    }
  }
}
