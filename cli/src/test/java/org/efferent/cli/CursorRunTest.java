package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that travel through LSL, against the same rows offline. */
class CursorRunTest {
  @TempDir private Path folder;

  private static final String[] KEYS = {
    "filter",
    "policy",
    "noise",
    "bins",
    "lost",
    "samples",
    "maxDifferenceFromOffline",
    "latencyMicros",
    "deadlineMisses",
    "watchdogStops",
    "nrmse",
    "maae",
    "r",
    "fallbacks"
  };

  private static void live(JsonNode live, int bins) {
    assertThat(live.fieldNames()).toIterable().contains(KEYS);
    assertThat(live.path("bins").intValue()).isEqualTo(bins);
    assertThat(live.path("samples").intValue()).isEqualTo(bins);
    assertThat(live.path("lost").intValue()).isZero();
    assertThat(live.path("maxDifferenceFromOffline").doubleValue()).isBetween(0.0, 1e-9);
    assertThat(live.path("watchdogStops").isIntegralNumber()).isTrue();
    assertThat(live.path("deadlineMisses").isIntegralNumber()).isTrue();
    JsonNode latency = live.path("latencyMicros");
    assertThat(latency.fieldNames()).toIterable().containsExactly("p50", "p95", "p99", "max");
  }

  private static void sameFigures(JsonNode live, JsonNode offline) {
    for (String figure : new String[] {"nrmse", "maae"}) {
      assertThat(live.path(figure).doubleValue())
          .isCloseTo(offline.path(figure).doubleValue(), within(1e-12));
    }
    assertThat(live.path("r")).isEqualTo(offline.path("r"));
    assertThat(live.path("fallbacks")).isEqualTo(offline.path("fallbacks"));
    assertThat(live.path("bins")).isEqualTo(offline.path("bins"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max", "20"})
  void aRealRecordingIsDecodedLiveAsItIsOffline(String speed) {
    Path data = Cli.shared("data/kinematics");
    Object[] rows = {
      "--features",
      data.resolve("flint_x.csv"),
      "--states",
      data.resolve("flint_z.csv"),
      "--train",
      "0:1500",
      "--test",
      "5000:5250",
      "--filter",
      "dkf-nw",
      "--set",
      "bandwidth=0.4376",
      "--set",
      "qBandwidth=0.7749",
      "--json"
    };
    Object[] run = {"cursor", "run", "--speed", speed, "--headless"};
    JsonNode live = Cli.run(Cli.words(run, rows)).json();
    JsonNode offline = Cli.run(Cli.words(new Object[] {"cursor", "evaluate"}, rows)).json();
    live(live, 250);
    JsonNode latency = live.path("latencyMicros");
    assertThat(latency.path("p50").doubleValue()).isPositive();
    assertThat(latency.path("max").doubleValue())
        .isGreaterThanOrEqualTo(latency.path("p99").doubleValue());
    assertThat(offline.path("fallbacks").intValue()).isPositive();
    sameFigures(live, offline);
  }

  @Test
  void aDashboardChangesNothingOfWhatIsDecoded() throws IOException {
    Cli.material(folder, 500, 2, 5);
    Object[] rows = {
      "cursor",
      "run",
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
      "--speed",
      20,
      "--dashboard",
      "--json"
    };
    Cli.run(Cli.words(rows, "--headless")).failed(2, "--dashboard goes without --headless");
    assumeFalse(java.awt.GraphicsEnvironment.isHeadless(), "this JVM has no display");
    JsonNode shown = Cli.run(rows).json();
    live(shown, 100);
    assertThat(shown.path("dashboard").path("frames").asLong()).isPositive();
  }

  @Test
  void lagsAndEstimatesAreThoseOfOffline() throws IOException {
    Cli.material(folder, 500, 2, 5);
    Path live = folder.resolve("live.csv");
    Path offline = folder.resolve("offline.csv");
    Object[] rows = {
      "--features",
      folder.resolve("x.csv"),
      "--states",
      folder.resolve("z.csv"),
      "--train",
      "0:400",
      "--test",
      "400:500",
      "--filter",
      "dkf-knn",
      "--lags",
      3,
      "--json",
      "--estimates"
    };
    JsonNode result =
        Cli.run(
                Cli.words(
                    new Object[] {"cursor", "run", "--speed", "max", "--headless"},
                    Cli.words(rows, live)))
            .json();
    Cli.run(Cli.words(new Object[] {"cursor", "evaluate"}, Cli.words(rows, offline))).json();
    live(result, 100);
    // Fewer bins than the warm-up: nothing was measured, and that is what it says.
    assertThat(result.path("latencyMicros").path("p50").isNull()).isTrue();
    assertThat(Files.readString(live)).isEqualTo(Files.readString(offline));
    JsonNode record = new ObjectMapper().readTree(folder.resolve("live.run.json").toFile());
    assertThat(record.path("command").textValue()).isEqualTo("cursor run");
    assertThat(record.path("configuration").path("speed").textValue()).isEqualTo("max");
    assertThat(record.path("figures")).isEqualTo(result);
  }

  @Test
  void aRecordingIsReplayedToASavedDecoder() {
    Cli.material(folder, 300, 0, 6);
    Path decoder = folder.resolve("my.decoder");
    Path x = folder.resolve("x.csv");
    Cli.run(
            "cursor",
            "evaluate",
            "--features",
            x,
            "--states",
            folder.resolve("z.csv"),
            "--train",
            "0:200",
            "--test",
            "200:300",
            "--filter",
            "kalman",
            "--save",
            decoder,
            "--json")
        .json();
    JsonNode result =
        Cli.run(
                "cursor",
                "run",
                "--replay",
                x,
                "--decoder",
                decoder,
                "--speed",
                "max",
                "--headless",
                "--json")
            .json();
    assertThat(result.path("bins").intValue()).isEqualTo(300);
    assertThat(result.path("lost").intValue()).isZero();
    assertThat(result.path("maxDifferenceFromOffline").doubleValue()).isBetween(0.0, 1e-9);
    // No truth, no figures.
    assertThat(result.has("nrmse")).isFalse();
    Cli.run(
            "cursor",
            "run",
            "--replay",
            folder.resolve("z.csv"),
            "--decoder",
            decoder,
            "--speed",
            "max",
            "--headless",
            "--json")
        .failed(
            3,
            "the decoder and the stream must have the same number of features; decoder=4,"
                + " stream=2");
  }

  @Test
  void aWindowNeedsADisplay() {
    Assumptions.assumeTrue(
        java.awt.GraphicsEnvironment.isHeadless(), "there is a display: the window would open");
    Cli.material(folder, 60, 0, 7);
    Cli.Result result =
        Cli.run(
            "cursor",
            "run",
            "--features",
            folder.resolve("x.csv"),
            "--states",
            folder.resolve("z.csv"),
            "--train",
            "0:50",
            "--test",
            "50:60",
            "--filter",
            "kalman",
            "--json");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("efferent: ").contains("--headless");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(5);
  }
}
