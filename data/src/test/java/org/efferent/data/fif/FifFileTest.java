package org.efferent.data.fif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.SensorPosition;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw data that the test wrote, so that every value is known. */
class FifFileTest {
  @TempDir Path folder;

  /** Four rows, a gap of two, two rows; numbered from 50; triggers 5 and 7. */
  static FifWriter raw(FifWriter w) {
    w.info().annotations(1_000_000_001, 0.25, 0.75, "a{COLON}b");
    w.begin(Fiff.B_RAW_DATA).ints(Fiff.FIRST_SAMPLE, 50);
    w.shorts(Fiff.DATA_BUFFER, Fiff.T_DAU_PACK16, 1, -4, 0, 2, -8, 5, 3, -12, 5, 4, -16, 0);
    w.ints(Fiff.DATA_SKIP, 1);
    w.shorts(Fiff.DATA_BUFFER, Fiff.T_SHORT, 5, -20, 7, 6, -24, 7);
    return w.end(Fiff.B_RAW_DATA).end(Fiff.B_MEAS);
  }

  private static final double[] VALUES = {
    1, -1, 0, 2, -2, 5, 3, -3, 5, 4, -4, 0, 0, 0, 0, 0, 0, 0, 5, -5, 7, 6, -6, 7
  };

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void readsWithAndWithoutDirectoryInEitherOrderOfBytesAndCompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(raw(new FifWriter()).withDirectory());
    }
    List<byte[]> files =
        List.of(
            raw(new FifWriter()).withDirectory(),
            raw(new FifWriter()).bytes(),
            raw(new FifWriter(ByteOrder.LITTLE_ENDIAN)).withDirectory(),
            raw(new FifWriter(ByteOrder.LITTLE_ENDIAN)).bytes(),
            packed.toByteArray());
    for (byte[] bytes : files) {
      try (RecordingFile file = FifFile.read(write("x_raw.fif", bytes))) {
        MemoryRecording all = file.main().load();
        assertThat(all.values()).containsExactly(VALUES);
        assertThat(all.stamps()).containsExactly(0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07);
        assertThat(file.markers())
            .containsExactly(
                new Marker(0.01, "5"),
                new Marker(0.04, 0.02, "BAD_ACQ_SKIP"),
                new Marker(0.06, "7"),
                // 1 s after the measurement's date, which is 0.5 s before the first sample.
                new Marker(0.75, 0.5, "a:b"));
        assertThat(file.warnings()).isEmpty();
        assertThat(file.contents())
            .containsExactly(
                "annotations: 1",
                "projector 'avg': 2 channels, not applied",
                "bad channels: EEG 001",
                "digitised points: 1");
      }
    }
  }

  @Test
  void tellsWhatTheFileSaysOfTheMeasurement() throws IOException {
    try (FifFile file = FifFile.open(write("x_raw.fif", raw(new FifWriter()).bytes()))) {
      FifInfo info = file.info().orElseThrow();
      assertThat(info.sampleRateHz()).isEqualTo(100);
      assertThat(info.lowpassHz()).isEqualTo(40);
      assertThat(info.highpassHz()).isEqualTo(0.5);
      assertThat(info.measured().orElseThrow()).hasToString("2001-09-09T01:46:40.500Z");
      assertThat(info.about().subjectName()).isEqualTo("Ada L");
      assertThat(info.about().subjectId()).isEqualTo("S7");
      assertThat(info.about().sex()).isEqualTo("F");
      assertThat(info.about().birthDate()).contains(LocalDate.of(1970, 1, 1));
      assertThat(info.about().investigator()).isEqualTo("E. X.");
      assertThat(info.about().comment()).isEqualTo("two\u00e9");
      assertThat(info.channels().get(0).toChannelInfo().position())
          .contains(new SensorPosition(SensorPosition.Frame.DEVICE, 0.25, 0.5, 0.75));
      assertThat(info.channels().stream().map(c -> c.toChannelInfo().kind()))
          .containsExactly("MEGMAG", "EEG", "TRIG");
      assertThat(info.projectors().get(0).vectors())
          .containsExactly(new double[] {0.6, 0.8}, within(1e-7));
      assertThat(info.deviceToHead().orElseThrow().matrix())
          .containsExactly(1, 0, 0, 0.5, 0, 1, 0, 0.25, 0, 0, 1, 0.125, 0, 0, 0, 1);
      FifRaw raw = file.raw().orElseThrow();
      assertThat(raw.firstSample()).isEqualTo(50);
      assertThat(raw.events()).containsExactly(new FifEvent(51, 0, 5), new FifEvent(56, 0, 7));
    }
  }

  @Test
  void readsEveryTypeOfBuffer() throws IOException {
    FifWriter w = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    w.ints(Fiff.DATA_BUFFER, 70_000, 4, 0).floats(Fiff.DATA_BUFFER, 0.5, 0.25, 1);
    w.doubles(Fiff.DATA_BUFFER, 1e-12, 4, 2).shorts(Fiff.DATA_BUFFER, Fiff.T_SHORT, -7, 8, 3);
    try (RecordingFile file = FifFile.read(write("t_raw.fif", w.bytes()))) {
      assertThat(file.main().load().values())
          .containsExactly(70_000, 1, 0, 0.5, 0.0625, 1, 1e-12, 1, 2, -7, 2, 3);
      assertThat(file.markers()).extracting(Marker::label).containsExactly("1", "2", "3");
    }
    FifWriter strange = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    int at = strange.size();
    strange.tag(Fiff.DATA_BUFFER, 20, new byte[24]);
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> FifFile.open(write("c_raw.fif", strange.bytes())))
        .withMessage(
            "c_raw.fif: data buffer at byte %d: values are short, int, float or double; type=20"
                .formatted(at));
  }

  @Test
  void followsTheParts() throws IOException {
    FifWriter first = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    first.floats(Fiff.DATA_BUFFER, 1, 4, 0).reference("", 1);
    FifWriter second = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    second.floats(Fiff.DATA_BUFFER, 2, 8, 3).reference("elsewhere/last_raw.fif", 2);
    FifWriter third = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    third.floats(Fiff.DATA_BUFFER, 3, 12, 0);
    Path file = write("s_raw.fif", first.bytes());
    write("s_raw-1.fif", second.bytes());
    try (RecordingFile r = FifFile.read(file)) {
      assertThat(r.warnings())
          .containsExactly("its next part last_raw.fif is missing; the recording ends before it");
    }
    write("last_raw.fif", third.withDirectory());
    try (RecordingFile r = FifFile.read(file)) {
      assertThat(r.format()).isEqualTo("FIF in 3 parts");
      assertThat(r.main().load().values()).containsExactly(1, 1, 0, 2, 2, 3, 3, 3, 0);
      assertThat(r.markers()).containsExactly(new Marker(0.01, "3"));
    }
    FifWriter back = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    back.floats(Fiff.DATA_BUFFER, 3, 12, 0).reference("s_raw.fif", 0);
    write("last_raw.fif", back.bytes());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> FifFile.open(file))
        .withMessage("s_raw.fif: its parts name each other in a circle, at s_raw.fif");
  }

  @Test
  void readsManyBuffersByRangeAcrossTheirEnds() throws IOException {
    FifWriter w = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    for (int b = 0, row = 0; b < 40; b++) {
      int[] values = new int[3 * (1 + b % 7)];
      for (int i = 0; i < values.length; i += 3, row++) {
        values[i] = row;
        values[i + 1] = 4 * row;
      }
      w.shorts(Fiff.DATA_BUFFER, Fiff.T_SHORT, values);
    }
    try (RecordingFile r = FifFile.read(write("m_raw.fif", w.withDirectory()))) {
      long rows = r.main().rows();
      assertThat(rows).isEqualTo(155);
      for (int from = 0; from < rows; from += 3) {
        int count = (int) Math.min(11, rows - from);
        double[] some = new double[2 + 3 * count];
        r.main().read(from, count, some, 2);
        for (int i = 0; i < count; i++) {
          assertThat(some[2 + 3 * i]).isEqualTo(from + i);
          assertThat(some[2 + 3 * i + 1]).isEqualTo(from + i);
        }
      }
    }
  }

  @Test
  void closesAndDeletesWhatItUnpacked() throws IOException {
    FifWriter w = new FifWriter().info().begin(Fiff.B_RAW_DATA);
    int[] noise = new int[2_400_000];
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = i % 3 == 2 ? 0 : random.nextInt(1000);
    }
    w.shorts(Fiff.DATA_BUFFER, Fiff.T_SHORT, noise);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(w.withDirectory());
    }
    String name = folder.getFileName() + "_raw.fif.gz";
    Path file = write(name, packed.toByteArray());
    long before = temporaries(name);
    try (RecordingFile r = FifFile.read(file)) {
      assertThat(temporaries(name)).isEqualTo(before + 1);
      double[] row = new double[3];
      r.main().read(799_999, 1, row, 0);
      assertThat(row).containsExactly(noise[2_399_997], 0.25 * noise[2_399_998], 0);
    }
    assertThat(temporaries(name)).isEqualTo(before);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new FifWriter().bytes());
      gzip.write(new byte[20_000_000]);
    }
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> FifFile.open(write(name, bomb.toByteArray())))
        .withMessage(
            name
                + ": unpacks to more than 200 times its size; unpack it by other means if it is"
                + " sound");
    assertThat(temporaries(name)).isEqualTo(before);
  }

  private static long temporaries(String name) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(p -> p.getFileName().toString())
          .filter(n -> n.startsWith("efferent-" + name))
          .count();
    }
  }
}
