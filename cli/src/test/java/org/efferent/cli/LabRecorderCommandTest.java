package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The words that a LabRecorder hears. */
@Timeout(60)
class LabRecorderCommandTest {
  /** Hears one client to its end. */
  private static CompletableFuture<List<String>> hear(ServerSocket server) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<String> lines = new ArrayList<>();
          try (Socket socket = server.accept()) {
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
              lines.add(line);
              socket.getOutputStream().write("OK".getBytes(StandardCharsets.UTF_8));
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return lines;
        });
  }

  @Test
  void saysEverythingInOrder() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<String>> heard = hear(server);
      JsonNode json =
          Cli.run(
                  "labrecorder",
                  "--port",
                  server.getLocalPort(),
                  "--json",
                  "--start",
                  "--run",
                  2,
                  "--template",
                  "%p.xdf",
                  "--participant",
                  "P 1",
                  "--select",
                  "all",
                  "--update")
              .json();
      assertThat(json.path("port").intValue()).isEqualTo(server.getLocalPort());
      assertThat(json.path("answered"))
          .extracting(JsonNode::textValue)
          .containsExactly("update", "select all", "filename", "start");
      assertThat(heard.get(20, TimeUnit.SECONDS))
          .containsExactly(
              "update",
              "select all",
              "filename {template:%p.xdf} {participant:P 1} {run:2}",
              "start");
    }
  }

  @Test
  void saysForPeopleWhatWasAnswered() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<String>> heard = hear(server);
      assertThat(
              Cli.run("labrecorder", "--port", server.getLocalPort(), "--stop", "--select", "none")
                  .out())
          .isEqualToNormalizingNewlines("select none: OK\nstop: OK\n");
      assertThat(heard.get(20, TimeUnit.SECONDS)).containsExactly("select none", "stop");
    }
  }

  @Test
  void wrongUsageIsTold() {
    Cli.run("labrecorder")
        .failed(
            2,
            "say what LabRecorder shall do: --update, --select, a part of the file name, --start or"
                + " --stop");
    Cli.run("labrecorder", "--start", "--stop").failed(2, "--start and --stop exclude one another");
    Cli.run("labrecorder", "--select", "some").failed(2, "--select is all or none; select=some");
    Cli.run("labrecorder", "--task", "a{b}")
        .failed(
            2,
            "task must have no braces and no line ends, which LabRecorder takes for its own;"
                + " task=a{b}");
    Cli.run("labrecorder", "--start", "--port", 70_000)
        .failed(
            2,
            "--wait must lie in 0 to 3600 seconds and --port in 1 to 65535; wait=5.0, port=70000");
  }

  @Test
  void nobodyThereIsExitStatusFour() throws Exception {
    int port;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    Cli.run("labrecorder", "--start", "--port", port)
        .failed(
            4,
            "LabRecorder at 127.0.0.1:"
                + port
                + ": cannot connect: Connection refused; is it running, is its remote control"
                + " (RCS) on, and may the port pass the firewall?");
  }
}
