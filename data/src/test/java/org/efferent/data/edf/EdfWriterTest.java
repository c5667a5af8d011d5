package org.efferent.data.edf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdfWriterTest {
  @TempDir Path folder;

  static MemoryRecording recording(double rate, int rows, String unit, double scale, long seed) {
    Random random = new Random(seed);
    List<ChannelInfo> channels =
        List.of(
            new ChannelInfo("Fp1", "EEG", unit),
            new ChannelInfo("EOG left", "EOG", unit),
            new ChannelInfo("Status", "TRIG", ""));
    double[] stamps = new double[rows];
    double[] values = new double[rows * 3];
    for (int r = 0; r < rows; r++) {
      stamps[r] = 100 + r / rate;
      values[3 * r] = scale * random.nextGaussian();
      values[3 * r + 1] = scale * (5000 + random.nextGaussian());
      values[3 * r + 2] = r % 50 == 7 ? 1 + r % 40 : 0;
    }
    List<Marker> markers =
        List.of(new Marker(100, "begin"), new Marker(100.5, 0.25, "Stimulus/S  1 – ü"));
    return new MemoryRecording(
        new StreamInfo("r", "EEG", rate, "", channels), stamps, values, markers);
  }

  @ParameterizedTest
  @CsvSource({
    "500, 1500, uV, 50, false",
    "500, 1500, uV, 50, true",
    "250, 251, V, 5e-5, false",
    "333.3333333333333, 2000, microvolts, 50, false",
    "12.8, 200, T, 1e-13, false",
    "0.5, 33, fT, 1000, true",
    "1000, 1009, , 3, false"
  })
  void aRoundTripIsWithinOneDigitalStep(
      double rate, int rows, String unit, double scale, boolean bdf) {
    MemoryRecording source = recording(rate, rows, unit == null ? "" : unit, scale, 1);
    Path out = folder.resolve("x.edf");
    EdfOptions options = new EdfOptions(false, bdf, 0);
    EdfWriter.write(out, source, RecordingAbout.UNKNOWN, options);
    try (RecordingFile file = EdfFile.open(out)) {
      assertThat(file.warnings()).isEmpty();
      assertThat(file.format()).isEqualTo(bdf ? "BDF+C" : "EDF+C");
      Recording read = file.main();
      assertThat(read.info().sampleRateHz()).isEqualTo(rate, within(1e-7 * rate));
      assertThat(read.rows()).isGreaterThanOrEqualTo(rows);
      double[] values = read.slice(0, rows).values();
      for (int c = 0; c < 2; c++) {
        double si = si(read, c) / si(source, c);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < rows; r++) {
          low = Math.min(low, source.values()[3 * r + c]);
          high = Math.max(high, source.values()[3 * r + c]);
        }
        double step = 1.1 * (high - low) / (bdf ? (1 << 24) - 1 : (1 << 16) - 1);
        for (int r = 0; r < rows; r++) {
          assertThat(values[3 * r + c] * si)
              .isEqualTo(source.values()[3 * r + c], within(0.501 * step));
        }
      }
      for (int r = 0; r < rows; r++) {
        assertThat(values[3 * r + 2]).isEqualTo(source.values()[3 * r + 2]);
      }
      assertThat(file.markers())
          .contains(new Marker(0, "begin"), new Marker(0.5, 0.25, "Stimulus/S  1 – ü"));
    }
  }

  private static double si(Recording r, int c) {
    return org.efferent.data.Units.toSi(r.info().channels().get(c).unit()).orElse(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edf/test.edf",
        "edf/test.bdf",
        "edf/test_bdf_stim_channel.bdf",
        "edf/duplicate_channel_labels.edf",
        "edf/test_edf_stim_channel.edf",
        "edf/test_stim_channel.edf",
        "edf/test_uneven_samp.edf",
        "eegmmidb/S001R03.edf"
      })
  void whatWasReadIsWrittenExactly(String name) {
    Path out = folder.resolve("copy.edf");
    try (RecordingFile file = EdfFile.open(GoldenReading.shared("data/" + name))) {
      EdfOptions options = new EdfOptions(false, name.endsWith(".bdf"), 0);
      List<String> notes = EdfWriter.write(out, file, options);
      assertThat(notes).allMatch(n -> n.contains("is called"));
      try (RecordingFile copy = EdfFile.open(out)) {
        assertThat(copy.recordings()).hasSameSizeAs(file.recordings());
        for (int i = 0; i < file.recordings().size(); i++) {
          MemoryRecording a = file.recordings().get(i).load();
          MemoryRecording b = copy.recordings().get(i).load();
          assertThat(b.values()).isEqualTo(a.values());
          assertThat(b.stamps()).isEqualTo(a.stamps());
          assertThat(b.info().sampleRateHz()).isEqualTo(a.info().sampleRateHz());
        }
        assertThat(copy.markers()).isEqualTo(file.markers());
        assertThat(copy.about().start().map(s -> s.withNano(0)))
            .isEqualTo(file.about().start().map(s -> s.withNano(0)));
      }
    }
  }

  /** Direct current of -0.26 V under a signal of some microvolts, as BioSemi records it. */
  @Test
  void aNarrowRangeFarFromZeroIsWidenedNotRefused() {
    MemoryRecording source = recording(100, 200, "uV", 1, 4);
    for (int r = 0; r < 200; r++) {
      source.values()[3 * r] -= 259_394;
    }
    Path out = folder.resolve("far.edf");
    EdfWriter.write(out, source, RecordingAbout.UNKNOWN, EdfOptions.DEFAULTS);
    try (RecordingFile file = EdfFile.open(out)) {
      double[] values = file.main().load().values();
      double si = si(file.main(), 0) / 1e-6;
      for (int r = 0; r < 200; r++) {
        assertThat(values[3 * r] * si).isEqualTo(source.values()[3 * r], within(1e-3));
      }
    }
  }

  @Test
  void identificationIsKeptAndAnonymised() {
    RecordingAbout about =
        new RecordingAbout(
            "S 12",
            "Jane Doe",
            "F",
            Optional.of(LocalDate.of(1951, 8, 2)),
            Optional.of(LocalDateTime.of(2002, 3, 2, 11, 5, 9)),
            "PSG-1234",
            "NN",
            "Telemetry 03",
            "a comment");
    MemoryRecording source = recording(100, 200, "uV", 20, 2);
    Path out = folder.resolve("about.edf");
    EdfWriter.write(out, source, about, EdfOptions.DEFAULTS);
    try (RecordingFile file = EdfFile.open(out)) {
      assertThat(file.about()).isEqualTo(about);
    }
    EdfWriter.write(out, source, about.anonymized(), EdfOptions.DEFAULTS.overwriting());
    try (RecordingFile file = EdfFile.open(out)) {
      assertThat(file.about()).isEqualTo(about.anonymized());
    }
  }

  @Test
  void manyAnnotationsFitAndOnlyTheyMove() {
    MemoryRecording source = recording(100, 300, "uV", 20, 2);
    List<Marker> many = new java.util.ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(new Marker(100 + i * 0.001, "marker number " + i));
    }
    MemoryRecording dense =
        new MemoryRecording(source.info(), source.stamps(), source.values(), many);
    Path out = folder.resolve("many.edf");
    EdfWriter.write(out, dense, RecordingAbout.UNKNOWN, EdfOptions.DEFAULTS);
    try (RecordingFile file = EdfFile.open(out)) {
      assertThat(file.markers().stream().filter(m -> m.label().startsWith("marker"))).hasSize(500);
    }
  }

  @Test
  void refusesWhatItCannotHold() throws IOException {
    Path out = folder.resolve("no.edf");
    MemoryRecording source = recording(100, 20, "uV", 20, 2);
    source.values()[3 * 17] = Double.NaN;
    refuse(
        source,
        "no.edf: EDF holds finite values only; channel 'Fp1', row 17: NaN; replace it before writing");
    MemoryRecording gap = recording(100, 20, "uV", 20, 2);
    gap.stamps()[19] += 5;
    refuse(
        gap,
        "no.edf: EDF+C holds no gaps; 'r', row 19 is 5.0000 s off its steady time; cut or resample it first");
    StreamInfo irregular = new StreamInfo("r", "EEG", 0, "", source.info().channels());
    refuse(
        new MemoryRecording(irregular, source.stamps(), source.values(), List.of()),
        "no.edf: EDF holds signals of a steady rate; 'r' has none; resample it first");
    assertThat(out).doesNotExist();
    MemoryRecording sound = recording(100, 20, "uV", 20, 2);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () ->
                EdfWriter.write(
                    out, sound, RecordingAbout.UNKNOWN, new EdfOptions(false, false, 0.015)))
        .withMessage(
            "no.edf: each rate times recordSeconds must be a whole number of samples; recordSeconds=0.015");
    Files.createFile(out);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> EdfWriter.write(out, sound, RecordingAbout.UNKNOWN, EdfOptions.DEFAULTS));
  }

  private void refuse(MemoryRecording source, String message) {
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(
            () ->
                EdfWriter.write(
                    folder.resolve("no.edf"), source, RecordingAbout.UNKNOWN, EdfOptions.DEFAULTS))
        .withMessage(message);
  }
}
