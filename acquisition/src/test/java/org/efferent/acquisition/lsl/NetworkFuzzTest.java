package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.acquisition.lsl.LslStreamInfo.Origin;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;

/** All that comes by the network, damaged in all ways: no crash, no hang, no memory for nothing. */
class NetworkFuzzTest {
  private static final int CHANNELS = 3;
  private final LslConfig config = LslTesting.world();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LslStreamInfo described() {
    return LslStreamInfo.of(
            new StreamInfo(
                "Fk",
                "EEG",
                100,
                "src-1",
                List.of(
                    new ChannelInfo("Fp1", "EEG", "µV"),
                    new ChannelInfo("C<z", "EEG", "µV"),
                    new ChannelInfo("", "", ""))),
            ChannelFormat.FLOAT32)
        .at(new Origin(1.1, 1, FakeOutlet.UID, "default", "h"), new Endpoint("", 1, 2));
  }

  /** Found, connected, given a sample and the time. */
  private void aGoodPeerIsServed(LslOutlet outlet) throws Exception {
    LslStreamInfo found = LslResolver.resolve("name='Fk'", 1, LslTesting.LONG, config).get(0);
    assertThat(LslInlet.fullInfo(found, config).name()).isEqualTo("Fk");
    InletOptions options = LslTesting.PLAIN.withTimeCorrection(true);
    try (LslInlet inlet = new LslInlet(found, config, options)) {
      double[] row = new double[CHANNELS];
      do {
        outlet.push(new double[] {1, 2, 3}, 5);
      } while (Double.isNaN(inlet.pull(row, Duration.ofMillis(20))));
      assertThat(row).containsExactly(1, 2, 3);
    }
  }

  private static List<byte[]> requests(LslStreamInfo info) {
    return List.of(
        utf8(FeedRequest.write(info, 4, 100, 1)),
        utf8("LSL:streamfeed/110 \r\nA: 1 ; x\r\n\r\n"),
        utf8("LSL:fullinfo\r\n"),
        utf8("LSL:shortinfo\r\nname='Fk' and count(desc/channels/channel)=3\r\n"),
        utf8("LSL:streamfeed\r\n360 0\r\n"));
  }

  @Test
  void requestsByTcp() throws Exception {
    try (LslOutlet outlet = new LslOutlet(described(), config)) {
      Mutations.hunt(
          requests(outlet.info()),
          (random, bytes) -> {
            try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), outlet.info().v4().dataPort())) {
              socket.setSoTimeout((int) LslTesting.LONG.toMillis());
              socket.getOutputStream().write(bytes);
              socket.shutdownOutput();
              // Who has said all hears an end, a feed's too; a time-out here is a hang.
              byte[] answer = socket.getInputStream().readNBytes(100_000);
              assertThat(answer.length).isLessThan(100_000);
              socket.setSoLinger(true, 0);
            } catch (SocketException e) {
              // Ended before it had said all.
            }
          });
      aGoodPeerIsServed(outlet);
    }
  }

  /** The same without sockets, where memory can be counted. */
  @Test
  void requestsInMemory() {
    Mutations.hunt(
        requests(described()),
        (random, bytes) -> {
          WireInput in = WireInput.of(bytes);
          try {
            String line = in.line();
            if (line.startsWith("LSL:streamfeed/")) {
              FeedRequest request = FeedRequest.read(line, in);
              assertThat(request.maxChunk()).isNotNegative();
              assertThat(request.maxBuffer()).isGreaterThanOrEqualTo(-1);
            }
          } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }

  /** Header, test samples and some samples, of every format and in both byte orders. */
  private static byte[] feed(ChannelFormat format, boolean big) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String header = FeedResponse.write(FakeOutlet.UID);
    out.writeBytes(utf8(big ? header.replace("1234", "4321") : header));
    List<byte[]> samples = new ArrayList<>();
    for (int offset : TestPatterns.OFFSETS) {
      samples.add(sample(TestPatterns.payload(format, CHANNELS, offset), TestPatterns.STAMP));
    }
    samples.add(sample(TestPatterns.payload(format, CHANNELS, 7), 1000.5));
    byte[] deduced = sample(TestPatterns.payload(format, CHANNELS, 9), 0);
    deduced[8] = Frames.DEDUCED;
    samples.add(Arrays.copyOfRange(deduced, 8, deduced.length));
    samples.add(sample(TestPatterns.payload(format, CHANNELS, 11), 1001));
    for (byte[] sample : samples) {
      out.writeBytes(big ? bigEndian(sample, format) : sample);
    }
    return out.toByteArray();
  }

  private static byte[] sample(byte[] payload, double stamp) {
    byte[] sample = new byte[9 + payload.length];
    sample[0] = Frames.STAMPED;
    Numbers.putDouble(sample, 1, stamp);
    System.arraycopy(payload, 0, sample, 9, payload.length);
    return sample;
  }

  private static byte[] bigEndian(byte[] sample, ChannelFormat format) {
    int at = Frames.header(sample[0]);
    if (at == 9) {
      Numbers.swap(sample, 1, 1, 8);
    }
    if (format.isNumeric()) {
      Numbers.swap(sample, at, CHANNELS, format.bytes());
    }
    return sample; // lengths of one byte have no order
  }

  @Test
  void feeds() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      byte[][] next = {new byte[0]};
      Thread peer = new Thread(() -> say(server, next), "fuzz-peer");
      peer.setDaemon(true);
      peer.start();
      for (ChannelFormat format : ChannelFormat.values()) {
        LslStreamInfo info =
            LslTesting.stream(format, CHANNELS, 100)
                .at(
                    new Origin(1.1, 1, FakeOutlet.UID, "default", "h"),
                    new Endpoint("127.0.0.1", server.getLocalPort(), 1));
        List<byte[]> seeds = List.of(feed(format, false), feed(format, true));
        for (byte[] seed : seeds) {
          assertThat(receive(info, next, seed)).as("of an undamaged feed").isEqualTo(3);
        }
        Mutations.hunt(
            seeds,
            (random, bytes) -> {
              try {
                receive(info, next, bytes);
              } catch (StreamException | IOException e) {
                assertThat(e.getMessage()).isNotBlank();
              }
            });
      }
    }
  }

  private static void say(ServerSocket server, byte[][] next) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        WireInput in = new WireInput(socket);
        while (!in.line().isEmpty()) {
          // The request, which is well-formed.
        }
        byte[] bytes;
        synchronized (next) {
          bytes = next[0];
        }
        OutputStream out = socket.getOutputStream();
        int half = bytes.length / 2;
        out.write(bytes, 0, half);
        out.write(bytes, half, bytes.length - half);
      } catch (IOException e) {
        // Closed, or the inlet had enough.
      }
    }
  }

  private int receive(LslStreamInfo info, byte[][] next, byte[] bytes) throws Exception {
    synchronized (next) {
      next[0] = bytes;
    }
    SampleQueue queue = SampleQueue.of(info.format(), 100);
    int[] seen = {0};
    try (FeedConnection connection = FeedConnection.open(info, config, 100, 0)) {
      try {
        connection.receive(queue, new Era(0, 0, null));
      } finally {
        connection.stampWhatWaits(queue);
        String[] strings = new String[CHANNELS];
        double[] numbers = new double[CHANNELS];
        queue.end(null);
        queue.take(
            (slot, afterGap) -> {
              seen[0]++;
              if (info.format().isNumeric()) {
                Numbers.decode(info.format(), slot.bytes, CHANNELS, numbers, 0);
              } else {
                Strings.decode(slot.bytes, CHANNELS, strings);
              }
              return true;
            },
            0,
            false);
      }
    }
    return seen[0];
  }

  @Test
  void descriptions() {
    Mutations.hunt(
        List.of(utf8(described().fullXml()), utf8(described().shortXml())),
        (random, bytes) -> {
          try {
            LslStreamInfo info = LslStreamInfo.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(LslStreamInfo.parse(info.fullXml()).desc()).isNotNull();
            if (info.channelCount() > 0 && info.channelCount() < 10_000) {
              assertThat(info.toStreamInfo().channelCount()).isEqualTo(info.channelCount());
            }
          } catch (StreamException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500);
          }
        });
  }

  @Test
  void questionsByUdp() throws Exception {
    List<byte[]> seeds =
        List.of(
            utf8(
                "LSL:shortinfo\r\nsession_id='default' and name='Fk'\r\n9 14582112541180671587\r\n"),
            utf8("LSL:shortinfo\r\ncount(//channel[label='Fp1' or unit>1])=3\r\n9 1\r\n"),
            utf8("LSL:timedata\r\n12345 7189.438867158\r\n"));
    InetAddress host = InetAddress.getLoopbackAddress();
    try (LslOutlet outlet = new LslOutlet(described(), config);
        DatagramSocket socket = new DatagramSocket(0, host)) {
      socket.setSoTimeout(5_000);
      int[] n = {0};
      Mutations.hunt(
          seeds,
          (random, bytes) -> {
            int service = outlet.info().v4().servicePort();
            int port = random.nextInt(4) == 0 ? config.discoveryPort() : service;
            int length = Math.min(bytes.length, 60_000);
            socket.send(new DatagramPacket(bytes, length, host, port));
            if (++n[0] % 50 == 0) {
              answersStill(socket, service, n[0]);
            }
          });
      aGoodPeerIsServed(outlet);
    }
  }

  /** Asks the time until there is an answer; a flood may have cost the question. */
  private static void answersStill(DatagramSocket socket, int service, int number)
      throws IOException {
    byte[] question = utf8("LSL:timedata\r\n" + (1_000_000 + number) + " 1.5\r\n");
    InetAddress host = InetAddress.getLoopbackAddress();
    DatagramPacket reply = new DatagramPacket(new byte[65_536], 65_536);
    socket.send(new DatagramPacket(question, question.length, host, service));
    String text;
    do {
      reply.setLength(65_536);
      socket.receive(reply);
      text = new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8);
    } while (!text.startsWith(" " + (1_000_000 + number) + " 1.5 "));
  }

  @Test
  void answersToTimeProbes() {
    Mutations.hunt(
        List.of(utf8(" 77 5.000000000000000 6.1 6.2"), utf8(" 77 5 6.10000000000 6.10000000001")),
        (random, bytes) -> {
          TimeWave wave = new TimeWave(77);
          wave.question(5);
          wave.answer(new String(bytes, StandardCharsets.UTF_8), 7);
          TimeCorrection correction = wave.result(0).orElseThrow();
          assertThat(correction.seconds()).isFinite();
          assertThat(correction.remoteSeconds()).isFinite();
          assertThat(correction.uncertaintySeconds()).isNotNegative();
        });
  }

  @Test
  void answersToSearches() {
    InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    LslStreamInfo sound =
        described().at(new Origin(1.1, 99, "sound", "default", "h"), new Endpoint("", 3, 4));
    Mutations.hunt(
        List.of(utf8("77\r\n" + described().shortXml())),
        (random, bytes) -> {
          LslAnswers answers = new LslAnswers("77");
          answers.take(new String(bytes, StandardCharsets.UTF_8), from);
          answers.take("77\r\n" + sound.shortXml(), from);
          LslSearch search = answers.result(List.of(), List.of());
          assertThat(search.streams())
              .anyMatch(s -> s.origin().uid().equals("sound"))
              .allMatch(s -> s.v4().address().equals("127.0.0.1"));
          assertThat(search.obstacles()).hasSizeLessThan(600);
        });
  }
}
