package org.efferent.data.edf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdfFileTest {
  @TempDir Path folder;

  /** Three data records of 1 s, three channels at 100 Hz, 4 signals. */
  private byte[] sound(boolean bdf) throws IOException {
    Path path = folder.resolve("sound.edf");
    EdfWriter.write(
        path,
        EdfWriterTest.recording(100, 300, "uV", 20, 1),
        RecordingAbout.UNKNOWN,
        new EdfOptions(true, bdf, 1));
    return Files.readAllBytes(path);
  }

  private static void put(byte[] bytes, int at, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ascii, 0, bytes, at, ascii.length);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.edf"), bytes);
  }

  @Test
  void aRecordingThatWasNotClosedIsCountedFromItsSize() throws IOException {
    byte[] bytes = sound(false);
    put(bytes, 236, "-1      ");
    try (RecordingFile file = EdfFile.open(file(Arrays.copyOf(bytes, bytes.length - 1)))) {
      assertThat(file.main().rows()).isEqualTo(200);
      assertThat(file.warnings())
          .containsExactly(
              "the recording was not closed properly (number of data records -1); the size of the file says 2",
              "719 bytes after the last whole data record were left out");
    }
  }

  @Test
  void aTruncatedRecordingIsReadAsFarAsItIsWhole() throws IOException {
    byte[] bytes = sound(true);
    try (RecordingFile file = EdfFile.open(file(Arrays.copyOf(bytes, bytes.length - 5)))) {
      assertThat(file.main().load().values()).hasSize(600);
      assertThat(file.warnings())
          .containsExactly(
              "the file is truncated: the header says 3 data records, 2 are whole; these are read");
    }
  }

  @Test
  void stampsOfADiscontinuousFileFollowItsRecords() throws IOException {
    byte[] bytes = sound(false);
    put(bytes, 192, "EDF+D");
    int record = (bytes.length - 5 * 256) / 3;
    int last = bytes.length - 120;
    assertThat(record).isEqualTo(720);
    put(bytes, last, "+7\u0014\u0014\0+7.25\u00150.5\u0014late\u0014\u0000");
    put(bytes, last - record, "+1.5\u0014\u0014\0");
    Path path = file(bytes);
    Path copy = folder.resolve("copy.edf");
    try (RecordingFile file = EdfFile.open(path)) {
      assertThat(file.format()).isEqualTo("EDF+D");
      MemoryRecording main = file.main().load();
      assertThat(main.stamps()[99]).isEqualTo(0.99);
      assertThat(main.stamps()[100]).isEqualTo(1.5);
      assertThat(main.stamps()[201]).isEqualTo(7.01);
      assertThat(file.markers()).contains(new Marker(7.25, 0.5, "late"));
      EdfWriter.write(copy, file, EdfOptions.DEFAULTS);
      try (RecordingFile again = EdfFile.open(copy)) {
        assertThat(again.format()).isEqualTo("EDF+D");
        assertThat(again.main().load().stamps()).isEqualTo(main.stamps());
        assertThat(again.markers()).isEqualTo(file.markers());
      }
    }
    put(bytes, 192, "EDF+C");
    try (RecordingFile file = EdfFile.open(file(bytes))) {
      assertThat(file.main().load().stamps()[201]).isEqualTo(2.01);
      assertThat(file.warnings())
          .containsExactly(
              "the header says EDF+C, but data record 1 does not follow the one before (2 such); it is read as continuous");
    }
  }

  @Test
  void oddHeadersAreReadWithWarnings() throws IOException {
    byte[] bytes = sound(false);
    put(bytes, 184, "9999");
    put(bytes, 244, "1,0 ");
    put(bytes, 168, "99.99.99");
    try (RecordingFile file = EdfFile.open(file(bytes))) {
      assertThat(file.main().rows()).isEqualTo(300);
      assertThat(file.warnings())
          .containsExactly(
              "the duration of a data record: a comma in '1,0' is read as a decimal point",
              "the header says that it has '9999' bytes; 4 signals need 1280, which is believed",
              "there is no such start: '99.99.99', '00.00.00'");
    }
  }

  @Test
  void headersThatLieAreRefused() throws IOException {
    byte[] bytes = sound(false);
    put(bytes, 256 + 120 * 4, "32767   ");
    refuse(
        bytes,
        "x.edf: signal 1 ('Fp1'): the digital minimum must be below the maximum; byte 736='32767 and 32767'; the header is damaged");
    byte[] flat = sound(false);
    put(flat, 256 + 104 * 4, "5       ");
    put(flat, 256 + 112 * 4, "5       ");
    refuse(
        flat,
        "x.edf: signal 1 ('Fp1'): the physical minimum and maximum must differ; byte 672='5.0 and 5.0'; the header is damaged");
    byte[] word = sound(false);
    put(word, 252, "four");
    refuse(
        word,
        "x.edf: the number of signals must be a whole number; byte 252='four'; the header is damaged");
    refuse(
        new byte[300],
        "x.edf: is neither EDF nor BDF: an EDF file begins with '0', a BDF file with byte 255 and 'BIOSEMI'; check the file");
  }

  private void refuse(byte[] bytes, String message) throws IOException {
    Path path = file(bytes);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> EdfFile.open(path))
        .withMessage(message);
  }

  @Test
  void labelsSayTheKind() {
    assertThat(EdfChannels.kind("EEG Fp1", "uV")).isEqualTo("EEG");
    assertThat(EdfChannels.kind("Fp1", "uV")).isEqualTo("EEG");
    assertThat(EdfChannels.kind("VEOGo", "uV")).isEqualTo("EOG");
    assertThat(EdfChannels.kind("ECG ECG1", "uV")).isEqualTo("ECG");
    assertThat(EdfChannels.kind("STI 014", "")).isEqualTo("TRIG");
    assertThat(EdfChannels.kind("stAtUs", "Boolean")).isEqualTo("TRIG");
    assertThat(EdfChannels.kind("Sound", "mV")).isEqualTo("AUDIO");
    assertThat(EdfChannels.kind("x", "mmHg")).isEqualTo("MISC");
  }

  @Test
  void anyRangeEqualsTheWhole() throws IOException {
    try (RecordingFile file = EdfFile.open(file(sound(true)))) {
      Recording main = file.main();
      double[] whole = main.load().values();
      for (int from = 0; from < 300; from += 7) {
        int rows = Math.min(111, 300 - from);
        double[] part = new double[rows * 3 + 2];
        main.read(from, rows, part, 2);
        assertThat(Arrays.copyOfRange(part, 2, part.length))
            .isEqualTo(Arrays.copyOfRange(whole, 3 * from, 3 * (from + rows)));
      }
    }
  }
}
