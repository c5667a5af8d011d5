package org.efferent.data.fif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evoked responses, epochs, events, covariances, projectors, transforms. */
class FifContentsTest {
  @TempDir Path folder;

  /** A file of all that is not raw. */
  static FifWriter everything() {
    FifWriter w = new FifWriter().info();
    w.begin(Fiff.B_EVOKED).text(Fiff.COMMENT, "left").ints(Fiff.FIRST_SAMPLE, -1);
    w.ints(Fiff.LAST_SAMPLE, 0);
    w.begin(Fiff.B_ASPECT).ints(Fiff.ASPECT_KIND, 101).ints(Fiff.NAVE, 9);
    w.matrix(Fiff.EPOCH, new int[] {3, 2}, 1, 2, 4, 8, 5, 6).end(Fiff.B_ASPECT);
    w.end(Fiff.B_EVOKED).begin(Fiff.B_MNE_EPOCHS);
    w.begin(Fiff.B_MNE_EVENTS).ints(Fiff.MNE_EVENT_LIST, 10, 0, 1, 20, 0, 2);
    w.text(Fiff.COMMENT, "a:b:1;c:2").end(Fiff.B_MNE_EVENTS);
    w.ints(Fiff.FIRST_SAMPLE, -2).ints(Fiff.LAST_SAMPLE, -1);
    w.floats(Fiff.MNE_BASELINE_MIN, -0.5).floats(Fiff.MNE_BASELINE_MAX, 0);
    double[] values = {1, 2, 4, 8, 5, 6, 11, 12, 44, 48, 55, 56};
    w.matrix(Fiff.EPOCH, new int[] {2, 3, 2}, values).end(Fiff.B_MNE_EPOCHS);
    w.begin(Fiff.B_MNE_COV).ints(Fiff.MNE_COV_KIND, 1).ints(Fiff.MNE_COV_DIM, 2);
    w.text(Fiff.MNE_ROW_NAMES, "x:y").ints(Fiff.MNE_COV_NFREE, 41);
    w.doubles(Fiff.MNE_COV, 1, 2, 3).end(Fiff.B_MNE_COV);
    w.begin(Fiff.B_MNE_COV).ints(Fiff.MNE_COV_DIM, 2).floats(Fiff.MNE_COV_DIAG, 4, 5);
    return w.end(Fiff.B_MNE_COV).end(Fiff.B_MEAS);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.fif"), bytes);
  }

  @Test
  void readsWhatIsNotRaw() throws IOException {
    try (FifFile file = FifFile.open(write(everything().withDirectory()))) {
      FifEvoked evoked = file.evoked().get(0);
      assertThat(evoked.comment()).isEqualTo("left");
      assertThat(evoked.averaged()).isEqualTo(9);
      assertThat(evoked.aspectName()).isEqualTo("standard error");
      // Of range 2 and cal 0.5, cal alone counts.
      assertThat(evoked.recording().values()).containsExactly(0.5, 1, 5, 1, 2, 6);
      assertThat(evoked.recording().stamps()).containsExactly(-0.01, 0);
      FifEpochs epochs = file.epochs().orElseThrow();
      assertThat(epochs.count()).isEqualTo(2);
      assertThat(epochs.startSeconds()).isEqualTo(-0.02);
      assertThat(epochs.baselineStartSeconds()).hasValue(-0.5);
      assertThat(epochs.baselineEndSeconds()).hasValue(0);
      assertThat(epochs.events().ids()).containsEntry("a:b", 1L).containsEntry("c", 2L);
      assertThat(epochs.events().rows().get(1)).isEqualTo(new FifEvent(20, 0, 2));
      MemoryRecording second = epochs.epoch(1);
      assertThat(second.values()).containsExactly(5.5, 11, 55, 6, 12, 56);
      assertThat(second.stamps()).containsExactly(-0.02, -0.01);
      FifCovariance full = file.covariances().get(0);
      assertThat(full.values()).containsExactly(1, 2, 2, 3);
      assertThat(full.channels()).containsExactly("x", "y");
      assertThat(full.degreesOfFreedom()).isEqualTo(41);
      assertThat(file.covariances().get(1).isDiagonal()).isTrue();
      assertThat(file.covariances().get(1).values()).containsExactly(4, 5);
    }
    try (RecordingFile file = FifFile.read(folder.resolve("x.fif"))) {
      assertThat(file.recordings()).hasSize(1);
      assertThat(file.contents())
          .containsExactly(
              "evoked response 'left': standard error of 9, 3 channels × 2 samples, -0.010 to 0.000"
                  + " s",
              "epochs: 2 of 3 channels × 2 samples",
              "events: 2",
              "covariance: 2 channels, 41 degrees of freedom",
              "covariance: diagonal, 2 channels, -1 degrees of freedom",
              "projector 'avg': 2 channels, not applied",
              "bad channels: EEG 001",
              "digitised points: 1");
    }
  }

  @Test
  void aFileWithoutSignalOpensAndSaysWhatItHas() throws IOException {
    Path file = write(new FifWriter().transform(5, 4).bytes());
    try (RecordingFile r = FifFile.read(file)) {
      assertThat(r.contents()).containsExactly("transform: MRI to head");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(r::main)
          .withMessage("x.fif: has no signal; it is FIF with transform: MRI to head");
    }
  }

  @Test
  void readsEventsOfText() throws IOException {
    Path file = Files.writeString(folder.resolve("a.eve"), "# head\n10 0 1\n20 0.5 1 2\n\n");
    assertThat(FifEvents.readText(file).rows())
        .containsExactly(new FifEvent(10, 0, 1), new FifEvent(20, 1, 2));
    Files.writeString(file, "10 0 1\n10 x\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> FifEvents.readText(file))
        .withMessage(
            "a.eve: line 2: a row is 3 or 4 numbers (sample, [seconds,] previous, id); line='10 x'");
  }

  @Test
  void refusesWhatIsNotFifOrLies() throws IOException {
    refused(
        "hello, this is no such file at all, but text"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "x.fif: is not a FIF file: it does not begin with a file id (tag 100 of 20 bytes)");
    FifWriter bare = new FifWriter().begin(Fiff.B_MEAS).begin(Fiff.B_MEAS_INFO);
    refused(
        bare.bytes(),
        "x.fif: measurement information: the rate (tag 201) must be positive; rate=NaN");
    bare.floats(Fiff.SFREQ, 100).ints(Fiff.NCHAN, 3);
    refused(
        bare.bytes(),
        "x.fif: measurement information: 3 channels are announced, 0 are defined; the file is"
            + " damaged");
    FifWriter deep = new FifWriter();
    int at = 0;
    for (int i = 0; i < 61; i++) {
      at = deep.size();
      deep.begin(Fiff.B_MEAS);
    }
    refused(
        deep.bytes(),
        "x.fif: block at byte %d: blocks nest at most 60 deep; the file is damaged".formatted(at));
    refused(
        new FifWriter().tag(Fiff.COMMENT, Fiff.T_STRING, new byte[0], 36).bytes(),
        "x.fif: its tags point in a circle; it is damaged");
    FifWriter matrix = new FifWriter().begin(Fiff.B_PROJ).begin(Fiff.B_PROJ_ITEM);
    matrix.text(Fiff.NAME, "p").text(Fiff.PROJ_ITEM_CH_NAME_LIST, "a");
    int place = matrix.size();
    matrix.matrix(Fiff.PROJ_ITEM_VECTORS, new int[] {1_000_000, 1_000_000}, 1);
    refused(
        matrix.bytes(),
        "x.fif: tag 3415 at byte %d: its matrix is larger than its 16 bytes; the file is damaged"
            .formatted(place));
    FifWriter skip = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    skip.floats(Fiff.DATA_BUFFER, 1, 2, 3).ints(Fiff.DATA_SKIP, Integer.MAX_VALUE);
    int buffer = skip.size();
    refused(
        skip.floats(Fiff.DATA_BUFFER, 1, 2, 3).bytes(),
        "x.fif: data buffer at byte %d: skips of more than a day are taken for damage; samples=2147483647"
            .formatted(buffer));
  }

  private void refused(byte[] bytes, String message) throws IOException {
    Path file = write(bytes);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> FifFile.open(file))
        .withMessage(message);
  }

  @Test
  void aTruncatedRecordingKeepsItsWholeSamples() throws IOException {
    FifWriter w = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    int at = w.size();
    byte[] whole = w.floats(Fiff.DATA_BUFFER, 1, 4, 0, 2, 8, 0, 3, 12, 0).bytes();
    try (RecordingFile r = FifFile.read(write(java.util.Arrays.copyOf(whole, whole.length - 5)))) {
      assertThat(r.main().load().values()).containsExactly(1, 1, 0, 2, 2, 0);
      assertThat(r.warnings())
          .containsExactly(
              "tag 300 at byte %d: 36 bytes should follow, 31 do; what came before was read"
                  .formatted(at),
              "1 buffers do not end with a whole sample; the rest of each was left out");
    }
  }

  /** Expected scalars are what MNE-Python 1.3 reads of these files. */
  @Test
  void eventsCovariancesAndProjectorsEqualMne() {
    try (FifFile f = FifFile.open(GoldenReading.shared("data/meg/test-eve.fif"))) {
      assertThat(f.events().get(0).rows()).hasSize(31).startsWith(new FifEvent(27_977, 0, 2));
    }
    try (FifFile f = FifFile.open(GoldenReading.shared("data/meg/test_raw-annot.fif"))) {
      assertThat(f.events().get(0).rows()).hasSize(3).startsWith(new FifEvent(27_001, 0, 1001));
      assertThat(f.events().get(0).comments()).hasSize(3);
    }
    try (FifFile f = FifFile.open(GoldenReading.shared("data/meg/test-cov.fif"))) {
      FifCovariance cov = f.covariances().get(0);
      assertThat(cov.dimension()).isEqualTo(366);
      assertThat(cov.degreesOfFreedom()).isEqualTo(2904);
      assertThat(cov.projectors()).hasSize(4);
      double trace = 0;
      double sum = 0;
      double[] values = cov.values();
      for (int i = 0; i < 366; i++) {
        trace += values[i * 367];
      }
      for (double v : values) {
        sum += v;
      }
      assertThat(trace).isEqualTo(1.5445865128107427e-9, within(1e-18));
      assertThat(sum).isEqualTo(-1.4102402492166546e-17, within(1e-21));
    }
    try (FifFile f = FifFile.open(GoldenReading.shared("data/meg/test-proj.fif"))) {
      assertThat(f.projectors()).hasSize(2);
      double sum = 0;
      for (FifProjector p : f.projectors()) {
        for (double v : p.vectors()) {
          sum += v;
        }
      }
      assertThat(sum).isEqualTo(-8.266160067252258, within(1e-9));
    }
  }

  @Test
  void zerosAfterTheLastTagAreItsEnd() throws IOException {
    byte[] whole = FifFileTest.raw(new FifWriter()).bytes();
    byte[] padded = java.util.Arrays.copyOf(whole, whole.length + 100_000);
    try (RecordingFile r = FifFile.read(write(padded))) {
      assertThat(r.main().rows()).isEqualTo(8);
      assertThat(r.warnings())
          .containsExactly(
              "zeros follow from byte %d on; what came before was read".formatted(whole.length));
    }
  }

  @Test
  void tagsAreBounded() throws IOException {
    FifWriter w = new FifWriter();
    byte[] start = w.bytes();
    byte[] tag = FifWriter.bytes(w.buffer(16).putInt(Fiff.COMMENT).putInt(Fiff.T_STRING));
    int most = 1 << 21;
    Path file = folder.resolve("x.fif");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(start);
      for (int i = 0; i < most; i++) {
        out.write(tag);
      }
    }
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> FifFile.open(file))
        .withMessage(
            "x.fif: at most %d tags are read; tag %d follows at byte %d"
                .formatted(most, most + 1, start.length + 16L * (most - 2)));
  }
}
