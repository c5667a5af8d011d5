package org.efferent.decoders.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Sha256;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.encoder.SensorLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowDatasetTest {
  private static final int CHANNELS = 3;
  private static final int TIME = 5;

  @TempDir Path temp;

  private static WindowDatasetOptions options() {
    SensorLayout layout =
        SensorLayout.scaled(CHANNELS, 2, new double[] {-3, 10, 5, 20, Double.NaN, Double.NaN});
    return new WindowDatasetOptions(
        List.of("Cz", "Pz", "Oz"),
        List.of("EEG", "eeg", ""),
        120,
        TIME,
        List.of(layout),
        false,
        Map.of("seed", 7));
  }

  /** The number at a place of a window or target, so that every place has another. */
  private static float[] numbers(int row, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = row * 1000 + i;
    }
    return numbers;
  }

  private static final List<Example> EXAMPLES =
      List.of(
          new Example(0, 0, 0, "cat, \"grey\"", 0, Split.TRAIN),
          new Example(2, 1, 0, "cat, \"grey\"", 0, Split.TRAIN),
          new Example(0, 0, 0, "dog", 2, Split.TEST),
          new Example(1, 0, 0, "owl", 1, Split.VALIDATION));

  private Path written() {
    Path folder = temp.resolve("data");
    try (WindowDatasetWriter writer = new WindowDatasetWriter(folder, options())) {
      for (int i = 0; i < EXAMPLES.size(); i++) {
        writer.add(EXAMPLES.get(i), numbers(i, CHANNELS * TIME));
      }
      writer.target(
          "image", new long[] {4}, new float[][] {numbers(0, 4), numbers(1, 4), numbers(2, 4)});
      writer.target(
          "speech",
          new long[] {2, 3},
          3,
          (row, into) -> System.arraycopy(numbers(row, 6), 0, into, 0, 6));
    }
    return folder;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path folder = written();
    try (WindowDataset data = WindowDataset.open(folder)) {
      assertThat(data.size()).isEqualTo(4);
      assertThat(data.channels()).isEqualTo(CHANNELS);
      assertThat(data.time()).isEqualTo(TIME);
      assertThat(data.rateHz()).isEqualTo(120);
      assertThat(data.labels()).containsExactly("Cz", "Pz", "Oz");
      assertThat(data.kinds()).containsExactly("EEG", "eeg", "");
      assertThat(data.subjects()).isEqualTo(3);
      assertThat(data.layouts()).isEqualTo(options().layouts());
      assertThat(data.about()).isEqualTo(Map.of("seed", 7));
      assertThat(data.targets().keySet()).containsExactly("image", "speech");
      assertThat(data.targets().get("speech")).containsExactly(2, 3);
      assertThat(data.targetRows()).isEqualTo(3);
      assertThat(data.indices(Split.TRAIN)).containsExactly(0, 1);
      for (int i = 0; i < EXAMPLES.size(); i++) {
        assertThat(data.example(i)).isEqualTo(EXAMPLES.get(i));
      }
      float[] windows = new float[2 * CHANNELS * TIME];
      data.read(new int[] {3, 1, 0}, 2, windows);
      assertThat(Arrays.copyOf(windows, 15)).isEqualTo(numbers(3, 15));
      assertThat(Arrays.copyOfRange(windows, 15, 30)).isEqualTo(numbers(1, 15));
      float[] target = new float[6];
      data.readTarget("speech", new int[] {2}, 1, target);
      assertThat(target).isEqualTo(numbers(2, 6));
    }
    try (Stream<Path> beside = Files.list(temp)) {
      assertThat(beside).containsExactly(folder);
    }
  }

  @Test
  void aPartKeepsNumbersOfSubjectsAndTheFirstTrainingExamplesOfEach() {
    Path folder = written();
    try (WindowDataset all = WindowDataset.open(folder);
        WindowDataset two = WindowDataset.open(folder, new DataSelection(List.of(2, 1, 1), 0))) {
      assertThat(two.size()).isEqualTo(2);
      assertThat(two.example(0)).isEqualTo(EXAMPLES.get(1));
      assertThat(two.example(1)).isEqualTo(EXAMPLES.get(3));
      assertThat(two.indices(Split.VALIDATION)).containsExactly(1);
      assertThat(two.subjects()).isEqualTo(3);
      float[] windows = new float[2 * CHANNELS * TIME];
      two.read(new int[] {1, 0}, 2, windows);
      assertThat(Arrays.copyOf(windows, 15)).isEqualTo(numbers(3, 15));
      assertThat(Arrays.copyOfRange(windows, 15, 30)).isEqualTo(numbers(1, 15));
      assertThat(two.hash()).isNotEqualTo(all.hash());
    }
    Path many = temp.resolve("many");
    try (WindowDatasetWriter writer = new WindowDatasetWriter(many, options())) {
      for (int i = 0; i < 6; i++) {
        writer.add(
            new Example(i % 2, 0, 0, "s" + i, i, i < 5 ? Split.TRAIN : Split.TEST),
            numbers(i, CHANNELS * TIME));
      }
      writer.target("image", new long[] {4}, 6, (row, into) -> into[0] = row);
    }
    try (WindowDataset first = WindowDataset.open(many, new DataSelection(List.of(), 2))) {
      assertThat(first.indices(Split.TRAIN).length).isEqualTo(4);
      assertThat(first.example(3).stimulus()).isEqualTo("s3");
      assertThat(first.example(4).stimulus()).isEqualTo("s5");
    }
    assertThatThrownBy(() -> WindowDataset.open(folder, new DataSelection(List.of(0, 4), 0)))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + ": has no examples of subjects [4]; it has those of [0, 1, 2]");
    assertThatThrownBy(() -> new DataSelection(List.of(), -1))
        .hasMessage("trainingExamples must not be negative, 0 for all; trainingExamples=-1");
  }

  @Test
  void theHashIsOneOfAllFiles() throws IOException {
    Path folder = written();
    StringBuilder lines = new StringBuilder();
    for (String file :
        List.of(
            "dataset.json",
            "examples.csv",
            "windows.npy",
            "target-image.npy",
            "target-speech.npy")) {
      lines.append(Sha256.of(folder.resolve(file))).append("  ").append(file).append('\n');
    }
    try (WindowDataset data = WindowDataset.open(folder)) {
      assertThat(data.hash())
          .isEqualTo(Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void nothingIsReadAfterClosing() {
    WindowDataset data = WindowDataset.open(written());
    data.close();
    assertThatThrownBy(() -> data.read(new int[] {0}, 1, new float[15]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("windows.npy: is closed");
  }

  @Test
  void aWriterLeavesNothingThatIsNotWhole() throws IOException {
    Path folder = temp.resolve("data");
    WindowDatasetWriter noTarget = new WindowDatasetWriter(folder, options());
    noTarget.add(EXAMPLES.get(0), numbers(0, 15));
    assertThatThrownBy(noTarget::close)
        .isInstanceOf(InputException.class)
        .hasMessage("dataset.json.targets must name at least one target");
    WindowDatasetWriter abandoned = new WindowDatasetWriter(folder, options());
    abandoned.add(EXAMPLES.get(0), numbers(0, 15));
    abandoned.target("image", new long[] {1}, new float[][] {{1}});
    abandoned.abandon();
    abandoned.close();
    try (Stream<Path> beside = Files.list(temp)) {
      assertThat(beside).isEmpty();
    }
  }

  @Test
  void whatIsThereIsNotReplaced() {
    Path folder = written();
    assertThatThrownBy(() -> new WindowDatasetWriter(folder, options()))
        .isInstanceOf(UsageException.class)
        .hasMessage(folder + ": exists already; choose another name, or remove what is there");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(Path folder) {
    return assertThatThrownBy(() -> WindowDataset.open(folder)).isInstanceOf(InputException.class);
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, by));
  }

  @Test
  void leaksAreRefused() throws IOException {
    Path folder = written();
    Path examples = folder.resolve("examples.csv");
    replace(examples, "0,0,0,dog,2,test", "0,0,0,owl,1,test");
    refused(folder)
        .hasMessage(
            "examples.csv: line 5: stimulus 'owl' is in validation and, line 4, in test: a leak;"
                + " keep it in one split, or say \"allowSharedStimuli\": true in dataset.json");
    replace(examples, "0,0,0,owl,1,test", "0,0,0,dog,1,test");
    refused(folder)
        .hasMessage(
            "examples.csv: line 5: target row 1 is in validation and, line 4, in test: a leak;"
                + " keep it in one split, or say \"allowSharedStimuli\": true in dataset.json");
    replace(
        folder.resolve("dataset.json"), "\"about\"", "\"allowSharedStimuli\" : true, \"about\"");
    WindowDataset.open(folder).close();
  }

  @Test
  void damagedTablesAreRefused() throws IOException {
    Path folder = written();
    Path examples = folder.resolve("examples.csv");
    String whole = Files.readString(examples);
    replace(examples, "0,0,0,dog,2,test", "0,0,0,dog,2,exam");
    refused(folder)
        .hasMessage("examples.csv: line 4: split must be train, validation or test; split='exam'");
    Files.writeString(examples, whole);
    replace(examples, "0,0,0,dog,2,test", "0,0,1,dog,2,test");
    refused(folder)
        .hasMessage(
            "examples.csv: line 4: layout must be one of the 1 of dataset.json, from 0; layout=1");
    Files.writeString(examples, whole);
    replace(examples, "0,0,0,dog,2,test", "0,0,0,dog,3,test");
    refused(folder)
        .hasMessage(
            "examples.csv: row 3: target must be a row of target-image.npy, which has 3; target=3");
    Files.writeString(examples, whole);
    replace(examples, "0,0,0,dog,2,test", "0,-1,0,dog,2,test");
    refused(folder)
        .hasMessage(
            "examples.csv: line 4: session must be a whole number, not negative; session='-1'");
    Files.writeString(examples, whole);
    replace(examples, "0,0,0,dog,2,test\n", "");
    refused(folder)
        .hasMessage(
            "windows.npy must be [examples × channels × time] = [3, 3, 5] by examples.csv and"
                + " dataset.json; its shape is [4, 3, 5]");
    Files.writeString(examples, whole);
    replace(examples, "2,1,0,\"cat, \"\"grey\"\"\",0,train", "2,1,0,\"cat, \"\"grey\"\"\",2,train");
    refused(folder)
        .hasMessage(
            "examples.csv: line 3: stimulus 'cat, \"grey\"' has target row 2 and, line 2, 0;"
                + " examples of a stimulus share a row");
    Files.writeString(examples, whole);
    replace(examples, "subject,session", "session,subject");
    refused(folder).hasMessageStartingWith("examples.csv: line 1 must be 'subject,session,layout,");
  }

  @Test
  void damagedDescriptionsAreRefused() throws IOException {
    Path folder = written();
    Path json = folder.resolve("dataset.json");
    String whole = Files.readString(json);
    replace(json, "\"Pz\"", "\"Cz\"");
    refused(folder)
        .hasMessage("dataset.json.channels: every label must be there once; 'Cz' is there twice");
    Files.writeString(json, whole);
    replace(json, "\"eeg\"", "\"TRIG\"");
    refused(folder)
        .hasMessage(
            "dataset.json.kinds: triggers, audio and auxiliary channels are refused as input of a"
                + " decoder: 'Pz' (TRIG); leave them out");
    Files.writeString(json, whole);
    // Of unknown kind, but its name gives it away.
    replace(json, "\"Oz\"", "\"STI 014\"");
    refused(folder).hasMessageContaining("'STI 014' ()");
    Files.writeString(json, whole);
    replace(json, "120.0", "0");
    refused(folder).hasMessage("dataset.json.rateHz must be a positive number; rateHz=0");
    Files.writeString(json, whole);
    replace(json, "null", "[ 1.0 ]");
    refused(folder).hasMessage("dataset.json.layouts[0][2] must be null or 2 finite numbers");
    Files.writeString(json, whole);
    replace(json, "target-image.npy", "../target-image.npy");
    refused(folder)
        .hasMessage(
            "dataset.json.targets.image.file must be the name of a file in this folder;"
                + " file=../target-image.npy");
    Files.writeString(json, whole);
    replace(json, "\"time\" : 5", "\"time\" : 6");
    refused(folder).hasMessageContaining("= [4, 3, 6] by examples.csv");
    Files.writeString(json, whole);
    replace(json, "\"time\"", "\"times\"");
    refused(folder).hasMessage("dataset.json.time is missing; it must be a whole number");
    Files.writeString(json, "{");
    refused(folder).hasMessageStartingWith("dataset.json: must be a JSON object: line 1:");
    Files.delete(json);
    refused(folder).hasMessage(json + ": there is no such file; check the path");
  }

  @Test
  void damagedArraysAreRefused() throws IOException {
    Path folder = written();
    Path windows = folder.resolve("windows.npy");
    byte[] whole = Files.readAllBytes(windows);
    Files.write(windows, Arrays.copyOf(whole, whole.length - 1));
    refused(folder)
        .hasMessage(
            "windows.npy: an array of float32 [4, 3, 5] takes 240 bytes from byte 128 on, the file"
                + " has 367; it is truncated or damaged");
    Npy.write(windows, Tensor.of(new double[60], 4, 3, 5), true);
    refused(folder)
        .hasMessage(
            "windows.npy: must be little-endian float32 in C's order with rows; it is float64"
                + " [4, 3, 5]");
    Files.write(windows, whole);
    Npy.write(folder.resolve("target-speech.npy"), Tensor.of(new float[8], 4, 2), true);
    refused(folder)
        .hasMessage("target-speech.npy must have as many rows as target-image.npy; rows=4 and 3");
    Npy.write(folder.resolve("target-speech.npy"), Tensor.of(new float[3], 3), true);
    refused(folder)
        .hasMessage(
            "target-speech.npy must be [rows × …] with at least two axes; its shape is [3]");
  }

  @Test
  void windowsMayHoldAnything() throws IOException {
    Path folder = written();
    float[] values = new float[60];
    Arrays.fill(values, 0, 15, Float.NaN);
    Npy.write(folder.resolve("windows.npy"), Tensor.of(values, 4, 3, 5), true);
    try (WindowDataset data = WindowDataset.open(folder)) {
      float[] window = new float[15];
      data.read(new int[] {0}, 1, window);
      assertThat(window).containsOnly(Float.NaN);
      data.read(new int[] {1}, 1, window);
      assertThat(window).containsOnly(0);
    }
  }
}
