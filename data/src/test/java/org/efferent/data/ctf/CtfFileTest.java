package org.efferent.data.ctf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.SensorPosition;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that the test wrote by the format's definition. */
class CtfFileTest {
  private static final int SAMPLES = 10;
  private static final String[] NAMES = {"MLC11-1", "BG1-1", "EEG001", "UPPT001", "SCLK01-177"};
  private static final int[] TYPES = {5, 0, 9, 11, 17};

  static final String MARKERS =
      """
      PATH OF DATASET:
      x


      NUMBER OF MARKERS:
      1


      CLASSGROUPID:
      3
      NAME:
      stim
      COMMENT:

      COLOR:
      blue
      NUMBER OF SAMPLES:
      2
      LIST OF SAMPLES:
      TRIAL NUMBER\t\tTIME FROM SYNC POINT (in seconds)
          +0\t\t\t +0
          +2\t\t\t +0.005


      """;

  @TempDir Path folder;

  /** Five channels at 600 Hz, trials of 10 samples of which 4 precede the trigger. */
  static byte[] header() {
    int names = 1844 + 4 + 2 + 18 + 8;
    ByteBuffer b = ByteBuffer.allocate(names + NAMES.length * (32 + CtfChannel.BYTES) + 2);
    text(b, 0, "MEG41RS");
    text(b, 778, "12:30");
    text(b, 1033, "05-Mar-2013");
    b.putInt(1288, SAMPLES).putShort(1292, (short) NAMES.length).putDouble(1296, 600);
    b.putDouble(1304, 1).putShort(1312, (short) 3).putInt(1316, 4);
    text(b, 1360, "run1");
    text(b, 1712, "S1");
    text(b, 1744, "Op");
    b.putInt(1836, 4);
    text(b, 1844, "abc");
    b.putShort(1848, (short) 1).putDouble(1850, 150).putInt(1862, 1).putShort(1866, (short) 1);
    for (int c = 0; c < NAMES.length; c++) {
      text(b, names + 32 * c, NAMES[c]);
      int at = names + 32 * NAMES.length + c * CtfChannel.BYTES;
      boolean magnetic = TYPES[c] == 5 || TYPES[c] == 0;
      b.putShort(at, (short) TYPES[c]).putDouble(at + 8, magnetic ? -2e9 : 1);
      b.putDouble(at + 16, magnetic ? 1024 : c == 2 ? 1e6 : 1).putDouble(at + 24, 1);
      b.putShort(at + 40, (short) 1);
      // MNE-Python refuses places of electrodes where no .hc file turns them into the head's frame.
      double metre = magnetic ? 100 : 0;
      b.putDouble(at + 48, 0.1 * metre).putDouble(at + 56, 0.2 * metre);
      b.putDouble(at + 64, 0.3 * metre);
      b.putDouble(at + 96, 1);
    }
    return array(b);
  }

  static int value(int channel, int row) {
    return switch (channel) {
      case 3 -> row == 12 || row == 13 ? 5 : 0;
      case 4 -> row < 27 ? row + 1 : 0;
      default -> 1000 * channel - 7 * row + 3;
    };
  }

  static byte[] trials(int first, int count) {
    ByteBuffer b = ByteBuffer.allocate(8 + 4 * count * SAMPLES * NAMES.length);
    text(b, 0, "MEG41CP");
    b.position(8);
    for (int t = first; t < first + count; t++) {
      for (int c = 0; c < NAMES.length; c++) {
        for (int s = 0; s < SAMPLES; s++) {
          b.putInt(value(c, t * SAMPLES + s));
        }
      }
    }
    return array(b);
  }

  private static byte[] array(ByteBuffer b) {
    byte[] all = new byte[b.capacity()];
    b.rewind().get(all);
    return all;
  }

  private static void text(ByteBuffer b, int at, String text) {
    b.put(at, text.getBytes(StandardCharsets.US_ASCII));
  }

  Path write() throws IOException {
    Path ds = Files.createDirectories(folder.resolve("a.ds"));
    Files.write(ds.resolve("a.res4"), header());
    Files.write(ds.resolve("a.meg4"), trials(0, 2));
    Files.write(ds.resolve("a.1_meg4"), trials(2, 1));
    Files.writeString(ds.resolve("BadChannels"), "MLC11\n");
    Files.writeString(ds.resolve("MarkerFile.mrk"), MARKERS);
    return ds;
  }

  @Test
  void readsTrialsOfAllParts() throws IOException {
    try (RecordingFile f = CtfFile.read(write())) {
      MemoryRecording r = f.main().load();
      assertThat(r.rows()).isEqualTo(27);
      assertThat(r.info().sampleRateHz()).isEqualTo(600);
      double[] scale = {1 / (-2e9 * 1024), 1 / (-2e9 * 1024), 1e-6, 1, 1};
      for (int i = 0; i < 27; i++) {
        for (int c = 0; c < 5; c++) {
          double expected = value(c, i) * scale[c];
          assertThat(r.values()[5 * i + c]).isEqualTo(expected, within(1e-12 * Math.abs(expected)));
        }
      }
      double[] some = new double[5 * 15];
      f.main().read(8, 15, some, 0);
      for (int i = 0; i < some.length; i++) {
        assertThat(some[i]).isEqualTo(r.values()[5 * 8 + i]);
      }
      assertThat(f.markers())
          .containsExactly(
              new Marker(4 / 600.0, "stim"),
              new Marker(12 / 600.0, "5"),
              new Marker(0.005 + 24 / 600.0, "stim"));
      assertThat(r.info().channels())
          .extracting(c -> c.label() + "/" + c.kind() + "/" + c.unit())
          .containsExactly(
              "MLC11-1/MEGGRADAXIAL/T",
              "BG1-1/MEGREFMAG/T",
              "EEG001/EEG/V",
              "UPPT001/TRIG/V",
              "SCLK01-177/SYSCLOCK/V");
      SensorPosition p = r.info().channels().get(0).position().orElseThrow();
      assertThat(p.x()).isEqualTo(-0.1 * Math.sqrt(0.5), within(1e-12));
      assertThat(p.y()).isEqualTo(0.3 * Math.sqrt(0.5), within(1e-12));
      assertThat(p.z()).isEqualTo(0.49, within(1e-12));
      assertThat(f.contents()).containsExactly("trials: 3 of 10 samples", "bad channels: MLC11");
      assertThat(f.warnings())
          .containsExactly(
              "the system's clock stands still from sample 27 of 30 on; those were left out");
      assertThat(f.about().subjectId()).isEqualTo("S1");
      assertThat(f.about().start().orElseThrow()).hasToString("2013-03-05T12:30");
    }
  }

  @Test
  void refusesWhatIsNotThere() throws IOException {
    Path ds = write();
    Files.write(ds.resolve("a.meg4"), java.util.Arrays.copyOf(trials(0, 1), 100));
    Files.delete(ds.resolve("a.1_meg4"));
    refused(ds, "a.meg4: has no whole trial of 5 channels × 10 samples");
    Files.writeString(ds.resolve("a.res4"), "no".repeat(1000));
    refused(ds, "a.res4: is not a CTF header: it must begin with MEG4; it begins with 'nononono'");
    Path other = Files.createDirectories(folder.resolve("b"));
    refused(other, "b: a CTF recording is a folder that ends with .ds");
  }

  private static void refused(Path ds, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> CtfFile.read(ds))
        .withMessage(message);
  }
}
