package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorSimulateTest {
  /** A short session: 50 s of calibration, 70 s of trials. */
  private static final Object[] SHORT = {
    "cursor", "simulate", "--minutes", 2, "--open-seconds", 20, "--closed-seconds", 10, "--json"
  };

  private static Cli.Result simulate(Object... more) {
    return Cli.run(Cli.words(SHORT, more));
  }

  @Test
  void theObjectHasWhatTheContractSays() {
    JsonNode json =
        simulate("--task", "radial8", "--filter", "kalman", "--preset", "high", "--seed", 3).json();
    assertThat(json.fieldNames())
        .toIterable()
        .startsWith(
            "task",
            "trials",
            "success",
            "medianAcquisitionSeconds",
            "bitsPerSecond",
            "pathEfficiency",
            "calibrationSeconds",
            "filter",
            "seed")
        .contains("openLoop", "decoder", "session", "blocks", "parameters");
    assertThat(json.get("task").asText()).isEqualTo("radial8");
    assertThat(json.get("filter").asText()).isEqualTo("kalman");
    assertThat(json.get("seed").asInt()).isEqualTo(3);
    assertThat(json.get("calibrationSeconds").asDouble()).isEqualTo(50);
    assertThat(json.get("trials").asInt()).isGreaterThan(20);
    assertThat(json.get("success").asDouble()).isGreaterThan(0.9);
    assertThat(json.get("medianAcquisitionSeconds").asDouble()).isBetween(0.8, 2.5);
    assertThat(json.get("openLoop").get("r2").asDouble()).isBetween(0.2, 0.8);
    assertThat(json.get("blocks")).hasSize(2);
    JsonNode parameters = json.get("parameters");
    assertThat(parameters.get("units").asInt()).isEqualTo(96);
    assertThat(parameters.get("depth")).hasSize(2);
    assertThat(parameters.get("depth").get(1).asDouble()).isEqualTo(12);
    assertThat(parameters.get("hold").asDouble()).isEqualTo(0.3);
    assertThat(parameters.get("gain").isNull()).as("chosen").isTrue();
  }

  @Test
  void theSameSeedGivesTheSameFiguresAndAnotherSeedOthers() {
    Object[] words = {"--task", "random", "--filter", "dkf-nw", "--seed", 4};
    String first = simulate(words).out();
    assertThat(simulate(words).out()).isEqualTo(first);
    words[5] = 5;
    assertThat(simulate(words).out()).isNotEqualTo(first);
  }

  @Test
  void unitsThatSayNothingReachNothing() {
    JsonNode json = simulate("--task", "radial8", "--filter", "kalman", "--depth", "0:0").json();
    assertThat(json.get("success").asDouble()).isLessThan(0.3);
    assertThat(json.get("openLoop").get("r2").asDouble()).isLessThan(0.05);
  }

  @Test
  void wrongKeysOfAGridCountAgainstTheBitRate() {
    JsonNode json =
        simulate("--task", "grid", "--filter", "kalman", "--preset", "high", "--hold", 0.1).json();
    JsonNode session = json.get("session");
    int correct = session.get("acquired").asInt();
    int wrong = session.get("wrong").asInt();
    assertThat(wrong).as("a dwell of 0.1 s selects on the way").isGreaterThan(10);
    double bits = Math.log(35) / Math.log(2) * Math.max(0, correct - wrong);
    assertThat(json.get("bitsPerSecond").asDouble())
        .isEqualTo(bits / session.get("seconds").asDouble());
  }

  @Test
  void aFolderGetsTablesPicturesAndAPage(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("run");
    Cli.Result result =
        simulate("--task", "fitts", "--filter", "kalman", "--preset", "high", "--out", out);
    JsonNode json = result.json();
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(
            "bits.png",
            "bits.svg",
            "blocks.csv",
            "blocks.png",
            "blocks.svg",
            "figures.json",
            "fitts.csv",
            "fitts.png",
            "fitts.svg",
            "paths.png",
            "paths.svg",
            "report.html",
            "run.json",
            "screen.png",
            "trials.csv");
    List<String> trials = Files.readAllLines(out.resolve("trials.csv"));
    assertThat(trials).hasSize(json.get("trials").asInt() + 1);
    assertThat(trials.get(0)).startsWith("endSeconds,acquired,wrong,targetX");
    assertThat(Files.readString(out.resolve("report.html"))).contains("median time from the cue");
    simulate("--task", "fitts", "--filter", "kalman", "--out", out)
        .failed(2, out + " is not empty; choose another folder or give --force to write into it");
  }

  @Test
  void aTextIsTypedOnAKeyboard(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("run");
    JsonNode json =
        simulate(
                "--task",
                "keyboard",
                "--layout",
                "alphabetic",
                "--text",
                "Hello there.",
                "--filter",
                "kalman",
                "--preset",
                "high",
                "--out",
                out)
            .json();
    JsonNode session = json.get("session");
    assertThat(json.get("correctCharactersPerMinute").asDouble())
        .isEqualTo(session.get("correctCharactersPerMinute").asDouble())
        .isGreaterThan(10);
    assertThat(session.get("selectedCharactersPerMinute").asDouble())
        .isGreaterThanOrEqualTo(json.get("correctCharactersPerMinute").asDouble());
    int selections = session.get("acquired").asInt() + session.get("wrong").asInt();
    assertThat(session.get("selections").asInt()).isEqualTo(selections);
    double bits =
        Math.log(31)
            / Math.log(2)
            * Math.max(0, session.get("acquired").asInt() - session.get("wrong").asInt());
    assertThat(json.get("bitsPerSecond").asDouble())
        .as("32 symbols")
        .isEqualTo(bits / session.get("seconds").asDouble());
    assertThat(json.get("parameters").get("layout").asText()).isEqualTo("alphabetic");
    assertThat(json.get("parameters").get("text").asText()).isEqualTo("hello there.");
    JsonNode blocks = json.get("blocks");
    assertThat(blocks.get(0).get("name").asText()).isEqualTo("block 1");
    assertThat(
            blocks.get(0).get("correctCharacters").asInt()
                + blocks.get(1).get("correctCharacters").asInt())
        .isEqualTo(session.get("correctCharacters").asInt());
    List<String> typing = Files.readAllLines(out.resolve("typing.csv"));
    assertThat(typing).hasSize(json.get("trials").asInt() + 1);
    assertThat(typing.get(0)).isEqualTo("endSeconds,effect,typed,block");
    assertThat(Files.readAllLines(out.resolve("blocks.csv")).get(1)).startsWith("\"block 1\",1,");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("correct characters a minute");
    BufferedImage screen = ImageIO.read(out.resolve("screen.png").toFile());
    assertThat(screen.getWidth()).isEqualTo(1100);
    simulate("--task", "keyboard", "--filter", "kalman", "--text", "Straße")
        .failed(
            2, "a text to type has letters a to z, spaces and , . ' ? only; character 5 is 'ß'");
  }

  @Test
  void wrongUseIsSaidInOneLine() {
    Cli.run(
            "cursor",
            "simulate",
            "--task",
            "radial8",
            "--filter",
            "kalman",
            "--open-seconds",
            20,
            "--closed-seconds",
            60)
        .failed(
            2,
            "a calibration may last 180 s at the most; --open-seconds=20.0, three times"
                + " --closed-seconds=60.0");
    Cli.run("cursor", "simulate", "--task", "radial8", "--filter", "kalman", "--minutes", 0.5)
        .failed(
            2,
            "minutes must be more than the calibration takes, 3.0, and at most 600; minutes=0.5");
    simulate("--task", "radial8", "--filter", "kalman", "--depth", "6")
        .failed(2, "--depth must be two numbers, LOW:HIGH; --depth=6");
    simulate("--task", "radial8", "--filter", "best")
        .failed(
            2,
            "a session cannot wait for the filter best, whose training takes minutes and is done"
                + " several times; filter=best");
  }
}
