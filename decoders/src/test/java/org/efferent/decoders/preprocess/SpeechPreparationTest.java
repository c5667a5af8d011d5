package org.efferent.decoders.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.split.SentenceSplit;
import org.efferent.data.split.SentenceSplit.Part;
import org.efferent.decoders.Golden;
import org.junit.jupiter.api.Test;

class SpeechPreparationTest {
  /** Row r of channel c is {@code 100 r + c}. */
  private static Recording counting(int rows, int channels, double rate) {
    double[] values = new double[rows * channels];
    Arrays.setAll(values, i -> i / channels * 100 + i % channels);
    double[] stamps = new double[rows];
    Arrays.setAll(stamps, r -> r / rate);
    return new MemoryRecording(
        StreamInfo.of("counting", "EEG", rate, channels), stamps, values, List.of());
  }

  @Test
  void epochsHoldBothEndsAndThoseBeyondTheRecordingAreLeftOut() {
    Epochs epochs =
        Epochs.cut(counting(1000, 3, 120), List.of(2, 0), new long[] {59, 60, 699, 700}, -0.5, 2.5);

    assertThat(epochs.samples()).isEqualTo(361);
    assertThat(epochs.events()).containsExactly(1, 2);
    assertThat(epochs.epoch(0)[0]).isEqualTo(2);
    assertThat(epochs.epoch(0)[361 + 360]).isEqualTo(36_000);
    assertThat(epochs.epoch(1)[360]).isEqualTo(99_902);

    Epochs based = epochs.baseline(Double.NEGATIVE_INFINITY, 0);
    // Rows 0 to 60, both included, have the mean of row 30.
    assertThat(based.epoch(0)[30]).isCloseTo(0, within(1e-9));
    assertThat(based.epoch(1)[361 + 60]).isCloseTo(3000, within(1e-9));
    assertThatThrownBy(() -> epochs.baseline(3, 4))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a baseline needs a sample at least; from=3.0, to=4.0, epochs from -0.5 to 2.5");
  }

  @Test
  void aShiftOf150MillisecondsLeaves343Pairs() {
    Epochs epochs = Epochs.cut(counting(1000, 1, 120), List.of(0), new long[] {60}, -0.5, 2.5);
    BrainShift shift = BrainShift.of(0.15, 120);

    Epochs brain = shift.brain(epochs);
    Epochs features = shift.features(epochs);

    assertThat(shift.samples()).isEqualTo(18);
    assertThat(brain.samples()).isEqualTo(343);
    assertThat(features.samples()).isEqualTo(343);
    assertThat(brain.values()[0]).isEqualTo(1800);
    assertThat(brain.tminSeconds()).isCloseTo(-0.35, within(1e-12));
    assertThat(features.values()[0]).isEqualTo(0);
    assertThat(features.values()[342]).isEqualTo(34_200);
    assertThatThrownBy(() -> new BrainShift(361).brain(epochs))
        .hasMessage("windows must be longer than the shift; samples=361, shift=361");
  }

  @Test
  void scalingIsThePublishedOneAndWindowsBeyondTheLimitAreKnown() {
    try (Golden golden = new Golden(SpeechPreparationTest.class, "preprocess.npz")) {
      Epochs windows = new Epochs(golden.get("windows"), 3, 21, 120, -0.5);
      RobustScaler scaler = RobustScaler.fit(windows);

      Epochs scaled = scaler.apply(windows);

      golden.check("robust", RobustScaler.clamp(scaled, RobustScaler.LIMIT).values(), 1e-13);
      assertThat(RobustScaler.within(scaled, RobustScaler.LIMIT)).containsExactly(0, 2, 3, 4);

      Chunk chunk = new Chunk(21, 3);
      double[] row = new double[3];
      for (int t = 0; t < 21; t++) {
        for (int c = 0; c < 3; c++) {
          row[c] = windows.epoch(1)[c * 21 + t];
        }
        chunk.append(t, row, 0);
      }
      scaler.transform(20).apply(chunk);
      double[] expected = RobustScaler.clamp(scaled, 20).epoch(1);
      for (int t = 0; t < 21; t++) {
        for (int c = 0; c < 3; c++) {
          assertThat(chunk.values()[t * 3 + c]).isEqualTo(expected[c * 21 + t]);
        }
      }
    }
  }

  @Test
  void aWindowOfNaNIsNeitherFittedNorKept() {
    Epochs bad = new Epochs(new double[] {1, 2, Double.NaN, 4}, 1, 2, 120, 0);
    assertThat(RobustScaler.within(bad, 20)).containsExactly(0);
    assertThatThrownBy(() -> RobustScaler.fit(bad))
        .isInstanceOf(InputException.class)
        .hasMessage("a robust scaler needs finite values; channel=0: leave its epochs out");
  }

  @Test
  void featuresAreScaledByOneNumberOrOneEach() {
    double[] values = {1, 10, 3, 30};
    FeatureScaler one = FeatureScaler.fit(values, 2, false);
    assertThat(one.means()).containsExactly(11);
    // Deviations -10, -1, -8, 19: variance 131.5.
    assertThat(one.apply(values)[0]).isCloseTo(-10 / Math.sqrt(131.5), within(1e-12));
    FeatureScaler each = FeatureScaler.fit(values, 2, true);
    assertThat(each.apply(values)).containsExactly(-1, -1, 1, 1);
    assertThat(each.invert(each.apply(values))).containsExactly(values);
  }

  @Test
  void sentencesAreSplitAsPythonSplitsThem() {
    List<String> uids =
        new ArrayList<>(
            List.of("the old man and the sea", "once upon a time", "zebra", "a", "\u00e9t\u00e9"));
    for (int i = 0; i < 40; i++) {
      uids.add("sentence " + i);
    }
    try (Golden golden = new Golden(SpeechPreparationTest.class, "preprocess.npz")) {
      double[] scores = golden.get("scores");
      for (int i = 0; i < scores.length; i++) {
        String uid = uids.get(i);
        assertThat(SentenceSplit.PUBLISHED.score(uid)).as(uid).isEqualTo(scores[i]);
        Part part = scores[i] < 0.2 ? Part.TEST : scores[i] < 0.3 ? Part.VALID : Part.TRAIN;
        assertThat(SentenceSplit.PUBLISHED.part(uid)).isEqualTo(part);
      }
    }
  }
}
