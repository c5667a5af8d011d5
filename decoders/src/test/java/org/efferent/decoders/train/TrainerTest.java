package org.efferent.decoders.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.loss.Scale;
import org.efferent.decoders.loss.SymmetricInfoNce;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.TrainingListener.Epoch;
import org.efferent.decoders.train.TrainingOptions.Scaling;
import org.efferent.decoders.train.TrainingOptions.Trained;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final int CHANNELS = 4;
  private static final int TIME = 20;
  private static final int DIMENSIONS = 6;

  @TempDir private Path folder;
  private Compute compute;

  @BeforeEach
  void open() {
    compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
  }

  @AfterEach
  void close() {
    compute.close();
  }

  /** Windows that are a linear image of their target, with noise; one sample may be poisoned. */
  private WindowDataset data(String name, float poison) {
    Random random = new Random(5);
    float[][] targets = new float[60][DIMENSIONS];
    for (float[] target : targets) {
      for (int d = 0; d < DIMENSIONS; d++) {
        target[d] = (float) random.nextGaussian();
      }
    }
    double[][] mixing = new double[CHANNELS * TIME][DIMENSIONS];
    for (double[] row : mixing) {
      for (int d = 0; d < DIMENSIONS; d++) {
        row[d] = random.nextGaussian();
      }
    }
    Path at = folder.resolve(name);
    List<String> labels = List.of("Fz", "Cz", "Pz", "Oz");
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            at,
            new WindowDatasetOptions(
                labels, Collections.nCopies(CHANNELS, "eeg"), 100, TIME, List.of()))) {
      for (int e = 0; e < 180; e++) {
        int target = e % 60;
        Split split = target < 40 ? Split.TRAIN : target < 50 ? Split.VALIDATION : Split.TEST;
        float[] window = new float[CHANNELS * TIME];
        for (int i = 0; i < window.length; i++) {
          double value = 3 + 0.3 * random.nextGaussian();
          for (int d = 0; d < DIMENSIONS; d++) {
            value += mixing[i][d] * targets[target][d];
          }
          window[i] = (float) value;
        }
        if (e == 7) {
          window[2 * TIME + 11] += poison;
        }
        writer.add(new Example(0, 0, 0, "s" + target, target, split), window);
      }
      writer.target("image", new long[] {DIMENSIONS}, targets);
    }
    return WindowDataset.open(at);
  }

  private static Encoder mlp() {
    return Encoders.of(
        "projection-mlp",
        Map.of("channels", CHANNELS, "time", TIME, "projectionDim", DIMENSIONS),
        "test",
        0);
  }

  private static Objective objective() {
    return Objective.of(new SymmetricInfoNce(SymmetricInfoNce.Normalise.BOTH, Scale.EXP, 2, true));
  }

  private static TrainingOptions options(int epochs, int patience, double rate) {
    return new TrainingOptions(
        AdamOptions.adamW(rate, 0.01),
        new Schedule(Schedule.Kind.COSINE, 0.1),
        16,
        epochs,
        0,
        patience,
        1,
        true,
        Scaling.ROBUST,
        20,
        Trained.ALL,
        3);
  }

  private Trainer.Result train(
      WindowDataset data, Path out, TrainingOptions options, boolean resume) {
    return new Trainer(
            compute, data, mlp(), objective(), options, Map.of(), new TrainingListener() {})
        .run(out, null, null, resume);
  }

  private Path out(String name) throws java.io.IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Test
  void learnsWhatIsThereToLearn() throws Exception {
    try (WindowDataset data = data("data", 0)) {
      Path out = out("out");
      Trainer.Result result = train(data, out, options(12, 0, 3e-3), false);
      assertThat(result.epochs()).hasSize(12);
      assertThat(result.best().validation().top1()).isGreaterThan(0.7);
      assertThat(Files.readAllLines(out.resolve(Trainer.LOG))).hasSize(13);
      EncoderFile file = EncoderFile.read(result.encoder());
      assertThat(file.input().labels()).containsExactly("Fz", "Cz", "Pz", "Oz");
      assertThat(file.input().centre()[0]).isCloseTo(3, within(1.5f));
      try (Weights weights = file.on(compute)) {
        int[] test = data.indices(Split.TEST);
        RankScore score =
            RankScore.ofExamples(
                data,
                "image",
                test,
                new Inference(data, file.encoder(), file.input(), weights).encode(test));
        assertThat(score.candidates()).isEqualTo(10);
        assertThat(score.top1()).isGreaterThan(0.5);
      }
    }
  }

  @Test
  void aResumedTrainingEqualsOneThatWasNotInterruptedToTheLastBit() throws Exception {
    try (WindowDataset data = data("data", 0)) {
      Path whole = out("whole");
      train(data, whole, options(5, 0, 3e-3), false);
      Path parts = out("parts");
      // Stopped by what it tells after the second epoch, as a kill would: the checkpoint is all
      // that is left.
      assertThatThrownBy(
              () ->
                  new Trainer(
                          compute,
                          data,
                          mlp(),
                          objective(),
                          options(5, 0, 3e-3),
                          Map.of(),
                          new TrainingListener() {
                            @Override
                            public void epoch(Epoch epoch) {
                              if (epoch.number() == 2) {
                                throw new IllegalStateException("killed");
                              }
                            }
                          })
                      .run(parts, null, null, false))
          .hasMessage("killed");
      Trainer.Result resumed = train(data, parts, options(5, 0, 3e-3), true);
      assertThat(resumed.epochs()).extracting(Epoch::number).containsExactly(1, 2, 3, 4, 5);
      for (String name : List.of(Trainer.CHECKPOINT, Trainer.BEST)) {
        Map<String, Tensor> expected = EncoderFile.read(whole.resolve(name)).weights();
        Map<String, Tensor> weights = EncoderFile.read(parts.resolve(name)).weights();
        assertThat(weights.keySet()).isEqualTo(expected.keySet());
        weights.forEach(
            (weight, tensor) ->
                assertThat(tensor.bytes())
                    .as(name + " " + weight)
                    .isEqualTo(expected.get(weight).bytes()));
      }
      List<Double> losses =
          EncoderFile.read(whole.resolve(Trainer.CHECKPOINT)).state().get("history").shape()[0] == 5
              ? resumed.epochs().stream().map(Epoch::trainLoss).toList()
              : List.of();
      assertThat(losses).hasSize(5).isSortedAccordingTo(Collections.reverseOrder());
    }
  }

  @Test
  void anotherConfigurationIsNotResumed() throws Exception {
    try (WindowDataset data = data("data", 0)) {
      Path out = out("out");
      train(data, out, options(1, 0, 3e-3), false);
      assertThatThrownBy(() -> train(data, out, options(2, 0, 1e-3), true))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              out.resolve(Trainer.CHECKPOINT)
                  + ": belongs to another configuration or other data; resume with those that it was"
                  + " begun with, or begin anew in another folder");
    }
  }

  @Test
  void endsWhenValidationNoLongerImprovesAndKeepsTheBestEpoch() throws Exception {
    try (WindowDataset data = data("data", 0)) {
      Path out = out("out");
      // A rate that overshoots: validation soon gets worse.
      Trainer.Result result = train(data, out, options(60, 2, 0.3), false);
      assertThat(result.epochs().size()).isLessThan(60);
      assertThat(result.epochs().size() - result.best().number()).isEqualTo(2);
      double least =
          result.epochs().stream().mapToDouble(Epoch::validationLoss).min().orElseThrow();
      assertThat(result.best().validationLoss()).isEqualTo(least);
    }
  }

  @Test
  void aWindowWithoutNumbersStopsTheTrainingWithItsPlace() throws Exception {
    try (WindowDataset data = data("data", Float.NaN)) {
      Path out = out("out");
      assertThatThrownBy(() -> train(data, out, options(2, 0, 3e-3), false))
          .isInstanceOf(InputException.class)
          .hasMessageEndingWith(
              "windows.npy: example 7, channel 'Pz', sample 11 is NaN; take the window out or mend it");
    }
  }

  @Test
  void anEmbeddingOfAnotherSizeThanItsTargetIsRefused() throws Exception {
    try (WindowDataset data = data("data", 0)) {
      Encoder wide =
          Encoders.of(
              "projection-mlp",
              Map.of("channels", CHANNELS, "time", TIME, "projectionDim", 7),
              "test",
              0);
      Trainer trainer =
          new Trainer(
              compute,
              data,
              wide,
              objective(),
              options(1, 0, 1e-3),
              Map.of(),
              new TrainingListener() {});
      assertThatThrownBy(() -> trainer.run(out("out"), null, null, false))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("an embedding of head '' is (7), a target '' is (6)");
    }
  }

  @Test
  void everyBatchHoldsATargetOnce() {
    try (WindowDataset data = data("data", 0)) {
      Batches batches = new Batches(data, mlp(), null, objective(), compute);
      int[] all = data.indices(Split.TRAIN);
      List<int[]> made = batches.shuffled(all, 16, true, new java.util.SplittableRandom(1));
      List<Integer> seen = new ArrayList<>();
      for (int[] batch : made) {
        assertThat(IntStream.of(batch).map(e -> data.example(e).target()).distinct().count())
            .isEqualTo(16);
        IntStream.of(batch).forEach(seen::add);
      }
      assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThan(all.length - 32);
    }
  }

  @Test
  void everyArchitectureMakesAStepAndOnlyItsOwnWeightsHaveGradients() {
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    Map<String, Object> window = Map.of("channels", 5, "time", 120, "projectionDim", 4);
    for (String name :
        List.of(
            "tsconv-a",
            "tsconv-b",
            "channel-token-transformer",
            "channel-token-transformer-fixed",
            "projection-mlp",
            "eegnet",
            "shallownet")) {
      all.put(name, window);
    }
    all.forEach(
        (name, options) -> {
          Encoder encoder = Encoders.of(name, options, "test", 0);
          assertThat(Encoders.of(name, encoder.options(), "again", 0).weights())
              .isEqualTo(encoder.weights());
          try (Weights weights = Weights.draw(compute, EncoderFile.specs(encoder, objective()), 1);
              Adam adam = new Adam(AdamOptions.adam(1e-2), weights)) {
            TrainingStep step = new TrainingStep(encoder, objective(), weights, adam, 0);
            Map<String, Tensor> before = weights.tensors();
            Random random = new Random(2);
            float[] x = new float[8 * 5 * 120];
            float[] y = new float[8 * 4];
            for (int i = 0; i < x.length; i++) {
              x[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < y.length; i++) {
              y[i] = (float) random.nextGaussian();
            }
            double[] losses = new double[6];
            for (int s = 0; s < losses.length; s++) {
              losses[s] =
                  compute.differentiable(
                      () ->
                          step.run(
                                  org.efferent.decoders.encoder.Batch.of(
                                          compute.array(x, 8, 5, 120))
                                      .subjects(new long[8]),
                                  Map.of("", compute.array(y, 8, 4)),
                                  org.efferent.decoders.nn.Pass.trainingWithoutDropout(),
                                  1)
                              .loss());
            }
            assertThat(losses[5]).as(name).isLessThan(losses[0]);
            Map<String, Tensor> after = weights.tensors();
            long moved =
                weights.parameters().stream()
                    .filter(
                        n -> !java.util.Arrays.equals(before.get(n).bytes(), after.get(n).bytes()))
                    .count();
            assertThat(moved).as(name).isGreaterThan(weights.parameters().size() / 2);
          }
        });
  }
}
