package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of somebody else: one that ends, one that falls silent, none, and one that is wrong. */
class CursorStreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final String name = "Test-" + UUID.randomUUID();

  @TempDir private Path folder;

  @BeforeEach
  void material() {
    Cli.material(folder, 500, 0, 2);
  }

  private Object[] run(Object... more) {
    Object[] words = {
      "cursor",
      "run",
      "--features",
      folder.resolve("x.csv"),
      "--states",
      folder.resolve("z.csv"),
      "--train",
      "0:400",
      "--filter",
      "kalman",
      "--headless",
      "--loopback",
      "--json",
      "--stream"
    };
    return Cli.words(words, more);
  }

  private LslOutlet outlet(int channels) {
    return new LslOutlet(
        LslStreamInfo.of(StreamInfo.of(name, "Features", 50, channels), ChannelFormat.DOUBLE64)
            .withSourceId(name),
        LslConfig.LOOPBACK);
  }

  private static CompletableFuture<Cli.Result> inBackground(Object... words) {
    return CompletableFuture.supplyAsync(() -> Cli.run(words));
  }

  /** Sends the rows from 400 on. */
  private void send(LslOutlet outlet, int rows) throws InterruptedException {
    assertThat(outlet.awaitConsumers(LONG)).isTrue();
    double[][] x = Cli.csv(folder.resolve("x.csv"));
    for (int row = 400; row < 400 + rows; row++) {
      outlet.push(x[row]);
    }
  }

  @Test
  void endsWellWhenTheOutletCloses() throws Exception {
    Path live = folder.resolve("live.csv");
    Path offline = folder.resolve("offline.csv");
    CompletableFuture<Cli.Result> run;
    try (LslOutlet outlet = outlet(4)) {
      run = inBackground(run(name, "--estimates", live));
      send(outlet, 100);
    }
    Cli.Result result = run.get(LONG.toSeconds(), TimeUnit.SECONDS);
    JsonNode json = result.json();
    assertThat(json.path("bins").intValue()).isEqualTo(100);
    assertThat(json.path("samples").intValue()).isEqualTo(100);
    assertThat(json.path("lost").intValue()).isZero();
    assertThat(json.path("filter").textValue()).isEqualTo("kalman");
    assertThat(json.path("latencyMicros").path("p50").doubleValue()).isPositive();
    assertThat(result.err())
        .isEqualToNormalizingNewlines(
            "efferent: decoding '"
                + name
                + "' (4 channels, 50.0 Hz); Ctrl-C ends\n"
                + "efferent: the outlet closed the stream after 100 samples\n");
    Cli.run(
            "cursor",
            "evaluate",
            "--features",
            folder.resolve("x.csv"),
            "--states",
            folder.resolve("z.csv"),
            "--train",
            "0:400",
            "--test",
            "400:500",
            "--filter",
            "kalman",
            "--estimates",
            offline,
            "--json")
        .json();
    assertThat(live).hasSameTextualContentAs(offline);
  }

  @Test
  void oneThatFallsSilentIsLostAndWhatCameIsReported() throws Exception {
    try (LslOutlet outlet = outlet(4)) {
      CompletableFuture<Cli.Result> run = inBackground(run(name, "--timeout", 1));
      send(outlet, 60);
      Cli.Result result = run.get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(result.status()).isEqualTo(4);
      assertThat(result.err().lines())
          .satisfiesExactly(
              first -> assertThat(first).startsWith("efferent: decoding '" + name + "'"),
              last ->
                  assertThat(last)
                      .matches(
                          "efferent: stream '"
                              + name
                              + "' sent nothing for 1\\.\\d s; is its device still on\\?"));
      JsonNode json = result.object();
      assertThat(json.path("bins").intValue()).isEqualTo(60);
      assertThat(json.path("watchdogStops").intValue()).isEqualTo(1);
      assertThat(json.path("lost").intValue()).isZero();
      // Still open: nobody closed it behind our back.
      assertThat(outlet.info().name()).isEqualTo(name);
    }
  }

  @Test
  void durationEndsASession() throws Exception {
    try (LslOutlet outlet = outlet(4)) {
      CompletableFuture<Cli.Result> run =
          inBackground(run("type='Features' and name='" + name + "'", "--duration", 0.5));
      send(outlet, 20);
      JsonNode json = run.get(LONG.toSeconds(), TimeUnit.SECONDS).json();
      assertThat(json.path("bins").intValue()).isEqualTo(20);
    }
  }

  @Test
  void oneThatIsNotThereIsNotFound() {
    Cli.run(run(name, "--timeout", 0.3))
        .failed(
            4,
            "no stream matched \"name='"
                + name
                + "' or type='"
                + name
                + "'\" within 0.3 s; is it running, in session 'default', on a host that scope"
                + " MACHINE reaches?");
  }

  @Test
  void oneOfOtherChannelsDoesNotFit() {
    try (LslOutlet outlet = outlet(3)) {
      assertThat(outlet.dropped()).isZero();
      Cli.run(run(name))
          .failed(
              3,
              "the decoder and the stream must have the same number of features; decoder=4,"
                  + " stream=3");
    }
  }

  @Test
  void oneOfTextsIsRefused() {
    try (LslOutlet outlet = new LslOutlet(LslStreamInfo.markers(name, name), LslConfig.LOOPBACK)) {
      assertThat(outlet.dropped()).isZero();
      Cli.run(run(name)).failed(3, "stream '" + name + "' carries strings; a source reads numbers");
    }
  }

  @Test
  void secondsMustBePositive() {
    Cli.run(run(name, "--timeout", 0))
        .failed(
            2, "--timeout and --duration must be positive seconds; timeout=0.0, duration=Infinity");
  }
}
