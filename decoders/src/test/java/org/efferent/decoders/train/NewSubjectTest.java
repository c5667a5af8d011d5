package org.efferent.decoders.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.loss.FlattenedContrastive;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.TrainingOptions.Scaling;
import org.efferent.decoders.train.TrainingOptions.Trained;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewSubjectTest {
  @TempDir private Path folder;

  private static Encoder encoder(int subjects) {
    Map<String, Object> options = new HashMap<>();
    options.put("inputChannels", 4);
    options.put("outputs", 3);
    options.put("subjectLayer", Map.of("subjects", subjects, "bias", true));
    options.put("convStack", Map.of("width", 6, "depth", 2));
    options.put("timeAggregation", "mean");
    return Encoders.of("brain-module-time-aggregated", options, "test", 10);
  }

  private WindowDataset data() {
    Random random = new Random(1);
    Path at = folder.resolve("data");
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            at,
            new WindowDatasetOptions(
                List.of("a", "b", "c", "d"), Collections.nCopies(4, "eeg"), 100, 10, List.of()))) {
      for (int e = 0; e < 24; e++) {
        float[] window = new float[40];
        for (int i = 0; i < window.length; i++) {
          window[i] = (float) random.nextGaussian();
        }
        writer.add(
            new Example(0, 0, 0, "s" + e, e, e < 16 ? Split.TRAIN : Split.VALIDATION), window);
      }
      writer.target(
          "image",
          new long[] {3},
          24,
          (row, into) -> {
            for (int d = 0; d < 3; d++) {
              into[d] = (float) random.nextGaussian();
            }
          });
    }
    return WindowDataset.open(at);
  }

  @Test
  void onlyTheSubjectLayerMovesAndItBeginsAsTheMean() throws Exception {
    Objective objective = Objective.of(FlattenedContrastive.PUBLISHED);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
        WindowDataset data = data()) {
      Map<String, Tensor> old;
      try (Weights weights = Weights.draw(compute, EncoderFile.specs(encoder(3), objective), 4)) {
        old = weights.tensors();
      }
      EncoderFile trained = new EncoderFile(encoder(3), objective, null, old, Map.of(), Map.of());
      Encoder encoder = encoder(1);
      Map<String, Tensor> initial = NewSubject.initial(trained, encoder, "old");
      float[] table = old.get("subject_layers.weights").floats();
      float[] row = initial.get("subject_layers.weights").floats();
      assertThat(row).hasSize(table.length / 3);
      assertThat(row[5])
          .isCloseTo(
              (table[5] + table[row.length + 5] + table[2 * row.length + 5]) / 3, within(1e-6f));
      TrainingOptions options =
          new TrainingOptions(
              AdamOptions.adam(1e-2),
              Schedule.CONSTANT,
              8,
              2,
              0,
              0,
              0,
              false,
              Scaling.STANDARD,
              0,
              Trained.SUBJECT_LAYER,
              0);
      Path out = Files.createDirectories(folder.resolve("out"));
      new Trainer(compute, data, encoder, objective, options, Map.of(), new TrainingListener() {})
          .run(out, initial, null, false);
      EncoderFile after = EncoderFile.read(out.resolve(Trainer.CHECKPOINT));
      after
          .weights()
          .forEach(
              (name, tensor) -> {
                if (name.startsWith("subject_layers.")) {
                  assertThat(tensor.bytes()).as(name).isNotEqualTo(initial.get(name).bytes());
                } else if (!name.endsWith("num_batches_tracked")) {
                  assertThat(tensor.bytes()).as(name).isEqualTo(initial.get(name).bytes());
                }
              });
    }
  }

  @Test
  void anEncoderWithoutSubjectLayerIsRefused() {
    Objective objective = Objective.of(FlattenedContrastive.PUBLISHED);
    Encoder mlp =
        Encoders.of(
            "projection-mlp", Map.of("channels", 2, "time", 3, "projectionDim", 4), "test", 0);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
        Weights weights = Weights.draw(compute, EncoderFile.specs(mlp, objective), 4)) {
      EncoderFile file =
          new EncoderFile(mlp, objective, null, weights.tensors(), Map.of(), Map.of());
      assertThatThrownBy(() -> NewSubject.initial(file, mlp, "mlp.safetensors"))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "mlp.safetensors: has no subject layer; train all of it on the new subject's data");
    }
  }
}
