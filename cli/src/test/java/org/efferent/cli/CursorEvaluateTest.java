package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorEvaluateTest {
  private static final String[] KEYS = {
    "filter",
    "policy",
    "noise",
    "bins",
    "nrmse",
    "maae",
    "r",
    "fallbacks",
    "hyperparameters",
    "stepMicros",
    "trainSeconds"
  };

  @TempDir private Path folder;

  @BeforeEach
  void material() {
    Cli.material(folder, 600, 0, 1);
  }

  private Object[] evaluate(Object... more) {
    Object[] words = {
      "cursor",
      "evaluate",
      "--features",
      folder.resolve("x.csv"),
      "--states",
      folder.resolve("z.csv"),
      "--train",
      "0:400",
      "--test",
      "400:600",
      "--json"
    };
    return Cli.words(words, more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kalman", "dkf-nw-code", "dkf-nw-thesis", "dkf-nw-clip", "dkf-nw-robust"})
  void reproducesTheReference(String name) throws IOException {
    Path data = Cli.shared("data/kinematics");
    Path golden = Cli.shared("golden/kalman");
    Path estimates = folder.resolve("estimates.csv");
    Object[] words = {
      "cursor",
      "evaluate",
      "--features",
      data.resolve("flint_x.csv"),
      "--states",
      data.resolve("flint_z.csv"),
      "--train",
      "0:5000",
      "--test",
      "5000:6000",
      "--estimates",
      estimates,
      "--json"
    };
    boolean kalman = name.equals("kalman");
    Object[] filter =
        kalman
            ? new Object[] {"--filter", "kalman"}
            : new Object[] {
              "--filter",
              "dkf-nw",
              "--policy",
              name.substring("dkf-nw-".length()),
              "--set",
              "bandwidth=0.4376",
              "--set",
              "qBandwidth=0.7749"
            };
    JsonNode actual = Cli.run(Cli.words(words, filter)).json();
    JsonNode expected =
        new ObjectMapper()
            .readTree(golden.resolve("expected.json").toFile())
            .path("figures")
            .path(name);
    assertThat(actual.fieldNames()).toIterable().contains(KEYS);
    assertThat(actual.path("filter").textValue()).isEqualTo(kalman ? "kalman" : "dkf-nw");
    assertThat(actual.path("noise").textValue()).isEqualTo(kalman ? "constant" : "local");
    assertThat(actual.path("bins").intValue()).isEqualTo(1000);
    for (String figure : new String[] {"nrmse", "maae"}) {
      assertThat(actual.path(figure).doubleValue())
          .isCloseTo(expected.path(figure).doubleValue(), within(0.0005));
    }
    assertThat(actual.path("r")).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(actual.path("r").path(i).doubleValue())
          .isCloseTo(expected.path("r").path(i).doubleValue(), within(0.0005));
    }
    assertThat(actual.path("fallbacks")).isEqualTo(expected.path("fallbacks"));
    JsonNode step = actual.path("stepMicros");
    assertThat(step.fieldNames()).toIterable().containsExactly("p50", "p99", "max");
    assertThat(step.path("p50").doubleValue()).isPositive();
    assertThat(step.path("max").doubleValue())
        .isGreaterThanOrEqualTo(step.path("p99").doubleValue());
    assertThat(Cli.difference(Cli.csv(estimates), Cli.csv(golden.resolve(name + ".csv"))))
        .isLessThan(1e-6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kalman",
        "kalman-pv",
        "refit",
        "ekf",
        "ukf",
        "dkf-nw",
        "dkf-knn",
        "dkf-linear",
        "dkf-mk",
        "dkf-nn"
      })
  void aSavedDecoderDecodesTheSameBits(String filter) throws IOException {
    Path decoder = folder.resolve("my.decoder");
    Path fresh = folder.resolve("fresh.csv");
    Path loaded = folder.resolve("loaded.csv");
    JsonNode first =
        Cli.run(evaluate("--filter", filter, "--lags", 2, "--save", decoder, "--estimates", fresh))
            .json();
    JsonNode second = Cli.run(evaluate("--decoder", decoder, "--estimates", loaded)).json();
    assertThat(Files.readString(loaded)).isEqualTo(Files.readString(fresh)).hasLineCount(200);
    assertThat(second.path("trainSeconds").doubleValue()).isZero();
    assertThat(first.path("trainSeconds").doubleValue()).isPositive();
    for (String key : new String[] {"filter", "policy", "noise", "nrmse", "hyperparameters"}) {
      assertThat(second.path(key)).isEqualTo(first.path(key));
    }
    Cli.run(evaluate("--filter", filter, "--decoder", decoder)).json();
    String other = filter.equals("kalman") ? "dkf-nw" : "kalman";
    Cli.run(evaluate("--filter", other, "--decoder", decoder))
        .failed(
            2,
            "--filter must be that of --decoder, or be left out; filter="
                + other
                + ", decoder="
                + filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kalman-pv | --policy, --noise, --f-rows, --q-rows",
        "ekf | --policy, --noise, --steady-state",
        "dkf-mk | --steady-state",
        "gru | --policy, --noise, --f-rows, --q-rows, --lags, --steady-state",
      })
  void whatHasNoEffectIsSaid(String filter, String idle) {
    Cli.Result result =
        Cli.run(
            evaluate(
                "--filter",
                filter,
                "--policy",
                "robust",
                "--noise",
                "constant",
                "--f-rows",
                "0:300",
                "--q-rows",
                "300:400",
                "--lags",
                1,
                "--steady-state"));
    assertThat(result.status()).isZero();
    assertThat(result.err().lines())
        .contains("efferent: " + idle + ": no effect on the filter " + filter);
  }

  @Test
  void whatADecoderBringsIsNotGivenTwice() {
    Path decoder = folder.resolve("my.decoder");
    Cli.run(evaluate("--filter", "kalman", "--save", decoder)).json();
    for (Object[] more :
        new Object[][] {{"--lags", 2}, {"--policy", "clip"}, {"--save", folder.resolve("2")}}) {
      Cli.run(Cli.words(evaluate("--decoder", decoder), more))
          .failed(
              2,
              "--decoder brings its own filter; leave out --policy, --noise, --lags, --f-rows,"
                  + " --q-rows, --steady-state, --set and --save");
    }
  }

  @Test
  void rowsOfFAndOfQAreSeventyPercentAndTheRest() throws IOException {
    String[] rows = {null, "0:280/280:400", "120:400/0:120", "0:280/0:400", "100:280/280:400"};
    String[] estimates = new String[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Path file = folder.resolve("estimates" + i + ".csv");
      Object[] words = evaluate("--filter", "dkf-knn", "--set", "k=5", "--estimates", file);
      if (rows[i] != null) {
        String[] ranges = rows[i].split("/", -1);
        words = Cli.words(words, "--f-rows", ranges[0], "--q-rows", ranges[1]);
      }
      Cli.run(words).json();
      estimates[i] = Files.readString(file);
    }
    assertThat(estimates[1]).isEqualTo(estimates[0]);
    assertThat(estimates[2]).isNotEqualTo(estimates[0]);
    assertThat(estimates[3]).isNotEqualTo(estimates[0]).isNotEqualTo(estimates[2]);
    assertThat(estimates[4]).isNotEqualTo(estimates[0]);
  }

  @Test
  void lagsReachBack() {
    Cli.material(folder, 600, 2, 3);
    JsonNode alone = Cli.run(evaluate("--filter", "dkf-linear")).json();
    JsonNode three = Cli.run(evaluate("--filter", "dkf-linear", "--lags", 3)).json();
    assertThat(alone.path("lags").intValue()).isEqualTo(1);
    assertThat(three.path("lags").intValue()).isEqualTo(3);
    // Features lead by two bins, and the state has no memory: this bin alone says nothing.
    assertThat(alone.path("nrmse").doubleValue()).isGreaterThan(0.9);
    assertThat(three.path("nrmse").doubleValue()).isLessThan(0.3);
  }

  @Test
  void runJsonSaysHowToRepeatTheRun() throws Exception {
    Path estimates = folder.resolve("e.csv");
    JsonNode result =
        Cli.run(
                evaluate(
                    "--filter",
                    "dkf-nw",
                    "--set",
                    "bandwidth=0.5",
                    "--seed",
                    7,
                    "--estimates",
                    estimates))
            .json();
    JsonNode run = new ObjectMapper().readTree(folder.resolve("e.run.json").toFile());
    assertThat(run.path("command").textValue()).isEqualTo("cursor evaluate");
    JsonNode configuration = run.path("configuration");
    assertThat(configuration.path("train").textValue()).isEqualTo("0:400");
    assertThat(configuration.path("test").textValue()).isEqualTo("400:600");
    assertThat(configuration.path("filter").textValue()).isEqualTo("dkf-nw");
    assertThat(configuration.path("set").path("bandwidth").doubleValue()).isEqualTo(0.5);
    for (String name : new String[] {"x.csv", "z.csv"}) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(name)));
      assertThat(run.path("data").path(name).textValue()).isEqualTo(HexFormat.of().formatHex(hash));
    }
    assertThat(run.path("seed").longValue()).isEqualTo(7);
    assertThat(run.path("version").textValue()).isNotEmpty();
    assertThat(run.path("java").textValue()).startsWith(System.getProperty("java.version"));
    assertThat(java.time.Instant.parse(run.path("time").textValue())).isNotNull();
    assertThat(run.path("figures")).isEqualTo(result);
  }

  @Test
  void filesOfOneNameKeepAHashEach() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(folder.resolve("z.csv"), other.resolve("x.csv"));
    Path estimates = folder.resolve("e.csv");
    Object[] words = evaluate("--filter", "kalman", "--estimates", estimates);
    words[5] = other.resolve("x.csv");
    Cli.run(words).json();
    JsonNode data = new ObjectMapper().readTree(folder.resolve("e.run.json").toFile()).path("data");
    assertThat(data.fieldNames())
        .toIterable()
        .containsExactly("x.csv", other.resolve("x.csv").toString());
  }

  @Test
  void nothingIsOverwrittenUnlessForced() throws IOException {
    Path estimates = folder.resolve("e.csv");
    Path record = folder.resolve("e.run.json");
    Path decoder = folder.resolve("d");
    for (Path there : new Path[] {estimates, record, decoder}) {
      Files.writeString(there, "mine");
      Object[] words = evaluate("--filter", "kalman", "--estimates", estimates, "--save", decoder);
      Cli.run(words)
          .failed(2, there + " exists already; choose another name or give --force to replace it");
      assertThat(there).hasContent("mine");
      Cli.run(Cli.words(words, "--force")).json();
      assertThat(Files.readAllBytes(there)).isNotEqualTo("mine".getBytes(StandardCharsets.UTF_8));
      for (Path written : new Path[] {estimates, record, decoder}) {
        Files.delete(written);
      }
    }
  }

  @Test
  void aFolderOfResultsHasPicturesEstimatesAndTheRecord() throws IOException {
    Path out = folder.resolve("results");
    Object[] words = evaluate("--filter", "dkf-linear", "--out", out);
    Cli.run(words).json();
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "estimates.csv",
              "run.json",
              "trajectories.png",
              "trajectories.svg",
              "angles.png",
              "angles.svg",
              "report.html");
    }
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("nRMSE on the test rows", "filter\tdkf-linear", "SHA-256 of ", "<dt>MAAE</dt>");
    assertThat(Cli.csv(out.resolve("estimates.csv"))).hasDimensions(200, 6);
    Cli.run(words)
        .failed(2, out + " is not empty; choose another folder or give --force to write into it");
    Cli.run(Cli.words(words, "--force")).json();
  }

  @Test
  void withoutJsonItSpeaksToPeople() {
    Object[] words = evaluate("--filter", "dkf-linear");
    words[10] = "--filter";
    words[11] = "dkf-linear";
    Cli.Result result = Cli.run(java.util.Arrays.copyOf(words, 12));
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("nrmse", "MAAE: mean absolute angle").doesNotContain("{");
    assertThat(result.err()).isEmpty();
  }
}
