package org.efferent.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.edf.EdfOptions;
import org.efferent.data.edf.EdfWriter;
import org.efferent.data.npy.Npy;
import org.efferent.data.npy.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one format to all others. */
class ConversionTest {
  private static final int ROWS = 1_000;
  private static final double STEP = 0.01;

  @TempDir private Path folder;
  private Path source;

  @BeforeEach
  void anEdfRecordingOfSomebody() {
    StreamInfo info =
        new StreamInfo(
            "jane",
            "EEG",
            250,
            "amp-4711",
            List.of(new ChannelInfo("Fp1", "EEG", "uV"), new ChannelInfo("Cz", "EEG", "uV")));
    double[] stamps = new double[ROWS];
    double[] values = new double[2 * ROWS];
    for (int i = 0; i < ROWS; i++) {
      stamps[i] = i / 250.0;
      values[2 * i] = 100 * Math.sin(i / 10.0);
      values[2 * i + 1] = i % 100;
    }
    RecordingAbout about =
        new RecordingAbout(
            "P0001",
            "Jane Doe",
            "F",
            Optional.of(LocalDate.of(1990, 5, 4)),
            Optional.of(LocalDateTime.of(2024, 2, 3, 10, 11, 12)),
            "E7",
            "Dr Who",
            "Amp",
            "");
    source = folder.resolve("jane.edf");
    Recording recording =
        new MemoryRecording(
            info, stamps, values, List.of(new Marker(1, 0.5, "go"), new Marker(2.5, "stop")));
    EdfWriter.write(source, recording, about, EdfOptions.DEFAULTS);
  }

  private RecordingFile converted(String name, boolean anonymize) {
    Path out = folder.resolve(name);
    Conversion.convert(source, out, new ConvertOptions(anonymize, false));
    return RecordingFiles.open(out);
  }

  private void same(RecordingFile file, double tolerance) {
    try (RecordingFile original = RecordingFiles.open(source)) {
      MemoryRecording expected = original.main().load();
      MemoryRecording actual = file.main().load();
      assertThat(actual.rows()).isEqualTo(expected.rows());
      assertThat(actual.values()).containsExactly(expected.values(), within(tolerance));
      assertThat(actual.stamps()).containsExactly(expected.stamps(), within(1e-6));
      assertThat(actual.info().channels())
          .extracting(ChannelInfo::label)
          .containsExactly("Fp1", "Cz");
    }
  }

  @Test
  void signalsSurviveEveryFormatThatHoldsThem() {
    for (String name : List.of("c.edf", "c.bdf", "c.xdf", "c.vhdr")) {
      try (RecordingFile file = converted(name, false)) {
        same(file, STEP);
        assertThat(file.markers()).as(name).hasSize(name.endsWith("vhdr") ? 3 : 2);
      }
    }
    try (RecordingFile file = converted("c.csv", false)) {
      same(file, STEP);
    }
    try (RecordingFile file = converted("c.safetensors", false)) {
      same(file, 0);
      assertThat(file.contents()).isEmpty();
      assertThat(file.main().info().sampleRateHz()).isEqualTo(250);
      assertThat(file.main().info().channels().get(1).unit()).isEqualTo("uV");
      double[] part = new double[3];
      file.main().read(42, 1, part, 1);
      assertThat(part[2]).isEqualTo(42, within(STEP));
      assertThat(file.markers()).containsExactly(new Marker(1, 0.5, "go"), new Marker(2.5, "stop"));
    }
  }

  @Test
  void tensorsThatAreNoRecordingAreTold() {
    Path path = folder.resolve("t.safetensors");
    new Safetensors(
            java.util.Map.of("rate", "250", "labels", "a\nb\nc"),
            java.util.Map.of("values", org.efferent.data.Tensor.of(new double[] {1, 2}, 1, 2)))
        .write(path, false);
    try (RecordingFile file = RecordingFiles.open(path)) {
      assertThat(file.recordings()).isEmpty();
      assertThat(file.contents()).containsExactly("values: F64 [1, 2]");
    }
  }

  @Test
  void noDamageOfTensorsBreaksAReading() throws Exception {
    converted("f.safetensors", false).close();
    List<byte[]> seeds = List.of(java.nio.file.Files.readAllBytes(folder.resolve("f.safetensors")));
    assertThat(
            new org.efferent.data.fuzz.ReaderFuzz(
                    ".safetensors",
                    seeds,
                    p -> {
                      try (RecordingFile file = RecordingFiles.open(p)) {
                        file.recordings().forEach(Recording::load);
                      }
                    })
                .run(folder))
        .isPositive();
  }

  @Test
  void arraysHoldTheSameNumbers() {
    MemoryRecording expected;
    try (RecordingFile original = RecordingFiles.open(source)) {
      expected = original.main().load();
    }
    converted("a.npy", false).close();
    assertThat(Npy.read(folder.resolve("a.npy")).doubles()).containsExactly(expected.values());
    converted("a.npz", false).close();
    try (Npz archive = Npz.open(folder.resolve("a.npz"))) {
      assertThat(archive.array("values").doubles()).containsExactly(expected.values());
      assertThat(archive.array("labels").strings()).containsExactly("Fp1", "Cz");
      assertThat(archive.array("marker_labels").strings()).containsExactly("go", "stop");
      assertThat(archive.array("marker_durations").doubles()).containsExactly(0.5, 0);
    }
    converted("a.safetensors", false).close();
    Safetensors tensors = Safetensors.read(folder.resolve("a.safetensors"));
    assertThat(tensors.tensor("values").doubles()).containsExactly(expected.values());
    assertThat(tensors.metadata("rate")).isEqualTo("250.0");
  }

  @Test
  void anonymousCopiesNameNobodyAndNoDay() throws Exception {
    for (String name : List.of("n.edf", "n.bdf", "n.xdf", "n.vhdr", "n.npz", "n.safetensors")) {
      Path out = folder.resolve(name);
      List<String> remarks = Conversion.convert(source, out, new ConvertOptions(true, false));
      assertThat(remarks)
          .contains("the texts of 2 markers were kept; look through them if they may name people");
      String bytes =
          new String(
              java.nio.file.Files.readAllBytes(out), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain("Jane", "Doe", "P0001", "Dr", "jane", "amp-4711");
      assertThat(bytes).doesNotContain("1990", "03.02.24", "FEB-2024", "20240203");
    }
    try (RecordingFile file = RecordingFiles.open(folder.resolve("n.edf"))) {
      assertThat(file.about().subjectName()).isEmpty();
      assertThat(file.about().birthDate()).isEmpty();
    }
  }

  @Test
  void refusesNamesThatSayNoFormat() {
    assertThatThrownBy(
            () -> Conversion.convert(source, folder.resolve("c.fif"), ConvertOptions.DEFAULTS))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "c.fif: the name says no format that is written; it must end with one of .edf .bdf .xdf"
                + " .vhdr .csv .npy .npz .safetensors");
    assertThatThrownBy(() -> Conversion.convert(source, source, ConvertOptions.DEFAULTS))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            source + ": exists already; choose another name, or allow it to be overwritten");
  }
}
