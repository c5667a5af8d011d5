package org.efferent.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslInlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.core.Chunk;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final MemoryRecording RECORDING =
      new MemoryRecording(
          StreamInfo.of("Rec", "EEG", 2, 2),
          new double[] {0, 0.5, 1.0, 3.0},
          new double[] {0, 1, 10, 11, 20, 21, 30, 31},
          List.of(new Marker(0.5, "go"), new Marker(3.5, "stop")));

  /** A clock that stands until somebody waits. */
  private final AtomicLong now = new AtomicLong(100_000_000_000L);

  private final ReplayOptions virtual =
      ReplayOptions.DEFAULTS.withClock(now::get, t -> now.accumulateAndGet(t, Math::max));

  private final List<String> heard = new ArrayList<>();

  private final ReplayTarget target =
      new ReplayTarget() {
        @Override
        public void row(double stamp, double[] values, int offset) {
          heard.add(seconds() + " row " + values[offset] + "@" + stamp);
        }

        @Override
        public void marker(double stamp, String label) {
          heard.add(seconds() + " " + label + "@" + stamp);
        }

        @Override
        public void end() {
          heard.add("end");
        }
      };

  private double seconds() {
    return now.get() / 1e9;
  }

  private void play(ReplayOptions options) throws InterruptedException {
    try (Replay replay = new Replay(RECORDING, target, options)) {
      assertThat(replay.awaitEnd(LslTesting.LONG)).isTrue();
      assertThat(replay.failure()).isEmpty();
      assertThat(replay.played()).isEqualTo(4);
    }
  }

  @Test
  void rowsAndMarkersComeWhenTheyAreDue() throws InterruptedException {
    play(virtual);
    assertThat(heard)
        .containsExactly(
            "100.0 row 0.0@100.0",
            "100.5 go@100.5",
            "100.5 row 10.0@100.5",
            "101.0 row 20.0@101.0",
            "103.0 row 30.0@103.0",
            "103.5 stop@103.5",
            "end");
  }

  @Test
  void tenTimesAsFastWithTheStampsOfTheRecording() throws InterruptedException {
    play(virtual.withSpeed(10).withOriginalStamps(true));
    assertThat(heard)
        .startsWith("100.0 row 0.0@0.0", "100.05 go@0.5", "100.05 row 10.0@0.5")
        .endsWith("100.3 row 30.0@3.0", "100.35 stop@3.5", "end");
  }

  @Test
  void whatBeginsTogetherKeepsItsTimeBetween() throws InterruptedException {
    ReplayOptions slow = virtual.withSpeed(0.5);
    try (Replay replay =
        new Replay(RECORDING, target, slow, new Replay.Begin(-2, 110_000_000_000L))) {
      assertThat(replay.awaitEnd(LslTesting.LONG)).isTrue();
    }
    // The first row, at 0 s, is 2 s of the recording behind the beginning, 4 s at half the speed.
    assertThat(heard).startsWith("114.0 row 0.0@114.0", "115.0 go@115.0", "115.0 row 10.0@115.0");
  }

  @Test
  void atOnceNeverWaits() throws InterruptedException {
    play(virtual.withSpeed(ReplayOptions.AT_ONCE));
    assertThat(seconds()).isEqualTo(100);
    assertThat(heard).hasSize(7);
  }

  @Test
  void theGateHoldsEachRowBack() throws InterruptedException {
    SynchronousQueue<Long> gate = new SynchronousQueue<>();
    try (Replay replay =
        new Replay(
            RECORDING, target, virtual.withSpeed(ReplayOptions.AT_ONCE).withGate(gate::put))) {
      for (long row = 0; row < 4; row++) {
        assertThat(replay.played()).isLessThanOrEqualTo(row);
        assertThat(gate.take()).isEqualTo(row);
      }
      assertThat(replay.awaitEnd(LslTesting.LONG)).isTrue();
    }
  }

  @Test
  void closeStopsAReplayThatWaits() throws InterruptedException {
    Replay replay =
        new Replay(RECORDING, target, virtual.withGate(row -> new SynchronousQueue<>().take()));
    replay.close();
    assertThat(replay.awaitEnd(LslTesting.LONG)).isTrue();
    assertThat(replay.failure()).isEmpty();
    assertThat(heard).containsExactly("end");
  }

  @Test
  void aSourceHandsOutWhatIsDue() throws InterruptedException {
    try (ReplaySource source = new ReplaySource(RECORDING, virtual)) {
      Chunk chunk = new Chunk(8, 2);
      assertThat(source.read(chunk, Duration.ofMillis(100))).isEqualTo(1);
      assertThat(source.read(chunk, Duration.ofMillis(100))).isZero();
      assertThat(seconds()).isEqualTo(100.1);
      now.set(101_200_000_000L);
      assertThat(source.read(chunk, Duration.ofMillis(100))).isEqualTo(2);
      assertThat(chunk.stamps()).startsWith(100.5, 101.0);
      assertThat(chunk.values()).startsWith(10, 11, 20, 21);
      assertThat(chunk.arrivals()[0]).isEqualTo(101_200_000_000L);
      assertThat(source.read(chunk, Duration.ofSeconds(10))).isEqualTo(1);
      assertThat(seconds()).isEqualTo(103);
      assertThat(source.read(chunk, Duration.ofSeconds(10))).isEqualTo(Source.END);
    }
  }

  @Test
  void aSourceAtOnceFillsChunksAndInLockstepBringsSingleRows() throws InterruptedException {
    ReplayOptions atOnce = virtual.withSpeed(ReplayOptions.AT_ONCE).withOriginalStamps(true);
    try (ReplaySource source = new ReplaySource(RECORDING, atOnce);
        ReplaySource single = new ReplaySource(RECORDING, atOnce.withGate(row -> {}))) {
      Chunk chunk = new Chunk(3, 2);
      assertThat(source.read(chunk, Duration.ZERO)).isEqualTo(3);
      assertThat(source.read(chunk, Duration.ZERO)).isEqualTo(1);
      assertThat(source.read(chunk, Duration.ZERO)).isEqualTo(Source.END);
      assertThat(single.read(chunk, Duration.ZERO)).isEqualTo(1);
    }
  }

  @Test
  void aReplayThroughLslArrivesWhole() throws Exception {
    LslConfig config = LslTesting.world();
    LslReplayTarget outlets = new LslReplayTarget(RECORDING, config, LslTesting.LONG);
    InletOptions toTheEnd = LslTesting.PLAIN.withEndOnDisconnect(true);
    var events = LslResolver.resolve("name='Rec-markers'", 1, LslTesting.LONG, config).get(0);
    try (LslInlet markers = new LslInlet(events, config, toTheEnd);
        LslSource source = LslSource.open("name='Rec'", LslTesting.LONG, config, toTheEnd);
        Replay replay = new Replay(RECORDING, outlets, ReplayOptions.DEFAULTS.withSpeed(1000))) {
      assertThat(source.info().channels()).isEqualTo(RECORDING.info().channels());
      assertThat(source.candidates()).isEqualTo(1);
      Chunk chunk = new Chunk(8, 2);
      List<Double> values = new ArrayList<>();
      List<Double> stamps = new ArrayList<>();
      long begin = System.nanoTime();
      for (int n = source.read(chunk, LslTesting.LONG);
          n != Source.END;
          n = source.read(chunk, LslTesting.LONG)) {
        for (int r = 0; r < n; r++) {
          values.add(chunk.values()[2 * r + 1]);
          stamps.add(chunk.stamps()[r]);
        }
        assertThat(chunk.arrivals()[0]).isLessThanOrEqualTo(System.nanoTime());
      }
      assertThat(values).containsExactly(1.0, 11.0, 21.0, 31.0);
      assertThat(stamps.get(3) - stamps.get(0))
          .isCloseTo(0.003, org.assertj.core.data.Offset.offset(1e-8));
      assertThat(stamps.get(0)).isGreaterThan(begin / 1e9 - 20);
      assertThat(source.lost()).isZero();
      String[] label = new String[1];
      assertThat(markers.pull(label, LslTesting.LONG))
          .isCloseTo(stamps.get(1), org.assertj.core.data.Offset.offset(1e-8));
      assertThat(label[0]).isEqualTo("go");
      assertThat(markers.pull(label, LslTesting.LONG)).isNotNaN();
      assertThat(label[0]).isEqualTo("stop");
      assertThat(replay.awaitEnd(LslTesting.LONG)).isTrue();
    }
  }

  @Test
  void whatASourceCannotBeIsTold() throws Exception {
    LslConfig config = LslTesting.world();
    assertThatThrownBy(() -> LslSource.open("Nobody", Duration.ofMillis(100), config))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "no stream matched \"name='Nobody'\" within 0.1 s; is it running, in session '"
                + config.sessionId()
                + "', on a host that scope MACHINE reaches?");
    try (LslReplayTarget outlets = new LslReplayTarget(RECORDING, config, Duration.ZERO)) {
      assertThat(outlets.samples().haveConsumers()).isFalse();
      assertThatThrownBy(() -> LslSource.open("Rec-markers", LslTesting.LONG, config))
          .isInstanceOf(UnsupportedInputException.class)
          .hasMessage("stream 'Rec-markers' carries strings; a source reads numbers");
    }
  }

  @Test
  void aReplayThatNobodyHearsFailsWithTheReason() throws InterruptedException {
    LslConfig config = LslTesting.world();
    LslReplayTarget outlets = new LslReplayTarget(RECORDING, config, Duration.ofMillis(20));
    try (Replay replay = new Replay(RECORDING, outlets, ReplayOptions.DEFAULTS)) {
      assertThat(replay.awaitEnd(LslTesting.LONG)).isTrue();
      assertThat(replay.failure().orElseThrow())
          .hasMessage("nobody listens to stream 'Rec' within 0.02 s; nothing was played");
    }
  }
}
