package org.efferent.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.efferent.core.Chunk;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live and offline are one; any thread may look; feeding costs no memory. */
class StreamHealthTest {
  private static final double F = 500;
  private static final int CHANNELS = 4;
  private static final HealthOptions DEFAULTS = HealthOptions.DEFAULTS;

  /** A recording that has everything: gaps, duplicates, a jump, flat, clipped and NaN channels. */
  private static MemoryRecording sick() {
    Random random = new Random(5);
    int rows = 20_000;
    double[] values = new double[rows * CHANNELS];
    double[] stamps = new double[rows];
    double shift = 0;
    for (int i = 0; i < rows; i++) {
      shift += random.nextInt(700) == 0 ? (1 + random.nextInt(5)) / F : 0;
      shift -= i == 9_000 ? 100 : 0;
      stamps[i] = 1000 + i / F + shift + (random.nextInt(300) == 0 ? 2.2 / F : 0);
      int at = i * CHANNELS;
      values[at] = random.nextGaussian();
      values[at + 1] = i > 5_000 && i < 8_000 ? 7 : random.nextGaussian();
      values[at + 2] = Math.min(0.9, Math.sin(0.13 * i) + 0.01 * random.nextGaussian());
      values[at + 3] = random.nextInt(900) == 0 ? Double.NaN : random.nextGaussian();
      if (random.nextInt(800) == 0 && i > 0) {
        stamps[i] = stamps[i - 1];
        System.arraycopy(values, at - CHANNELS, values, at, CHANNELS);
      }
    }
    return new MemoryRecording(
        StreamInfo.of("Sick", "EEG", F, CHANNELS), stamps, values, List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 32, 1024})
  void liveGivesTheFiguresAndEventsOfOffline(int most) {
    MemoryRecording recording = sick();
    List<HealthEvent> offlineEvents = new ArrayList<>();
    HealthSnapshot offline = StreamHealth.of(recording, DEFAULTS, offlineEvents::add);
    assertThat(offline.begun().keySet())
        .contains(
            HealthCondition.GAP,
            HealthCondition.DUPLICATE,
            HealthCondition.BACKWARD,
            HealthCondition.FLAT,
            HealthCondition.SATURATED,
            HealthCondition.IMPOSSIBLE);
    List<HealthEvent> liveEvents = new ArrayList<>();
    StreamHealth live = new StreamHealth(recording.info(), DEFAULTS, liveEvents::add);
    Random random = new Random(most);
    Chunk chunk = new Chunk(most, CHANNELS);
    for (int from = 0; from < recording.rows(); ) {
      chunk.clear();
      int n = (int) Math.min(recording.rows() - from, 1 + random.nextInt(most));
      for (int r = 0; r < n; r++) {
        chunk.append(recording.stamps()[from + r], recording.values(), (from + r) * CHANNELS);
      }
      from += n;
      chunk.arrivedAt((long) (from / F * 1e9));
      live.feed(chunk);
    }
    live.end();
    HealthSnapshot snapshot = live.snapshot();
    assertThat(snapshot.stamps()).isEqualTo(offline.stamps());
    assertThat(snapshot.channels()).isEqualTo(offline.channels());
    assertThat(snapshot.rows()).isEqualTo(offline.rows());
    List<HealthEvent> ofRows =
        liveEvents.stream()
            .filter(
                e ->
                    e.condition() != HealthCondition.DRIFT
                        && e.condition() != HealthCondition.STALE)
            .toList();
    assertThat(ofRows).isEqualTo(offlineEvents);
    assertThat(offlineEvents.size()).isLessThan(400);
  }

  @Test
  @Timeout(60)
  void whoeverLooksSeesFiguresOfOneMoment() throws Exception {
    StreamHealth health = new StreamHealth(StreamInfo.of("T", "", F, 8), DEFAULTS, e -> {});
    AtomicBoolean done = new AtomicBoolean();
    List<String> torn = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                HealthSnapshot s = health.snapshot();
                long nan = s.channels().stream().mapToLong(ChannelHealth::nan).sum();
                if (nan != 8 * s.rows() || s.stamps().backward() != Math.max(0, s.rows() - 1)) {
                  torn.add(s.toString());
                  return;
                }
              }
            });
    reader.start();
    double[] row = new double[8 * 16];
    Arrays.fill(row, Double.NaN);
    double[] stamps = new double[16];
    for (int i = 0; i < 20_000; i++) {
      for (int r = 0; r < 16; r++) {
        stamps[r] = -(16.0 * i + r);
      }
      health.feed(row, stamps, 16);
    }
    done.set(true);
    reader.join();
    assertThat(torn).isEmpty();
  }

  @Test
  void feedingAllocatesNothing() {
    var bean = ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
    Assumptions.assumeTrue(
        bean != null && bean.isThreadAllocatedMemorySupported(),
        "this JVM does not count what a thread allocates");
    StreamHealth health = new StreamHealth(StreamInfo.of("T", "", 5000, 64), DEFAULTS, e -> {});
    Random random = new Random(1);
    Chunk chunk = new Chunk(32, 64);
    while (!chunk.isFull()) {
      int at = chunk.append(0);
      for (int c = 0; c < 64; c++) {
        chunk.values()[at + c] = c == 5 ? Double.NaN : c == 6 ? 1 : random.nextGaussian();
      }
    }
    long before = 0;
    for (int n = 0; n < 4000; n++) {
      if (n == 2000) {
        before = bean.getCurrentThreadAllocatedBytes();
      }
      for (int r = 0; r < 32; r++) {
        chunk.stamps()[r] = (32 * n + r) / 5000.0;
      }
      chunk.arrivedAt(n * 6_400_000L);
      health.feed(chunk);
    }
    long bytes = bean.getCurrentThreadAllocatedBytes() - before;
    // The smallest object a row would be 16; what the JIT still makes a chunk is not looked at.
    assertThat(bytes / (2000.0 * 32)).isLessThan(8);
    assertThat(health.snapshot().active()).containsKeys(HealthCondition.FLAT);
  }

  @Test
  void theListenerMayLook() {
    List<Long> rows = new ArrayList<>();
    StreamHealth[] health = new StreamHealth[1];
    health[0] =
        new StreamHealth(
            StreamInfo.of("T", "", F, 1), DEFAULTS, e -> rows.add(health[0].snapshot().rows()));
    health[0].feed(new double[] {Double.NaN, 1}, new double[] {0, 1 / F}, 2);
    assertThat(rows).containsExactly(2L);
  }

  @Test
  void anEmptyRecordingIsSound() {
    MemoryRecording none =
        new MemoryRecording(
            StreamInfo.of("None", "", F, 2), new double[0], new double[0], List.of());
    assertThat(StreamHealth.of(none, DEFAULTS, e -> {}).isSound()).isTrue();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    StreamHealth health = new StreamHealth(StreamInfo.of("T", "", F, 2), DEFAULTS, e -> {});
    assertThatThrownBy(() -> health.feed(new Chunk(1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stream 'T' has 2 channels of numbers; fed with 3");
    assertThatThrownBy(() -> health.feed(1, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stream 'T' carries numbers");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> DEFAULTS.withGaps(1, Duration.ZERO))
        .hasMessage("gapPeriods must lie above 1 and not above 2; gapPeriods=1.0");
    assertThatThrownBy(() -> DEFAULTS.withGaps(1.5, Duration.ofMillis(-1)))
        .hasMessage("settle must not be negative; settle=PT-0.001S");
    assertThatThrownBy(() -> DEFAULTS.withRate(Duration.ZERO, 0.1, 1))
        .hasMessage("window must be positive; window=PT0S");
    assertThatThrownBy(() -> DEFAULTS.withRate(Duration.ofSeconds(1), 0, 1))
        .hasMessage("rateTolerance must be positive; rateTolerance=0.0");
    assertThatThrownBy(() -> DEFAULTS.withRate(Duration.ofSeconds(1), 1, Double.NaN))
        .hasMessage("driftPpm must be positive; driftPpm=NaN");
    assertThatThrownBy(() -> DEFAULTS.withFlat(Duration.ofSeconds(1), -1))
        .hasMessage("flatRange must be finite and not negative; flatRange=-1.0");
    assertThatThrownBy(() -> DEFAULTS.withFlat(Duration.ZERO, 0))
        .hasMessage("flatAfter must be positive; flatAfter=PT0S");
    assertThatThrownBy(() -> DEFAULTS.withRails(1, 1, true))
        .hasMessage("lowRail must lie below highRail; lowRail=1.0, highRail=1.0");
    assertThatThrownBy(() -> DEFAULTS.withTimes(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessage("staleAfter must be positive; staleAfter=PT0S");
    assertThatThrownBy(() -> DEFAULTS.withTimes(Duration.ofSeconds(1), Duration.ZERO))
        .hasMessage("recovery must be positive; recovery=PT0S");
  }
}
