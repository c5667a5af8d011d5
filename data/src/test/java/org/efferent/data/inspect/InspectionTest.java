package org.efferent.data.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.xdf.XdfWriter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  @TempDir Path folder;

  @Test
  void sumsUpARecordingWithTheMainSignalFirst() throws IOException {
    byte[] content =
        XdfWriter.begin()
            .header(1, 1, 0, "string", "")
            .header(2, 1, 10, "float32", "")
            .samples(1, XdfWriter.text(5.5, 1, "hit"))
            .samples(2, sample(5, Float.NaN), sample(5.1, 2), sample(5.2, 3))
            .footer(1, 1)
            .footer(2, 3)
            .bytes();
    Path file = Files.write(folder.resolve("noname"), content);
    Inspection inspection = Inspection.of(file);
    assertThat(inspection.file()).isEqualTo(file.toString());
    assertThat(inspection.format()).isEqualTo("XDF");
    assertThat(inspection.streams()).extracting(StreamSummary::name).containsExactly("s2", "s1");
    StreamSummary main = inspection.streams().get(0);
    assertThat(main.samples()).isEqualTo(3);
    assertThat(main.start()).isEqualTo(5, within(1e-9));
    assertThat(main.end()).isEqualTo(5.2, within(1e-9));
    assertThat(main.effectiveRateHz()).isEqualTo(10, within(1e-6));
    assertThat(main.channels()).containsExactly(new ChannelInfo("1", "", ""));
    assertThat(inspection.markers()).extracting("label").containsExactly("hit");
    assertThat(inspection.warnings())
        .containsExactly("stream 2 (s2): 1 impossible values: 1 NaN, 0 infinite");
  }

  private static byte[] sample(double stamp, float value) {
    return XdfWriter.join(XdfWriter.stamp(stamp), XdfWriter.le(4).putFloat(value).array());
  }

  @Test
  void takesAColumnOfStampsForAClock() throws IOException {
    StringBuilder text = new StringBuilder("Timestamps,TP9,AUX\n");
    for (int i = 0; i < 10_000; i++) {
      if (i != 5000 && i != 5001) {
        // Milliseconds, as headsets write them: a single step is 3 or 4.
        text.append(String.format(Locale.ROOT, "%.3f,%d,7%n", 100 + i / 256.0, i));
      }
    }
    Path file = Files.writeString(folder.resolve("muse.csv"), text);
    Inspection inspection = Inspection.of(file);
    StreamSummary stream = inspection.streams().get(0);
    assertThat(stream.name()).isEqualTo("muse");
    assertThat(stream.type()).isEqualTo("CSV");
    assertThat(stream.rateHz()).isEqualTo(256);
    assertThat(stream.effectiveRateHz()).isEqualTo(9997 / (9999 / 256.0), within(0.1));
    assertThat(stream.samples()).isEqualTo(9998);
    assertThat(stream.gaps()).isEqualTo(1);
    assertThat(stream.start()).isEqualTo(100);
    assertThat(stream.channels()).extracting(ChannelInfo::label).containsExactly("TP9", "AUX");
    assertThat(inspection.warnings()).containsExactly("1 channels never change: AUX");
  }

  @Test
  void aPreciseClockGivesItsStepThoughRowsAreLost() throws IOException {
    StringBuilder text = new StringBuilder("time,x\n");
    for (int i = 0; i < 1000; i++) {
      if (i % 20 != 7) {
        text.append(i * 0.004).append(',').append(i).append('\n');
      }
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    StreamSummary stream = Inspection.of(file).streams().get(0);
    assertThat(stream.rateHz()).isEqualTo(250);
    assertThat(stream.gaps()).isEqualTo(50);
    assertThat(stream.effectiveRateHz()).isEqualTo(250 * 0.95, within(0.3));
  }

  @Test
  void countsImpossibleValuesOfATableWithoutClock() throws IOException {
    Path file = Files.writeString(folder.resolve("x.txt"), "1,2\nnan,3\n4,-inf\n");
    Inspection inspection = Inspection.of(file);
    StreamSummary stream = inspection.streams().get(0);
    assertThat(stream.rateHz()).isZero();
    assertThat(stream.start()).isNaN();
    assertThat(stream.end()).isNaN();
    assertThat(stream.samples()).isEqualTo(3);
    assertThat(stream.channels()).extracting(ChannelInfo::label).containsExactly("1", "2");
    assertThat(inspection.warnings()).containsExactly("2 impossible values: 1 NaN, 1 infinite");
  }

  @Test
  void listsWhatCanBeReadWhenAFileIsNot() throws IOException {
    for (String content : new String[] {"hello world\nthis is prose", "{\"a\": 1}", "\0\1\2"}) {
      Path file = Files.writeString(folder.resolve("f.bin"), content);
      assertThatExceptionOfType(UnsupportedInputException.class)
          .isThrownBy(() -> Inspection.of(file))
          .withMessage(
              "f.bin: is of a kind that is not read; these are: XDF (.xdf .xdfz .xdf.gz), EDF (.edf .bdf .rec),"
                  + " BrainVision (.vhdr .vmrk .eeg), FIF (.fif .fif.gz), CTF (.ds), KIT (.con .sqd),"
                  + " EEGLAB (.set .fdt), NWB (.nwb), MAT (.mat), HDF5 (.h5 .hdf5), NSx (.ns1 .ns2 .ns3"
                  + " .ns4 .ns5 .ns6), NEV (.nev), NPY (.npy), NPZ (.npz), pickle (.pkl .pickle),"
                  + " safetensors (.safetensors), WAV (.wav), CSV (.csv .tsv), and BIDS folders");
    }
    Path empty = Files.writeString(folder.resolve("e.xdf"), "");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Inspection.of(empty))
        .withMessage("e.xdf: is empty");
    Path liar = Files.writeString(folder.resolve("l.xdf"), "nope");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Inspection.of(liar))
        .withMessage(
            "l.xdf: byte 0: an XDF recording begins with 'XDF:' (58 44 46 3a); found 6e 6f 70 65");
  }

  @Test
  void tellsFlatAndSaturatedChannelsOfEveryFormat() throws IOException {
    Random random = new Random(4);
    double[] values = new double[4 * 2_500];
    double[] stamps = new double[2_500];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = (i + (i >= 1_200 ? 3 : 0)) / 250.0;
      values[4 * i] = random.nextGaussian();
      values[4 * i + 1] = i >= 500 && i < 1_250 ? 2 : random.nextGaussian();
      values[4 * i + 2] = Math.min(0.5, Math.sin(0.2 * i) + 0.01 * random.nextGaussian());
      values[4 * i + 3] = 7;
    }
    List<String> expected =
        List.of(
            "1 channels never change: d",
            "1 channels are flat for 2 s at least: b (3.0 s)",
            "1 channels are saturated: c (%d values)");
    StringBuilder csv = new StringBuilder("time,a,b,c,d\n");
    for (int i = 0; i < stamps.length; i++) {
      csv.append(stamps[i]);
      for (int c = 0; c < 4; c++) {
        csv.append(',').append(values[4 * i + c]);
      }
      csv.append('\n');
    }
    Path table = Files.writeString(folder.resolve("sick.csv"), csv);
    Inspection ofTable = Inspection.of(table);
    assertThat(ofTable.streams().get(0).gaps()).isEqualTo(1);
    long saturated = saturated(ofTable.warnings().get(2));
    assertThat(ofTable.warnings())
        .containsExactly(expected.get(0), expected.get(1), expected.get(2).formatted(saturated));
    // Of some ten rows at the rail a period of 31 rows, from the fifth time on.
    assertThat(saturated).isBetween(700L, 850L);
    XdfWriter xdf = XdfWriter.begin().header(1, 4, 250, "double64", "");
    for (int i = 0; i < stamps.length; i++) {
      xdf.samples(
          1,
          XdfWriter.join(
              XdfWriter.stamp(stamps[i]),
              XdfWriter.le(32)
                  .putDouble(values[4 * i])
                  .putDouble(values[4 * i + 1])
                  .putDouble(values[4 * i + 2])
                  .putDouble(values[4 * i + 3])
                  .array()));
    }
    Path stream = Files.write(folder.resolve("sick.xdf"), xdf.footer(1, 2_500).bytes());
    assertThat(Inspection.of(stream).warnings())
        .containsExactly(
            "stream 1 (s1): 1 channels never change: 4",
            "stream 1 (s1): 1 channels are flat for 2 s at least: 2 (3.0 s)",
            "stream 1 (s1): 1 channels are saturated: 3 (" + saturated + " values)");
    short[] steps = new short[2 * 1_000];
    for (int i = 0; i < 1_000; i++) {
      steps[2 * i] = (short) Math.min(20_000, 30_000 * Math.sin(0.2 * i) + random.nextInt(99));
      steps[2 * i + 1] = (short) (i >= 300 && i < 700 ? 11 : random.nextInt(999));
    }
    Path wav = Files.write(folder.resolve("sick.wav"), wav(100, steps));
    assertThat(Inspection.of(wav).warnings())
        .hasSize(2)
        .anyMatch(w -> w.startsWith("1 channels are flat for 2 s at least: "))
        .anyMatch(w -> w.startsWith("1 channels are saturated: "));
  }

  private static long saturated(String warning) {
    return Long.parseLong(warning.replaceAll(".*\\((\\d+) values\\)", "$1"));
  }

  /** Two channels of 16 bits. */
  private static byte[] wav(int rateHz, short[] steps) {
    ByteBuffer b = ByteBuffer.allocate(44 + 2 * steps.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * steps.length);
    b.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    b.putShort((short) 1).putShort((short) 2).putInt(rateHz).putInt(4 * rateHz);
    b.putShort((short) 4).putShort((short) 16);
    b.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * steps.length);
    for (short step : steps) {
      b.putShort(step);
    }
    return b.array();
  }

  @Test
  void readsTheMuseRecordings() {
    Path file = Path.of(System.getProperty("efferent.root"), "../shared/data/muse-n170/run1.csv");
    Assumptions.assumeTrue(Files.exists(file), "needs muse-n170 at ../shared/data");
    StreamSummary stream = Inspection.of(file).streams().get(0);
    assertThat(stream.rateHz()).isEqualTo(256, within(0.5));
    assertThat(stream.effectiveRateHz()).isEqualTo(256, within(0.1));
    assertThat(stream.samples()).isEqualTo(30_732);
    assertThat(stream.channels()).hasSize(6);
  }
}
