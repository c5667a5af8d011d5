package org.efferent.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.core.Chunk;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LslSourceTest {
  private final LslConfig config = LslTesting.world();

  @Test
  void aStreamThatPausesGivesNoRowsAndGoesOn() throws Exception {
    StreamInfo info = StreamInfo.of("Slow", "Test", 1, 2);
    try (LslOutlet outlet = new LslOutlet(LslStreamInfo.of(info, ChannelFormat.FLOAT32), config)) {
      LslSource source = LslSource.open("Slow", LslTesting.LONG, config);
      assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
      Chunk chunk = new Chunk(4, 2);
      for (int i = 0; i < 3; i++) {
        outlet.push(new double[] {i, 0}, 10 + i);
        assertThat(source.read(chunk, LslTesting.LONG)).isEqualTo(1);
        assertThat(chunk.stamps()[0]).isEqualTo(10 + i);
        // Longer than any check that an idle outlet might make.
        assertThat(source.read(chunk, Duration.ofMillis(600))).isZero();
      }
      source.close();
      source.close();
      long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
      while (outlet.haveConsumers() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(outlet.haveConsumers()).isFalse();
    }
  }

  @Test
  void aSearchInVainTellsWhatStoodInItsWay() {
    LslConfig peers = config.withKnownPeers(List.of("127.0.0.1:16572", "127.0.0.1"));
    assertThatThrownBy(() -> LslSource.open("Nobody", Duration.ofMillis(100), peers))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "no stream matched \"name='Nobody'\" within 0.1 s; is it running, in session '"
                + config.sessionId()
                + "', on a host that scope MACHINE reaches? What stood in the way: known peers without an IPv4"
                + " address: 1 (127.0.0.1:16572)");
  }
}
