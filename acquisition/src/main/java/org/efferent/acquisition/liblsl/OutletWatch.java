package org.efferent.acquisition.liblsl;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.LslStreamInfo;

/**
 * Notices that an outlet is gone. An inlet of liblsl that may not recover throws away what was not
 * pulled when its outlet closes, and one that may never tells. So ours may, and where nothing
 * arrives this asks the outlet's data port, in LSL's words ({@code tcp_server.cpp}: {@code
 * LSL:shortinfo} with a query), whether the stream is still there.
 */
final class OutletWatch implements AutoCloseable {
  private static final long IDLE_MILLIS = 250;
  private static final int PATIENCE_MILLIS = 1_000;

  private final LslStreamInfo info;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long lastSample = System.nanoTime();
  private volatile long goneSince;
  private volatile boolean gone;

  OutletWatch(LslStreamInfo info) {
    this.info = info;
    Thread thread = new Thread(this::watch, "efferent-liblsl-watch-" + info.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Something arrived. */
  void sample(long nanos) {
    lastSample = nanos;
  }

  /** Whether the outlet is gone, and nothing that was on its way arrived for a while. */
  boolean isOver() {
    if (!gone) {
      return false;
    }
    long now = System.nanoTime();
    long quiet = TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
    return now - goneSince >= quiet && now - lastSample >= quiet;
  }

  private void watch() {
    try {
      long pause = TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
      while (!gone && !closed.await(pause, TimeUnit.NANOSECONDS)) {
        if (System.nanoTime() - lastSample >= pause && isGone(info)) {
          goneSince = System.nanoTime();
          gone = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the host says that no such stream is served there; silence says nothing. */
  static boolean isGone(LslStreamInfo info) {
    LslStreamInfo.Endpoint at = info.v4().isComplete() ? info.v4() : info.v6();
    if (!at.isComplete()) {
      return false;
    }
    try {
      return !serves(at.address(), at.dataPort(), info);
    } catch (ConnectException e) {
      return true; // the host refuses: nobody listens on that port
    } catch (IOException e) {
      // A time-out or a network that is away says nothing about the outlet.
      return false;
    }
  }

  /**
   * A stream with its address. liblsl 1.12 knows the address of what it finds, but does not tell;
   * it is then this host, or one of those that the publisher's host name stands for.
   *
   * @return the stream as it is where no address is needed or none serves it
   */
  static LslStreamInfo located(LslStreamInfo info) {
    if (info.v4().isComplete() || info.v6().isComplete() || info.v4().dataPort() == 0) {
      return info;
    }
    LslStreamInfo.Endpoint ports = info.v4();
    for (String address : candidates(info.origin().hostname())) {
      try {
        if (serves(address, ports.dataPort(), info)) {
          return info.at(
              info.origin(),
              new LslStreamInfo.Endpoint(address, ports.dataPort(), ports.servicePort()));
        }
      } catch (IOException e) {
        // Not there: perhaps at the next one.
      }
    }
    return info;
  }

  private static List<String> candidates(String hostname) {
    List<String> all = new ArrayList<>(List.of("127.0.0.1"));
    try {
      for (InetAddress address : InetAddress.getAllByName(hostname)) {
        if (address instanceof Inet4Address && !hostname.isEmpty()) {
          all.add(address.getHostAddress());
        }
      }
    } catch (UnknownHostException e) {
      // A name that only its own host knows.
      return all;
    }
    return all;
  }

  private static boolean serves(String address, int port, LslStreamInfo info) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      String question = "LSL:shortinfo\r\nuid='" + info.origin().uid() + "'\r\n\r\n";
      socket.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
      return socket.getInputStream().read() >= 0;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
