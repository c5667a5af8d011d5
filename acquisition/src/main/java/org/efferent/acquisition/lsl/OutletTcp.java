package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The data port of an outlet: one request a connection, one thread a connection and one more a
 * feed. What strangers may take is limited, by {@link OutletConnections}.
 */
final class OutletTcp implements AutoCloseable {
  /** Who hears of consumers. */
  interface Listener {
    void joined(OutletConsumer consumer);

    void left(OutletConsumer consumer);
  }

  private static final long JOIN_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 50;

  private final LslStreamInfo info;
  private final QueryMatcher matcher;
  private final ServerSocket server;
  private final int maxBuffer;
  private final Duration patience;
  private final Listener listener;
  private final OutletConnections connections = new OutletConnections();
  private final Thread acceptor;
  private final CountDownLatch stopped = new CountDownLatch(1);

  OutletTcp(
      LslStreamInfo info,
      QueryMatcher matcher,
      ServerSocket server,
      int maxBuffer,
      Duration patience,
      Listener listener) {
    this.info = info;
    this.matcher = matcher;
    this.server = server;
    this.maxBuffer = maxBuffer;
    this.patience = patience;
    this.listener = listener;
    acceptor = new Thread(this::accept, "efferent-lsl-accept-" + info.name());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        server.setSoTimeout(connections.endOverdue(System.nanoTime()));
        Socket socket = server.accept();
        Thread thread = new Thread(() -> serve(socket), "efferent-lsl-consumer-" + info.name());
        thread.setDaemon(true);
        if (connections.add(socket, thread, System.nanoTime() + patience.toNanos())) {
          thread.start();
        }
      } catch (SocketTimeoutException e) {
        // Somebody is too slow, and is ended in the next round.
      } catch (IOException e) {
        // Closed; or a connection that broke before it began; or no descriptors are left, which
        // becomes no better by trying at once.
        rest();
      }
    }
  }

  private void rest() {
    try {
      if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      WireInput in = new WireInput(socket);
      in.deadline(System.nanoTime() + patience.toNanos());
      String request = in.line();
      if (request.startsWith("LSL:streamfeed/")) {
        feed(socket, in, FeedRequest.read(request, in));
      } else {
        say(socket, answer(request, in));
      }
      // An orderly end: what is in the kernel's buffer still arrives.
      socket.shutdownOutput();
    } catch (IOException e) {
      // The consumer went, or was too slow or too long; only this connection ends.
      connections.failed(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  private String answer(String request, WireInput in) throws IOException {
    return switch (request) {
      case "LSL:fullinfo" -> info.fullXml();
      case "LSL:shortinfo" -> matcher.matches(in.line()) ? info.shortXml() : "";
      case "LSL:streamfeed" -> {
        connections.turnedAway();
        yield "LSL/110 505 Version not supported: this outlet speaks protocol 1.10, not 1.00\r\n";
      }
      default -> {
        connections.turnedAway();
        yield "";
      }
    };
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void feed(Socket socket, WireInput in, FeedRequest request)
      throws IOException, InterruptedException {
    String refusal = refusal(request);
    if (!refusal.isEmpty()) {
      connections.turnedAway();
      say(socket, refusal);
      return;
    }
    in.noDeadline();
    OutputStream out = socket.getOutputStream();
    out.write(FeedResponse.write(info.origin().uid()).getBytes(StandardCharsets.UTF_8));
    for (int offset : TestPatterns.OFFSETS) {
      byte[] payload = TestPatterns.payload(info.format(), info.channelCount(), offset);
      byte[] sample = new byte[9 + payload.length];
      sample[0] = Frames.STAMPED;
      Numbers.putDouble(sample, 1, TestPatterns.STAMP);
      System.arraycopy(payload, 0, sample, 9, payload.length);
      out.write(sample);
    }
    if (request.maxBuffer() == 0) {
      return;
    }
    int buffer = request.maxBuffer() < 0 ? maxBuffer : Math.min(maxBuffer, request.maxBuffer());
    OutletConsumer consumer = new OutletConsumer(info, socket, buffer, request.maxChunk());
    connections.settled(socket);
    listener.joined(consumer);
    try {
      consumer.run();
    } finally {
      listener.left(consumer);
    }
  }

  /** Why a request cannot be served, empty if it can; 404 and 505 without line end, as liblsl. */
  private String refusal(FeedRequest request) {
    if (request.version() / 100 != 1) {
      return "LSL/110 505 Version not supported";
    }
    if (!request.uid().isEmpty() && !request.uid().equals(info.origin().uid())) {
      return "LSL/110 404 Not found";
    }
    if (request.version() < 110 || !request.ieee754()) {
      return "LSL/110 505 Version not supported: this outlet speaks protocol 1.10, not 1.00\r\n";
    }
    int size = info.format().bytes();
    if (size > 0 && request.valueSize() >= 0 && request.valueSize() != size) {
      return "LSL/110 505 Version not supported: values have %d bytes here, not %d\r\n"
          .formatted(size, request.valueSize());
    }
    if (connections.settledNow() >= OutletConnections.MOST_SETTLED) {
      return "LSL/110 503 Service unavailable: this outlet serves %d consumers and no more\r\n"
          .formatted(OutletConnections.MOST_SETTLED);
    }
    return "";
  }

  /** Connections that were ended without a service, or that asked for none. */
  long turnedAway() {
    return connections.turnedAwayNow();
  }

  /** No new connection; those that are keep on. Afterwards the port is closed, not about to be. */
  void stopAccepting() {
    connections.refuseAll();
    stopped.countDown();
    try {
      server.close();
      acceptor.join(JOIN_MILLIS);
    } catch (IOException e) {
      // Its thread is a daemon and serves nobody.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the threads of all connections, then ends what is left. */
  void drain(Duration patienceForAll) throws InterruptedException {
    connections.join(System.nanoTime() + patienceForAll.toNanos());
  }

  @Override
  public void close() {
    stopAccepting();
    connections.endAll();
  }
}
