package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.efferent.core.Chunk;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The inlet against peers that stall, die or talk nonsense. */
@Timeout(60)
class InletTroubleTest {
  private static final String INT16 =
      "02c976be9f0c24fe400501fafe0701f8fe02c976be9f0c24fe400301fcfe0501fafe";
  private static final String STRING1 = "02c976be9f0c24fe4001023130".repeat(2);
  private static final String SAMPLE = "020000000000409f400100020003000400";

  private final LslConfig config = LslTesting.world();

  private LslInlet numbers(FakeOutlet peer, InletOptions options) {
    return new LslInlet(peer.info(ChannelFormat.INT16, 4, 4), config, options);
  }

  private static String place(FakeOutlet peer) {
    return FeedConnection.where(peer.info(ChannelFormat.INT16, 4, 4));
  }

  private static boolean receives(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("efferent-lsl-inlet-" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "02", "020000000000409f40010002"})
  void aStreamThatStopsGivesNothingAndClosesAllTheSame(String part) throws Exception {
    try (FakeOutlet peer = new FakeOutlet(FakeOutlet.feed("1234", INT16, SAMPLE, part), false)) {
      LslInlet inlet = numbers(peer, LslTesting.PLAIN);
      Chunk chunk = new Chunk(8, 4);
      assertThat(inlet.pull(chunk, LslTesting.LONG)).isEqualTo(1);
      for (int i = 0; i < 3; i++) {
        long begin = System.nanoTime();
        assertThat(inlet.pull(chunk, Duration.ofMillis(20))).isZero();
        assertThat(System.nanoTime() - begin).isBetween(20_000_000L, LslTesting.LONG.toNanos());
        assertThat(chunk.rows()).isZero();
      }
      assertThat(inlet.isEnded()).isFalse();
      assertThat(receives("Fk")).isTrue();
      inlet.close();
      assertThat(receives("Fk")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anOutletThatDiesIsALossWhateverAClosedConnectionMeans(boolean endOnDisconnect)
      throws Exception {
    InletOptions options = LslTesting.PLAIN.withEndOnDisconnect(endOnDisconnect);
    try (FakeOutlet peer = new FakeOutlet(FakeOutlet.feed("1234", INT16, SAMPLE), false);
        LslInlet inlet = numbers(peer, options)) {
      assertThat(inlet.pull(new double[4], LslTesting.LONG)).isEqualTo(2000);
      peer.reset();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> inlet.pull(new Chunk(8, 4), LslTesting.LONG))
            .isInstanceOf(StreamException.class)
            .hasMessage(place(peer) + " was lost: Connection reset");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00,a sample starts with tag 1 or 2; tag=0",
    "ffffffffffffffff,a sample starts with tag 1 or 2; tag=255",
    "4854545020343034,a sample starts with tag 1 or 2; tag=72",
  })
  void garbageBetweenSamplesEndsTheStreamAfterWhatCameBefore(String garbage, String reason)
      throws Exception {
    byte[] feed = FakeOutlet.feed("1234", INT16, SAMPLE, garbage);
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet = numbers(peer, LslTesting.PLAIN.withEndOnDisconnect(true))) {
      assertThat(inlet.pull(new double[4], LslTesting.LONG)).isEqualTo(2000);
      assertThatThrownBy(() -> inlet.pull(new double[4], LslTesting.LONG))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + " broke the protocol: " + reason);
    }
  }

  @Test
  void garbageInsteadOfTheHandshakeIsRefused() throws IOException {
    refused(
        FakeOutlet.feed("1234", "4854545020343034"),
        ": in a test sample: a sample starts with tag 1 or 2; tag=72");
    refused(
        "x".repeat(70_000).getBytes(StandardCharsets.UTF_8),
        ": cannot connect: a line must not be longer than 65536 bytes");
    refused(
        new byte[] {(byte) 0xff, 0, 1, '\n'},
        ": the answer to a feed request starts with LSL/110; it is '\ufffd??'");
  }

  private void refused(byte[] answer, String message) throws IOException {
    try (FakeOutlet peer = new FakeOutlet(answer, true)) {
      assertThatThrownBy(() -> numbers(peer, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "04 ffffff7f,the values of a sample must not be longer than 268435456 bytes; bytes=2147483647",
    "04 ffffffff,the values of a sample must not be longer than 268435456 bytes; bytes=4294967295",
    "08 ffffffffffffffff,"
        + "the values of a sample must not be longer than 268435456 bytes; bytes=18446744073709551615",
    "03 010203,'the length of a string takes 1, 2, 4 or 8 bytes; bytes=3'",
  })
  void aGiganticStringIsRefused(String hex, String reason) throws Exception {
    byte[] feed = FakeOutlet.feed("1234", STRING1, "020000000000409f40", hex, "6869");
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet =
            new LslInlet(peer.info(ChannelFormat.STRING, 1, 0), config, LslTesting.PLAIN)) {
      assertThatThrownBy(() -> inlet.pull(new String[1], LslTesting.LONG))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + " broke the protocol: " + reason);
    }
  }

  /** 268,435,440 bytes are announced, which is allowed; two come. */
  @Test
  void nothingIsAllocatedForWhatIsOnlyAnnounced() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", STRING1, "020000000000409f40 04 f0ffff0f 6869");
    ThreadMXBean bean = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    Assumptions.assumeTrue(bean != null, "this JVM does not count what a thread allocates");
    try (FakeOutlet peer = new FakeOutlet(feed, true)) {
      LslStreamInfo info = peer.info(ChannelFormat.STRING, 1, 0);
      long before = bean.getCurrentThreadAllocatedBytes();
      try (FeedConnection connection = FeedConnection.open(info, config, 10, 0)) {
        assertThat(connection.receive(new SampleQueue(10), new Era(0, 0, null))).isFalse();
      }
      assertThat(bean.getCurrentThreadAllocatedBytes() - before).isBetween(1L, 4_000_000L);
    }
  }
}
