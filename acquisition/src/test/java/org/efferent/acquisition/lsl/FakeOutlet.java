package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.acquisition.lsl.LslStreamInfo.Origin;
import org.efferent.core.LocalClock;

/** An outlet that sends what a test says, on one connection, and whose clock may be far off. */
final class FakeOutlet implements AutoCloseable {
  static final String UID = "0b0e7c6a-1111-4222-8333-444455556666";

  private final ServerSocket server;
  private final DatagramSocket time;
  private final byte[] bytes;
  private final boolean thenClose;
  private volatile int wantedSize;
  private volatile Socket accepted;

  /** Answers feed requests with some bytes; closes the connection then, or stays silent. */
  FakeOutlet(byte[] bytes, boolean thenClose) throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    this.bytes = bytes;
    this.thenClose = thenClose;
    server = new ServerSocket(0, 10, host);
    time = new DatagramSocket(0, host);
    start(this::serve);
  }

  /** Answers time queries: every n-th, from a clock that is ahead by some seconds. */
  FakeOutlet answeringTime(int every, double ahead) {
    start(
        () -> {
          DatagramPacket packet = new DatagramPacket(new byte[512], 512);
          for (int i = 1; ; i++) {
            packet.setLength(512);
            time.receive(packet);
            double t1 = LocalClock.SYSTEM.seconds() + ahead;
            if (i % every != 0) {
              continue;
            }
            String[] words =
                new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
                    .split("\\s+", -1);
            String reply =
                String.format(Locale.ROOT, " %s %s %.9f %.9f", words[1], words[2], t1, t1);
            byte[] out = " 1 2 3 4".getBytes(StandardCharsets.UTF_8);
            time.send(new DatagramPacket(out, out.length, packet.getSocketAddress()));
            out = reply.getBytes(StandardCharsets.UTF_8);
            time.send(new DatagramPacket(out, out.length, packet.getSocketAddress()));
          }
        });
    return this;
  }

  /** Ends the connection as a host does whose program died with data unread: by a reset. */
  void reset() throws IOException {
    accepted.setSoLinger(true, 0);
    accepted.close();
  }

  /** Resets the connection and gives the ports back. */
  void die() throws IOException {
    reset();
    close();
  }

  private interface Body {
    void run() throws IOException;
  }

  private static void start(Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (SocketException e) {
                return; // closed
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            "fake-outlet");
    thread.setDaemon(true);
    thread.start();
  }

  /** Wants to hear a size of strings, as liblsl 1.12 does, before it sends its bytes. */
  FakeOutlet wantingValueSize(int size) {
    wantedSize = size;
    return this;
  }

  private void serve() throws IOException {
    while (true) {
      Socket socket = server.accept();
      accepted = socket;
      WireInput in = new WireInput(socket);
      boolean wanted = wantedSize == 0;
      for (String line = in.line(); !line.isEmpty(); line = in.line()) {
        wanted |= line.equals("Value-Size: " + wantedSize);
      }
      OutputStream out = socket.getOutputStream();
      if (!wanted) {
        out.write(
            ("LSL/110 200 OK\r\nUID: " + UID + "\r\nData-Protocol-Version: 100\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        socket.close();
        continue;
      }
      out.write(bytes);
      if (thenClose) {
        socket.close();
      } else {
        socket.getInputStream().read();
      }
    }
  }

  LslStreamInfo info(ChannelFormat format, int channels, double rate) {
    return LslTesting.stream(format, channels, rate)
        .at(
            new Origin(1.1, 1, UID, "default", "h"),
            new Endpoint("127.0.0.1", server.getLocalPort(), time.getLocalPort()));
  }

  /** Header, both test samples and more samples, in hex. */
  static byte[] feed(String byteOrder, String... hex) {
    byte[] head =
        ("LSL/110 200 OK\r\nuid: "
                + UID.toUpperCase(Locale.ROOT)
                + "\r\nBYTE-ORDER: "
                + byteOrder
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] body = HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
    byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  @Override
  public void close() throws IOException {
    server.close();
    time.close();
  }
}
