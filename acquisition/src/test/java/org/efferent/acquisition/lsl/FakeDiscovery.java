package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * A peer that answers every question of discovery with what a test says, on the first port of a
 * configuration's range.
 */
final class FakeDiscovery implements AutoCloseable {
  private final DatagramSocket socket;
  private final Function<String, List<byte[]>> answers;

  /**
   * Listens on a port of its own.
   *
   * @param answers datagrams to send for the id of a question
   */
  FakeDiscovery(Function<String, List<byte[]>> answers) throws IOException {
    this.answers = answers;
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "fake-discovery");
    thread.setDaemon(true);
    thread.start();
  }

  /** Describes one stream, as an outlet would. */
  static FakeDiscovery of(LslStreamInfo info) throws IOException {
    return new FakeDiscovery(id -> List.of(reply(id, info.shortXml())));
  }

  static byte[] reply(String id, String xml) {
    return (id + "\r\n" + xml).getBytes(StandardCharsets.UTF_8);
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (true) {
        packet.setLength(65_536);
        socket.receive(packet);
        String[] words =
            new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
                .split("\r\n", -1)[2].split(" ", -1);
        int port = Integer.parseInt(words[0]);
        for (byte[] answer : answers.apply(words[1])) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getAddress(), port));
        }
      }
    } catch (SocketException e) {
      return; // closed
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A configuration that asks this peer and nobody else. */
  LslConfig asked(LslConfig config) {
    return new LslConfig(
        config.sessionId(),
        LslConfig.Scope.MACHINE,
        List.of("127.0.0.1"),
        0,
        "127.0.0.1",
        List.of("127.0.0.1"),
        List.of("127.0.0.1"),
        config.discoveryPort(),
        socket.getLocalPort(),
        1,
        true,
        config.tuning());
  }

  @Override
  public void close() {
    socket.close();
  }
}
