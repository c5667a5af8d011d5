package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.Test;

/** The inlet against peers that send exactly what a test says. */
class InletTest {
  private static final String INT16 =
      "02c976be9f0c24fe400501fafe0701f8fe02c976be9f0c24fe400301fcfe0501fafe";
  private static final String INT16_BIG =
      "0240fe240c9fbe76c90105fefa0107fef80240fe240c9fbe76c90103fefc0105fefa";
  private static final String STRING1 = "02c976be9f0c24fe4001023130".repeat(2);
  private static final String ROW = "0100020003000400";
  private static final String STAMP_2000 = "0000000000409f40";

  private final LslConfig config = LslTesting.world();

  private LslInlet open(FakeOutlet peer, InletOptions options) {
    return new LslInlet(peer.info(ChannelFormat.INT16, 4, 4), config, options);
  }

  private static String place(FakeOutlet peer) {
    return "stream 'Fk' at 127.0.0.1:" + peer.info(ChannelFormat.INT16, 4, 4).v4().dataPort();
  }

  private void refused(byte[] answer, String message) throws IOException {
    try (FakeOutlet peer = new FakeOutlet(answer, true)) {
      assertThatThrownBy(() -> open(peer, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + message);
    }
  }

  private static byte[] text(String answer) {
    return answer.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void littleAndBigEndianSamplesAreRead() throws Exception {
    byte[] little = FakeOutlet.feed("1234", INT16, "02", STAMP_2000, ROW, "01", ROW);
    byte[] big =
        FakeOutlet.feed(
            "4321",
            INT16_BIG,
            "02",
            "409f400000000000",
            "0001000200030004",
            "01",
            "0001000200030004");
    for (byte[] feed : new byte[][] {little, big}) {
      try (FakeOutlet peer = new FakeOutlet(feed, false);
          LslInlet inlet = open(peer, LslTesting.PLAIN)) {
        double[] row = new double[4];
        assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
        assertThat(row).containsExactly(1, 2, 3, 4);
        assertThat(inlet.pull(new long[4], LslTesting.LONG)).isEqualTo(2000.25);
        assertThat(inlet.pull(row, Duration.ofMillis(1))).isNaN();
      }
    }
  }

  @Test
  void whoJoinsInAChunkGetsStampsFromTheFirstSampleOn() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", INT16, "01", ROW, "01", ROW, "02", STAMP_2000, ROW);
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet = open(peer, LslTesting.PLAIN)) {
      double[] row = new double[4];
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(1999.5);
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(1999.75);
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
    }
  }

  @Test
  void whoNeverGetsAStampCountsFromTheArrival() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", INT16, ("01" + ROW).repeat(5));
    double begin = System.nanoTime() / 1e9;
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet = open(peer, LslTesting.PLAIN)) {
      double[] row = new double[4];
      double first = inlet.pull(row, LslTesting.LONG);
      assertThat(first).isBetween(begin - 0.75, begin - 0.75 + 20);
      for (int i = 1; i < 5; i++) {
        assertThat(inlet.pull(row, LslTesting.LONG))
            .isCloseTo(first + i * 0.25, org.assertj.core.data.Offset.offset(1e-6));
      }
    }
  }

  @Test
  void theTwoByteLengthOfStringsIsRead() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", STRING1, "02", STAMP_2000, "02 0200 6869");
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet =
            new LslInlet(peer.info(ChannelFormat.STRING, 1, 0), config, LslTesting.PLAIN)) {
      String[] row = new String[1];
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
      assertThat(row).containsExactly("hi");
    }
  }

  @Test
  void bytesThatAreNoUtf8BecomeMarksOfThat() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", STRING1, "02", STAMP_2000, "01 04 61fffe62");
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet =
            new LslInlet(peer.info(ChannelFormat.STRING, 1, 0), config, LslTesting.PLAIN)) {
      String[] row = new String[1];
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
      assertThat(row).containsExactly("a\ufffd\ufffdb");
    }
  }

  @Test
  void olderLiblslSendsStringsWhenItHearsTheSizeOfItsStringObjects() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", STRING1, "02", STAMP_2000, "0100");
    try (FakeOutlet peer = new FakeOutlet(feed, false).wantingValueSize(24);
        LslInlet inlet =
            new LslInlet(peer.info(ChannelFormat.STRING, 1, 0), config, LslTesting.PLAIN)) {
      assertThat(inlet.pull(new String[1], LslTesting.LONG)).isEqualTo(2000);
    }
    try (FakeOutlet peer = new FakeOutlet(feed, false).wantingValueSize(99)) {
      LslStreamInfo info = peer.info(ChannelFormat.STRING, 1, 0);
      assertThatThrownBy(() -> new LslInlet(info, config, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + ": strings must come by protocol 110; the outlet chose '100'");
    }
  }

  @Test
  void aLostStreamIsToldAfterWhatCameBefore() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", INT16, "02", STAMP_2000, ROW);
    try (FakeOutlet peer = new FakeOutlet(feed, true);
        LslInlet inlet = open(peer, LslTesting.PLAIN)) {
      assertThat(inlet.pull(new double[4], LslTesting.LONG)).isEqualTo(2000);
      assertThatThrownBy(() -> inlet.pull(new double[4], LslTesting.LONG))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + " was lost: the outlet closed the connection");
    }
  }

  @Test
  void aClosedConnectionIsTheEndWhereTheUserSaysSo() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", INT16, "02", STAMP_2000, ROW);
    try (FakeOutlet peer = new FakeOutlet(feed, true);
        LslInlet inlet = open(peer, LslTesting.PLAIN.withEndOnDisconnect(true))) {
      Chunk chunk = new Chunk(8, 4);
      assertThat(inlet.pull(chunk, LslTesting.LONG)).isEqualTo(1);
      assertThat(inlet.pull(chunk, LslTesting.LONG)).isEqualTo(Source.END);
      assertThat(inlet.isEnded()).isTrue();
    }
  }

  @Test
  void halfASampleIsALossEvenThen() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", INT16, "02", STAMP_2000, "0100");
    try (FakeOutlet peer = new FakeOutlet(feed, true);
        LslInlet inlet = open(peer, LslTesting.PLAIN.withEndOnDisconnect(true))) {
      assertThatThrownBy(() -> inlet.pull(new double[4], LslTesting.LONG))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              place(peer)
                  + " was lost: the outlet closed the connection in the middle of a sample");
    }
  }

  @Test
  void nonsenseInTheStreamIsToldAsSuch() throws Exception {
    byte[] feed = FakeOutlet.feed("1234", INT16, "09");
    try (FakeOutlet peer = new FakeOutlet(feed, false);
        LslInlet inlet = open(peer, LslTesting.PLAIN)) {
      assertThatThrownBy(() -> inlet.pull(new double[4], LslTesting.LONG))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + " broke the protocol: a sample starts with tag 1 or 2; tag=9");
    }
  }

  @Test
  void aFullBufferDropsTheOldest() throws Exception {
    StringBuilder rows = new StringBuilder("02" + STAMP_2000 + ROW);
    for (int i = 0; i < 9; i++) {
      rows.append("01").append(ROW);
    }
    byte[] feed = FakeOutlet.feed("1234", INT16, rows.toString());
    try (FakeOutlet peer = new FakeOutlet(feed, true);
        LslInlet inlet =
            open(peer, LslTesting.PLAIN.withBufferSamples(4).withEndOnDisconnect(true))) {
      long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
      while (inlet.dropped() < 6 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      Chunk chunk = new Chunk(16, 4);
      assertThat(inlet.pull(chunk, LslTesting.LONG)).isEqualTo(4);
      assertThat(chunk.stamps()[0]).isEqualTo(2001.5);
      assertThat(inlet.dropped()).isEqualTo(6);
    }
  }

  @Test
  void peersThatRefuseAreQuoted() throws IOException {
    refused(
        text("LSL/110 404 Not found"),
        ": the outlet is not this stream any more; it answers '404', resolve it again");
    refused(
        text("LSL/110 505 Version not supported"),
        ": the outlet refuses; it answers '505 Version not supported'");
    refused(text("hello\r\n"), ": the answer to a feed request starts with LSL/110; it is 'hello'");
    refused(
        text("LSL/110 200 OK\r\nUID: other\r\n\r\n"),
        ": the outlet must have uid " + FakeOutlet.UID + "; it says 'other'");
    refused(
        text("LSL/110 200 OK\r\nUID: " + FakeOutlet.UID + "\r\nData-Protocol-Version: 100\r\n\r\n"),
        ": samples must come by protocol 110; the outlet chose '100'");
    refused(
        FakeOutlet.feed("2143", INT16),
        ": byte order must be 1234 or 4321; the outlet chose '2143'");
    refused(
        FakeOutlet.feed("1234", INT16_BIG),
        ": test sample 1 must be LSL's pattern for 4 × int16; the outlet sends another");
    refused(
        FakeOutlet.feed("1234", INT16.substring(0, 34), "02c976be9f0c24fe40", ROW),
        ": test sample 2 must be LSL's pattern for 4 × int16; the outlet sends another");
    refused(
        FakeOutlet.feed("1234", INT16.substring(0, 40)),
        ": cannot connect: the peer closed the connection before the second test sample");
  }

  @Test
  void aPeerThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
    LslConfig hasty = config.withTuning(config.tuning().withHandshake(Duration.ofMillis(100)));
    try (FakeOutlet peer = new FakeOutlet(new byte[0], false)) {
      assertThatThrownBy(
              () -> new LslInlet(peer.info(ChannelFormat.INT16, 4, 4), hasty, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(place(peer) + ": no answer within 0.1 s");
      LslStreamInfo nowhere = LslTesting.stream(ChannelFormat.INT16, 4, 4);
      assertThatThrownBy(() -> new LslInlet(nowhere, hasty, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage("stream 'Fk' at :0: address and ports are not known; resolve it first");
      LslStreamInfo six =
          LslStreamInfo.parse(
              nowhere
                  .at(new LslStreamInfo.Origin(1.1, 1, "u", "s", "h"), LslStreamInfo.Endpoint.NONE)
                  .fullXml()
                  .replace("<v6address></v6address>", "<v6address>fe80::1</v6address>")
                  .replaceAll("(<v6.*port>)0<", "$19<"));
      assertThatThrownBy(() -> new LslInlet(six, hasty, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "stream 'Fk' at [fe80::1]:9: it is reached by IPv6 alone, which LSL in Java does not"
                  + " speak; use liblsl (--lsl native)");
    }
  }

  @Test
  void closeFreesWhoPulls() throws Exception {
    try (FakeOutlet peer = new FakeOutlet(FakeOutlet.feed("1234", INT16), false)) {
      LslInlet inlet = open(peer, LslTesting.PLAIN);
      Thread closer = new Thread(inlet::close);
      closer.start();
      assertThat(inlet.pull(new Chunk(1, 4), LslTesting.LONG)).isEqualTo(Source.END);
      closer.join();
    }
  }

  @Test
  void timeCorrectionFindsAClockThatIsAThousandSecondsAhead() throws Exception {
    try (FakeOutlet peer =
            new FakeOutlet(FakeOutlet.feed("1234", INT16, "02", STAMP_2000, ROW), false)
                .answeringTime(1, 1000);
        LslInlet inlet = open(peer, LslTesting.PLAIN.withTimeCorrection(true))) {
      TimeCorrection correction = inlet.timeCorrection(LslTesting.LONG);
      assertThat(correction.uncertaintySeconds()).isBetween(0.0, 0.1);
      assertThat(correction.seconds())
          .isCloseTo(
              -1000,
              org.assertj.core.data.Offset.offset(correction.uncertaintySeconds() / 2 + 1e-6));
      assertThat(correction.remoteSeconds() - 1000)
          .isCloseTo(System.nanoTime() / 1e9, org.assertj.core.data.Offset.offset(5.0));
      assertThat(inlet.pull(new double[4], LslTesting.LONG))
          .isEqualTo(2000 + inlet.appliedCorrection().orElseThrow().seconds());
    }
  }

  @Test
  void tooFewAnswersAreNoCorrection() throws Exception {
    // Half of the answers never come; the others have all the time that a busy machine takes.
    LslConfig patient =
        config.withTuning(
            config.tuning().withTimeProbes(Duration.ofMillis(4), Duration.ofMillis(1500)));
    try (FakeOutlet peer =
            new FakeOutlet(FakeOutlet.feed("1234", INT16), false).answeringTime(2, 0);
        LslInlet inlet =
            new LslInlet(peer.info(ChannelFormat.INT16, 4, 4), patient, LslTesting.PLAIN)) {
      assertThatThrownBy(() -> inlet.timeCorrection(Duration.ZERO))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "stream 'Fk' at 127.0.0.1:%d: a time correction needs 6 answers of 8 probes; 4 came"
                  .formatted(inlet.info().v4().servicePort()));
    }
  }
}
