package org.efferent.data.brainvision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.efferent.data.RecordingFile;
import org.efferent.data.edf.GoldenReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real recordings against MNE-Python's reading of them. */
class BrainVisionSharedTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"test.vhdr", "test_old_layout_latin1_software_filter.vhdr", "testv2.vhdr"})
  void equalsMne(String name) throws IOException {
    GoldenReading golden = GoldenReading.of("brainvision__" + name);
    try (RecordingFile file =
        BrainVisionFile.open(GoldenReading.shared("data/brainvision/" + name))) {
      golden.assertSignals(file.main());
      assertThat(file.markers()).isEqualTo(golden.annotations());
    }
  }

  /** The same recording as FIF; its events are the stimulus markers, its channels have no names. */
  @Test
  void equalsItsFifSibling() throws IOException {
    GoldenReading golden = GoldenReading.of("brainvision__test_bin_raw.fif");
    try (RecordingFile file =
        BrainVisionFile.open(GoldenReading.shared("data/brainvision/test.eeg"))) {
      for (int c = 0; c < 26; c++) {
        golden.assertChannel(file.main(), c, c);
      }
    }
  }

  @Test
  void theFirstSegmentSaysWhenItBegan() {
    try (RecordingFile file =
        BrainVisionFile.open(GoldenReading.shared("data/brainvision/test.vmrk"))) {
      assertThat(file.about().start()).hasToString("Optional[2013-11-13T16:14:03.794232]");
      assertThat(file.warnings()).isEmpty();
    }
  }

  @Test
  void coordinatesArePositions() {
    try (RecordingFile file =
        BrainVisionFile.open(GoldenReading.shared("data/brainvision/testv2.vhdr"))) {
      var channels = file.main().info().channels();
      // Cz at the vertex; FP1 left and in front; ground without a place.
      assertThat(channels.get(16).position().orElseThrow().z()).isEqualTo(0.085);
      var fp1 = channels.get(0).position().orElseThrow();
      assertThat(fp1.x()).isNegative();
      assertThat(fp1.y()).isPositive();
      assertThat(channels.get(28).position()).isEmpty();
      assertThat(file.warnings())
          .containsExactly("testv2.vmrk: 3 markers lie outside the 7900 samples and were left out");
    }
  }
}
