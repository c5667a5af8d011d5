package org.efferent.filters.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UsageException;
import org.efferent.core.Window;
import org.junit.jupiter.api.Test;

class CommonSpatialPatternsTest {
  static final double RATE = 160;
  static final int CHANNELS = 6;
  static final Map<String, String> CUES = Map.of("T1", "left", "T2", "right");
  static final List<String> CLASSES = List.of("left", "right");
  static final double[] LEFT_PATTERN = {1, 0.6, 0, 0.2, 0, 0};
  static final double[] RIGHT_PATTERN = {0, 0, 0.3, 0, 1, 0.5};

  /**
   * Noise, and two rhythms of 12 Hz with patterns of their own; the rhythm of a class falls silent
   * in its trials.
   */
  static MemoryRecording imagery(int trials, long seed, double strength) {
    int rows = (int) ((4 * trials + 4) * RATE);
    double[] values = Material.noise(rows, CHANNELS, seed);
    Random random = new Random(seed + 1);
    Marker[] markers = new Marker[trials];
    boolean[] right = new boolean[trials];
    for (int t = 0; t < trials; t++) {
      right[t] = t % 2 == 1;
      markers[t] = new Marker(100 + 4 * t + 2, right[t] ? "T2" : "T1");
    }
    double phase = 0;
    for (int r = 0; r < rows; r++) {
      int t = (int) Math.floor((r / RATE - 2) / 4);
      boolean trial = t >= 0 && t < trials && r / RATE - 2 - 4 * t < 3;
      phase += 2 * Math.PI * 12 / RATE + 0.1 * random.nextGaussian();
      for (int c = 0; c < CHANNELS; c++) {
        double left = trial && !right[t] ? 0.2 : 1;
        double other = trial && right[t] ? 0.2 : 1;
        values[r * CHANNELS + c] +=
            strength
                    * (left * LEFT_PATTERN[c] * Math.sin(phase)
                        + other * RIGHT_PATTERN[c] * Math.cos(1.1 * phase))
                + 500;
      }
    }
    return Material.recording(RATE, CHANNELS, values, markers);
  }

  private static Trials golden() {
    List<double[]> values = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String[] words : Material.golden("csp-trials.csv")) {
      labels.add(Integer.parseInt(words[0]));
      values.add(Material.numbers(words, 1));
    }
    FeatureInput input = new FeatureInput(List.of("a", "b", "c", "d", "e"), RATE);
    return Trials.of(input, CLASSES, values, labels);
  }

  /** Ledoit and Wolf by scikit-learn, the generalised eigenproblem by scipy. */
  @Test
  void equalsScipy() {
    ImageryOptions options = new ImageryOptions(new Band(8, 30), 4, 0.5, 2.5, 2, 1);
    double[][] weights = CommonSpatialPatterns.fit(golden(), options).weights();
    List<String[]> expected = Material.golden("csp-filters.csv");
    int[] order = {0, 4, 1, 3};
    assertThat(weights).hasDimensions(4, 5);
    for (int k = 0; k < 4; k++) {
      double[] w = Material.numbers(expected.get(order[k]), 1);
      for (int c = 0; c < 5; c++) {
        assertThat(weights[k][c]).as("filter %d, channel %d", k, c).isCloseTo(w[c], within(1e-9));
      }
    }
  }

  @Test
  void findsPlantedDirections() {
    Trials trials = Trials.cut(imagery(40, 3, 2), CUES, CLASSES, ImageryOptions.DEFAULTS);
    ImageryOptions one = new ImageryOptions(new Band(8, 30), 4, 0.5, 2.5, 1, 1);
    double[][] w = CommonSpatialPatterns.fit(trials, one).weights();
    // Left trials have more of the right rhythm; each filter sees its own source and not the other.
    assertThat(Math.abs(dot(w[0], RIGHT_PATTERN)) / Math.abs(dot(w[0], LEFT_PATTERN)))
        .isGreaterThan(10);
    assertThat(Math.abs(dot(w[1], LEFT_PATTERN)) / Math.abs(dot(w[1], RIGHT_PATTERN)))
        .isGreaterThan(10);
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  /** A bin whose window is the trial has the trial's features. */
  @Test
  void streamingHasTheTrialsFeatures() {
    MemoryRecording recording = imagery(10, 5, 2);
    ImageryOptions options = new ImageryOptions(new Band(8, 30), 4, 0.5, 2.5, 2, 2);
    Trials trials = Trials.cut(recording, CUES, CLASSES, options);
    CommonSpatialPatterns patterns = CommonSpatialPatterns.fit(trials, options);
    double[][] expected = patterns.features(trials);
    MemoryRecording streamed =
        FeatureStream.features(recording, patterns, BinOptions.ofSeconds(0.1));
    for (int t = 0; t < 10; t++) {
      // The cue is at 2 + 4 t, the trial ends 2.5 s later.
      double[] bin = streamed.row((int) Math.round((2 + 4 * t + 2.5) * 10) - 1);
      for (int k = 0; k < bin.length; k++) {
        assertThat(bin[k]).isCloseTo(expected[t][k], within(1e-9));
      }
    }
  }

  @Test
  void tellsTrialsApartAndChanceWhereThereIsNothing() {
    ImageryModel model =
        ImageryModel.fit(
            Trials.cut(imagery(40, 3, 2), CUES, CLASSES, ImageryOptions.DEFAULTS),
            ImageryOptions.DEFAULTS);
    ClassScore good =
        model.score(Trials.cut(imagery(40, 8, 2), CUES, CLASSES, ImageryOptions.DEFAULTS));
    assertThat(good.trials()).isEqualTo(40);
    assertThat(good.accuracy()).isGreaterThanOrEqualTo(0.95);
    ClassScore nothing =
        model.score(Trials.cut(imagery(40, 9, 0), CUES, CLASSES, ImageryOptions.DEFAULTS));
    assertThat(nothing.accuracy()).isBetween(0.3, 0.7);
  }

  /** Four classes of imagined movements, each a rhythm of a channel that falls silent. */
  @Test
  void severalClassesEachAgainstTheRest() {
    List<String> classes = List.of("left", "right", "both", "feet");
    FeatureInput input = new FeatureInput(List.of("a", "b", "c", "d", "e", "f"), RATE);
    Random random = new Random(4);
    List<double[]> values = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int t = 0; t < 80; t++) {
      double[] trial = new double[320 * 6];
      for (int i = 0; i < trial.length; i++) {
        trial[i] = random.nextGaussian() * (i % 6 == t % 4 ? 0.5 : 1);
      }
      values.add(trial);
      labels.add(t % 4);
    }
    ImageryOptions options = new ImageryOptions(new Band(8, 30), 4, 0.5, 2.5, 1, 1);
    ImageryModel model =
        ImageryModel.fit(
            Trials.of(input, classes, values.subList(0, 40), labels.subList(0, 40)), options);
    assertThat(model.patterns().names()).hasSize(8);
    ClassScore score =
        model.score(Trials.of(input, classes, values.subList(40, 80), labels.subList(40, 80)));
    assertThat(score.accuracy()).isGreaterThan(0.95);
    assertThat(score.chance()).isEqualTo(0.25);
  }

  @Test
  void imaginedMovementsSteer() {
    double[][] weights = {{10}, {-10}};
    CommonSpatialPatterns patterns =
        new CommonSpatialPatterns(
            new FeatureInput(List.of("C3"), RATE), ImageryOptions.DEFAULTS, new double[][] {{1}});
    ClassDiscriminant discriminant = new ClassDiscriminant(weights, new double[2]);
    ImageryDecoder decoder =
        new ImageryDecoder(new ImageryModel(CLASSES, patterns, discriminant), 3);
    double[] sure = decoder.decode(new double[] {5}).mean();
    assertThat(sure).containsExactly(new double[] {-3, 0}, within(1e-12));
    assertThat(decoder.decode(Window.ofRow(5)).mean()).isEqualTo(sure);
    double[] unclear = decoder.decode(new double[] {0}).covariance();
    assertThat(unclear).containsExactly(new double[] {9, 0, 0, 0}, within(1e-12));
    double[] unknown = decoder.decode(new double[] {Double.NaN}).mean();
    assertThat(unknown).containsExactly(0, 0);
    ImageryDecoder vertical =
        new ImageryDecoder(new ImageryModel(List.of("both", "feet"), patterns, discriminant), 2);
    assertThat(vertical.decode(new double[] {-5}).mean())
        .containsExactly(new double[] {0, -2}, within(1e-12));
    assertThat(vertical.classes()).containsExactly("both", "feet");
    assertThatThrownBy(
            () ->
                new ImageryDecoder(new ImageryModel(List.of("a", "b"), patterns, discriminant), 2))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "one class at least must steer, and be named left, right, both or feet; classes=[a, b]");
  }

  @Test
  void figuresOfATable() {
    ClassScore score = new ClassScore(2);
    for (int i = 0; i < 30; i++) {
      int truth = i % 2;
      score.add(truth, i < 20 ? truth : 1 - truth);
    }
    assertThat(score.accuracy()).isEqualTo(20 / 30.0);
    // scipy.stats.binomtest(20, 30).proportion_ci(), statsmodels' kappa is (2/3 - 1/2) / (1/2).
    assertThat(score.interval()).containsExactly(new double[] {0.4718800, 0.8271258}, within(1e-6));
    assertThat(score.p()).isCloseTo(0.0493686, within(1e-6));
    assertThat(score.kappa()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(score.chance()).isEqualTo(0.5);
    ClassScore all = new ClassScore(2);
    all.add(0, 0);
    all.add(1, 1);
    assertThat(all.interval()).containsExactly(new double[] {0.1581139, 1}, within(1e-6));
    all.add(score);
    assertThat(all.trials()).isEqualTo(32);
    assertThat(all.count(0, 0)).isEqualTo(11);
  }

  @Test
  void trialsAtTheEndsAndDamagedOnesAreCounted() {
    MemoryRecording recording = imagery(10, 5, 2);
    recording.values()[2400 * CHANNELS] = Double.NaN;
    ImageryOptions late = new ImageryOptions(new Band(8, 30), 4, 0.5, 6.5, 3, 1);
    Trials trials = Trials.cut(recording, CUES, CLASSES, late);
    // The last cue is at 38 s of 44 s; the damage at 15 s lies in two trials of this length.
    assertThat(trials.skipped()).isEqualTo(3);
    assertThat(trials.size()).isEqualTo(7);
    assertThat(trials.and(trials).skipped()).isEqualTo(6);
  }

  @Test
  void saysWhatIsWrong() {
    ImageryOptions options = ImageryOptions.DEFAULTS;
    MemoryRecording recording = imagery(10, 5, 2);
    assertThatThrownBy(() -> Trials.cut(recording, Map.of("769", "left"), CLASSES, options))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "raw: has no whole trial; cues=[769], markers=10, trials cut off or not finite=0");
    assertThatThrownBy(() -> Trials.cut(recording, Map.of("T1", "feet"), CLASSES, options))
        .hasMessage("a cue's class must be one of the classes; class=feet, classes=[left, right]");
    Trials one = Trials.cut(recording, Map.of("T1", "left"), CLASSES, options);
    assertThatThrownBy(() -> CommonSpatialPatterns.fit(one, options))
        .isInstanceOf(InputException.class)
        .hasMessage("each class needs at least two trials; class=right, trials=0");
    Trials both = Trials.cut(recording, CUES, CLASSES, options);
    assertThatThrownBy(
            () ->
                CommonSpatialPatterns.fit(
                    both, new ImageryOptions(new Band(8, 30), 4, 0.5, 2.5, 4, 1)))
        .hasMessage(
            "there must be at least two channels a pair of spatial filters; channels=6, pairs=4");
    for (int r = 0; r < recording.rows(); r++) {
      recording.values()[r * CHANNELS + 2] = 500;
    }
    Trials flat = Trials.cut(recording, CUES, CLASSES, options);
    assertThatThrownBy(() -> CommonSpatialPatterns.fit(flat, options))
        .hasMessage(
            "every channel must vary within the trials; channel '3' is flat: mend or leave it out");
    assertThatThrownBy(() -> both.and(golden()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "trials are put together only if channels, rate, classes and length agree;"
                + " channels=6 and 5, sampleRateHz=160.0 and 160.0, classes=[left, right] and"
                + " [left, right], rows=320 and 60; the channels' names differ");
    assertThatThrownBy(() -> new ImageryOptions(new Band(8, 30), 4, 2.5, 2.5, 3, 1))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a trial must begin at or after its cue and end later, within 60 s; fromSeconds=2.5,"
                + " toSeconds=2.5");
    assertThatThrownBy(
            () -> ClassDiscriminant.fit(new double[][] {{1}, {2}, {3}}, new int[] {0, 0, 1}, 2))
        .hasMessage("each class needs at least two rows; class=1, rows=1");
    assertThatThrownBy(
            () -> ClassDiscriminant.fit(new double[][] {{1}, {Double.NaN}}, new int[] {0, 1}, 2))
        .hasMessage("features must be finite (at most 1e100 in size); row=1, column=0, value=NaN");
    assertThatThrownBy(
            () ->
                new ClassDiscriminant(new double[2][3], new double[2]).probabilities(new double[2]))
        .hasMessage(
            "a row must have as many features as the discriminant was trained on; features=2,"
                + " trained on 3");
  }

  /** Fewer trials than channels: shrinkage keeps it solvable, and the answer finite. */
  @Test
  void moreChannelsThanTrialsAndRowsAreSolvable() {
    FeatureInput input =
        new FeatureInput(IntStream.range(0, 40).mapToObj(Integer::toString).toList(), RATE);
    List<double[]> values = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      values.add(Material.noise(8, 40, t));
    }
    Trials trials = Trials.of(input, CLASSES, values, List.of(0, 1, 0, 1));
    for (double[] w : CommonSpatialPatterns.fit(trials, ImageryOptions.DEFAULTS).weights()) {
      assertThat(Arrays.stream(w).allMatch(Double::isFinite)).isTrue();
    }
  }
}
