package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.acquisition.lsl.LslStreamInfo.Origin;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {
  private static final Duration SHORT = Duration.ofMillis(250);
  private final LslConfig config = LslTesting.world();

  @Test
  void threeOutletsAreAllFoundTheYoungestFirst() throws InterruptedException {
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.FLOAT32, 2, 10);
    try (LslOutlet a = new LslOutlet(stream, config);
        LslOutlet b = new LslOutlet(stream, config);
        LslOutlet c = new LslOutlet(stream, config)) {
      List<LslStreamInfo> found = LslResolver.resolve("name='Fk'", 3, LslTesting.LONG, config);
      assertThat(found)
          .extracting(s -> s.origin().uid())
          .containsExactly(
              c.info().origin().uid(), b.info().origin().uid(), a.info().origin().uid());
      assertThat(found.get(0)).isEqualTo(stripped(LslTesting.here(c.info())));
      assertThat(LslResolver.resolve("", 3, LslTesting.LONG, config)).hasSize(3);
    }
  }

  private static LslStreamInfo stripped(LslStreamInfo info) {
    return LslStreamInfo.parse(info.shortXml());
  }

  @Test
  void multicastAloneFindsAllThree() throws InterruptedException {
    LslConfig groupOnly =
        new LslConfig(
            config.sessionId(),
            config.scope(),
            config.addressesOverride(),
            0,
            "127.0.0.1",
            List.of("127.0.0.1"),
            List.of(),
            config.discoveryPort(),
            config.basePort(),
            config.portRange(),
            true,
            config.tuning());
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.FLOAT32, 2, 10);
    try (LslOutlet a = new LslOutlet(stream, config);
        LslOutlet b = new LslOutlet(stream, config);
        LslOutlet c = new LslOutlet(stream, config)) {
      assertThat(LslResolver.resolve("name='Fk'", 3, LslTesting.LONG, groupOnly)).hasSize(3);
      assertThat(List.of(a, b, c)).noneMatch(LslOutlet::haveConsumers);
    }
  }

  @Test
  void anotherSessionIsNotFound() throws InterruptedException {
    try (LslOutlet outlet =
        new LslOutlet(LslTesting.stream(ChannelFormat.FLOAT32, 2, 10), config)) {
      assertThat(LslResolver.resolve("", 1, SHORT, config.withSessionId("other"))).isEmpty();
      assertThat(LslResolver.resolve("broken((", 1, SHORT, config)).isEmpty();
      assertThat(LslResolver.resolve("", 1, LslTesting.LONG, config))
          .extracting(LslStreamInfo::name)
          .containsExactly(outlet.info().name());
    }
  }

  @Test
  void aSessionMayHaveAnyName() throws InterruptedException {
    for (String session : List.of("Lab 2's \"room\"", "a & b < c", "é")) {
      LslConfig named = config.withSessionId(session);
      try (LslOutlet outlet =
          new LslOutlet(LslTesting.stream(ChannelFormat.FLOAT32, 2, 10), named)) {
        assertThat(LslResolver.resolve("name='Fk'", 1, LslTesting.LONG, named))
            .extracting(s -> s.origin().uid())
            .containsExactly(outlet.info().origin().uid());
        assertThat(LslResolver.resolve("", 1, SHORT, config)).isEmpty();
      }
    }
  }

  /** Known peers alone: no group, no broadcast. */
  @Test
  void aKnownPeerIsAskedOnEveryPortOfTheRange() throws InterruptedException {
    LslConfig peers =
        new LslConfig(
            config.sessionId(),
            config.scope(),
            List.of("::1"),
            0,
            "127.0.0.1",
            List.of("127.0.0.1"),
            List.of("localhost", "127.0.0.1"),
            config.discoveryPort(),
            config.basePort(),
            config.portRange(),
            true,
            config.tuning());
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.FLOAT32, 2, 10);
    try (LslOutlet a = new LslOutlet(stream, config);
        LslOutlet b = new LslOutlet(stream, config)) {
      assertThat(LslResolver.resolve("name='Fk'", 2, LslTesting.LONG, peers)).hasSize(2);
      assertThat(List.of(a, b)).noneMatch(LslOutlet::haveConsumers);
    }
  }

  @Test
  void aClosedOutletIsNotFound() throws InterruptedException {
    new LslOutlet(LslTesting.stream(ChannelFormat.FLOAT32, 2, 10), config).close();
    assertThat(LslResolver.resolve("", 1, SHORT, config)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"machine,0,1", "link,1,4", "site,24,5", "organization,32,5", "global,255,5"})
  void scopesReachAsFarAsLsls(String scope, int hops, int addresses) {
    LslConfig config = LslConfigFile.parse("f", "[multicast]\nResolveScope = " + scope);
    assertThat(config.ttl()).isEqualTo(hops);
    assertThat(config.addresses()).isEqualTo(LslConfig.DEFAULTS.addresses().subList(0, addresses));
  }

  @Test
  void defaultsAreLsls() {
    assertThat(LslConfig.DEFAULTS.addresses())
        .containsExactly(
            "127.0.0.1", "255.255.255.255", "224.0.0.1", "224.0.0.183", "239.255.172.215");
    assertThat(LslConfig.DEFAULTS.ttl()).isEqualTo(24);
    assertThat(LslConfig.LOOPBACK.addresses()).containsExactly("224.0.0.183");
    assertThat(LslConfig.LOOPBACK.ttl()).isZero();
  }

  /** Answers the first question with some texts, each behind the id of the question. */
  private static void answer(DatagramSocket socket, List<String> texts) {
    Thread thread =
        new Thread(
            () -> {
              DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
              try {
                socket.receive(packet);
                String[] words =
                    new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
                        .split("\r\n", -1)[2].split(" ", -1);
                for (String text : texts) {
                  byte[] bytes = text.replace("ID", words[1]).getBytes(StandardCharsets.UTF_8);
                  int port = Integer.parseInt(words[0]);
                  socket.send(new DatagramPacket(bytes, bytes.length, packet.getAddress(), port));
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "fake-peer");
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void whatStoodInTheWayIsCounted() throws Exception {
    String stream =
        LslTesting.stream(ChannelFormat.FLOAT32, 2, 10)
            .at(new Origin(1.1, 1, "uid-1", config.sessionId(), "h"), new Endpoint("", 1, 2))
            .shortXml();
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      answer(
          peer,
          List.of(
              "other-ID\r\nwho asked?",
              "ID",
              "ID\r\n" + stream.replace("<channel_count>2", "<channel_count>2x"),
              "ID\r\n" + stream));
      LslConfig peers =
          config
              .withPorts(config.discoveryPort(), peer.getLocalPort(), 1)
              .withKnownPeers(List.of("127.0.0.1:16572", "::1", "127.0.0.1"));
      LslSearch search = LslResolver.search("name='Fk'", 1, LslTesting.LONG, peers);
      assertThat(search.streams()).extracting(LslStreamInfo::name).containsExactly("Fk");
      assertThat(search.unknownPeers()).containsExactly("127.0.0.1:16572", "::1");
      assertThat(search.unreachable()).isEmpty();
      assertThat(search.malformed()).isEqualTo(2);
      assertThat(search.obstacles())
          .isEqualTo(
              "known peers without an IPv4 address: 2 (127.0.0.1:16572, ::1)"
                  + "; replies that describe no stream: 2 (127.0.0.1:"
                  + peer.getLocalPort()
                  + ": a stream description must be XML; Premature end of file.)");
    }
  }

  @Test
  void aSearchWithoutTroubleHasNothingToTell() throws InterruptedException {
    assertThat(LslResolver.search("", 1, SHORT, config))
        .isEqualTo(new LslSearch(List.of(), List.of(), List.of(), 0, ""))
        .extracting(LslSearch::obstacles)
        .isEqualTo("");
  }

  /** A datagram holds 65,507 bytes; no socket sends more. */
  @Test
  void questionsThatCannotBeSentAreCounted() throws InterruptedException {
    String question = "name='" + "x".repeat(70_000) + "'";
    LslSearch search = LslResolver.search(question, 1, SHORT, config);
    assertThat(search.obstacles())
        .isEqualTo("addresses that no question could be sent to: 2 (127.0.0.1, 224.0.0.183)");
  }

  @Test
  void whoIsInterruptedStopsLooking() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> LslResolver.resolve("", 1, LslTesting.LONG, config))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("interrupted while looking for streams");
    assertThat(Thread.interrupted()).isFalse();
  }

  private LslStreamInfo invented(String uid) {
    return LslTesting.stream(ChannelFormat.FLOAT32, 2, 10)
        .at(new Origin(1.1, 1, uid, config.sessionId(), "h"), new Endpoint("", 1, 2));
  }

  @Test
  void whoInventsStreamsIsHeardForAWhileAndNoLonger() {
    LslAnswers answers = new LslAnswers("7");
    InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    for (int i = 0; i < 3_000; i++) {
      answers.take("7\r\n" + invented("uid-" + i).shortXml(), from);
      answers.take("8\r\n" + invented("other-" + i).shortXml(), from);
      answers.take("7\r\n<info/>", from);
    }
    LslSearch search = answers.result(List.of(), List.of());
    assertThat(search.streams()).hasSize(LslAnswers.MOST).allMatch(s -> s.name().equals("Fk"));
    assertThat(search.malformed()).isEqualTo(3_000);
    assertThat(search.firstMalformed())
        .isEqualTo(
            "127.0.0.1:9: version of a stream description must be a number; version='', name=''");
  }

  /** Wherever the description says that it is, the answer came from here. */
  @Test
  void addressesThatLieAreNotFollowed() throws Exception {
    String lie =
        invented("uid-1")
            .shortXml()
            .replace("<v4address></v4address>", "<v4address>192.0.2.1</v4address>")
            .replace("<desc />", "<desc><secret>x</secret></desc>");
    try (FakeDiscovery liar = new FakeDiscovery(id -> List.of(FakeDiscovery.reply(id, lie)))) {
      LslStreamInfo found = LslResolver.resolve("", 1, LslTesting.LONG, liar.asked(config)).get(0);
      assertThat(found.v4()).isEqualTo(new Endpoint("127.0.0.1", 1, 2));
      assertThat(found.desc().children()).isEmpty();
      LslConfig hasty = config.withTuning(config.tuning().withHandshake(Duration.ofMillis(200)));
      assertThatThrownBy(() -> new LslInlet(found, hasty, LslTesting.PLAIN))
          .isInstanceOf(StreamException.class)
          .hasMessage("stream 'Fk' at 127.0.0.1:1: cannot connect: Connection refused");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE info [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><info><name>&x;</name></info>",
        "<info>",
        "<a><a><a>",
        "\u0000\u0001",
        "<info><channel_count>1e9</channel_count></info>",
        ""
      })
  void answersThatDescribeNothingAreCounted(String xml) throws Exception {
    try (FakeDiscovery liar =
        new FakeDiscovery(
            id ->
                List.of(
                    FakeDiscovery.reply(id, xml),
                    FakeDiscovery.reply(id, invented("uid-1").shortXml())))) {
      LslSearch search = LslResolver.search("", 1, LslTesting.LONG, liar.asked(config));
      assertThat(search.streams()).hasSize(1);
      assertThat(search.malformed()).isPositive();
    }
  }
}
