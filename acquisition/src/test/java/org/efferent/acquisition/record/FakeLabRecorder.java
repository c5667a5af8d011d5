package org.efferent.acquisition.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A LabRecorder that notes what it is told and answers what a test says. */
public final class FakeLabRecorder implements AutoCloseable {
  private final ServerSocket server;
  private final Function<String, String> answers;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /**
   * Listens.
   *
   * @param answers what to say to a line; null = hang up
   */
  public FakeLabRecorder(Function<String, String> answers) throws IOException {
    this.answers = answers;
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "fake-labrecorder");
    thread.setDaemon(true);
    thread.start();
  }

  /** As LabRecorder: OK, without a line end. */
  public static FakeLabRecorder polite() throws IOException {
    return new FakeLabRecorder(line -> "OK");
  }

  /** Its port. */
  public int port() {
    return server.getLocalPort();
  }

  /** What it was told. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          lines.add(line);
          String answer = answers.apply(line);
          if (answer == null) {
            break;
          }
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
      } catch (SocketException e) {
        // Closed, or the asker hung up.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
