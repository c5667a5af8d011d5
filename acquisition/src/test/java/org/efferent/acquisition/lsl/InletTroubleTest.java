package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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

  private LslConfig hasty() {
    return config.withTuning(config.tuning().withHandshake(Duration.ofMillis(150)));
  }

  /** At every byte of what an outlet says first, from nothing to all but the last byte. */
  @Test
  void whoStallsInTheHandshakeIsGivenUpWhereverThatIs() throws IOException {
    byte[] feed = FakeOutlet.feed("1234", INT16);
    for (int said :
        new int[] {0, 1, 7, 15, 16, 17, 30, 70, 100, feed.length - 18, feed.length - 1}) {
      try (FakePeer peer = new FakePeer(Arrays.copyOf(feed, said), FakePeer.Then.STALL)) {
        LslStreamInfo info = peer.info(LslTesting.stream(ChannelFormat.INT16, 4, 4));
        assertThatThrownBy(() -> new LslInlet(info, hasty(), LslTesting.PLAIN))
            .as("after %d bytes", said)
            .isInstanceOf(StreamException.class)
            .hasMessage(FeedConnection.where(info) + ": no answer within 0.15 s");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x|: cannot connect: a line must not be longer than 65536 bytes",
        "LSL/110 200 OK\\n|: an answer has at most 100 header lines; this one has more"
      })
  void whatHasNoEndIsGivenUp(String piece, String message) throws IOException {
    String much = piece.replace("\\n", "\r\n").repeat(1_000);
    try (FakePeer peer = FakePeer.saying(much, FakePeer.Then.REPEAT)) {
      LslStreamInfo info = peer.info(LslTesting.stream(ChannelFormat.INT16, 4, 4));
      assertThatThrownBy(() -> new LslInlet(info, config, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(FeedConnection.where(info) + message);
    }
  }

  /** Test samples whose strings never end, and what is said byte by byte. */
  @Test
  void aTestSampleThatIsTooLongIsNoPattern() throws IOException {
    byte[] feed = FakeOutlet.feed("1234", "02c976be9f0c24fe40 04 f0ffff0f", "61".repeat(100_000));
    try (FakePeer peer = new FakePeer(feed, FakePeer.Then.STALL)) {
      LslStreamInfo info = peer.info(LslTesting.stream(ChannelFormat.STRING, 1, 0));
      assertThatThrownBy(() -> new LslInlet(info, config, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              FeedConnection.where(info)
                  + ": test sample 1 must be LSL's pattern for 1 × string; the outlet sends"
                  + " another");
    }
  }

  @Test
  void testSamplesMayTellTheLengthOfTheirStringsInAnyWidth() throws Exception {
    String stamp = "02c976be9f0c24fe40";
    byte[] feed =
        FakeOutlet.feed(
            "1234",
            stamp + "02 0200 3130" + stamp + "08 0200000000000000 3130",
            "020000000000409f40 04 02000000 6869");
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet =
            new LslInlet(peer.info(ChannelFormat.STRING, 1, 0), config, LslTesting.PLAIN)) {
      String[] row = new String[1];
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
      assertThat(row).containsExactly("hi");
    }
  }

  @Test
  void protocol100IsRefusedWithAWord() throws IOException {
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.INT16, 4, 4);
    try (FakePeer peer = FakePeer.saying("", FakePeer.Then.HANG_UP)) {
      LslStreamInfo info = peer.info(stream);
      assertThatThrownBy(() -> new LslInlet(info, config, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              FeedConnection.where(info)
                  + ": the outlet closed the connection without an answer, as those do that speak"
                  + " protocol 1.00 alone; samples must come by protocol 110");
      LslStreamInfo old =
          info.at(new LslStreamInfo.Origin(1.0, 1, FakeOutlet.UID, "default", "h"), info.v4());
      assertThatThrownBy(() -> new LslInlet(old, config, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              FeedConnection.where(info)
                  + ": samples must come by protocol 110; the outlet speaks 1.00 and nothing"
                  + " younger");
    }
    // What liblsl says that is told to use 1.00, before its archive.
    refused(
        ("LSL/110 200 OK\r\nUID: "
                + FakeOutlet.UID
                + "\r\nByte-Order: 1234\r\nData-Protocol-Version: 100\r\n\r\n\u007f\u0001\t")
            .getBytes(StandardCharsets.UTF_8),
        ": samples must come by protocol 110; the outlet chose '100'");
  }

  private String fullInfo(FakePeer peer) {
    LslStreamInfo info = peer.info(LslTesting.stream(ChannelFormat.INT16, 4, 4));
    try {
      return LslInlet.fullInfo(info, hasty()).name();
    } catch (StreamException e) {
      return e.getMessage().replace(FeedConnection.where(info) + ": ", "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<info>|<info>|Fk",
        "<?xml|x<?xml|a stream description must be XML; Content is not allowed in prolog.",
        "<info>|<info><info>|a stream description must be XML; XML document structures must start"
            + " and end within the same entity.",
        "6666|7777|another stream answers, 'Fk'; resolve it again",
        "<name>Fk|<name>|name of a stream description must be there; name='', name=''",
        "count>4|count>-1|channel_count of a stream description must be an integer in 0 … 1048576;"
            + " channel_count='-1', name='Fk'",
        "count>4|count>1048577|channel_count of a stream description must be an integer in 0 …"
            + " 1048576; channel_count='1048577', name='Fk'",
        "count>4|count>2147483648|channel_count of a stream description must be an integer;"
            + " channel_count='2147483648', name='Fk'",
        "port>1<|port>-1<|v4data_port of a stream description must be an integer in 0 … 65535;"
            + " v4data_port='-1', name='Fk'",
        "<nominal_srate>4.0|<nominal_srate>NaN4.0|nominal_srate of a stream description must be a"
            + " number; nominal_srate='NaN4.000000000000000', name='Fk'",
        "<nominal_srate>4.000000000000000|<nominal_srate>1e999|nominal_srate of a stream description"
            + " must be a finite number; nominal_srate='1e999', name='Fk'",
      })
  void descriptionsThatLieAreRefused(String what, String with, String answer) throws IOException {
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.INT16, 4, 4);
    try (FakePeer peer =
        FakePeer.describing(
            stream,
            xml -> {
              assertThat(xml).contains(what);
              return xml.replace(what, with);
            })) {
      assertThat(fullInfo(peer)).isEqualTo(answer);
    }
  }

  /** Each of these would take all memory, a file, or the stack. */
  @Test
  void bombsDoNotGoOff() throws IOException {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE info [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
    }
    String bomb = laughs + "]><info><name>&l29;</name></info>";
    String file = "<!DOCTYPE info SYSTEM \"file:///etc/passwd\"><info/>";
    String doctype = "a stream description must be XML; DOCTYPE is disallowed when the feature";
    for (String evil : List.of(bomb, file)) {
      try (FakePeer peer = FakePeer.saying(evil, FakePeer.Then.HANG_UP)) {
        assertThat(fullInfo(peer)).startsWith(doctype);
      }
    }
    try (FakePeer peer = FakePeer.saying("<a>".repeat(200_000), FakePeer.Then.HANG_UP)) {
      assertThat(fullInfo(peer)).startsWith("a stream description must be XML; JAXP00010006");
    }
    try (FakePeer peer = FakePeer.saying("<info>&undefined;</info>", FakePeer.Then.HANG_UP)) {
      assertThat(fullInfo(peer)).startsWith("a stream description must be XML; The entity");
    }
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.INT16, 4, 4);
    try (FakePeer peer =
        FakePeer.describing(
            stream, x -> x.replace("Fk", "\u009b".repeat(1_000)).replace(">4<", ">x<"))) {
      assertThat(fullInfo(peer))
          .isEqualTo(
              "channel_count of a stream description must be an integer; channel_count='x', name='"
                  + "?".repeat(80)
                  + "…'");
    }
  }

  @Test
  void aDescriptionWithoutEndIsGivenUp() throws IOException {
    try (FakePeer peer = FakePeer.saying("x".repeat(100_000), FakePeer.Then.REPEAT)) {
      LslStreamInfo info = peer.info(LslTesting.stream(ChannelFormat.INT16, 4, 4));
      assertThatThrownBy(() -> LslInlet.fullInfo(info, config))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              FeedConnection.where(info)
                  + ": cannot connect: an answer must not be longer than 16777216 bytes");
    }
    try (FakePeer peer = FakePeer.saying("<info><na", FakePeer.Then.STALL)) {
      assertThat(fullInfo(peer)).isEqualTo("no answer within 0.15 s");
    }
  }
}
