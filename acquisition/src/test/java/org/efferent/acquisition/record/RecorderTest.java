package org.efferent.acquisition.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.data.xdf.XdfFile;
import org.efferent.data.xdf.XdfOptions;
import org.efferent.data.xdf.XdfStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlets say is what the file holds. */
class RecorderTest {
  private static final int SAMPLES = 10_000;

  @TempDir private Path folder;

  private final LslConfig config = LslTesting.world();
  private final JavaLsl lsl = new JavaLsl(config);
  private final RecorderOptions untilEnd =
      RecorderOptions.DEFAULTS.withInlet(InletOptions.DEFAULTS.withEndOnDisconnect(true));

  private static LslStreamInfo here(LslOutlet outlet) {
    LslStreamInfo info = outlet.info();
    return info.at(
        info.origin(),
        new LslStreamInfo.Endpoint("127.0.0.1", info.v4().dataPort(), info.v4().servicePort()));
  }

  private static LslStreamInfo signal() {
    StreamInfo info =
        new StreamInfo(
            "Amp",
            "EEG",
            500,
            "amp-1",
            List.of(new ChannelInfo("Fp1", "EEG", "microvolts"), new ChannelInfo("X", "", "")));
    return LslStreamInfo.of(info, ChannelFormat.INT32);
  }

  @Test
  void everySampleOfEveryStreamIsInTheFile() throws InterruptedException {
    Path out = folder.resolve("r.xdf");
    LslOutlet numbers = new LslOutlet(signal(), config);
    LslOutlet texts = new LslOutlet(LslStreamInfo.markers("Marks", "marks-1"), config);
    LslOutlet big =
        new LslOutlet(
            LslStreamInfo.of(StreamInfo.of("Big", "", 0, 1), ChannelFormat.INT64), config);
    try (Recorder recorder =
        new Recorder(out, lsl, List.of(here(numbers), here(texts), here(big)), untilEnd)) {
      assertThat(numbers.awaitConsumers(LslTesting.LONG)).isTrue();
      assertThat(texts.awaitConsumers(LslTesting.LONG)).isTrue();
      assertThat(big.awaitConsumers(LslTesting.LONG)).isTrue();
      for (int i = 0; i < SAMPLES; i++) {
        numbers.pushAt(new double[] {i, -i}, 0, 1000 + i / 500.0 + (i % 7) * 1e-4);
      }
      texts.pushAt(new String[] {"begin ä"}, 1000.5);
      texts.pushAt(new String[] {""}, 1001.25);
      big.push(new long[] {Long.MAX_VALUE}, 7);
      numbers.close();
      texts.close();
      big.close();
      assertThat(recorder.awaitEnd(LslTesting.LONG)).isTrue();
      assertThat(recorder.streams())
          .extracting(RecordedStream::samples)
          .containsExactly((long) SAMPLES, 2L, 1L);
      assertThat(recorder.streams()).allMatch(s -> s.ended() && s.failure().isEmpty());
      assertThat(recorder.streams()).allMatch(s -> s.dropped() == 0);
    }
    XdfFile file = XdfFile.read(out, XdfOptions.RAW);
    XdfStream amp = file.streams().get(0);
    assertThat(amp.header().name()).isEqualTo("Amp");
    assertThat(amp.header().channels())
        .containsExactly(new ChannelInfo("Fp1", "EEG", "microvolts"), new ChannelInfo("X", "", ""));
    assertThat(amp.samples()).isEqualTo(SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(amp.stamps()[i]).isEqualTo(1000 + i / 500.0 + (i % 7) * 1e-4);
      assertThat(amp.values()[2 * i]).isEqualTo(i);
      assertThat(amp.values()[2 * i + 1]).isEqualTo(-i);
    }
    assertThat(file.streams().get(1).strings()).containsExactly("begin ä", "");
    assertThat(file.streams().get(1).stamps()).containsExactly(1000.5, 1001.25);
    assertThat(file.streams().get(2).samples()).isEqualTo(1);
    assertThat(file.warnings()).noneMatch(w -> w.contains("footer"));
  }

  @Test
  void whatIsWrongWithAStreamIsToldAndCounted() throws InterruptedException {
    List<HealthEvent> events = new CopyOnWriteArrayList<>();
    RecorderOptions options =
        untilEnd.withHealth(HealthOptions.DEFAULTS.withRails(-1e6, 400, false), events::add);
    LslOutlet numbers = new LslOutlet(signal(), config);
    LslOutlet texts = new LslOutlet(LslStreamInfo.markers("Marks", "marks-1"), config);
    LslOutlet big =
        new LslOutlet(
            LslStreamInfo.of(StreamInfo.of("Big", "", 100, 1), ChannelFormat.INT64), config);
    try (Recorder recorder =
        new Recorder(
            folder.resolve("h.xdf"),
            lsl,
            List.of(here(numbers), here(texts), here(big)),
            options)) {
      assertThat(numbers.awaitConsumers(LslTesting.LONG)).isTrue();
      assertThat(texts.awaitConsumers(LslTesting.LONG)).isTrue();
      assertThat(big.awaitConsumers(LslTesting.LONG)).isTrue();
      for (int i = 0; i < 2_000; i++) {
        if (i != 700 && i != 701) {
          numbers.pushAt(new double[] {i % 400 == 399 ? 400 : i % 400, 5}, 0, 1000 + i / 500.0);
        }
      }
      texts.pushAt(new String[] {"a"}, 1000.5);
      texts.pushAt(new String[] {"b"}, 1000.5);
      for (int i = 0; i < 20; i++) {
        big.push(new long[] {i}, 7 + i / 100.0 + (i > 9 ? 1 : 0));
      }
      numbers.close();
      texts.close();
      big.close();
      assertThat(recorder.awaitEnd(LslTesting.LONG)).isTrue();
      List<HealthSnapshot> health =
          recorder.streams().stream().map(RecordedStream::health).toList();
      assertThat(health).extracting(HealthSnapshot::rows).containsExactly(1_998L, 2L, 20L);
      assertThat(health.get(0).stamps().missing()).isEqualTo(2);
      assertThat(health.get(0).channels().get(0).saturated()).isEqualTo(5);
      assertThat(health.get(0).channels().get(1).flatRuns()).isEqualTo(1);
      assertThat(health.get(1).stamps().repeated()).isEqualTo(1);
      assertThat(health.get(2).stamps().missing()).isEqualTo(100);
    }
    assertThat(events)
        .filteredOn(HealthEvent::begins)
        .extracting(e -> e.stream() + " " + e.condition().id())
        .contains("Amp gap", "Amp saturated", "Amp flat", "Big gap");
  }

  @Test
  void clocksAreMeasuredAtOnce() throws InterruptedException {
    Path out = folder.resolve("c.xdf");
    try (LslOutlet outlet = new LslOutlet(signal(), config)) {
      try (Recorder recorder =
          new Recorder(out, lsl, List.of(here(outlet)), RecorderOptions.DEFAULTS)) {
        long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
        while (recorder.streams().get(0).clockOffsets() == 0 && System.nanoTime() - deadline < 0) {
          assertThat(recorder.awaitEnd(Duration.ofMillis(20))).isFalse();
        }
      }
    }
    XdfStream stream = XdfFile.read(out, XdfOptions.RAW).streams().get(0);
    assertThat(stream.clockOffsets()).isNotEmpty();
    assertThat(Math.abs(stream.clockOffsets().get(0).offset())).isLessThan(0.1);
  }

  @Test
  void whatWasFlushedCanBeReadWhileTheRecordingGoesOn() throws InterruptedException, IOException {
    Path out = folder.resolve("k.xdf");
    try (LslOutlet outlet = new LslOutlet(signal(), config);
        Recorder recorder =
            new Recorder(out, lsl, List.of(here(outlet)), RecorderOptions.DEFAULTS)) {
      assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
      outlet.pushAt(new double[] {1, 2}, 0, 1000);
      // As a kill would leave it: the bytes that are on the disk, no footer.
      Path copy = folder.resolve("copy.xdf");
      long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
      int samples = 0;
      while (samples == 0 && System.nanoTime() - deadline < 0) {
        assertThat(recorder.awaitEnd(Duration.ofMillis(50))).isFalse();
        Files.write(copy, Files.readAllBytes(out));
        samples = XdfFile.read(copy, XdfOptions.RAW).streams().get(0).samples();
      }
      assertThat(samples).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatCannotBeRecorded() throws IOException {
    Path there = Files.writeString(folder.resolve("there.xdf"), "mine");
    try (LslOutlet outlet = new LslOutlet(signal(), config)) {
      List<LslStreamInfo> streams = List.of(here(outlet));
      assertThatThrownBy(() -> new Recorder(there, lsl, streams, RecorderOptions.DEFAULTS))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              there + ": exists already; choose another name, or allow it to be overwritten");
    }
    assertThat(there).hasContent("mine");
    assertThatThrownBy(
            () ->
                RecorderOptions.DEFAULTS.withInlet(InletOptions.DEFAULTS.withTimeCorrection(true)))
        .hasMessage(
            "a recording keeps the stamps of the outlet; leave the inlet's post-processing off");
  }

  @Test
  void aStreamThatIsGoneIsAnError() {
    LslOutlet outlet = new LslOutlet(signal(), config);
    List<LslStreamInfo> streams = List.of(here(outlet));
    outlet.close();
    Path out = folder.resolve("g.xdf");
    assertThatThrownBy(() -> new Recorder(out, lsl, streams, RecorderOptions.DEFAULTS))
        .isInstanceOf(StreamException.class)
        .hasMessageStartingWith("stream 'Amp' at 127.0.0.1:");
    assertThat(out).doesNotExist();
  }

  @Test
  void aStreamThatComesBackIsRecordedOn() throws InterruptedException {
    Path out = folder.resolve("b.xdf");
    LslOutlet first = new LslOutlet(signal(), config);
    try (Recorder recorder =
        new Recorder(out, lsl, List.of(here(first)), RecorderOptions.DEFAULTS)) {
      assertThat(first.awaitConsumers(LslTesting.LONG)).isTrue();
      first.pushAt(new double[] {1, 2}, 0, 1000);
      first.close();
      try (LslOutlet second = new LslOutlet(signal(), config)) {
        assertThat(second.awaitConsumers(LslTesting.LONG)).isTrue();
        second.pushAt(new double[] {3, 4}, 0, 2000);
        long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
        while (recorder.streams().get(0).samples() < 2 && System.nanoTime() - deadline < 0) {
          assertThat(recorder.awaitEnd(Duration.ofMillis(20))).isFalse();
        }
        assertThat(recorder.streams().get(0).samples()).isEqualTo(2);
        assertThat(recorder.streams().get(0).clockResets()).isEqualTo(1);
      }
    } finally {
      first.close();
    }
    assertThat(XdfFile.read(out, XdfOptions.RAW).streams().get(0).stamps())
        .containsExactly(1000, 2000);
  }

  @Test
  void aMillionChannelsAreTakenRowByRow() {
    assertThat(StreamTrack.rows(1)).isEqualTo(512);
    assertThat(StreamTrack.rows(4_096)).isEqualTo(256);
    assertThat(StreamTrack.rows(1 << 20)).isEqualTo(1);
    assertThat(StreamTrack.rows(1 << 21)).isEqualTo(1);
  }
}
