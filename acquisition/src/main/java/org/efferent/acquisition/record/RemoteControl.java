package org.efferent.acquisition.record;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;

/**
 * Drives a LabRecorder, here or elsewhere, by its remote control ({@code tcpinterface.cpp} of
 * App-LabRecorder): lines over TCP. A remote control that exists is connected. One thread uses it.
 *
 * <p>LabRecorder says {@code OK} to every line that it has read, whether it understands it or not:
 * a method that returns says that the line arrived, and not that a recording runs. It reads one
 * line at a time, so that each is sent only when the one before is answered.
 */
public final class RemoteControl implements AutoCloseable {
  /** LabRecorder's port. */
  public static final int PORT = 22_345;

  private static final int QUOTED = 60;

  private final String where;
  private final Duration patience;
  private final Socket socket = new Socket();
  private final InputStream in;

  /**
   * Connects.
   *
   * @param host name or address of the computer that LabRecorder runs on
   * @param port its port, {@link #PORT} by default
   * @param patience how long it may take to connect, and to answer a line
   * @throws StreamException if nobody is there
   */
  public RemoteControl(String host, int port, Duration patience) {
    if (port < 1 || port > 65_535 || patience.isZero() || patience.isNegative()) {
      throw new IllegalArgumentException(
          "port lies in 1 … 65535 and patience is positive; port=%d, patience=%s"
              .formatted(port, patience));
    }
    this.where = "LabRecorder at " + host + ":" + port;
    this.patience = patience;
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new StreamException(where + ": there is no host of this name; check it");
    }
    try {
      socket.connect(address, millis(patience.toNanos()));
      socket.setTcpNoDelay(true);
      in = socket.getInputStream();
    } catch (IOException e) {
      close();
      throw new StreamException(
          where
              + ": cannot connect: "
              + e.getMessage()
              + "; is it running, is its remote control (RCS) on, and may the port pass the firewall?",
          e);
    }
  }

  /** Looks for streams again. */
  public void update() {
    say("update");
  }

  /** Selects all streams that LabRecorder sees. */
  public void selectAll() {
    say("select all");
  }

  /** Selects no stream. */
  public void selectNone() {
    say("select none");
  }

  /**
   * Names the file of the next recording.
   *
   * @param name its parts
   * @throws UsageException if a part cannot be sent
   */
  public void fileName(RemoteFileName name) {
    say(name.line());
  }

  /** Starts to record. */
  public void start() {
    say("start");
  }

  /** Stops and closes the file. */
  public void stop() {
    say("stop");
  }

  private void say(String line) {
    if (socket.isClosed()) {
      throw new IllegalStateException("the remote control of " + where + " is closed");
    }
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      // Others that speak as LabRecorder end their answer with a line end.
      int first = next(line, deadline);
      while (Character.isWhitespace(first)) {
        first = next(line, deadline);
      }
      int second = first == 'O' ? next(line, deadline) : -1;
      if (second != 'K') {
        throw broken("must answer OK to '" + line + "'; it answers '" + rest(first, second) + "'");
      }
    } catch (SocketTimeoutException e) {
      throw broken("no answer to '" + line + "' within " + patience.toNanos() / 1e9 + " s");
    } catch (IOException e) {
      throw broken("was lost at '" + line + "': " + e.getMessage());
    }
  }

  private int next(String line, long deadline) throws IOException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout(millis(left));
    int next = in.read();
    if (next < 0) {
      throw broken("closed the connection instead of answering '" + line + "'");
    }
    return next;
  }

  /** The beginning of an answer, as far as it is there. */
  private String rest(int first, int second) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(printable(first));
    if (second >= 0) {
      text.append(printable(second));
    }
    for (int n = Math.min(QUOTED, in.available()); n > 0; n--) {
      text.append(printable(in.read()));
    }
    return text.toString();
  }

  private static char printable(int c) {
    return c >= 0x20 && c < 0x7F ? (char) c : '?';
  }

  /** After an error nobody knows which line the next answer belongs to. */
  private StreamException broken(String what) {
    close();
    return new StreamException(where + ": " + what);
  }

  private static int millis(long nanos) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000));
  }

  /** Leaves; what LabRecorder does goes on. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }
}
