package org.efferent.data.blackrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.RecordingFiles;
import org.efferent.data.inspect.Inspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NevFileTest {
  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.nev"), bytes);
  }

  /** A second is so many ticks. */
  static BlackrockWriter events(String id, int major, int minor, int second) {
    long s = second;
    return BlackrockWriter.events(id, major, minor, second, 12)
        .spike(s, 1, 0, 4, -8, 12)
        .spike(s * 3 / 2, 2, 3, 1, 2, 3)
        .digital(2 * s, 1, 513)
        .spike(2 * s, 1, 1, 100)
        .digital(3 * s, 129, 0x107)
        .comment(4 * s, false, "hello")
        .comment(5 * s, true, "grüße")
        .spike(5 * s, 1, 1, 200)
        .spike(6 * s, 1, 255)
        .event(6 * s, 0xFFFE, 0, 0, new byte[0])
        .event(6 * s, 0x9999, 0, 0, new byte[0]);
  }

  private static void check(Path path, String version) {
    try (NevFile nev = NevFile.open(path)) {
      assertThat(nev.spikeCount()).isEqualTo(5);
      assertThat(nev.counts())
          .hasToString(
              "{NevUnit[electrode=1, unit=0]=1, NevUnit[electrode=1, unit=1]=2,"
                  + " NevUnit[electrode=1, unit=255]=1, NevUnit[electrode=2, unit=3]=1}");
      assertThat(nev.times(new NevUnit(1, 1))).containsExactly(2, 5);
      assertThat(nev.times(new NevUnit(7, 1))).isEmpty();
      List<NevSpike> spikes = new ArrayList<>();
      nev.spikes().forEach(spikes::add);
      assertThat(spikes).extracting(NevSpike::time).containsExactly(1.0, 1.5, 2.0, 5.0, 6.0);
      // 250 nV a step; all samples of the packet.
      assertThat(nev.waveform(spikes.get(0))).containsExactly(1, -2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      assertThat(nev.waveform(spikes.get(1))).startsWith(1, 2, 3);
      assertThat(nev.waveformRateHz()).isEqualTo(30_000);
      assertThat(nev.electrodes()).hasSize(2);
      NevElectrode first = nev.electrode(1).orElseThrow();
      assertThat(first.highThreshold()).isEqualTo(50);
      assertThat(first.lowThreshold()).isEqualTo(-60);
      assertThat(first.highPassHz()).isEqualTo(250);
      assertThat(first.lowPassHz()).isEqualTo(7500);
      assertThat(first.pin()).isEqualTo(7);
      assertThat(first.sortedUnits()).isEqualTo(2);
      Iterator<NevSpike> iterator = nev.spikes().iterator();
      spikes.forEach(s -> assertThat(iterator.next()).isEqualTo(s));
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(iterator::next)
          .withMessage("there are 5 spikes");
    }
    try (RecordingFile file = RecordingFiles.open(path)) {
      assertThat(file.format()).isEqualTo("NEV " + version);
      assertThat(file.recordings()).isEmpty();
      assertThat(file.markers())
          .containsExactly(
              new Marker(2, "513"),
              new Marker(3, "serial 7"),
              new Marker(4, "hello"),
              new Marker(5, "grüße"));
      assertThat(file.contents())
          .containsExactly(
              "array: Utah",
              "port: parallel digin",
              "electrode 1 (chan1): 4 spikes: 1 unsorted, 2 unit 1, 1 noise",
              "electrode 2: 1 spikes: 1 unit 3",
              "unknown packets: 1",
              "video synchronisation packets: 1");
      assertThat(file.about().equipment()).isEqualTo("Central");
      assertThat(file.about().comment()).isEqualTo("first\nsecondthird");
      assertThat(file.about().start().orElseThrow()).hasToString("2024-03-05T10:20:30.400");
      assertThat(file.warnings()).isEmpty();
    }
    assertThat(Inspection.of(path).markers()).hasSize(4);
  }

  @Test
  void readsAllVersions() throws IOException {
    check(write(events("NEURALEV", 2, 2, 30_000).bytes()), "2.2");
    check(write(events("NEURALEV", 2, 3, 30_000).bytes()), "2.3");
    check(write(events("BREVENTS", 3, 0, 1_000_000_000).bytes()), "3.0");
  }

  @Test
  void tellsOddities() throws IOException {
    byte[] bytes =
        events("NEURALEV", 2, 3, 30_000)
            .event(0xFFFF_FFFFL, 0xFFFF, 0, 0, new byte[] {65})
            .spike(30, 1, 1, 5)
            .digital(31, 0, 4)
            .bytes();
    byte[] cut = Arrays.copyOf(bytes, bytes.length + 5);
    cut[332] = 20;
    try (RecordingFile file = NevFile.read(write(cut))) {
      assertThat(file.warnings())
          .containsExactly(
              "the header says 20 extended headers, 9 fit into it; these are read",
              "5 bytes after the last whole packet were left out",
              "its clock was set back 1 times");
      assertThat(file.contents()).contains("continuation packets: 1", "empty packets: 1");
      assertThat(file.markers()).hasSize(4);
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    refused(
        events("NEURALXX", 2, 3, 30_000).bytes(),
        InputException.class,
        "x.nev: is no NEV file: it must begin with NEURALEV or BREVENTS");
    refused(
        events("NEURALEV", 1, 3, 30_000).bytes(),
        UnsupportedInputException.class,
        "x.nev: NEV is read in the versions 2.1 to 2.3 and 3.0; version=1.3");
    refused(
        events("NEURALEV", 2, 3, 30_000).with(16, 4),
        InputException.class,
        "x.nev: packets must have 12 to 65536 bytes and stamps a resolution; bytes=4,"
            + " resolution=30000; it is damaged");
    refused(
        events("NEURALEV", 2, 3, 30_000).with(12, 1 << 20),
        InputException.class,
        "x.nev: the header must end between byte 336 and the end of the file at 976; its end=1048576;"
            + " it is truncated or damaged");
    byte[] stranger = events("NEURALEV", 2, 3, 30_000).spike(1, 9, 0, 1).bytes();
    try (NevFile nev = NevFile.open(write(stranger))) {
      NevSpike spike = new NevSpike(0, new NevUnit(9, 0), 11);
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> nev.waveform(spike))
          .withMessage(
              "x.nev: electrode 9: the header must tell the scale of its waveforms (NEUEVWAV); it does"
                  + " not");
    }
    try (RecordingFile file = NevFile.read(write(events("NEURALEV", 2, 3, 30_000).bytes()))) {
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(file::main)
          .withMessageStartingWith("x.nev: has no signal; it is NEV 2.3 with array: Utah");
    }
  }

  private void refused(byte[] bytes, Class<? extends EfferentException> type, String message)
      throws IOException {
    Path path = write(bytes);
    assertThatExceptionOfType(type).isThrownBy(() -> NevFile.open(path)).withMessage(message);
  }

  /** All of a file, as the hunts read it. */
  static void all(Path path) {
    try (NevFile nev = NevFile.open(path)) {
      for (NevSpike spike : nev.spikes()) {
        nev.electrode(spike.unit().electrode())
            .filter(e -> e.microvoltsPerStep() > 0)
            .ifPresent(e -> nev.waveform(spike));
      }
      nev.counts().keySet().forEach(nev::times);
    }
    NevFile.read(path).close();
  }
}
