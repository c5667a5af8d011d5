package org.efferent.data.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.SensorPosition;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.fif.FifEvent;
import org.efferent.data.fif.FifFile;
import org.efferent.data.fif.GoldenReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitFileTest {
  private static final int SYSTEM = 208;
  private static final int CHANNELS = 1000;
  private static final int SENSITIVITY = 1400;
  private static final int AMPLIFIER = 1500;
  private static final int ACQUISITION = 1520;
  private static final int SAMPLES = 1600;

  @TempDir Path folder;

  /** Four channels (axial gradiometer, EEG, ECG, trigger) at 500 Hz, five rows of 16 or 32 bits. */
  static ByteBuffer file(int version, int revision, int bits) {
    int rowBytes = 4 * bits / 8;
    ByteBuffer b = ByteBuffer.allocate(SAMPLES + 5 * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    entry(b, 0, 0, 16, 13);
    entry(b, 1, SYSTEM, 760, 1);
    entry(b, 4, CHANNELS, 76, 4);
    entry(b, 5, SENSITIVITY, 16, 4);
    entry(b, 7, AMPLIFIER, 4, 1);
    entry(b, 8, ACQUISITION, 32, 1);
    entry(b, 9, SAMPLES, bits / 8, 20);
    b.putInt(SYSTEM, version).putInt(SYSTEM + 4, revision).putInt(SYSTEM + 8, 34);
    text(b, SYSTEM + 12, "Lab");
    text(b, SYSTEM + 140, "Model");
    b.putInt(SYSTEM + 268, 4);
    text(b, SYSTEM + 272, "why");
    b.putInt(SYSTEM + 528, 86_400).putInt(SYSTEM + 564, 100);
    boolean old = version < 2 || (version == 2 && revision <= 3);
    if (old) {
      b.putInt(SYSTEM + 716, 8);
    } else {
      b.putDouble(SYSTEM + 716, 8);
    }
    int adc = SYSTEM + (old ? 720 : 724);
    b.putInt(adc, 1).putInt(adc + 4, bits).putInt(adc + 8, 16);
    b.putInt(CHANNELS, 2).putDouble(CHANNELS + 4, 0.1).putDouble(CHANNELS + 12, 0.2);
    b.putDouble(CHANNELS + 20, 0.3);
    b.putInt(CHANNELS + 76, -2);
    text(b, CHANNELS + 76 + 12, "Cz");
    b.putDouble(CHANNELS + 76 + 26, 4e-6);
    b.putInt(CHANNELS + 152, -3).putInt(CHANNELS + 228, -1);
    for (int c = 0; c < 4; c++) {
      b.putDouble(SENSITIVITY + 16 * c + 8, 1e-9);
    }
    b.putInt(AMPLIFIER, 0x1000);
    b.putInt(ACQUISITION, 1).putDouble(ACQUISITION + 4, 500).putInt(ACQUISITION + 16, 5);
    int high = 16_384;
    int[] trigger = {high, 0, 0, high, 0};
    for (int r = 0; r < 5; r++) {
      int[] row = {r, -r, 2 * r, trigger[r]};
      for (int c = 0; c < 4; c++) {
        int at = SAMPLES + r * rowBytes + c * bits / 8;
        if (bits == 16) {
          b.putShort(at, (short) row[c]);
        } else {
          b.putInt(at, row[c]);
        }
      }
    }
    return b;
  }

  private static void entry(ByteBuffer b, int index, int offset, int size, int count) {
    b.putInt(16 * index, offset).putInt(16 * index + 4, size);
    b.putInt(16 * index + 8, count).putInt(16 * index + 12, count);
  }

  private static void text(ByteBuffer b, int at, String text) {
    b.put(at, text.getBytes(StandardCharsets.US_ASCII));
  }

  private Path write(ByteBuffer b) throws IOException {
    return Files.write(folder.resolve("x.con"), bytes(b));
  }

  static byte[] bytes(ByteBuffer b) {
    byte[] all = new byte[b.capacity()];
    b.rewind().get(all);
    return all;
  }

  @Test
  void readsBothLayoutsAndBothWidths() throws IOException {
    for (int[] variant : new int[][] {{2, 3, 16}, {2, 4, 16}, {3, 0, 32}}) {
      try (RecordingFile f = KitFile.read(write(file(variant[0], variant[1], variant[2])))) {
        MemoryRecording r = f.main().load();
        double volt = 8 / 65_536.0;
        // Gains 2 × 1 × 1; EEG: 4e-6 / 2^(16 - 14); ECG has no gain of its own.
        double[] scale = {volt / 2 * 1e-9, 1e-6, volt, volt};
        for (int i = 0; i < 5; i++) {
          int[] row = {i, -i, 2 * i, i == 0 || i == 3 ? 16_384 : 0};
          for (int c = 0; c < 4; c++) {
            assertThat(r.values()[4 * i + c])
                .isEqualTo(row[c] * scale[c], within(1e-12 * Math.abs(row[c] * scale[c])));
          }
        }
        assertThat(f.markers()).containsExactly(new Marker(0.002, "1"), new Marker(0.008, "1"));
        assertThat(r.info().channels())
            .extracting(c -> c.label() + "/" + c.kind() + "/" + c.unit())
            .containsExactly(
                "MEG 001/MEGGRADAXIAL/T", "Cz/EEG/V", "ECG 001/ECG/V", "TRIGGER 001/TRIG/V");
        assertThat(r.info().channels().get(0).position())
            .contains(new SensorPosition(SensorPosition.Frame.DEVICE, -0.2, 0.1, 0.3));
        assertThat(f.about().equipment()).isEqualTo("Lab Model (system 34)");
        assertThat(f.about().comment()).isEqualTo("why");
        assertThat(f.about().start().orElseThrow()).hasToString("1970-01-02T00:00");
        assertThat(f.warnings()).isEmpty();
      }
    }
  }

  @Test
  void realFileEqualsMne() throws IOException {
    GoldenReading golden = GoldenReading.of("meg__kit_test.sqd");
    Path file = GoldenReading.shared("data/meg/kit_test.sqd");
    try (RecordingFile f = KitFile.read(file)) {
      golden.check(f.main().load(), 192);
      assertThat(f.warnings()).isEmpty();
      assertThat(f.markers()).containsExactly(new Marker(0.281, "255"), new Marker(1.564, "255"));
    }
    assertThat(KitFile.events(file))
        .extracting(e -> new FifEvent(e[0], e[1], e[2]))
        .isEqualTo(golden.events());
  }

  @Test
  void theTwoFormsOfOneRecordingAgree() {
    try (RecordingFile sqd = KitFile.read(GoldenReading.shared("data/meg/kit_test.sqd"));
        RecordingFile fif = FifFile.read(GoldenReading.shared("data/meg/kit_test_raw.fif"))) {
      MemoryRecording a = sqd.main().load();
      MemoryRecording b = fif.main().load();
      assertThat(a.rows()).isEqualTo(b.rows());
      for (int c = 0; c < 157; c++) {
        // The program that made the FIF rounded positions to some micrometres, gains to 5e-6.
        SensorPosition p = a.info().channels().get(c).position().orElseThrow();
        SensorPosition q = b.info().channels().get(c).position().orElseThrow();
        assertThat(p.x()).isEqualTo(q.x(), within(1e-5));
        assertThat(p.y()).isEqualTo(q.y(), within(1e-5));
        assertThat(p.z()).isEqualTo(q.z(), within(1e-5));
        for (int i = 0; i < a.rows(); i++) {
          double expected = b.values()[i * b.channels() + c];
          assertThat(a.values()[i * a.channels() + c])
              .isEqualTo(expected, within(1e-5 * Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    refused(
        file(2, 4, 16).putInt(4, 17),
        InputException.class,
        "x.con: is not a KIT file: its directory must begin at byte 0 with entries of 16 bytes;"
            + " offset=0, size=17, entries=13");
    refused(
        file(2, 4, 16).putInt(ACQUISITION, 2).putInt(ACQUISITION + 12, 5),
        UnsupportedInputException.class,
        "x.con: averaged data are not read, only continuous and triggered");
    refused(
        file(1, 0, 16).putInt(SYSTEM + 8, 99),
        UnsupportedInputException.class,
        "x.con: version 1.0 does not tell the range of its converter, and that of system 99 is not"
            + " known");
    refused(
        file(2, 4, 16).putInt(CHANNELS + 152, -9),
        InputException.class,
        "x.con: channel 3: its type is not one of a KIT file; type=-9");
    refused(
        file(2, 4, 16).putInt(SYSTEM + 268, 60_000),
        InputException.class,
        "x.con: the sensitivities of 960000 bytes at byte 1400 lies beyond the end of the file at"
            + " 1640; the file is truncated or damaged");
    try (RecordingFile f = KitFile.read(write(file(2, 4, 16).putInt(ACQUISITION + 16, 500)))) {
      assertThat(f.main().rows()).isEqualTo(5);
      assertThat(f.warnings())
          .containsExactly("the header says 500 samples, 5 are there; those were read");
    }
  }

  private void refused(ByteBuffer b, Class<? extends EfferentException> type, String message)
      throws IOException {
    Path file = write(b);
    assertThatExceptionOfType(type).isThrownBy(() -> KitFile.read(file)).withMessage(message);
  }
}
