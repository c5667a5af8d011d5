package org.efferent.acquisition.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.HealthCondition;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of every kind are listened to until they end. */
@Timeout(120)
class StreamMonitorTest {
  private static final Duration LONG = LslTesting.LONG;

  private final LslConfig config = LslTesting.world();
  private final JavaLsl lsl = new JavaLsl(config);
  private final BlockingQueue<HealthEvent> events = new LinkedBlockingQueue<>();

  private LslStreamInfo find(LslOutlet outlet) throws InterruptedException {
    return lsl.resolve(LslResolver.property("uid", outlet.info().origin().uid()), 1, LONG).get(0);
  }

  private StreamMonitor monitor(LslOutlet outlet) throws InterruptedException {
    StreamMonitor monitor =
        new StreamMonitor(lsl, find(outlet), HealthOptions.DEFAULTS, events::add);
    assertThat(outlet.awaitConsumers(LONG)).isTrue();
    return monitor;
  }

  private static LslStreamInfo stream(ChannelFormat format, double rateHz) {
    return LslStreamInfo.of(StreamInfo.of("Amp", "EEG", rateHz, 2), format);
  }

  @Test
  void numbersAreLookedAtToTheEnd() throws Exception {
    LslOutlet outlet = new LslOutlet(stream(ChannelFormat.FLOAT32, 100), config);
    try (StreamMonitor monitor = monitor(outlet)) {
      for (int i = 0; i < 500; i++) {
        if (i != 200) {
          double nan = i == 300 ? Double.NaN : i;
          outlet.push(new double[] {i, nan}, 10 + i / 100.0);
        }
      }
      assertThat(monitor.awaitEnd(Duration.ZERO)).isFalse();
      outlet.close();
      assertThat(monitor.awaitEnd(LONG)).isTrue();
      HealthSnapshot snapshot = monitor.snapshot();
      assertThat(snapshot.stream()).isEqualTo("Amp");
      assertThat(snapshot.rows()).isEqualTo(499);
      assertThat(snapshot.stamps().gaps()).isEqualTo(1);
      assertThat(snapshot.channels().get(1).nan()).isEqualTo(1);
      assertThat(snapshot.channels().get(0).isSound()).isTrue();
      assertThat(monitor.failure()).isEmpty();
    }
    assertThat(events)
        .extracting(HealthEvent::condition)
        .contains(HealthCondition.GAP, HealthCondition.IMPOSSIBLE);
  }

  @Test
  void textsAndLongIntegersAreLookedAt() throws Exception {
    LslOutlet texts = new LslOutlet(LslStreamInfo.markers("Marks", ""), config);
    LslOutlet longs = new LslOutlet(stream(ChannelFormat.INT64, 0), config);
    try (StreamMonitor first = monitor(texts);
        StreamMonitor second = monitor(longs)) {
      texts.push(new String[] {"a"}, 10);
      texts.push(new String[] {"b"}, 9);
      longs.push(new long[] {1L << 60, 2}, 3);
      texts.close();
      longs.close();
      assertThat(first.awaitEnd(LONG)).isTrue();
      assertThat(second.awaitEnd(LONG)).isTrue();
      assertThat(first.snapshot().rows()).isEqualTo(2);
      assertThat(first.snapshot().stamps().backward()).isEqualTo(1);
      assertThat(first.snapshot().channels()).isEmpty();
      assertThat(second.snapshot().channels().get(0).max()).isEqualTo(0x1p60);
    }
  }

  @Test
  void silenceIsHeardOf() throws Exception {
    try (LslOutlet outlet = new LslOutlet(stream(ChannelFormat.INT16, 100), config);
        StreamMonitor monitor = monitor(outlet)) {
      HealthEvent event = events.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      assertThat(event.condition()).isEqualTo(HealthCondition.STALE);
      assertThat(monitor.snapshot().arrivals().stale()).isTrue();
    }
  }

  @Test
  void aStreamThatIsGoneIsAnError() throws Exception {
    LslOutlet outlet = new LslOutlet(stream(ChannelFormat.INT16, 100), config);
    LslStreamInfo found = find(outlet);
    outlet.close();
    assertThatThrownBy(() -> new StreamMonitor(lsl, found, HealthOptions.DEFAULTS, e -> {}))
        .isInstanceOf(StreamException.class);
  }

  @Test
  void aRowThatIsNotOfTheChunkArrivesNow() {
    long[] now = {7};
    InletHealth health =
        new InletHealth(
            stream(ChannelFormat.INT64, 100), HealthOptions.DEFAULTS, events::add, () -> now[0]);
    health.row(1, new long[] {3, 4});
    now[0] += 250_000_000;
    health.nothing();
    assertThat(events).singleElement().extracting(HealthEvent::begins).isEqualTo(true);
    now[0] += 250_000_000;
    health.row(1.01, new long[] {4, 5});
    assertThat(events).hasSize(2);
    assertThat(health.snapshot().arrivals().longestSilenceSeconds()).isEqualTo(0.5);
    health.clockReset();
    health.dropped(2);
    health.row(-50, new long[] {4, 5});
    health.end();
    assertThat(health.snapshot().stamps().backward()).isZero();
    assertThat(health.snapshot().stamps().clockResets()).isEqualTo(1);
    assertThat(health.snapshot().arrivals().dropped()).isEqualTo(2);
  }

  @Test
  void aWatchWithoutTimeIsRefused() throws Exception {
    StaleWatch.Listener deaf =
        new StaleWatch.Listener() {
          @Override
          public void stale(Duration silence) {}

          @Override
          public void resumed() {}
        };
    try (LslOutlet outlet = new LslOutlet(stream(ChannelFormat.INT16, 100), config);
        StreamInlet inlet = lsl.openInlet(find(outlet), LslTesting.PLAIN)) {
      for (Duration after : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
        assertThatThrownBy(() -> new StaleWatch(inlet, after, deaf))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("after must be positive; after=" + after);
      }
    }
  }
}
