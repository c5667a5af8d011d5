package org.efferent.data.blackrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
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

class NsxFileTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  /** Microvolts of a step of the second channel, which is in millivolts. */
  private static final double ANALOGUE = 3276e3 / 32_764;

  @TempDir Path folder;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  static BlackrockWriter two() {
    return BlackrockWriter.signals("NEURALCD", 2, 3, 30, 30_000);
  }

  static BlackrockWriter three(int resolution) {
    return BlackrockWriter.signals("BRSMPGRP", 3, 0, 15, resolution);
  }

  @Test
  void aPauseIsAStepBetweenStamps() throws IOException {
    Path path =
        write(
            "x.ns2",
            two()
                .packet(0, 2, 4, 1, 8, 2)
                .packet(90_000, 1, 12, 3)
                .packet(90_060, 1, 16, 4)
                .bytes());
    try (RecordingFile file = RecordingFiles.open(path)) {
      assertThat(file.format()).isEqualTo("NSx 2.3");
      MemoryRecording r = file.main().load();
      double step = 8191 / 32_764.0;
      assertThat(r.values())
          .containsExactly(
              new double[] {
                4 * step,
                ANALOGUE,
                8 * step,
                2 * ANALOGUE,
                12 * step,
                3 * ANALOGUE,
                16 * step,
                4 * ANALOGUE
              },
              CLOSE);
      assertThat(r.stamps()).containsExactly(new double[] {0, 0.001, 3, 3.002}, CLOSE);
      assertThat(r.info().sampleRateHz()).isEqualTo(1000);
      assertThat(r.info().channels())
          .extracting(c -> c.label() + "/" + c.kind() + "/" + c.unit())
          .containsExactly("chan1//uV", "ainp1/ADC/uV");
      assertThat(file.contents())
          .containsExactly(
              "data packet: 2 samples from 0 s",
              "data packet: 1 samples from 3 s",
              "data packet: 1 samples from 3.002 s");
      assertThat(file.about().start().orElseThrow()).hasToString("2024-03-05T10:20:30.400");
      assertThat(file.about().comment()).isEqualTo("a comment");
      assertThat(file.warnings()).isEmpty();
      double[] part = new double[5];
      file.main().read(1, 2, part, 1);
      assertThat(part)
          .containsExactly(
              new double[] {0, 8 * step, 2 * ANALOGUE, 12 * step, 3 * ANALOGUE}, CLOSE);
    }
    assertThat(Inspection.of(path).streams().get(0).gaps()).isEqualTo(2);
  }

  @Test
  void packetsOfOneSampleHaveNanoseconds() throws IOException {
    long epoch = 1_700_000_000_000_000_000L;
    BlackrockWriter writer = three(1_000_000_000);
    for (int i = 0; i < 200; i++) {
      writer.packet(epoch + i * 500_000L + (i < 100 ? 0 : 2_000_000_000L), 1, i, -i);
    }
    Path path = write("x.ns3", writer.bytes());
    try (RecordingFile file = NsxFile.open(path)) {
      assertThat(file.format()).isEqualTo("NSx 3.0");
      Recording r = file.main();
      assertThat(r.rows()).isEqualTo(200);
      assertThat(r.info().sampleRateHz()).isEqualTo(2000);
      double[] stamps = new double[2];
      r.readStamps(99, 2, stamps, 0);
      assertThat(stamps[0]).isEqualTo(1.7e9 + 99 * 0.0005, within(3e-7));
      assertThat(stamps[1]).isEqualTo(1.7e9 + 2 + 100 * 0.0005, within(3e-7));
      double[] values = new double[4];
      r.read(150, 2, values, 0);
      assertThat(values[2]).isEqualTo(151 * 8191 / 32_764.0, CLOSE);
      assertThat(values[3]).isEqualTo(-151 * ANALOGUE, within(1e-6));
      assertThat(file.contents()).containsExactly("data packets: 200 of one sample each");
    }
    assertThat(Inspection.of(path).streams().get(0).gaps()).isEqualTo(1);
    // The damage lies between the packets that are looked at when a file is opened.
    byte[] bytes = writer.bytes();
    bytes[314 + 132 + 17 * 10] = 0;
    try (RecordingFile file = NsxFile.open(write("y.ns3", bytes))) {
      Recording r = file.main();
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(r::load)
          .withMessage(
              "y.ns3: byte 616: a data packet must begin with 1 and have one sample as all others; it"
                  + " is damaged");
    }
  }

  @Test
  void newFilesMayHaveLongPacketsToo() throws IOException {
    BlackrockWriter writer = three(30_000);
    writer.packet(30_000, 3, 1, 1, 2, 2, 3, 3).packet(0, 1, 4, 4).packet(15, 1, 5, 5);
    Path path = write("x.ns3", writer.bytes());
    try (RecordingFile file = NsxFile.open(path)) {
      MemoryRecording r = file.main().load();
      assertThat(r.stamps()).containsExactly(new double[] {1, 1.0005, 1.001, 0, 0.0005}, CLOSE);
      assertThat(r.values()[8]).isEqualTo(5 * 8191 / 32_764.0, CLOSE);
    }
    assertThat(Inspection.of(path).warnings()).containsExactly("its stamps go backwards 1 times");
  }

  @Test
  void theOldVersionTakesScalesAndLabelsFromTheEventsBesideIt() throws IOException {
    byte[] bytes = BlackrockWriter.oldSignals(15, 1, 9).samples(10, 20, 11, 21).bytes();
    try (RecordingFile file = NsxFile.open(write("x.ns4", bytes))) {
      assertThat(file.format()).isEqualTo("NSx 2.1");
      assertThat(file.main().load().values()).containsExactly(10, 20, 11, 21);
      assertThat(file.main().load().stamps()).containsExactly(0, 0.0005);
      assertThat(file.main().info().channels())
          .extracting(c -> c.label() + "/" + c.unit())
          .containsExactly("elec1/", "elec9/");
      assertThat(file.warnings())
          .containsExactly("some channels have no unit: their values are steps of the converter");
    }
    write(
        "x.nev",
        BlackrockWriter.events("NEURALEV", 2, 2, 30_000, 4)
            .spike(3, 1, 0, 1, 2, 3, 4)
            .digital(30, 1, 77)
            .bytes());
    try (RecordingFile file = NsxFile.open(folder.resolve("x.ns4"))) {
      assertThat(file.main().load().values()).containsExactly(2.5, 20, 2.75, 21);
      assertThat(file.main().info().channels())
          .extracting(c -> c.label() + "/" + c.unit())
          .containsExactly("chan1/uV", "elec9/");
      assertThat(file.markers()).containsExactly(new Marker(0.001, "77"));
      assertThat(file.contents()).containsExactly("x.nev: 1 spikes, 1 events");
      assertThat(file.about().equipment()).isEqualTo("Central");
    }
    Files.write(folder.resolve("x.nev"), new byte[10]);
    try (RecordingFile file = NsxFile.open(folder.resolve("x.ns4"))) {
      assertThat(file.warnings().get(0))
          .isEqualTo(
              "the events beside it could not be read: x.nev: the header of 336 bytes at byte 0 lies"
                  + " beyond the end of the file at 10; the file is truncated or damaged");
    }
  }

  @Test
  void readsWhatIsThereOfACutFile() throws IOException {
    byte[] whole = two().packet(0, 3, 1, 1, 2, 2, 3, 3).bytes();
    Path cut = write("x.ns2", Arrays.copyOf(whole, whole.length - 3));
    try (RecordingFile file = NsxFile.open(cut)) {
      assertThat(file.main().rows()).isEqualTo(2);
      assertThat(file.warnings())
          .containsExactly(
              "the data packet at byte 446 says 3 samples, 2 are there; these are read");
    }
    try (RecordingFile file =
        NsxFile.open(write("x.ns2", two().packet(0, 0, 1, 1, 2, 2).bytes()))) {
      assertThat(file.main().rows()).isEqualTo(2);
      assertThat(file.warnings())
          .containsExactly("the last data packet was never closed; its 2 samples were read");
    }
    try (RecordingFile file =
        NsxFile.open(write("x.ns2", two().packet(0, 0).packet(60, 1, 7, 7).bytes()))) {
      assertThat(file.main().load().stamps()).containsExactly(0.002);
      assertThat(file.warnings()).isEmpty();
    }
    try (RecordingFile file =
        NsxFile.open(write("x.ns2", two().packet(0, 1, 1, 1).samples(0, 0, 0, 0, 0).bytes()))) {
      assertThat(file.main().rows()).isEqualTo(1);
      assertThat(file.warnings())
          .containsExactly(
              "byte 459: a data packet must begin with 1; found 0; what follows was left out");
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    refused(
        BlackrockWriter.signals("NEURALXX", 2, 3, 30, 30_000).bytes(),
        InputException.class,
        "x.ns2: is no NSx file: it must begin with NEURALSG, NEURALCD or BRSMPGRP");
    refused(
        BlackrockWriter.signals("NEURALCD", 4, 1, 30, 30_000).bytes(),
        UnsupportedInputException.class,
        "x.ns2: NSx is read in the versions 2.1 to 2.3 and 3.0; version=4.1");
    refused(
        two().with(286, 0),
        InputException.class,
        "x.ns2: period, resolution of the stamps and channels must be positive, channels 65536 at the"
            + " most; period=0, resolution=30000, channels=2; it is damaged");
    refused(
        two().with(310, 3),
        InputException.class,
        "x.ns2: the header of 3 channels must end between byte 512 and the end of the file at 446; its"
            + " end=446; it is truncated or damaged");
    refused(
        two().with(314 + 22, 0),
        InputException.class,
        "x.ns2: channel 1: must be of type CC with a digital range; type=CC, range=0 to 0; it is"
            + " damaged");
    refused(
        two().samples(0, 0, 0, 0, 0).bytes(),
        InputException.class,
        "x.ns2: byte 446: a data packet must begin with 1; found 0; it is damaged");
  }

  private void refused(byte[] bytes, Class<? extends EfferentException> type, String message)
      throws IOException {
    Path path = write("x.ns2", bytes);
    assertThatExceptionOfType(type).isThrownBy(() -> NsxFile.open(path)).withMessage(message);
  }

  @Test
  void isConverted() throws IOException {
    Path path = write("x.ns2", two().packet(30, 2, 4, 1, 8, 2).packet(3000, 1, 12, 3).bytes());
    Path out = folder.resolve("x.xdf");
    Conversion.convert(path, out, ConvertOptions.DEFAULTS);
    try (RecordingFile file = XdfRecordings.open(out)) {
      assertThat(file.main().rows()).isEqualTo(3);
      assertThat(file.main().load().values()[4]).isEqualTo(12 * 8191 / 32_764.0, CLOSE);
    }
  }

  /** All of a file, as the hunts read it. */
  static void all(Path path) {
    try (RecordingFile file = NsxFile.open(path)) {
      FuzzReads.all(file);
    }
  }
}
