package org.efferent.data.nwb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.SensorPosition;
import org.efferent.core.SensorPosition.Frame;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.Conversion;
import org.efferent.data.files.ConvertOptions;
import org.efferent.data.files.RecordingFiles;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.inspect.Inspection;
import org.efferent.data.xdf.XdfRecordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NwbFileTest {
  @TempDir Path folder;

  private Path resource(String name) throws IOException {
    Path path = folder.resolve(name);
    try (InputStream in = NwbFileTest.class.getResourceAsStream(name)) {
      Files.write(path, in.readAllBytes());
    }
    return path;
  }

  @Test
  void electricalSeriesAreReadByRange() throws IOException {
    try (RecordingFile file = RecordingFiles.open(resource("signals.nwb"))) {
      assertThat(file.format()).isEqualTo("NWB 2.5.0");
      assertThat(file.recordings())
          .extracting(r -> r.info().name() + " " + r.info().type())
          .containsExactly("acquisition/raw Ephys", "processing/ecephys/LFP/lfp LFP");
      Recording raw = file.main();
      assertThat(raw.rows()).isEqualTo(60);
      assertThat(raw.info().sampleRateHz()).isEqualTo(1000);
      double[] part = new double[7];
      raw.read(30, 2, part, 1);
      // Rows 30 and 31 of int16 from -90 on, times 1e-6 and 1, 2, 4, plus 0.5.
      assertThat(part)
          .containsExactly(
              new double[] {0, 0.5, 0.500002, 0.500008, 0.500003, 0.500008, 0.50002},
              within(1e-12));
      double[] stamps = new double[1];
      raw.readStamps(59, 1, stamps, 0);
      assertThat(stamps[0]).isEqualTo(2.559, within(1e-12));
      assertThat(raw.info().channels())
          .extracting(c -> c.label() + " " + c.unit())
          .containsExactly("B1 volts", "A1 volts", "B2 volts");
      assertThat(raw.info().channels().get(0).position())
          .contains(new SensorPosition(Frame.TEMPLATE, 0.003, 0, -0.005));
      assertThat(raw.info().channels().get(2).position()).isEmpty();
      MemoryRecording lfp = file.recordings().get(1).load();
      assertThat(lfp.info().sampleRateHz()).isEqualTo(250);
      assertThat(lfp.values()[21]).isEqualTo(21);
      assertThat(lfp.stamps()[21]).isEqualTo(11.084, within(1e-12));
      assertThat(lfp.info().channels().get(0).label()).isEqualTo("A2");
      assertThat(lfp.info().channels().get(0).kind()).isEqualTo("LFP");
      assertThat(file.contents()).containsExactly("electrodes: 4; locations M1 (2), PMd (2)");
      assertThat(file.warnings())
          .containsExactly(
              "the file does not say the unit of its electrodes' positions; millimetres by their"
                  + " size");
    }
    assertThat(Inspection.of(folder.resolve("signals.nwb")).streams().get(1).gaps()).isEqualTo(1);
    Path out = folder.resolve("x.xdf");
    Conversion.convert(folder.resolve("signals.nwb"), out, ConvertOptions.DEFAULTS);
    try (RecordingFile file = XdfRecordings.open(out)) {
      assertThat(file.recordings()).hasSize(2);
      assertThat(file.main().rows()).isEqualTo(60);
    }
  }

  @Test
  void otherSeriesAreRecordingsMarkersOrContents() throws IOException {
    try (RecordingFile file = NwbFile.read(resource("others.nwb"))) {
      assertThat(file.recordings()).hasSize(1);
      MemoryRecording position = file.main().load();
      assertThat(position.info().name()).isEqualTo("processing/behavior/position");
      assertThat(position.info().sampleRateHz()).isZero();
      assertThat(position.values()[3]).isEqualTo(0.03, within(1e-12));
      assertThat(position.stamps()).containsExactly(0, 1, 1.5, 4, 4.1);
      assertThat(file.markers())
          .containsExactly(
              new Marker(2.5, "begin"),
              new Marker(2.75, "größer"),
              new Marker(3, 0.25, "licks"),
              new Marker(5, 0.5, "licks"));
      assertThat(file.main().markers()).isEqualTo(file.markers());
      assertThat(file.contents())
          .containsExactly("/acquisition/video: ImageSeries uint8 [2 × 3 × 4]");
      assertThat(file.warnings())
          .containsExactly(
              "left out: /acquisition/elsewhere: is a link to 'other.nwb:/acquisition/raw'; links into"
                  + " other files are not followed; copy what is meant into this file",
              "left out: /acquisition/through: is a link that leads nowhere or into another file");
      assertThat(file.about().equipment()).isEqualTo("Array");
      assertThat(file.about().recordingId()).isEqualTo("id-7");
    }
  }

  @Test
  void unitsAndIntervals() throws IOException {
    Path path = resource("tables.nwb");
    try (NwbFile nwb = NwbFile.open(path)) {
      NwbUnits units = nwb.units();
      assertThat(units.size()).isEqualTo(3);
      assertThat(units.id(2)).isEqualTo("9");
      assertThat(units.spikeCount(0)).isEqualTo(3);
      assertThat(units.spikeTimes(0)).containsExactly(0.5, 1.5, 2.5);
      assertThat(units.spikeTimes(1)).isEmpty();
      assertThat(units.spikeTimes(2)).containsExactly(0.25, 9);
    }
    try (RecordingFile file = NwbFile.read(path)) {
      assertThat(file.markers())
          .containsExactly(
              new Marker(0.5, "trials: side=left, correct=1"),
              new Marker(1, 1, "trials: side=left, correct=1"),
              new Marker(4, 0.5, "trials: side=right, correct=0"),
              new Marker(7, 1, "invalid_times 0"));
      assertThat(file.contents())
          .containsExactlyInAnyOrder(
              "trials: 3 intervals with side, correct",
              "invalid_times: 1 intervals",
              "units: 3 with 5 spikes",
              "unit 5: 3 spikes",
              "unit 6: 0 spikes",
              "unit 9: 2 spikes");
      assertThat(file.about().subjectId()).isEqualTo("M07");
      assertThat(file.about().sex()).isEqualTo("F");
      assertThat(file.about().birthDate().orElseThrow()).hasToString("2023-01-02");
      assertThat(file.about().start().orElseThrow()).hasToString("2024-03-05T10:20:30.400");
      assertThat(file.about().recordingId()).isEqualTo("s1");
      assertThat(file.about().investigator()).isEqualTo("Doe, J., Roe, R.");
      assertThat(file.about().comment()).isEqualTo("a test");
    }
    assertThat(Inspection.of(path).markers()).hasSize(4);
  }

  @Test
  void linksIntoOtherFilesAreNeverFollowed() throws IOException {
    resource("signals.nwb");
    refused(
        resource("linked.nwb"),
        UnsupportedInputException.class,
        "linked.nwb: /acquisition/raw/data: is a link to 'signals.nwb:/acquisition/raw/data'; links"
            + " into other files are not followed; copy what is meant into this file");
  }

  /** A series in a file of jHDF's own making. */
  private Path written(String version, double rate, Object stamps, Map<String, Object> units) {
    Path path = folder.resolve("w.nwb");
    try (WritableHdfFile file = HdfFile.write(path)) {
      if (version != null) {
        file.putAttribute("nwb_version", version);
      }
      WritableGroup raw = file.putGroup("acquisition").putGroup("raw");
      raw.putAttribute("neurodata_type", "TimeSeries");
      raw.putDataset("data", new double[] {1, 2, 3, 4}).putAttribute("unit", "a.u.");
      if (stamps == null) {
        var start = raw.putDataset("starting_time", new double[] {0.25});
        start.putAttribute("rate", rate);
      } else {
        raw.putDataset("timestamps", stamps);
      }
      if (!units.isEmpty()) {
        WritableGroup table = file.putGroup("units");
        units.forEach(table::putDataset);
      }
    }
    return path;
  }

  @Test
  void plainSeriesAreReadToo() {
    try (RecordingFile file = RecordingFiles.open(written("2.0.1", 4, null, Map.of()))) {
      MemoryRecording r = file.main().load();
      assertThat(r.values()).containsExactly(1, 2, 3, 4);
      assertThat(r.stamps()).containsExactly(0.25, 0.5, 0.75, 1);
      assertThat(r.info().channels())
          .extracting(c -> c.label() + " " + c.unit())
          .containsExactly("raw a.u.");
      assertThat(r.info().type()).isEqualTo("TimeSeries");
    }
    double[] stamps = {0, 0.1, 0.2};
    try (RecordingFile file = RecordingFiles.open(written("2.0.1", 4, stamps, Map.of()))) {
      assertThat(file.main().rows()).isEqualTo(3);
      assertThat(file.main().info().sampleRateHz()).isEqualTo(10);
      assertThat(file.warnings())
          .containsExactly("/acquisition/raw: has 4 samples and 3 timestamps; 3 are read");
    }
  }

  @Test
  void ratesOfStamps() {
    assertThat(NwbSeries.rate(new double[] {})).isZero();
    assertThat(NwbSeries.rate(new double[] {1, 2, 4, 8})).isZero();
    assertThat(NwbSeries.rate(new double[] {5, 5, 5})).isZero();
    assertThat(NwbSeries.rate(new double[] {3, 2, 1})).isZero();
    double[] jitter = new double[1000];
    for (int i = 0; i < jitter.length; i++) {
      jitter[i] = i / 30.0 + (i % 7) * 1e-4;
    }
    assertThat(NwbSeries.rate(jitter)).isEqualTo(30, within(0.1));
  }

  @Test
  void refusesWhatItCannotRead() {
    refused(
        written(null, 4, null, Map.of()),
        InputException.class,
        "w.nwb: is no NWB file; its root must have the attribute nwb_version");
    refused(
        written("1.0.6", 4, null, Map.of()),
        UnsupportedInputException.class,
        "w.nwb: NWB is read in version 2; version=1.0.6");
    refused(
        written("2.5.0", 0, null, Map.of()),
        InputException.class,
        "w.nwb: /acquisition/raw/starting_time: its rate must be positive; rate=0.0");
    Map<String, Object> units =
        Map.of("spike_times", new double[] {1, 2}, "spike_times_index", new int[] {1, 3});
    refused(
        written("2.5.0", 4, null, units),
        InputException.class,
        "w.nwb: /units/spike_times_index: must ascend from 0 to 2; row 1 has 3 after 1; it is"
            + " damaged");
  }

  private static void refused(Path path, Class<? extends EfferentException> type, String message) {
    assertThatExceptionOfType(type).isThrownBy(() -> NwbFile.open(path)).withMessage(message);
  }

  /** All of a file, as the hunts read it. */
  static void all(Path path) {
    try (NwbFile nwb = NwbFile.open(path)) {
      FuzzReads.all(nwb.recordings());
      for (int u = 0; u < nwb.units().size(); u++) {
        nwb.units().spikeTimes(u);
      }
    }
  }
}
