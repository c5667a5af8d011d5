package org.efferent.acquisition.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efferent.acquisition.ReplayOptions;
import org.efferent.acquisition.ReplaySource;
import org.efferent.core.Chunk;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate.Scores;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.HealthCondition;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.core.health.StreamHealth;
import org.junit.jupiter.api.Test;

/**
 * The rows pass as they are, and silence is heard of in the middle of a wait; time is simulated.
 */
class MonitoredSourceTest {
  private static final StreamInfo INFO = StreamInfo.of("Amp", "EEG", 100, 2);
  private static final long MS = 1_000_000;

  private final List<HealthEvent> events = new ArrayList<>();
  private final StreamHealth health = new StreamHealth(INFO, HealthOptions.DEFAULTS, events::add);
  private long now = 5_000 * MS;

  /** Rows at moments of the simulated clock; waiting moves it. */
  private final class Timed implements Source {
    private final long[] dueMillis;
    private final List<Duration> waits = new ArrayList<>();
    private int next;
    private long lost;
    private boolean closed;

    Timed(long... dueMillis) {
      this.dueMillis = dueMillis;
    }

    @Override
    public StreamInfo info() {
      return INFO;
    }

    @Override
    public int read(Chunk chunk, Duration timeout) {
      chunk.clear();
      waits.add(timeout);
      if (next == dueMillis.length) {
        return END;
      }
      long due = dueMillis[next] * MS;
      if (due - now > timeout.toNanos()) {
        now += timeout.toNanos();
        return 0;
      }
      now = Math.max(now, due);
      chunk.append(next / 100.0, new double[] {next, -next}, 0);
      chunk.arrivedAt(now);
      next++;
      return 1;
    }

    @Override
    public long lost() {
      return lost;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private MonitoredSource monitored(Source source) {
    return new MonitoredSource(source, health, () -> now);
  }

  @Test
  void rowsPassUnchangedAndAreLookedAt() throws Exception {
    Timed timed = new Timed(5_000, 5_010);
    try (MonitoredSource source = monitored(timed)) {
      assertThat(source.info()).isEqualTo(INFO);
      assertThat(source.health()).isSameAs(health);
      Chunk chunk = new Chunk(4, 2);
      assertThat(source.read(chunk, Duration.ofSeconds(1))).isEqualTo(1);
      assertThat(source.read(chunk, Duration.ofSeconds(1))).isEqualTo(1);
      assertThat(chunk.rows()).isEqualTo(1);
      assertThat(chunk.stamps()[0]).isEqualTo(0.01);
      assertThat(chunk.values()).startsWith(1, -1);
      assertThat(chunk.arrivals()[0]).isEqualTo(5_010 * MS);
      assertThat(health.snapshot().rows()).isEqualTo(2);
      timed.lost = 3;
      assertThat(source.lost()).isEqualTo(3);
      assertThat(source.read(chunk, Duration.ofSeconds(1))).isEqualTo(Source.END);
      assertThat(health.snapshot().arrivals().dropped()).isEqualTo(3);
    }
    assertThat(timed.closed).isTrue();
  }

  @Test
  void silenceIsToldAtItsLimitInTheMiddleOfAWait() throws Exception {
    Timed timed = new Timed(5_000, 9_000);
    MonitoredSource source = monitored(timed);
    Chunk chunk = new Chunk(4, 2);
    source.read(chunk, Duration.ofSeconds(1));
    assertThat(source.read(chunk, Duration.ofSeconds(3))).isZero();
    assertThat(now).isEqualTo(8_000 * MS);
    assertThat(timed.waits.subList(1, 3))
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(2_750));
    assertThat(events)
        .singleElement()
        .extracting(HealthEvent::message)
        .isEqualTo("nothing has come for 0.25 s");
    assertThat(health.snapshot().arrivals().stale()).isTrue();
    assertThat(health.snapshot().arrivals().longestSilenceSeconds()).isEqualTo(3);
    assertThat(source.read(chunk, Duration.ofSeconds(3))).isEqualTo(1);
    assertThat(events).hasSize(2);
    assertThat(events.get(1).message()).isEqualTo("rows come again after 4 s");
  }

  @Test
  void shortReadsHearOfSilenceToo() throws Exception {
    MonitoredSource source = monitored(new Timed(99_000));
    Chunk chunk = new Chunk(4, 2);
    for (int i = 0; i < 26; i++) {
      assertThat(source.read(chunk, Duration.ofMillis(10))).isZero();
      // The first look begins the silence.
      assertThat(events).hasSize(i < 25 ? 0 : 1);
    }
    assertThat(source.read(chunk, Duration.ZERO)).isZero();
    assertThat(events).hasSize(1);
  }

  @Test
  void aSourceThatDoesNotWaitIsNotAskedForEver() throws Exception {
    Source hasty =
        new Source() {
          @Override
          public StreamInfo info() {
            return INFO;
          }

          @Override
          public int read(Chunk chunk, Duration timeout) {
            return 0;
          }

          @Override
          public void close() {}
        };
    assertThat(monitored(hasty).read(new Chunk(1, 2), Duration.ofDays(300))).isZero();
  }

  @Test
  void whatFailsBelowFailsHere() {
    Source broken =
        new Source() {
          @Override
          public StreamInfo info() {
            return INFO;
          }

          @Override
          public int read(Chunk chunk, Duration timeout) {
            throw new StreamException("stream 'Amp' was lost");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> monitored(broken).read(new Chunk(1, 2), Duration.ZERO))
        .isInstanceOf(StreamException.class)
        .hasMessage("stream 'Amp' was lost");
  }

  @Test
  void aSessionHasHealthForFreeAndItIsThatOfOffline() throws Exception {
    Random random = new Random(3);
    double[] values = new double[2 * 3_000];
    double[] stamps = new double[3_000];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = i / 100.0 + (i >= 1_000 ? 0.05 : 0);
      values[2 * i] = i >= 2_000 && i < 2_400 ? 1 : random.nextGaussian();
      values[2 * i + 1] = i == 1_500 ? Double.NaN : random.nextGaussian();
    }
    MemoryRecording recording = new MemoryRecording(INFO, stamps, values, List.of());
    HealthSnapshot offline = StreamHealth.of(recording, HealthOptions.DEFAULTS, e -> {});
    assertThat(offline.begun().keySet())
        .containsExactly(HealthCondition.GAP, HealthCondition.FLAT, HealthCondition.IMPOSSIBLE);
    Source fast =
        new ReplaySource(
            recording,
            ReplayOptions.DEFAULTS.withSpeed(ReplayOptions.AT_ONCE).withOriginalStamps(true));
    MonitoredSource source = new MonitoredSource(fast, health, System::nanoTime);
    Decoder<Scores> first = window -> new Scores(window.get(0, 0));
    try (Session session =
        Session.start(source, SessionOptions.DEFAULTS, Pipeline.everySample(first), d -> {})) {
      assertThat(session.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(session.failure()).isEmpty();
      assertThat(session.samples()).isEqualTo(3_000);
    }
    HealthSnapshot live = health.snapshot();
    assertThat(live.channels()).isEqualTo(offline.channels());
    assertThat(live.rows()).isEqualTo(offline.rows());
    assertThat(live.stamps().gaps()).isEqualTo(offline.stamps().gaps()).isEqualTo(1);
    assertThat(live.stamps().missing()).isEqualTo(5);
    assertThat(Arrays.asList(HealthCondition.FLAT, HealthCondition.GAP))
        .allMatch(c -> live.begun().get(c) == 1);
  }
}
