package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.efferent.core.LocalClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outlet against bare sockets: what liblsl would see. */
class OutletTest {
  private static final String PATTERNS =
      "02c976be9f0c24fe40000080400000a0c00000c040" + "02c976be9f0c24fe4000000040000040c000008040";

  private final LslConfig config = LslTesting.world();
  private final LslOutlet outlet =
      new LslOutlet(LslTesting.stream(ChannelFormat.FLOAT32, 3, 4), config);

  @AfterEach
  void close() {
    outlet.close();
  }

  private Socket connect(String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), outlet.info().v4().dataPort());
    socket.setSoTimeout((int) LslTesting.LONG.toMillis());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private String answer(String request) throws IOException {
    try (Socket socket = connect(request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private String ok() {
    return "LSL/110 200 OK\r\nUID: "
        + outlet.info().origin().uid()
        + "\r\nByte-Order: 1234\r\nSuppress-Subnormals: 0\r\nData-Protocol-Version: 110\r\n\r\n";
  }

  private static String hex(InputStream in, int bytes) throws IOException {
    return HexFormat.of().formatHex(in.readNBytes(bytes));
  }

  @Test
  void describesItself() throws IOException {
    assertThat(answer("LSL:fullinfo\r\n")).isEqualTo(outlet.info().fullXml());
    assertThat(answer("LSL:shortinfo\r\nname='Fk'\r\n")).isEqualTo(outlet.info().shortXml());
    assertThat(answer("LSL:shortinfo\r\nname='Other'\r\n")).isEmpty();
    assertThat(answer("GET / HTTP/1.1\r\n")).isEmpty();
  }

  @Test
  void samplesHaveLiblslsBytes() throws Exception {
    String request =
        "LSL:streamfeed/110 "
            + outlet.info().origin().uid()
            + "\r\nNative-Byte-Order: 1234\r\nHas-IEEE754-Floats: 1\r\nvalue-SIZE: 4 ; comment\r\n"
            + "Max-Buffer-Length: 36000\r\nUnknown: x\r\nno colon\r\n\r\n";
    try (Socket socket = connect(request)) {
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(ok().length()), StandardCharsets.UTF_8)).isEqualTo(ok());
      assertThat(hex(in, 42)).isEqualTo(PATTERNS);
      assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
      outlet.push(new float[] {1, 2, 3}, 1000.25);
      outlet.pushChunk(new double[] {1, 2, 3, 4, 5, 6}, 2000.5);
      assertThat(hex(in, 21 + 21 + 13))
          .isEqualTo(
              "020000000000428f400000803f0000004000004040"
                  + "020000000000419f400000803f0000004000004040"
                  + "01000080400000a0400000c040");
    }
  }

  @Test
  void theFirstSampleOfAConsumerAlwaysHasItsStamp() throws Exception {
    outlet.push(new double[] {0, 0, 0}, 10);
    try (Socket socket = connect("LSL:streamfeed/110 \n\n")) {
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(ok().length() + 42)).hasSize(ok().length() + 42);
      assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
      outlet.push(new double[] {1, 2, 3}, LslOutlet.DEDUCED);
      outlet.push(new double[] {1, 2, 3}, LslOutlet.DEDUCED);
      byte[] first = in.readNBytes(21);
      assertThat(first[0]).isEqualTo(Frames.STAMPED);
      assertThat(Numbers.getDouble(first, 1)).isEqualTo(10.25);
      assertThat(in.readNBytes(13)[0]).isEqualTo(Frames.DEDUCED);
    }
  }

  @Test
  void refusesWhatItCannotServe() throws IOException {
    assertThat(outlet.turnedAway()).isZero();
    String uid = outlet.info().origin().uid();
    assertThat(answer("LSL:streamfeed/110 11111111-1111\r\nA: 1\r\n\r\n"))
        .isEqualTo("LSL/110 404 Not found");
    assertThat(answer("LSL:streamfeed/200 " + uid + "\r\nA: 1\r\n\r\n"))
        .isEqualTo("LSL/110 505 Version not supported");
    assertThat(answer("LSL:streamfeed\r\n360 0\r\n"))
        .isEqualTo(
            "LSL/110 505 Version not supported: this outlet speaks protocol 1.10, not 1.00\r\n");
    assertThat(answer("LSL:streamfeed/100 " + uid + "\r\nA: 1\r\n\r\n"))
        .isEqualTo(
            "LSL/110 505 Version not supported: this outlet speaks protocol 1.10, not 1.00\r\n");
    assertThat(answer("LSL:streamfeed/110 " + uid + "\r\nValue-Size: 8\r\n\r\n"))
        .isEqualTo("LSL/110 505 Version not supported: values have 4 bytes here, not 8\r\n");
    assertThat(answer("LSL:streamfeed/199 " + uid + "\r\nMax-Buffer-Length: 0\r\n\r\n"))
        .isEqualTo(
            ok() + new String(HexFormat.of().parseHex(PATTERNS), StandardCharsets.ISO_8859_1));
    assertThat(outlet.turnedAway()).isEqualTo(5);
  }

  @Test
  void seesThatAConsumerLeft() throws Exception {
    Socket socket = connect("LSL:streamfeed/110\r\n\r\n");
    assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
    socket.close();
    long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
    while (outlet.haveConsumers() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(outlet.haveConsumers()).isFalse();
  }

  @Test
  void aConsumerThatDoesNotReadLosesTheOldestAndDelaysNobody() throws Exception {
    LslOutlet small =
        new LslOutlet(
            LslTesting.stream(ChannelFormat.DOUBLE64, 1000, 100), config, 10, LocalClock.SYSTEM);
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), small.info().v4().dataPort())) {
      socket.getOutputStream().write("LSL:streamfeed/110\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(small.awaitConsumers(LslTesting.LONG)).isTrue();
      double[] row = new double[1000];
      for (int i = 0; i < 5_000; i++) {
        small.push(row, 1);
      }
      assertThat(small.dropped()).isBetween(100L, 4_990L);
      // With a peer that is there but reads nothing: bounded by the time to flush, 2 s.
      long begin = System.nanoTime();
      small.close();
      assertThat(System.nanoTime() - begin).isLessThan(LslTesting.LONG.toNanos());
    } finally {
      small.close();
    }
  }

  @Test
  void misuseIsToldWithNames() {
    assertThatThrownBy(() -> outlet.push(new double[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a sample of stream 'Fk' has 3 values; values=4");
    assertThatThrownBy(() -> outlet.push(new String[3], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stream 'Fk' carries numbers; strings were pushed");
    outlet.close();
    assertThatThrownBy(() -> outlet.push(new double[3]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("outlet 'Fk' is closed");
  }

  private String ask(String message, boolean replyToReturnPort) throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    try (DatagramSocket asker = new DatagramSocket(0, host);
        DatagramSocket ear = new DatagramSocket(0, host)) {
      byte[] bytes = message.formatted(ear.getLocalPort()).getBytes(StandardCharsets.UTF_8);
      int port = outlet.info().v4().servicePort();
      asker.send(new DatagramPacket(bytes, bytes.length, host, port));
      DatagramSocket hears = replyToReturnPort ? ear : asker;
      hears.setSoTimeout((int) LslTesting.LONG.toMillis());
      DatagramPacket reply = new DatagramPacket(new byte[65_536], 65_536);
      hears.receive(reply);
      return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersOnItsServicePort() throws IOException {
    assertThat(ask("LSL:shortinfo\r\nname='Fk'\r\n%d 77\r\n", true))
        .isEqualTo("77\r\n" + outlet.info().shortXml());
    assertThat(ask("LSL:timedata\r\n12345 1.5\r\n", false))
        .matches(" 12345 1\\.5 [0-9.]{16,18} [0-9.]{16,18}");
    // Neither a broken XPath nor garbage ends the service.
    try (DatagramSocket socket = new DatagramSocket()) {
      for (String bad :
          List.of("LSL:shortinfo\r\n((\r\n1 1\r\n", "", "LSL:shortinfo\r\n", "LSL:timedata\r\n")) {
        byte[] bytes = bad.getBytes(StandardCharsets.UTF_8);
        InetAddress host = InetAddress.getLoopbackAddress();
        socket.send(
            new DatagramPacket(bytes, bytes.length, host, outlet.info().v4().servicePort()));
      }
    }
    assertThat(ask("LSL:shortinfo\n\n%d 78\n", true)).startsWith("78\r\n<?xml");
  }

  @Test
  void tellsTheTimeOnlyOnItsServicePort() throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    try (DatagramSocket asker = new DatagramSocket(0, host)) {
      byte[] time = "LSL:timedata\r\n1 1\r\n".getBytes(StandardCharsets.UTF_8);
      byte[] info =
          ("LSL:shortinfo\r\n\r\n" + asker.getLocalPort() + " 5\r\n")
              .getBytes(StandardCharsets.UTF_8);
      for (byte[] bytes : Stream.of(time, info).toList()) {
        asker.send(new DatagramPacket(bytes, bytes.length, host, config.discoveryPort()));
      }
      asker.setSoTimeout((int) LslTesting.LONG.toMillis());
      DatagramPacket reply = new DatagramPacket(new byte[65_536], 65_536);
      asker.receive(reply);
      assertThat(new String(reply.getData(), 0, 3, StandardCharsets.UTF_8)).isEqualTo("5\r\n");
      asker.setSoTimeout(20);
      assertThatThrownBy(() -> asker.receive(reply)).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
