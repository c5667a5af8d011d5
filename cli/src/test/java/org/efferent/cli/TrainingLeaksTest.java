package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLeaksTest {
  @TempDir private Path folder;

  /** Twelve words of three sentences; the last one's are those of the test. */
  private Path data(String testSentence, boolean equal) {
    Random random = new Random(2);
    Path at = folder.resolve("data");
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            at,
            new WindowDatasetOptions(
                List.of("Fz", "Cz"), Collections.nCopies(2, "eeg"), 100, 4, List.of()))) {
      float[][] targets = new float[12][3];
      for (int i = 0; i < 12; i++) {
        float[] window = new float[8];
        for (int t = 0; t < 8; t++) {
          window[t] = (float) random.nextGaussian();
        }
        for (int d = 0; d < 3; d++) {
          targets[i][d] = (float) random.nextGaussian();
        }
        Split split = i < 6 ? Split.TRAIN : i < 9 ? Split.VALIDATION : Split.TEST;
        String sentence = i < 6 ? "a" : i < 9 ? "b" : testSentence;
        writer.add(new Example(0, 0, 0, sentence + "-w" + i, i, split), window);
      }
      if (equal) {
        targets[11] = targets[2].clone();
      }
      writer.target("speech", new long[] {3}, targets);
    }
    return at;
  }

  private Cli.Result train(Path data) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("ridge.yaml"),
            "seed: 1\ndata: {folder: data}\nencoder: {architecture: ridge}\n");
    return Cli.run(
        "encoder", "train", config, "--data", data, "--out", folder.resolve("out"), "--json");
  }

  @Test
  void aSentenceInTwoSplitsIsRefusedBeforeTraining() throws IOException {
    Path data = data("a", false);
    train(data)
        .failed(
            3,
            data
                + ": the same sentence lies in two parts; 1 do: 'a' in [TEST, TRAIN]; divide by sentence");
    assertThat(folder.resolve("out").resolve("ridge.safetensors")).doesNotExist();
  }

  @Test
  void equalTargetsAreTold() throws IOException {
    Cli.Result result = train(data("c", true));
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err())
        .contains(
            "1 test target(s) are equal to a training target; look whether they are the same stimulus");
  }

  @Test
  void otherwiseThereIsNothingToSay() throws IOException {
    Cli.Result result = train(data("c", false));
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("equal");
  }
}
