package org.efferent.decoders.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Sha256;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDataTest {
  private static final StimulusOptions OWN = new StimulusOptions(4, 2, 5, 3, 2, 2, true);

  @TempDir Path temp;

  private WindowDataset images(String name, SimulatedImagesOptions options) {
    new SimulatedImages(options).write(temp.resolve(name));
    return WindowDataset.open(temp.resolve(name));
  }

  private WindowDataset speech(String name, SimulatedSpeechOptions options) {
    new SimulatedSpeech(options).write(temp.resolve(name));
    return WindowDataset.open(temp.resolve(name));
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> hashes.put(file.getFileName().toString(), Sha256.of(file)));
    }
    return hashes;
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    SimulatedImagesOptions some = Small.images(Small.VARIED, OWN);
    images("a", some).close();
    images("b", some).close();
    images("c", some.withSeed(6)).close();
    assertThat(hashes(temp.resolve("a")))
        .hasSize(4)
        .isEqualTo(hashes(temp.resolve("b")))
        .isNotEqualTo(hashes(temp.resolve("c")));
    SimulatedSpeechOptions said =
        Small.speech(new VariabilityOptions(2, 2, 0.5, 0.2, 0.015, 0, 0.1, 0.2));
    speech("d", said).close();
    speech("e", said).close();
    speech("f", said.withSeed(6)).close();
    assertThat(hashes(temp.resolve("d")))
        .hasSize(4)
        .isEqualTo(hashes(temp.resolve("e")))
        .isNotEqualTo(hashes(temp.resolve("f")));
  }

  /** No concept, sentence or target row is in two splits. */
  private static void doesNotLeak(WindowDataset data, Function<Example, Object> unit) {
    Map<Object, Split> seen = new HashMap<>();
    for (int i = 0; i < data.size(); i++) {
      Example e = data.example(i);
      for (Object key : List.of(unit.apply(e), e.target())) {
        Split before = seen.putIfAbsent(key, e.split());
        assertThat(before == null ? e.split() : before).as("%s", e).isEqualTo(e.split());
      }
    }
    for (Split split : Split.values()) {
      assertThat(data.indices(split)).isNotEmpty();
    }
  }

  @Test
  void conceptsAndSentencesBelongToOneSplit() {
    SimulatedImagesOptions some = Small.images(Small.VARIED, OWN);
    for (SimulatedImagesOptions options : List.of(some, SimulatedImagesOptions.permuted(some))) {
      try (WindowDataset data = images("images" + options.permuteLabels(), options)) {
        int grouped = (2 * 4 + 2) * 3;
        doesNotLeak(
            data,
            e -> {
              int image = Integer.parseInt(e.stimulus().substring("image-".length()));
              return "concept" + (image < grouped ? image / 3 : image);
            });
        assertThat(data.subjects()).isEqualTo(2);
        assertThat(data.indices(Split.TRAIN)).hasSize(2 * 4 * 3 * 2);
        assertThat(data.indices(Split.VALIDATION)).hasSize(2 * 2 * 3 * 2);
        assertThat(data.indices(Split.TEST)).hasSize(2 * 5 * 2);
        assertThat(data.targetRows()).isEqualTo(options.images());
      }
    }
    SimulatedSpeechOptions said = Small.speech(new VariabilityOptions(2, 1, 0, 0, 0, 0, 0, 0));
    for (SimulatedSpeechOptions options : List.of(said, SimulatedSpeechOptions.permuted(said))) {
      try (WindowDataset data = speech("speech" + options.permuteLabels(), options)) {
        doesNotLeak(data, e -> e.stimulus().substring(0, 5));
        assertThat(data.targets().get("speech")).containsExactly(12, 120);
      }
    }
  }

  @Test
  void subjectsSeeOtherImagesInTrainingOnlyWhereStimuliAreTheirOwn() {
    try (WindowDataset data = images("own", Small.images(Small.VARIED, OWN))) {
      List<Set<Integer>> seen = List.of(new HashSet<>(), new HashSet<>());
      List<Set<Integer>> tested = List.of(new HashSet<>(), new HashSet<>());
      for (int i = 0; i < data.size(); i++) {
        Example e = data.example(i);
        if (e.split() == Split.TRAIN) {
          seen.get(e.subject()).add(e.target());
        } else {
          tested.get(e.subject()).add(e.target());
        }
      }
      assertThat(seen.get(0)).hasSize(12).doesNotContainAnyElementsOf(seen.get(1));
      assertThat(tested.get(0)).hasSize(11).isEqualTo(tested.get(1));
    }
  }

  @Test
  void permutedLabelsAreTheSameRowsInAnotherOrderWithinTheirSplit() throws IOException {
    try (WindowDataset data = images("plain", Small.IMAGES);
        WindowDataset other = images("mixed", SimulatedImagesOptions.permuted(Small.IMAGES))) {
      Map<String, String> plain = hashes(data.folder());
      Map<String, String> mixed = hashes(other.folder());
      assertThat(mixed.get("windows.npy")).isEqualTo(plain.get("windows.npy"));
      assertThat(mixed.get("target-image.npy")).isEqualTo(plain.get("target-image.npy"));
      for (Split split : Split.values()) {
        int[] of = data.indices(split);
        assertThat(IntStream.of(of).map(i -> other.example(i).target()).sorted().toArray())
            .isEqualTo(IntStream.of(of).map(i -> data.example(i).target()).sorted().toArray());
        long same =
            IntStream.of(of)
                .filter(i -> data.example(i).target() == other.example(i).target())
                .count();
        assertThat(same).isLessThan(of.length / 2);
      }
    }
  }

  /** Mean square of all windows. */
  private static double power(WindowDataset data) {
    float[] window = new float[data.channels() * data.time()];
    double sum = 0;
    for (int i = 0; i < data.size(); i++) {
      data.read(new int[] {i}, 1, window);
      for (float v : window) {
        sum += (double) v * v / window.length;
      }
    }
    return sum / data.size();
  }

  @Test
  void noiseHasVarianceOneAndTheResponseWhatTheOptionsSay() {
    try (WindowDataset quiet = images("noise", Small.IMAGES.withSnrDb(-90))) {
      assertThat(power(quiet)).isCloseTo(1, within(0.05));
    }
    SimulatedImagesOptions loud = Small.IMAGES.withSnrDb(60);
    try (WindowDataset data = images("loud", loud)) {
      // The response's variance between stimuli, from the training split.
      int[] of = data.indices(Split.TRAIN);
      int length = data.channels() * data.time();
      double[] sum = new double[length];
      double[] squares = new double[length];
      float[] window = new float[length];
      for (int i : of) {
        data.read(new int[] {i}, 1, window);
        for (int j = 0; j < length; j++) {
          sum[j] += window[j];
          squares[j] += (double) window[j] * window[j];
        }
      }
      double variance = 0;
      for (int j = 0; j < length; j++) {
        double mean = sum[j] / of.length;
        variance += (squares[j] / of.length - mean * mean) / length;
      }
      assertThat(10 * Math.log10(variance)).isCloseTo(60, within(1.5));
    }
    SimulatedSpeechOptions said = Small.speech(VariabilityOptions.NONE);
    try (WindowDataset data = speech("quiet", said.withSnrDb(-90))) {
      assertThat(power(data)).isCloseTo(1, within(0.1));
    }
    try (WindowDataset data = speech("said", said.withSnrDb(60))) {
      assertThat(10 * Math.log10(power(data))).isCloseTo(60, within(1.5));
    }
  }

  @Test
  void embeddingsAreOfUnitLengthWithACommonMean() {
    try (WindowDataset data = images("images", Small.IMAGES)) {
      int rows = data.targetRows();
      float[] all = new float[rows * 64];
      data.readTarget("image", IntStream.range(0, rows).toArray(), rows, all);
      double cosine = 0;
      int pairs = 0;
      for (int i = 69; i < rows; i++) {
        for (int j = 69; j <= i; j++) {
          double dot = 0;
          for (int d = 0; d < 64; d++) {
            dot += (double) all[i * 64 + d] * all[j * 64 + d];
          }
          if (i == j) {
            assertThat(dot).isCloseTo(1, within(1e-5));
          } else {
            cosine += dot;
            pairs++;
          }
        }
      }
      assertThat(cosine / pairs).isBetween(0.4, 0.6);
    }
  }

  @Test
  void speechFeaturesOverlapAsTheirWindowsDo() {
    try (WindowDataset data = speech("said", Small.speech(VariabilityOptions.NONE))) {
      Example first = data.example(0);
      Example second = data.example(1);
      assertThat(second.stimulus().substring(0, 5)).isEqualTo(first.stimulus().substring(0, 5));
      float[] a = new float[12 * 120];
      float[] b = new float[12 * 120];
      data.readTarget("speech", new int[] {first.target()}, 1, a);
      data.readTarget("speech", new int[] {second.target()}, 1, b);
      // One word later is 15 to 27 samples later.
      assertThat(
              IntStream.rangeClosed(15, 27).filter(lag -> a[lag] == b[0] && a[lag + 50] == b[50]))
          .hasSize(1);
    }
  }

  @Test
  void latentsOfAFileBecomeTheTarget() {
    SplittableRandom random = new SplittableRandom(1);
    int rows = Small.IMAGES.images();
    float[] latents = new float[rows * 12];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = (float) random.nextGaussian();
    }
    Path file = temp.resolve("latents.npy");
    Npy.write(file, Tensor.of(latents, rows, 3, 2, 2), false);
    try (WindowDataset data = images("data", Small.IMAGES.withLatents(file))) {
      assertThat(data.targets().get("image")).containsExactly(3, 2, 2);
      float[] read = new float[latents.length];
      data.readTarget("image", IntStream.range(0, rows).toArray(), rows, read);
      assertThat(read).isEqualTo(latents);
    }
    Path fewer = temp.resolve("fewer.npy");
    Npy.write(fewer, Tensor.of(new float[12], 1, 12), false);
    assertThatThrownBy(() -> new SimulatedImages(Small.IMAGES.withLatents(fewer)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "fewer.npy: must have a row for every stimulus of the options; rows=1, stimuli="
                + rows);
  }

  @Test
  void sensorsLieWhereTheirLabelsSay() {
    Sensors eeg = Sensors.of(new SensorOptions(SensorOptions.Kind.EEG, 63));
    assertThat(eeg.labels()).hasSize(63).doesNotHaveDuplicates().contains("Cz", "Oz", "Fpz");
    assertThat(eeg.layout().placed()).isEqualTo(63);
    double[] pattern = eeg.pattern(new SplittableRandom(1), direction -> true);
    assertThat(IntStream.range(0, 63).mapToDouble(c -> pattern[c]).sum())
        .isCloseTo(0, within(1e-9));
    Sensors meg = Sensors.of(new SensorOptions(SensorOptions.Kind.MEG, 40));
    assertThat(meg.kinds()).containsOnly("MEGMAG");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThatThrownBy(() -> new NoiseOptions(10, 1, 0.5, 1))
        .isInstanceOf(UsageException.class)
        .hasMessage("noise.whiteShare must lie between 0 and 1; noise.whiteShare=1.0");
    assertThatThrownBy(() -> Small.speech(Small.VARIED))
        .isInstanceOf(UsageException.class)
        .hasMessage("speech is continuous: no single response is late; trialLatencySeconds=0.02");
    assertThatThrownBy(() -> new SentenceOptions(1, 0, 1, 5, 4, 0.2, 0.4))
        .asInstanceOf(InstanceOfAssertFactories.type(UsageException.class))
        .extracting(Throwable::getMessage)
        .isEqualTo(
            "the longest must be at least the shortest; sentences=5.0 to 4.0 s, words=0.2 to 0.4 s");
  }

  @Test
  void eigenvectorsOfAMatrixMakeItAgain() {
    double[][] a = Dense.normals(30, 20, new SplittableRandom(3));
    double[][] symmetric = Dense.timesTransposed(a, a);
    JacobiEigen eigen = new JacobiEigen(symmetric);
    double[][] vectors = eigen.vectors();
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 30; j++) {
        double made = 0;
        double product = 0;
        for (int m = 0; m < 30; m++) {
          made += vectors[m][i] * eigen.values()[m] * vectors[m][j];
          product += vectors[i][m] * vectors[j][m];
        }
        assertThat(made).isCloseTo(symmetric[i][j], within(1e-11));
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
  }
}
