package org.efferent.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CursorFeedTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private final Lsl lsl = new JavaLsl(LslConfig.LOOPBACK);

  private StreamOutlet outlet(String... labels) {
    List<ChannelInfo> channels =
        List.of(labels).stream().map(l -> new ChannelInfo(l, "Cursor", "")).toList();
    StreamInfo info = new StreamInfo("C", "Cursor", 50, "c-" + UUID.randomUUID(), channels);
    return lsl.openOutlet(LslStreamInfo.of(info, ChannelFormat.FLOAT32));
  }

  private StreamInlet inlet(StreamOutlet outlet) throws InterruptedException {
    String predicate = LslResolver.property("source_id", outlet.info().sourceId());
    LslStreamInfo found = lsl.resolve(predicate, 1, WAIT).get(0);
    return lsl.openInlet(lsl.fullInfo(found), InletOptions.DEFAULTS.withEndOnDisconnect(true));
  }

  @Test
  @SuppressWarnings("try") // an outlet that closes is what is tested
  void silenceIsVelocityZero() throws InterruptedException {
    AtomicLong now = new AtomicLong();
    try (StreamOutlet outlet = outlet("x", "vx", "vy");
        CursorFeed feed = new CursorFeed(inlet(outlet), CursorFeed.PATIENCE, now::get)) {
      assertThat(feed.velocity()).containsExactly(0, 0);
      assertThat(feed.isAlive()).isFalse();
      assertThat(outlet.awaitConsumers(WAIT)).isTrue();
      outlet.push(new double[] {1, 2, -3}, StreamOutlet.NOW);
      while (feed.velocity()[0] == 0) {
        Thread.onSpinWait();
      }
      assertThat(feed.velocity()).containsExactly(2, -3);
      now.addAndGet(CursorFeed.PATIENCE.toNanos());
      assertThat(feed.velocity()).containsExactly(2, -3);
      now.addAndGet(1);
      assertThat(feed.velocity()).containsExactly(0, 0);
      outlet.push(new double[] {1, 4, 5}, StreamOutlet.NOW);
      while (feed.velocity()[0] == 0) {
        Thread.onSpinWait();
      }
      assertThat(feed.isAlive()).isTrue();
      outlet.close();
      while (feed.isAlive()) {
        feed.velocity();
      }
      assertThat(feed.velocity()).as("an outlet that closed").containsExactly(0, 0);
    }
  }

  @Test
  void aStreamWithoutAVelocityIsRefused() throws InterruptedException {
    try (StreamOutlet outlet = outlet("x", "y");
        StreamInlet inlet = inlet(outlet)) {
      assertThatThrownBy(() -> new CursorFeed(inlet, CursorFeed.PATIENCE, System::nanoTime))
          .isInstanceOf(InputException.class)
          .hasMessage("stream 'C' must have channels vx and vy; channels=[x, y]");
    }
  }
}
