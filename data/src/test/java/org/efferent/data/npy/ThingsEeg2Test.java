package org.efferent.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThingsEeg2Test {
  @TempDir Path folder;

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = ThingsEeg2Test.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private Path file(String name) throws IOException {
    return Files.write(folder.resolve(name), golden(name));
  }

  @Test
  void rawIsARecordingWithMarkers() throws IOException {
    try (RecordingFile file = NpyRecordings.open(file("things_raw.npy"))) {
      assertThat(file.format()).isEqualTo("THINGS-EEG2 (NPY)");
      Recording recording = file.main();
      assertThat(recording.info().channels())
          .containsExactly(
              new ChannelInfo("Pz", "EEG", "V"),
              new ChannelInfo("Oz", "EEG", "V"),
              new ChannelInfo("stim", "TRIG", ""));
      assertThat(recording.info().sampleRateHz()).isEqualTo(1000);
      assertThat(recording.rows()).isEqualTo(50);
      MemoryRecording rows = recording.slice(29, 32);
      assertThat(rows.values())
          .containsExactly(
              29 * 1e-6, -29 * 1e-6, 0, 30 * 1e-6, -30 * 1e-6, 99999, 31 * 1e-6, -31 * 1e-6, 4);
      assertThat(rows.stamps()).containsExactly(0.029, 0.030, 0.031);
      assertThat(file.markers())
          .containsExactly(
              new Marker(0.010, "3"), new Marker(0.030, "99999"), new Marker(0.031, "4"));
    }
  }

  @Test
  void epochsOfTheThreeOtherKindsAreReadByRange() throws IOException {
    for (String name : new String[] {"things_epochs.npy", "things_pickle.npy"}) {
      try (ThingsEeg2 file = ThingsEeg2.open(file(name))) {
        assertThat(file.isRaw()).isFalse();
        assertThat(file.epochs().shape()).containsExactly(3, 2, 2, 5);
        assertThat(file.channels()).extracting(ChannelInfo::label).containsExactly("O1", "O2");
        double[] epoch = new double[10];
        file.readEpoch(2, 1, epoch);
        assertThat(epoch).containsExactly(50, 51, 52, 53, 54, 55, 56, 57, 58, 59);
        boolean cut = name.equals("things_pickle.npy");
        assertThat(file.times()[0]).isEqualTo(cut ? 0 : -0.2, within(1e-12));
        assertThat(file.times()).hasSize(5);
        assertThat(file.sampleRateHz()).isEqualTo(cut ? 250 : 100, within(1e-9));
        assertThatExceptionOfType(UnsupportedInputException.class)
            .isThrownBy(file::recording)
            .withMessage(name + ": has epochs; it is no continuous recording");
      }
    }
    try (ThingsEeg2 plain = ThingsEeg2.open(file("things_plain.npy"))) {
      assertThat(plain.epochs().shape()).containsExactly(6, 2, 2, 5);
      double[] epoch = new double[10];
      plain.readEpoch(4, 0, epoch);
      assertThat(epoch).startsWith(80, 81).endsWith(89);
      assertThat(plain.times()).isEmpty();
    }
  }

  @Test
  void arraysAreTold() throws IOException {
    try (RecordingFile file = NpyRecordings.open(file("things_pickle.npy"))) {
      assertThat(file.contents())
          .containsExactly(
              "array preprocessed_eeg_data: float64 [3 × 2 × 2 × 5]",
              "list ch_names: 2 values",
              "array times: float64 [8]");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(file::main)
          .withMessage(
              "things_pickle.npy: has no signal; it is pickle with array preprocessed_eeg_data:"
                  + " float64 [3 × 2 × 2 × 5], list ch_names: 2 values, array times: float64 [8]");
    }
    try (RecordingFile file = NpyRecordings.open(file("plain.npz"))) {
      assertThat(file.contents())
          .containsExactly(
              "array a: float64 [2 × 3]", "array b: text of 2 [2]", "array c: int64 [2 × 3]");
    }
  }

  @Test
  void whatIsNoneIsRefused() throws IOException {
    Path tree = file("tree4.pkl");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ThingsEeg2.open(tree))
        .withMessageStartingWith(
            "tree4.pkl: a file of THINGS-EEG2 has raw_eeg_data, preprocessed_eeg_data or meg_data;"
                + " it has [array, fortran, texts,");
    Path flat = file("le_f4_c.npy");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ThingsEeg2.open(flat))
        .withMessage(
            "le_f4_c.npy: epochs must be numbers [images × repetitions × channels × times];"
                + " shape=[2, 3, 4] of float32");
  }
}
