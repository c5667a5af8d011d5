package org.efferent.data.eeglab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.SensorPosition;
import org.efferent.core.SensorPosition.Frame;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.edf.EdfFile;
import org.efferent.data.files.Conversion;
import org.efferent.data.files.ConvertOptions;
import org.efferent.data.files.RecordingFiles;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.inspect.Inspection;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

class EeglabFileTest {
  @TempDir Path folder;

  /** A dataset of two channels and four points: value 10 c + p. */
  static Struct eeg(Array data) {
    Struct eeg = Mat5.newStruct();
    eeg.set("srate", Mat5.newScalar(100)).set("nbchan", Mat5.newScalar(2));
    eeg.set("pnts", Mat5.newScalar(4)).set("trials", Mat5.newScalar(1));
    eeg.set("xmin", Mat5.newScalar(0)).set("data", data).set("subject", Mat5.newString("S1"));
    Struct channels = Mat5.newStruct(1, 2);
    channels.set("labels", 0, Mat5.newString("C3")).set("labels", 1, Mat5.newString("C4"));
    Struct events = Mat5.newStruct(1, 2);
    events.set("type", 0, Mat5.newString("late")).set("type", 1, Mat5.newScalar(2));
    events.set("latency", 0, Mat5.newScalar(3.5)).set("latency", 1, Mat5.newScalar(1));
    events.set("duration", 0, Mat5.newScalar(0)).set("duration", 1, Mat5.newScalar(1));
    return eeg.set("chanlocs", channels).set("event", events).set("urevent", events);
  }

  static Matrix values(MatlabType type, int points) {
    Matrix data = Mat5.newMatrix(new int[] {2, points}, type);
    for (int p = 0; p < points; p++) {
      data.setDouble(0, p, p);
      data.setDouble(1, p, 10 + p);
    }
    return data;
  }

  static byte[] floats(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return bytes.array();
  }

  private Path save(String name, Struct eeg, boolean compressed) throws IOException {
    return save(name, Mat5.newMatFile().addArray("EEG", eeg), compressed);
  }

  private Path save(String name, MatFile file, boolean compressed) throws IOException {
    return write(folder.resolve(name), file, compressed);
  }

  static Path write(Path path, MatFile file, boolean compressed) throws IOException {
    try (Sink sink = Sinks.newStreamingFile(path.toFile())) {
      var writer = Mat5.newWriter(sink);
      if (!compressed) {
        writer.setDeflateLevel(java.util.zip.Deflater.NO_COMPRESSION);
      }
      writer.writeMat(file);
    }
    return path;
  }

  private static void small(Path path, String... warnings) {
    try (RecordingFile file = RecordingFiles.open(path)) {
      assertThat(file.format()).isEqualTo("EEGLAB (MAT 5)");
      MemoryRecording r = file.main().load();
      assertThat(r.values()).containsExactly(0, 10, 1, 11, 2, 12, 3, 13);
      assertThat(r.stamps()).containsExactly(0, 0.01, 0.02, 0.03);
      double[] part = new double[5];
      file.main().read(1, 2, part, 1);
      assertThat(part).containsExactly(0, 1, 11, 2, 12);
      assertThat(r.info().channels())
          .extracting(c -> c.label() + " " + c.kind() + " " + c.unit())
          .containsExactly("C3 EEG uV", "C4 EEG uV");
      assertThat(file.markers())
          .containsExactly(new Marker(0, 0.01, "2"), new Marker(0.025, "late"));
      assertThat(file.about().subjectId()).isEqualTo("S1");
      assertThat(file.contents()).containsExactly("urevent: 2 events");
      assertThat(file.warnings()).containsExactly(warnings);
    }
  }

  @Test
  void dataAreInsideOrBesideInBothOrders() throws IOException {
    small(save("a.set", eeg(values(MatlabType.Single, 4)), true));
    small(save("b.set", eeg(values(MatlabType.Double, 4)), false));
    small(save("c.set", eeg(values(MatlabType.Int16, 4)), true));
    Files.write(folder.resolve("d.fdt"), floats(0, 10, 1, 11, 2, 12, 3, 13));
    small(save("d.set", eeg(Mat5.newString("C:\\lab\\d.fdt")), true));
    small(folder.resolve("d.fdt"));
    Files.write(folder.resolve("e.dat"), floats(0, 1, 2, 3, 10, 11, 12, 13));
    small(save("e.set", eeg(Mat5.newString("/home/e.dat")), true));
    small(save("f.set", eeg(Mat5.newMatrix(0, 0)).set("datfile", Mat5.newString("d.fdt")), true));
    Files.move(folder.resolve("d.set"), folder.resolve("moved.set"));
    Files.move(folder.resolve("d.fdt"), folder.resolve("moved.fdt"));
    small(folder.resolve("moved.set"), "its data file 'd.fdt' is not there; 'moved.fdt' is read");
    MatFile old = Mat5.newMatFile().addArray("EEG", eeg(Mat5.newString("EEGDATA")));
    small(save("g.set", old.addArray("EEGDATA", values(MatlabType.Single, 4)), true));
  }

  @Test
  void fieldsMayBeVariablesAndTheNameAnother() throws IOException {
    Struct eeg = eeg(values(MatlabType.Single, 4));
    MatFile file = Mat5.newMatFile();
    eeg.getFieldNames().forEach(field -> file.addArray(field, eeg.get(field)));
    small(save("h.set", file, false));
    small(save("h.mat", file, true));
    small(save("i.mat", eeg, true));
  }

  @Test
  void aLargeVariableThatIsNotCompressedStaysInItsFile() throws IOException {
    int points = 200_000;
    Path path =
        save(
            "large.set",
            eeg(values(MatlabType.Single, points)).set("pnts", Mat5.newScalar(points)),
            false);
    try (RecordingFile file = EeglabFile.open(path)) {
      double[] row = new double[2];
      file.main().read(points - 1, 1, row, 0);
      assertThat(row).containsExactly(points - 1.0, points + 9.0);
    }
  }

  private static Path resource(String name, Path folder) throws IOException {
    Path path = folder.resolve(name);
    try (InputStream in = EeglabFileTest.class.getResourceAsStream(name)) {
      Files.write(path, in.readAllBytes());
    }
    return path;
  }

  @Test
  void filesOf73AreReadByRange() throws IOException {
    try (RecordingFile file = EeglabFile.open(resource("continuous73.set", folder))) {
      assertThat(file.format()).isEqualTo("EEGLAB (MAT 7.3)");
      Recording r = file.main();
      assertThat(r.rows()).isEqualTo(40);
      assertThat(r.info().sampleRateHz()).isEqualTo(250);
      double[] part = new double[6];
      r.read(15, 2, part, 0);
      assertThat(part).containsExactly(8.25, 8.5, 8.75, 9, 9.25, 9.5);
      assertThat(r.info().channels())
          .extracting(c -> c.label() + " " + c.kind())
          .containsExactly("Fz EEG", "C3 EEG", "VEOG EOG");
      assertThat(r.info().channels().get(0).position())
          .contains(new SensorPosition(Frame.TEMPLATE, -0.0, 0.06, 0.06));
      assertThat(r.info().channels().get(1).position())
          .contains(new SensorPosition(Frame.TEMPLATE, -0.06, 0, 0.06));
      assertThat(r.info().channels().get(2).position()).isEmpty();
      assertThat(file.markers())
          .containsExactly(
              new Marker(0.5, 0.02, "stim"),
              new Marker(0.5 + 10.5 / 250, "7"),
              new Marker(0.5 + 19.5 / 250, "boundary"));
      assertThat(file.contents())
          .containsExactly(
              "cut: 2 s were left out at 0.578 s", "setname: Grüße", "reference: common");
      assertThat(file.warnings()).containsExactly("1 events without a latency were left out");
      assertThat(file.about().subjectId()).isEqualTo("S07");
      assertThat(file.about().recordingId()).isEqualTo("2");
    }
  }

  @Test
  void epochsFollowEachOther() throws IOException {
    try (RecordingFile file = EeglabFile.open(resource("epoched73.set", folder))) {
      MemoryRecording r = file.main().load();
      assertThat(r.rows()).isEqualTo(20);
      assertThat(r.values()[39]).isEqualTo(39);
      assertThat(r.stamps()[7]).isEqualTo(0.07, within(1e-12));
      assertThat(file.markers())
          .extracting(m -> String.format(Locale.ROOT, "%.2f %s", m.time(), m.label()))
          .containsExactly("0.02 b", "0.07 a", "0.12 b", "0.17 a");
      assertThat(file.contents())
          .containsExactly(
              "epochs: 4 of 5 samples, from -0.02 s to 0.02 s around their events; they follow each"
                  + " other without gaps",
              "ICA: 2 components of 2 channels");
      SensorPosition top = r.info().channels().get(0).position().orElseThrow();
      SensorPosition right = r.info().channels().get(1).position().orElseThrow();
      assertThat(top.z()).isEqualTo(0.085, within(1e-12));
      assertThat(right.x()).isEqualTo(0.085, within(1e-12));
    }
  }

  @Test
  void oneChannelAndOneEventAreNoArrays() throws IOException {
    Path path = resource("one73.set", folder);
    try (RecordingFile file = EeglabFile.open(path)) {
      assertThat(file.main().load().values()).containsExactly(1.5, 2.5, 3.5, 4.5);
      assertThat(file.markers()).containsExactly(new Marker(0.1, "go"));
      SensorPosition back = file.main().info().channels().get(0).position().orElseThrow();
      assertThat(back.y()).isEqualTo(-0.085, within(1e-12));
    }
    Inspection inspection = Inspection.of(path);
    assertThat(inspection.streams().get(0).samples()).isEqualTo(4);
    assertThat(inspection.markers()).hasSize(1);
    Path edf = folder.resolve("one.edf");
    Conversion.convert(path, edf, ConvertOptions.DEFAULTS);
    try (RecordingFile file = EdfFile.open(edf)) {
      assertThat(file.main().load().values()).startsWith(new double[] {1.5}, within(1e-3));
    }
  }

  @Test
  void noseMayPointElsewhere() throws IOException {
    Struct channels = Mat5.newStruct(1, 2);
    for (int c = 0; c < 2; c++) {
      channels
          .set("labels", c, Mat5.newString("C" + c))
          .set("X", c, Mat5.newScalar(0.01 + c / 50.0));
      channels.set("Y", c, Mat5.newScalar(0.09)).set("Z", c, Mat5.newScalar(0));
    }
    List<String> found = new ArrayList<>();
    for (String nose : List.of("+X", "+Y", "-X", "-Y")) {
      Struct eeg = eeg(values(MatlabType.Single, 4)).set("chanlocs", channels);
      eeg.set("chaninfo", Mat5.newStruct().set("nosedir", Mat5.newString(nose)));
      try (RecordingFile file = EeglabFile.open(save("nose.set", eeg, true))) {
        SensorPosition p = file.main().info().channels().get(0).position().orElseThrow();
        found.add("%s %s".formatted(p.x(), p.y()));
      }
    }
    assertThat(found).containsExactly("-0.09 0.01", "0.01 0.09", "0.09 -0.01", "-0.01 -0.09");
  }

  @Test
  void agreesWithEeglabsReadingOfAnEdf() throws IOException {
    Path shared = Path.of(System.getProperty("efferent.root", ".")).resolve("../shared/data/edf");
    Assumptions.assumeTrue(Files.exists(shared), "../shared/data/edf is absent");
    Path set = folder.resolve("x.set");
    Matrix data;
    try (var source =
        us.hebi.matlab.mat.types.Sources.openFile(shared.resolve("test_edf_eeglab.mat").toFile())) {
      data = Mat5.newReader(source).readMat().getMatrix("data");
    }
    Struct eeg = Mat5.newStruct().set("srate", Mat5.newScalar(1)).set("data", data);
    save("x.set", eeg, true);
    try (RecordingFile one = EeglabFile.open(set);
        RecordingFile other = EdfFile.open(shared.resolve("test.edf"))) {
      MemoryRecording a = one.main().load();
      Recording b = other.main();
      double[] edf = new double[a.rows() == 0 ? 1 : b.channels()];
      int checked = 0;
      for (int r = 0; r < Math.min(a.rows(), b.rows()); r += 97) {
        b.read(r, 1, edf, 0);
        for (int c = 0; c < Math.min(20, b.channels()); c++) {
          assertThat(a.values()[r * a.channels() + c]).isEqualTo(edf[c], within(1e-3));
          checked++;
        }
      }
      assertThat(checked).isPositive();
    }
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Struct named = eeg(Mat5.newString("gone.fdt"));
    refused(
        save("x.set", named, true),
        InputException.class,
        "x.set: its data are in a file of their own, which must be beside it; looked for 'gone.fdt'"
            + " and 'x.fdt' in %s; put it there".formatted(folder.toAbsolutePath()));
    Files.write(folder.resolve("y.fdt"), new byte[4]);
    refused(
        folder.resolve("y.fdt"),
        InputException.class,
        "y.fdt: its header 'y.set' is not beside it; put it there, or open the header");
    refused(
        save("y.set", eeg(Mat5.newString("y.fdt")), true),
        InputException.class,
        "y.fdt: has 4 bytes, less than one sample of 2 channels of 4 bytes; it is truncated, or not"
            + " that of y.set");
    refused(
        save("x.set", eeg(Mat5.newMatrix(0, 0)), true),
        InputException.class,
        "x.set: has no data: field 'data' must hold numbers or the name of a file; it is double [0 ×"
            + " 0]");
    refused(
        save("x.set", eeg(values(MatlabType.Single, 4)).set("srate", Mat5.newScalar(0)), true),
        InputException.class,
        "x.set: field 'srate' must be positive; srate=0.0");
    refused(
        save("x.set", eeg(values(MatlabType.Single, 4)).set("trials", Mat5.newScalar(3)), true),
        InputException.class,
        "x.set: data must be [channels × points × epochs]; they are single [2 × 4], trials=3");
    refused(
        save("x.set", eeg(values(MatlabType.Single, 4)).set("trials", Mat5.newScalar(0.5)), true),
        InputException.class,
        "x.set: field 'trials' must be a whole number from 1 on; trials=0.5");
    refused(
        save("x.set", Mat5.newMatFile().addArray("a", Mat5.newScalar(1)), true),
        InputException.class,
        "x.set: must have a struct 'EEG' or the fields of one; it has [a]; the file is no EEGLAB"
            + " dataset");
    refused(
        save("x.set", Mat5.newMatFile().addArray("EEG", Mat5.newScalar(1)), true),
        InputException.class,
        "x.set: variable 'EEG' must be a struct; it is double [1 × 1]; the file is no EEGLAB"
            + " dataset");
    refused(
        save("x.set", Mat5.newMatFile().addArray("ALLEEG", Mat5.newStruct(1, 2)), true),
        UnsupportedInputException.class,
        "x.set: variable 'ALLEEG' must hold one dataset; save each in a file of its own");
  }

  @Test
  void readsWhatIsThereOfACutFile() throws IOException {
    Files.write(folder.resolve("z.fdt"), floats(0, 10, 1, 11, 2, 12, 3));
    Struct eeg = eeg(Mat5.newString("z.fdt"));
    try (RecordingFile file = EeglabFile.open(save("z.set", eeg, true))) {
      assertThat(file.main().load().values()).containsExactly(0, 10, 1, 11, 2, 12);
      assertThat(file.warnings())
          .containsExactly("z.fdt holds 3 samples of 2 channels, the header says 4; 3 are read");
    }
    eeg.set("pnts", Mat5.newScalar(2)).set("trials", Mat5.newScalar(2));
    try (RecordingFile file = EeglabFile.open(save("z.set", eeg, true))) {
      assertThat(file.main().rows()).isEqualTo(2);
      assertThat(file.contents().get(0)).startsWith("epochs: 1 of 2 samples");
    }
  }

  private static void refused(Path path, Class<? extends EfferentException> type, String message) {
    assertThatExceptionOfType(type).isThrownBy(() -> EeglabFile.open(path)).withMessage(message);
  }

  /** All of a file, as the hunts read it. */
  static void all(Path path) {
    try (RecordingFile file = EeglabFile.open(path)) {
      FuzzReads.all(file);
    }
  }
}
