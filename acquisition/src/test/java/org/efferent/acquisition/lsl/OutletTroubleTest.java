package org.efferent.acquisition.lsl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outlet against consumers that stall, flood or talk nonsense: a good one is still served. */
@Timeout(120)
class OutletTroubleTest {
  private static final String FEED = "LSL:streamfeed/110\r\nMax-Buffer-Length: 10\r\n\r\n";

  private final LslConfig config =
      LslTesting.world()
          .withTuning(LslTesting.world().tuning().withHandshake(Duration.ofMillis(400)));

  private final LslStreamInfo stream = described(1_000);
  private final LslOutlet outlet = new LslOutlet(stream, config);
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    outlet.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static LslStreamInfo described(int characters) {
    return LslTesting.stream(ChannelFormat.INT32, 1, 0)
        .withDesc(XmlElement.of("desc", List.of(XmlElement.of("note", "x".repeat(characters)))));
  }

  private Socket connect(String request) throws IOException {
    return connect(outlet, request);
  }

  private Socket connect(LslOutlet to, String request) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    // Said before it connects, so that the kernel does not let the buffer grow, to 33 MB on some.
    socket.setReceiveBufferSize(65_536);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), to.info().v4().dataPort()));
    socket.setSoTimeout((int) LslTesting.LONG.toMillis());
    socket.getOutputStream().write(request.getBytes(UTF_8));
    return socket;
  }

  /** Found, described, connected, given a sample and the time. */
  private void aGoodPeerIsServed() throws Exception {
    LslConfig patient = config.withTuning(LslTesting.world().tuning());
    LslStreamInfo found = LslResolver.resolve("name='Fk'", 1, LslTesting.LONG, patient).get(0);
    assertThat(LslInlet.fullInfo(found, patient).desc()).isEqualTo(stream.desc());
    samplesCome(outlet, found, patient);
  }

  private static void samplesCome(LslOutlet from, LslStreamInfo found, LslConfig patient)
      throws Exception {
    InletOptions options = LslTesting.PLAIN.withTimeCorrection(true);
    try (LslInlet inlet = new LslInlet(found, patient, options)) {
      double[] row = new double[1];
      do {
        from.push(new double[] {7}, 5);
      } while (Double.isNaN(inlet.pull(row, Duration.ofMillis(20))));
      assertThat(row).containsExactly(7);
    }
  }

  private static void await(BooleanSupplier what) {
    long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
    while (!what.getAsBoolean() && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertThat(what.getAsBoolean()).isTrue();
  }

  private static long consumerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("efferent-lsl-consumer-Fk"))
        .count();
  }

  /** There is all the time of the world, and many who do nothing with it. */
  @Test
  void thoseWhoSayNothingKeepNobodyOut() throws Exception {
    LslConfig world = LslTesting.world();
    LslConfig endless = world.withTuning(world.tuning().withHandshake(Duration.ofHours(1)));
    try (LslOutlet patient = new LslOutlet(stream.withSourceId("patient"), endless)) {
      for (int i = 0; i < OutletConnections.MOST_PENDING + 40; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), patient.info().v4().dataPort());
        sockets.add(socket);
        socket
            .getOutputStream()
            .write((i % 2 == 0 ? "LSL:" : "LSL:streamfeed/110 \r\nA: 1\r\n").getBytes(UTF_8));
      }
      await(() -> patient.turnedAway() == 40);
      await(() -> consumerThreads() == OutletConnections.MOST_PENDING);
      LslStreamInfo here = LslTesting.here(patient.info());
      assertThat(LslInlet.fullInfo(here, config).desc()).isEqualTo(stream.desc());
      assertThat(patient.turnedAway()).isEqualTo(41);
    }
  }

  @Test
  void thoseWhoSayNothingAreEndedWhetherOrNotAnybodyComes() throws Exception {
    for (int i = 0; i < 10; i++) {
      connect(i % 2 == 0 ? "" : "LSL:streamfeed/110 \r\nA: 1\r\n");
    }
    await(() -> outlet.turnedAway() == 10);
    await(() -> consumerThreads() == 0);
    aGoodPeerIsServed();
  }

  /** Twelve megabytes do not fit into the buffers of a connection. */
  @ParameterizedTest
  @ValueSource(strings = {"LSL:fullinfo\r\n", "LSL:fullinfo\n"})
  void whoAsksAndDoesNotReadIsEnded(String request) throws Exception {
    // Its own outlet: whoever does read so much may be too slow as well, on a busy machine.
    try (LslOutlet large = new LslOutlet(described(12_000_000).withSourceId("large"), config)) {
      connect(large, request);
      await(() -> large.turnedAway() == 1);
      await(() -> consumerThreads() == 0);
      samplesCome(
          large, LslTesting.here(large.info()), config.withTuning(LslTesting.world().tuning()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "LSL:nothing\r\n\r\n",
        "LSL:streamfeed/\r\n\r\n",
        "LSL:streamfeed/x y\r\n\r\n",
        "LSL:streamfeed/99999999999999999999 \r\n\r\n",
        "LSL:streamfeed/-110 \r\n\r\n",
        "LSL:streamfeed/110 nobody\r\nA: 1\r\n\r\n",
        "LSL:streamfeed/110\r\nValue-Size: 99999999999999999999\r\nMax-Buffer-Length: 0\r\n\r\n",
        "LSL:streamfeed/110\r\nMax-Buffer-Length: -1\r\n\r\n",
        "LSL:streamfeed\r\n-1 -1\r\n",
        "LSL:shortinfo\r\n((((\r\n",
        "\u0000\u0001\u0002\uffff\n\n\n"
      })
  void nonsenseIsEndedOrAnswered(String request) throws Exception {
    Socket socket = connect(request);
    socket.shutdownOutput();
    try {
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer.length).isLessThan(1_000);
    } catch (SocketException e) {
      // A reset says the same.
    }
    aGoodPeerIsServed();
  }

  /** A line without end, and lines without end. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "LSL:streamfeed/110 \r\n", "A: 1\r\n", "\r"})
  void whatHasNoEndIsEnded(String piece) throws Exception {
    Socket socket = connect("LSL:streamfeed/110 \r\n".substring(0, piece.length() > 2 ? 21 : 0));
    byte[] much = piece.repeat(10_000).getBytes(UTF_8);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000_000; i++) {
                socket.getOutputStream().write(much);
              }
            })
        .isInstanceOf(IOException.class);
    aGoodPeerIsServed();
  }

  @Test
  void soManyConsumersAndNoMore() throws Exception {
    for (int i = 0; i < OutletConnections.MOST_SETTLED; i++) {
      connect(FEED);
      assertThat(outlet.awaitConsumers(i + 1, LslTesting.LONG)).isTrue();
    }
    byte[] answer = connect(FEED).getInputStream().readAllBytes();
    assertThat(new String(answer, UTF_8))
        .isEqualTo(
            "LSL/110 503 Service unavailable: this outlet serves 128 consumers and no more\r\n");
    LslStreamInfo here = LslTesting.here(outlet.info());
    assertThatThrownBy(() -> new LslInlet(here, config, LslTesting.PLAIN))
        .hasMessageEndingWith(
            ": the outlet refuses; it answers '503 Service unavailable: this outlet serves 128"
                + " consumers and no more'");
    sockets.get(0).close();
    await(() -> !outletIsFull());
    aGoodPeerIsServed();
  }

  private boolean outletIsFull() {
    try {
      return outlet.awaitConsumers(OutletConnections.MOST_SETTLED, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(DatagramSocket socket, int port, byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
  }

  @Test
  void aFloodOfDatagramsPasses() throws Exception {
    Random random = new Random(7);
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 5_000; i++) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        send(socket, i % 2 == 0 ? config.discoveryPort() : outlet.info().v4().servicePort(), bytes);
      }
    }
    aGoodPeerIsServed();
    assertThat(outlet.turnedAway()).isPositive();
  }

  /** Return ports that are none, ids that fill the answer, predicates that would take years. */
  @Test
  void questionsWithAnEdgePass() throws Exception {
    String years = "//*[" + "count(//*[".repeat(9) + "1" + "])".repeat(9) + "]";
    List<String> questions = new ArrayList<>();
    for (String line :
        List.of("0 1", "-1 1", "65536 1", "x 1", "1", "", " ", "1e3 1", "99999999999999999999 1")) {
      questions.add("LSL:shortinfo\r\n\r\n" + line + "\r\n");
    }
    questions.add("LSL:shortinfo\r\n\r\n9 " + "i".repeat(64_000) + "\r\n");
    for (String predicate :
        List.of(
            years,
            "(".repeat(30_000),
            "not(".repeat(10_000),
            "a[".repeat(20_000),
            "-".repeat(60_000) + "1",
            "1=".repeat(30_000) + "1",
            "document('http://127.0.0.1/')",
            "unparsed-text('/etc/passwd')",
            "java.lang.Runtime.getRuntime()",
            "a/".repeat(30_000) + "a",
            "'" + "x".repeat(60_000) + "'=name",
            "concat(name,name)".repeat(1_000))) {
      questions.add("LSL:shortinfo\r\n" + predicate + "\r\n9 1\r\n");
    }
    questions.add("LSL:timedata");
    questions.add("LSL:timedata\r\n\r\n");
    questions.add("LSL:timedata\r\n" + "1 ".repeat(30_000));
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (String question : questions) {
        byte[] bytes = question.getBytes(UTF_8);
        send(socket, outlet.info().v4().servicePort(), bytes);
        send(socket, config.discoveryPort(), bytes);
      }
    }
    aGoodPeerIsServed();
  }

  @Test
  void aDescriptionThatNoDatagramHoldsIsRefused() {
    LslStreamInfo big =
        LslTesting.stream(ChannelFormat.INT32, 1, 0).withSourceId("ä".repeat(35_000));
    assertThatThrownBy(() -> new LslOutlet(big, config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "name, type, source id and the rest of a short description take at most 64507 bytes;"
                + " bytes=70\\d{3}, name=Fk");
  }
}
