package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream whose faults are known is watched, recorded and decoded; all on loopback. */
@Timeout(120)
class HealthCommandsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final String name = "Sick-" + UUID.randomUUID();

  @TempDir private Path folder;

  private LslOutlet outlet(int channels) {
    return new LslOutlet(
        LslStreamInfo.of(StreamInfo.of(name, "Features", 100, channels), ChannelFormat.DOUBLE64)
            .withSourceId(name),
        LslConfig.LOOPBACK);
  }

  private static CompletableFuture<Cli.Result> inBackground(Object... words) {
    return CompletableFuture.supplyAsync(() -> Cli.run(words));
  }

  /** 600 rows: 4 missing, one twice; channel 2 flat for 2.5 s, channel 3 at 40 once, 4 once NaN. */
  private static void send(LslOutlet outlet) throws InterruptedException {
    assertThat(outlet.awaitConsumers(LONG)).isTrue();
    Random random = new Random(5);
    for (int i = 0; i < 600; i++) {
      double stamp = 50 + i / 100.0 + (i >= 200 ? 0.04 : 0);
      double[] row = {
        random.nextGaussian(),
        i >= 300 && i < 550 ? 2 : random.nextGaussian(),
        i == 100 ? 40 : random.nextGaussian(),
        i == 450 ? Double.NaN : random.nextGaussian()
      };
      outlet.pushAt(row, 0, stamp);
      if (i == 400) {
        outlet.pushAt(row, 0, stamp);
      }
    }
  }

  private static void check(JsonNode health) {
    assertThat(health.fieldNames())
        .toIterable()
        .containsExactly(
            "sound",
            "conditions",
            "active",
            "rows",
            "nominalRate",
            "effectiveRate",
            "windowRate",
            "gaps",
            "missing",
            "longestGap",
            "lateSteps",
            "duplicates",
            "repeatedStamps",
            "backwardStamps",
            "impossibleStamps",
            "clockResets",
            "stampJitter",
            "arrivalJitter",
            "driftPpm",
            "driftUncertaintyPpm",
            "stale",
            "silences",
            "longestSilence",
            "dropped",
            "channels");
    assertThat(health.path("sound").booleanValue()).isFalse();
    for (String once : new String[] {"gap", "duplicate", "flat", "saturated", "impossible"}) {
      assertThat(health.path("conditions").path(once).intValue()).as(once).isEqualTo(1);
    }
    assertThat(health.path("rows").intValue()).isEqualTo(601);
    assertThat(health.path("nominalRate").doubleValue()).isEqualTo(100);
    assertThat(health.path("effectiveRate").doubleValue()).isCloseTo(100, within(1e-6));
    assertThat(health.path("gaps").intValue()).isEqualTo(1);
    assertThat(health.path("missing").intValue()).isEqualTo(4);
    assertThat(health.path("duplicates").intValue()).isEqualTo(1);
    assertThat(health.path("backwardStamps").intValue()).isZero();
    JsonNode channels = health.path("channels");
    assertThat(channels).hasSize(3);
    assertThat(channels.path(0).path("label").textValue()).isEqualTo("2");
    // The row that came twice stands still, too.
    assertThat(channels.path(0).path("flatSeconds").doubleValue()).isCloseTo(2.51, within(1e-6));
    assertThat(channels.path(1).path("saturated").intValue()).isEqualTo(1);
    assertThat(channels.path(2).path("nan").intValue()).isEqualTo(1);
  }

  @Test
  void streamsWatchesAndTells() throws Exception {
    Object[] words = {
      "streams", "--health", "--loopback", "--stream", name, "--seconds", 60, "--rails", "-30:30"
    };
    CompletableFuture<Cli.Result> json;
    CompletableFuture<Cli.Result> text;
    try (LslOutlet outlet = outlet(4)) {
      json = inBackground(Cli.words(words, "--json"));
      send(outlet);
    }
    Cli.Result result = json.get(LONG.toSeconds(), TimeUnit.SECONDS);
    JsonNode streams = result.json().path("streams");
    assertThat(streams).hasSize(1);
    assertThat(streams.path(0).path("name").textValue()).isEqualTo(name);
    assertThat(streams.path(0).has("failure")).isFalse();
    check(streams.path(0).path("health"));
    assertThat(result.err())
        .contains(
            "efferent: '" + name + "': 4 rows are missing",
            "efferent: '" + name + "': channel 2 has stood still at 2 for 2 s",
            "efferent: '" + name + "': channel 3 is at its rail, 40",
            "efferent: '" + name + "': channel 4 is NaN");
    try (LslOutlet outlet = outlet(4)) {
      text = inBackground(words);
      send(outlet);
    }
    assertThat(text.get(LONG.toSeconds(), TimeUnit.SECONDS).out())
        .contains(
            "SILENCES",
            "  flat: 1 of 4 channels: 2",
            "  saturated: 1 of 4 channels: 3",
            "  NaN or infinite: 1 of 4 channels: 4");
  }

  @Test
  void recordTellsAtItsEnd() throws Exception {
    Path out = folder.resolve("r.xdf");
    CompletableFuture<Cli.Result> record;
    try (LslOutlet outlet = outlet(4)) {
      record =
          inBackground(
              "record",
              "--out",
              out,
              "--loopback",
              "--stream",
              name,
              "--until-end",
              "--rails",
              "-30:30",
              "--json");
      send(outlet);
    }
    Cli.Result result = record.get(LONG.toSeconds(), TimeUnit.SECONDS);
    check(result.json().path("streams").path(0).path("health"));
    assertThat(result.err()).contains("efferent: '" + name + "': 4 rows are missing");
  }

  @Test
  void cursorRunHasTheHealthOfItsStream() throws Exception {
    Cli.material(folder, 500, 0, 2);
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
      "--json"
    };
    CompletableFuture<Cli.Result> run;
    try (LslOutlet outlet = outlet(4)) {
      run = inBackground(Cli.words(words, "--loopback", "--stream", name));
      assertThat(outlet.awaitConsumers(LONG)).isTrue();
      for (int i = 0; i < 100; i++) {
        outlet.pushAt(new double[] {i, 1, 2, 3}, 0, i / 100.0 + (i > 49 ? 0.05 : 0));
      }
    }
    JsonNode health = run.get(LONG.toSeconds(), TimeUnit.SECONDS).json().path("health");
    assertThat(health.path("rows").intValue()).isEqualTo(100);
    assertThat(health.path("missing").intValue()).isEqualTo(5);
    JsonNode own = Cli.run(Cli.words(words, "--test", "400:500", "--speed", "max")).json();
    assertThat(own.path("health").path("rows").intValue()).isEqualTo(100);
    assertThat(own.path("health").path("sound").booleanValue()).isTrue();
    words[11] = "--verbose"; // as text
    assertThat(Cli.run(Cli.words(words, "--test", "400:500", "--speed", "max")).out())
        .containsPattern("health +sound");
  }

  @Test
  void aStreamThatIsNotThereIsSaid() {
    Cli.Result result =
        Cli.run("streams", "--loopback", "--stream", name, "--timeout", 0.1, "--health");
    assertThat(result.out())
        .startsWith("No stream that matches \"" + name + "\" in sight within 0.1 s.");
    assertThat(result.status()).isZero();
  }

  @Test
  void optionsAreChecked() {
    Cli.run("streams", "--health", "--seconds", 0)
        .failed(2, "--seconds must lie in 0 to 86400; seconds=0.0");
    Cli.run("streams", "--health", "--rails", "5")
        .failed(2, "--rails is LOW:HIGH, two numbers that grow; rails=5");
    Cli.run("streams", "--health", "--rails", "5:1")
        .failed(2, "--rails is LOW:HIGH, two numbers that grow; rails=5:1");
    Cli.run("streams", "--health", "--rails", "a:b")
        .failed(2, "--rails is LOW:HIGH, two numbers that grow; rails=a:b");
    Cli.run("streams", "--health", "--flat", 0)
        .failed(2, "--flat must lie above 0 and not above 86400 seconds; flat=0.0");
    Cli.run("streams", "--health", "--stale", "NaN")
        .failed(2, "--stale must lie above 0 and not above 86400 seconds; stale=NaN");
  }
}
