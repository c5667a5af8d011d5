package org.efferent.decoders.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.Inference;
import org.efferent.decoders.train.Ranks;
import org.efferent.decoders.train.WindowEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainedEncoderTest {
  private static final int TIME = 12;
  private static final List<String> LABELS = List.of("Cz", "Pz", "Oz", "Fz");

  @TempDir private Path folder;

  /** From sample 4 to 7 channels are mixtures of the target, before and after there is noise. */
  private WindowDataset data(long... shape) {
    Random random = new Random(4);
    double[][] mixing = new double[4][4];
    for (double[] row : mixing) {
      for (int d = 0; d < 4; d++) {
        row[d] = random.nextGaussian();
      }
    }
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            folder.resolve("data"),
            new WindowDatasetOptions(
                LABELS, Collections.nCopies(4, "eeg"), 100, TIME, List.of()))) {
      float[][] targets = new float[100][4];
      for (int i = 0; i < 100; i++) {
        for (int d = 0; d < 4; d++) {
          targets[i][d] = (float) random.nextGaussian();
        }
        float[] window = new float[4 * TIME];
        for (int t = 0; t < 4 * TIME; t++) {
          int sample = t % TIME;
          double value = 0.1 * random.nextGaussian();
          for (int d = 0; d < 4 && sample >= 4 && sample < 8; d++) {
            value += mixing[t / TIME][d] * targets[i][d];
          }
          window[t] = (float) value;
        }
        writer.add(new Example(0, 0, 0, "s" + i, i, i < 80 ? Split.TRAIN : Split.TEST), window);
      }
      writer.target("image", shape, targets);
    }
    return WindowDataset.open(folder.resolve("data"));
  }

  private static EncoderInput input() {
    return new EncoderInput(
        LABELS, 100, TIME, List.of(), new float[4], new float[] {1, 1, 1, 1}, 20);
  }

  @Test
  void whatIsSaidAtOneTimeIsUnderstoodOnlyThere() {
    try (WindowDataset data = data(4)) {
      int[] test = data.indices(Split.TEST);
      TemporalGeneralisation found =
          TemporalGeneralisation.run(data, "image", input(), data.indices(Split.TRAIN), test, 2);
      assertThat(found.stretches()).isEqualTo(6);
      for (int from = 0; from < 6; from++) {
        for (int to = 0; to < 6; to++) {
          double top1 =
              Ranks.ofExamples(data, "image", test, found.predictions(from, to)).score().top1();
          boolean there = (from == 2 || from == 3) && (to == 2 || to == 3);
          assertThat(top1).as("%d to %d", from, to).isBetween(there ? 0.9 : 0, there ? 1 : 0.3);
        }
      }
    }
    assertThatThrownBy(
            () -> {
              try (WindowDataset flat = WindowDataset.open(folder.resolve("data"))) {
                TemporalGeneralisation.run(flat, "image", input(), new int[3], new int[1], 13);
              }
            })
        .hasMessage("samples must be 1 to the window's; samples=13, time=12");
  }

  @Test
  void targetsWithTimeAreRefused() {
    try (WindowDataset data = data(2, 2)) {
      assertThatThrownBy(
              () -> TemporalGeneralisation.run(data, "image", input(), new int[3], new int[1], 2))
          .isInstanceOf(InputException.class)
          .hasMessageEndingWith(
              "data: temporal generalisation needs a target that is a vector; 'image' is [2, 2]");
    }
  }

  @Test
  void saliencyIsTheDerivativeOfTheLikenessTimesTheWindow() {
    Encoder encoder =
        Encoders.of(
            "projection-mlp", Map.of("channels", 4, "time", TIME, "projectionDim", 4), "test", 0);
    try (WindowDataset data = data(4);
        Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.DOUBLE));
        Weights weights = Weights.draw(compute, encoder.weights(), 3)) {
      Inference inference = new Inference(data, encoder, input(), weights);
      int[] examples = {81, 85, 90};
      float[] truth = new float[12];
      data.readTarget("image", examples, 3, truth);
      double[] map = inference.saliency(examples, truth);
      assertThat(map).hasSize(4 * TIME);
      for (int place : new int[] {0, 5, 17, 30, 47}) {
        double step = 2e-2;
        double up = likeness(inference, examples, truth, place, 1 + step);
        double down = likeness(inference, examples, truth, place, 1 - step);
        assertThat(map[place]).isCloseTo((up - down) / (2 * step), within(2e-5));
      }
      assertThat(inference.encode(examples, WindowEdit.NONE).values())
          .isEqualTo(inference.encode(examples).values());
      assertThat(inference.encode(examples, WindowEdits.noise(1)).values())
          .isNotEqualTo(inference.encode(examples).values());
    }
  }

  private static double likeness(
      Inference inference, int[] examples, float[] truth, int place, double factor) {
    float[] made =
        inference
            .encode(examples, (window, channels, time) -> window[place] *= (float) factor)
            .values();
    double sum = 0;
    for (int i = 0; i < examples.length; i++) {
      double product = 0;
      double a = 0;
      double b = 0;
      for (int d = i * 4; d < i * 4 + 4; d++) {
        product += made[d] * truth[d];
        a += made[d] * made[d];
        b += truth[d] * truth[d];
      }
      sum += product / Math.sqrt(a * b) / examples.length;
    }
    return sum;
  }
}
