package org.efferent.retrieval.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on loopback that breaks or stalls when a word is sent to it. */
final class FaultProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int server;
  private final String word;
  private final boolean stalls;
  private final AtomicInteger faults;
  private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /**
   * Starts.
   *
   * @param server port of the server
   * @param word in what a client sends
   * @param faults how often the word has the connection broken; then all goes well
   * @param stalls whether nothing is passed on any more, instead of closing
   */
  FaultProxy(int server, String word, int faults, boolean stalls) throws IOException {
    this.server = server;
    this.word = word;
    this.stalls = stalls;
    this.faults = new AtomicInteger(faults);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.add(client);
        sockets.add(there);
        daemon(() -> pass(client, there, true));
        daemon(() -> pass(there, client, false));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to, boolean watched) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        boolean hit =
            watched && new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(word);
        if (hit && faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          if (stalls) {
            return;
          }
          break;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The other end is gone.
    }
    quietly(from);
    quietly(to);
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    sockets.forEach(FaultProxy::quietly);
  }
}
