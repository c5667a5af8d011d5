package org.efferent.acquisition.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a LabRecorder hears, and what happens when it does not behave. */
@Timeout(60)
class RemoteControlTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  private static RemoteControl control(FakeLabRecorder recorder, Duration patience) {
    return new RemoteControl("127.0.0.1", recorder.port(), patience);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "OK\n", "\r\nOK\r\n"})
  void everyLineIsSaidAndAnswered(String answer) throws IOException {
    try (FakeLabRecorder recorder = new FakeLabRecorder(line -> answer);
        RemoteControl control = control(recorder, LONG)) {
      control.update();
      control.selectNone();
      control.selectAll();
      control.fileName(
          new RemoteFileName("C:\\data é", "%p/%b_%n.xdf", "P 003", "ses-1", "Rest", "2"));
      control.fileName(new RemoteFileName("", "", "", "", "", "3"));
      control.start();
      control.stop();
      assertThat(recorder.lines())
          .containsExactly(
              "update",
              "select none",
              "select all",
              "filename {root:C:\\data é} {template:%p/%b_%n.xdf} {participant:P 003}"
                  + " {session:ses-1} {task:Rest} {run:2}",
              "filename {run:3}",
              "start",
              "stop");
    }
  }

  @ParameterizedTest
  @CsvSource({"{,{", "a}b,a}b", "'a\nb',a?b", "'a\rb',a?b", "'\u001b[2J',?[2J"})
  void whatLabRecorderCouldNotReadIsRefused(String value, String shown) {
    assertThatThrownBy(() -> new RemoteFileName("", "", "", "", value, ""))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "task must have no braces and no line ends, which LabRecorder takes for its own; task="
                + shown);
  }

  @Test
  void nobodyThereIsTold() throws IOException {
    int port;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    assertThatThrownBy(() -> new RemoteControl("127.0.0.1", port, LONG))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "LabRecorder at 127.0.0.1:"
                + port
                + ": cannot connect: Connection refused; is it running, is its remote control"
                + " (RCS) on, and may the port pass the firewall?");
    assertThatThrownBy(() -> new RemoteControl("127.0.0.1", 0, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port lies in 1 … 65535 and patience is positive; port=0, patience=PT20S");
  }

  @Test
  void whoStallsIsGivenUp() throws IOException {
    try (FakeLabRecorder recorder = new FakeLabRecorder(line -> line.equals("start") ? "" : "OK");
        RemoteControl control = control(recorder, SHORT)) {
      assertThatThrownBy(control::start)
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "LabRecorder at 127.0.0.1:%d: no answer to 'start' within 0.1 s"
                  .formatted(recorder.port()));
      assertThatThrownBy(control::stop)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the remote control of LabRecorder at 127.0.0.1:%d is closed"
                  .formatted(recorder.port()));
    }
  }

  /** Half an answer, or white space without end, is none either. */
  @ParameterizedTest
  @ValueSource(strings = {"O", " \n \n"})
  void whoStallsInTheMiddleIsGivenUp(String half) throws IOException {
    try (FakeLabRecorder recorder = new FakeLabRecorder(line -> half);
        RemoteControl control = control(recorder, SHORT)) {
      assertThatThrownBy(control::update)
          .isInstanceOf(StreamException.class)
          .hasMessageEndingWith(": no answer to 'update' within 0.1 s");
    }
  }

  @Test
  void whoHangsUpIsTold() throws IOException {
    try (FakeLabRecorder recorder = new FakeLabRecorder(line -> null);
        RemoteControl control = control(recorder, LONG)) {
      assertThatThrownBy(control::stop)
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "LabRecorder at 127.0.0.1:%d: closed the connection instead of answering 'stop'"
                  .formatted(recorder.port()));
    }
  }

  @Test
  void whoSaysSomethingElseIsQuoted() throws IOException {
    try (FakeLabRecorder recorder = new FakeLabRecorder(line -> "HTTP/1.1 400\u001b\n");
        RemoteControl control = control(recorder, LONG)) {
      assertThatThrownBy(control::start)
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "LabRecorder at 127.0.0.1:%d: must answer OK to 'start'; it answers 'HTTP/1.1 400??'"
                  .formatted(recorder.port()));
    }
  }
}
