package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderEvokedTest {
  private static final int RATE = 128;

  @TempDir private Path folder;
  private Path one;
  private Path two;
  private Path three;

  @BeforeEach
  void recordings() throws IOException {
    one = write("one.csv", 1);
    two = write("two.csv", 2);
    three = write("three.csv", 3);
  }

  /**
   * Forty-eight stimuli; after those of marker 2 a wave on the outer channels. A channel that is no
   * EEG tells the class outright, and the second trial has a blink.
   */
  private Path write(String name, long seed) throws IOException {
    Random random = new Random(seed);
    int trials = 48;
    StringBuilder csv = new StringBuilder("timestamps,TP9,AF7,AF8,TP10,Right AUX,Marker0\n");
    int[] classes = random.ints(trials, 1, 3).toArray();
    for (int r = 0; r < (trials + 2) * RATE; r++) {
      int trial = r / RATE - 1;
      int after = r % RATE;
      boolean inside = trial >= 0 && trial < trials;
      boolean second = inside && classes[trial] == 2;
      double seconds = after / (double) RATE - 0.2;
      double wave = second ? 10 * Math.exp(-seconds * seconds / 2 / 0.03 / 0.03) : 0;
      double blink = trial == 1 && after > 40 && after < 60 ? 400 : 0;
      csv.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.3f,%.3f,%.3f,%.3f,%.3f,%d%n",
              100 + r / (double) RATE,
              wave + 10 * random.nextGaussian(),
              10 * random.nextGaussian() + blink,
              10 * random.nextGaussian() + blink,
              wave + 10 * random.nextGaussian(),
              second ? 1000.0 : 0.0,
              inside && after == 0 ? classes[trial] : 0));
    }
    return Files.writeString(folder.resolve(name), csv);
  }

  private JsonNode run(Object... more) {
    Object[] words = {"encoder", "evoked", one, two, three, "--threads", 1, "--json"};
    return Cli.run(Cli.words(words, more)).json();
  }

  private static JsonNode decoder(JsonNode result, String name) {
    for (JsonNode decoder : result.get("decoders")) {
      if (decoder.get("decoder").asText().equals(name)) {
        return decoder;
      }
    }
    throw new AssertionError(name + " is missing in " + result);
  }

  @Test
  void eachRecordingIsScoredByWhatTheOthersTaught() {
    JsonNode result = run("--classes", "house=1,face=2", "--decoder", "lda,xdawn,ridge");
    assertThat(result.get("channels")).hasSize(4);
    assertThat(result.get("refusedChannels").get(0).asText()).isEqualTo("Right AUX");
    assertThat(result.get("classes").get(1).asText()).isEqualTo("face");
    JsonNode run = result.get("runs").get(0);
    assertThat(run.get("trials").asInt()).isEqualTo(48);
    // The blink's trial, and the one into which the filter rings.
    assertThat(run.get("leftOutOfLearning").asInt()).isEqualTo(2);
    assertThat(result.get("decoders")).hasSize(3);
    for (JsonNode decoder : result.get("decoders")) {
      assertThat(decoder.get("auc").asDouble()).isBetween(0.75, 0.99);
      assertThat(decoder.get("low").asDouble()).isGreaterThan(0.6);
      assertThat(decoder.get("runs")).hasSize(3);
    }
  }

  @Test
  void theAreaDoesNotDependOnWhatTheClassesAreCalled() {
    JsonNode named = run("--classes", "house=1,face=2", "--decoder", "lda,ridge");
    JsonNode swapped = run("--classes", "house=2,face=1", "--decoder", "lda,ridge");
    assertThat(swapped.get("decoders")).isEqualTo(named.get("decoders"));
  }

  @Test
  void permutedClassesAreAtChance() {
    JsonNode result = run("--classes", "a=1,b=2", "--decoder", "lda,xdawn", "--permute");
    assertThat(result.get("permuted").asBoolean()).isTrue();
    for (JsonNode decoder : result.get("decoders")) {
      assertThat(decoder.get("low").asDouble()).isLessThan(0.5);
      assertThat(decoder.get("high").asDouble()).isGreaterThan(0.5);
    }
  }

  @Test
  void anEnsembleTrainsAllAndOnlyItIsReported() throws IOException {
    Path out = folder.resolve("out");
    JsonNode result =
        run("--classes", "a=1,b=2", "--decoder", "ensemble", "--epochs", 2, "--out", out);
    assertThat(result.get("decoders")).hasSize(1);
    assertThat(decoder(result, "ensemble").get("auc").asDouble()).isGreaterThan(0.75);
    assertThat(Files.readString(out.resolve("run.json"))).contains("\"one.csv\"", "\"ensemble\"");
  }

  @Test
  void peopleReadALineARecordingAndALineADecoder() {
    Cli.Result result =
        Cli.run("encoder", "evoked", one, two, "--classes", "house=1,face=2", "--decoder", "ridge");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("one.csv: 48 trials (house "))
        .anyMatch(line -> line.startsWith("ridge      AUC 0."));
  }

  @Test
  void wrongUsesAreSaid() throws IOException {
    failed(
        2,
        "--classes must name two classes, such as face=2,house=1; classes=[face]",
        one,
        two,
        "--classes",
        "face=1,face=2");
    failed(
        2,
        "--decoder must be all, or some of lda,xdawn,ridge,eegnet,shallownet,ensemble; decoder='svm'",
        one,
        two,
        "--classes",
        "a=1,b=2",
        "--decoder",
        "svm");
    failed(
        2,
        "networks need three recordings at least, one that is scored and one that says when to stop; recordings=2; give more, or --decoder lda,xdawn,ridge",
        one,
        two,
        "--classes",
        "a=1,b=2");
    failed(
        2,
        "--trial must be FROM:TO, FROM before TO, both within 60 s of the marker; --trial=0.8:0",
        one,
        two,
        "--classes",
        "a=1,b=2",
        "--decoder",
        "lda",
        "--trial",
        "0.8:0");
    failed(
        2,
        "the limit of artefacts must be above 0 µV; peakToPeakMicrovolt=0.0",
        one,
        two,
        "--classes",
        "a=1,b=2",
        "--decoder",
        "lda",
        "--reject",
        "0");
    failed(
        3,
        "one.csv: needs two whole trials of each class; a=0, b=0, trials cut off=0, damaged=0; its markers are [1, 2]",
        one,
        two,
        "--classes",
        "a=7,b=8",
        "--decoder",
        "lda");
    Path copy = Files.copy(one, folder.resolve("copy.csv"));
    failed(
        2,
        "a recording must be given once, or it is learned from and scored; the same trials are in %s and %s"
            .formatted(one, copy),
        one,
        two,
        copy,
        "--classes",
        "a=1,b=2",
        "--decoder",
        "lda");
  }

  private static void failed(int status, String message, Object... words) {
    Cli.run(Cli.words(new Object[] {"encoder", "evoked"}, words)).failed(status, message);
  }

  @Test
  void damagedStretchesAreLeftOutAndCounted() throws IOException {
    String text = Files.readString(one);
    String[] lines = text.split("\n");
    int row = 1 + 5 * RATE + 10; // in the fifth trial
    lines[row] = lines[row].replaceFirst(",[^,]*", ",nan");
    Files.writeString(one, String.join("\n", lines) + "\n");
    JsonNode result = run("--classes", "a=1,b=2", "--decoder", "lda");
    assertThat(result.get("runs").get(0).get("damaged").asInt()).isEqualTo(1);
    assertThat(result.get("runs").get(0).get("trials").asInt()).isEqualTo(47);
  }

  @Test
  void realFacesAreToldFromHouses() {
    Path runs = Cli.shared("data/muse-n170");
    JsonNode result =
        Cli.run(
                "encoder",
                "evoked",
                runs.resolve("run1.csv"),
                runs.resolve("run2.csv"),
                runs.resolve("run3.csv"),
                runs.resolve("run4.csv"),
                "--classes",
                "house=1,face=2",
                "--notch",
                60,
                "--decoder",
                "lda,xdawn,ridge",
                "--threads",
                1,
                "--json")
            .json();
    double best = 0;
    for (JsonNode decoder : result.get("decoders")) {
      assertThat(decoder.get("low").asDouble()).as(decoder.toString()).isGreaterThan(0.6);
      best = Math.max(best, decoder.get("auc").asDouble());
    }
    assertThat(best).isGreaterThanOrEqualTo(0.68);
    assertThat(result.get("runs").findValuesAsText("trials"))
        .containsExactly("197", "195", "195", "194");
    assertThat(result.get("channels").size()).isEqualTo(4);
  }

  /** A network on real responses: one run fewer and fewer passes, so that the test stays short. */
  @Test
  void aNetworkTellsRealFacesFromHouses() {
    Path runs = Cli.shared("data/muse-n170");
    JsonNode result =
        Cli.run(
                "encoder",
                "evoked",
                runs.resolve("run1.csv"),
                runs.resolve("run2.csv"),
                runs.resolve("run3.csv"),
                "--classes",
                "house=1,face=2",
                "--notch",
                60,
                "--decoder",
                "eegnet",
                "--epochs",
                15,
                "--threads",
                1,
                "--json")
            .json();
    assertThat(decoder(result, "eegnet").get("low").asDouble()).isGreaterThan(0.5);
  }
}
