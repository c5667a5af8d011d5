package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.acquisition.lsl.LslStreamInfo.Origin;

/** Accepts, hears a line, says some bytes, and then says more without end, stalls or hangs up. */
final class FakePeer implements AutoCloseable {
  /** What it does when it has said its bytes. */
  enum Then {
    HANG_UP,
    STALL,
    REPEAT
  }

  private final ServerSocket server;
  private final byte[] bytes;
  private final Then then;

  FakePeer(byte[] bytes, Then then) throws IOException {
    this.bytes = bytes;
    this.then = then;
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "fake-peer");
    thread.setDaemon(true);
    thread.start();
  }

  static FakePeer saying(String text, Then then) throws IOException {
    return new FakePeer(text.getBytes(StandardCharsets.UTF_8), then);
  }

  /** Answers with the description of its stream, changed. */
  static FakePeer describing(LslStreamInfo stream, UnaryOperator<String> change)
      throws IOException {
    return saying(
        change.apply(stream.at(origin(), new Endpoint("", 1, 2)).fullXml()), Then.HANG_UP);
  }

  private static Origin origin() {
    return new Origin(1.1, 1, FakeOutlet.UID, "default", "h");
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        new WireInput(socket).line();
        OutputStream out = socket.getOutputStream();
        do {
          out.write(bytes);
        } while (then == Then.REPEAT);
        if (then == Then.STALL) {
          while (socket.getInputStream().read() >= 0) {
            // Until the other side has had enough.
          }
        }
      } catch (IOException e) {
        // Closed, or the other side had enough.
      }
    }
  }

  LslStreamInfo info(LslStreamInfo stream) {
    return stream.at(origin(), new Endpoint("127.0.0.1", server.getLocalPort(), 1));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
