package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efferent.data.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said in one line: what, where, and what to do; whole messages are asserted. */
class BadInputTest {
  private static final String SEE = "; see 'efferent cursor evaluate --help'";

  @TempDir private Path folder;

  private Path x;
  private Path z;

  @BeforeEach
  void material() {
    Cli.material(folder, 60, 0, 4);
    x = folder.resolve("x.csv");
    z = folder.resolve("z.csv");
  }

  private Object[] evaluate(String train, String test, Object... more) {
    Object[] words = {
      "cursor",
      "evaluate",
      "--features",
      x,
      "--states",
      z,
      "--train",
      train,
      "--test",
      test,
      "--json"
    };
    return Cli.words(words, more);
  }

  private Cli.Result kalman() {
    return Cli.run(evaluate("0:50", "50:60", "--filter", "kalman"));
  }

  /** Replaces a line, counted from 1. */
  private static void line(Path file, int number, String text) throws IOException {
    List<String> lines = Files.readAllLines(file);
    lines.set(number - 1, text);
    Files.write(file, lines);
  }

  @Test
  void theMaterialIsSound() {
    assertThat(kalman().json().path("bins").intValue()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,3|x.csv: line 7 has 3 columns, line 1 has 4; every row must have as many",
        "1,2,3,4,5|x.csv: line 7 has 5 columns, line 1 has 4; every row must have as many",
        "1,2,oops,4|x.csv: line 7, column 3: 'oops' is not a number; every cell must be a finite"
            + " decimal number",
        "1,NaN,3,4|x.csv: line 7, column 2: 'NaN' is not finite; every cell must be a finite"
            + " decimal number",
        "1,2,3,-inf|x.csv: line 7, column 4: '-inf' is not finite; every cell must be a finite"
            + " decimal number",
        "1,,3,4|x.csv: line 7, column 2: '' is not a number; every cell must be a finite decimal"
            + " number"
      })
  void cellsThatAreNoNumbers(String broken, String message) throws IOException {
    line(x, 7, broken);
    kalman().failed(3, message);
  }

  @Test
  void filesOfUnlikeLength() throws IOException {
    List<String> rows = Files.readAllLines(z);
    Files.write(z, rows.subList(0, 59));
    kalman()
        .failed(
            3, "features and states must have the same number of rows; x.csv has 60, z.csv has 59");
  }

  @Test
  void filesThatAreMissingOrEmptyOrFolders() throws IOException {
    z = folder.resolve("none.csv");
    kalman().failed(3, z + ": there is no such file; check the path");
    Files.createFile(z);
    kalman().failed(3, "none.csv: is empty; a table needs at least one row of numbers");
    z = folder;
    kalman().failed(3, z + ": is a directory; name a file in it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0:50|50:61|3|rows 50:61 lie outside x.csv, which has 60 rows",
        "0:61|50:60|3|rows 0:61 lie outside x.csv, which has 60 rows",
        "0:50|60:60|2|--test must name at least one row; rows=60:60",
        "5:5|50:60|2|--train must name at least one row; rows=5:5",
        "0:3|50:60|3|the state model needs at least 4 rows of 2 states; rows=3",
        "0:50|9|2|a row range is A:B with whole numbers 0 <= A <= B, such as 0:5000 (B is not"
            + " included); range='9'",
        "50:0|50:60|2|a row range is A:B with whole numbers 0 <= A <= B, such as 0:5000 (B is not"
            + " included); range='50:0'"
      })
  void rowRanges(String train, String test, int status, String message) {
    Cli.run(evaluate(train, test, "--filter", "kalman")).failed(status, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--f-rows|0:51|3|rows 0:51 lie outside the training rows, which has 50 rows",
        "--q-rows|50:50|2|q-rows must be some rows within the training rows; q-rows=50:50,"
            + " rows=50",
        "--lags|0|2|lags must lie in 1 to 1000; lags=0",
        "--set|width=1|2|a setting must be one of bandwidth (above 0, at most 1e100), qBandwidth"
            + " (above 0, at most 1e100); filter=dkf-nw, width=1.0",
        "--set|bandwidth=0|2|a setting lies out of its range; allowed: bandwidth (above 0, at most"
            + " 1e100), qBandwidth (above 0, at most 1e100); bandwidth=0.0",
        "--bin-seconds|0|2|--bin-seconds must lie in 0.000001 to 86400 seconds; bin-seconds=0.0",
        "--bin-seconds|NaN|2|--bin-seconds must lie in 0.000001 to 86400 seconds;"
            + " bin-seconds=NaN"
      })
  void options(String option, String value, int status, String message) {
    Cli.run(evaluate("0:50", "50:60", "--filter", "dkf-nw", option, value)).failed(status, message);
  }

  @Test
  void filterPolicyAndOptionsThatAreUnknown() {
    Cli.run(evaluate("0:50", "50:60", "--filter", "magic"))
        .failed(
            2,
            "the filter must be one of kalman, kalman-pv, refit, ekf, ukf, dkf-linear, dkf-nw,"
                + " dkf-knn, dkf-gp, dkf-mk, dkf-nn, gru, best; filter=magic");
    Cli.run(evaluate("0:50", "50:60", "--filter", "dkf-nw", "--policy", "hope"))
        .failed(
            2,
            "Invalid value for option '--policy': expected one of [CODE, THESIS, CLIP, ROBUST]"
                + " (case-insensitive) but was 'hope'"
                + SEE);
    Cli.run(evaluate("0:50", "50:60", "--fliter", "kalman"))
        .failed(2, "Unknown options: '--fliter', 'kalman'" + SEE);
    Cli.Result command = Cli.run("cursr");
    assertThat(command.status()).isEqualTo(2);
    assertThat(command.err())
        .startsWith("efferent: Unmatched argument at index 0: 'cursr'; see 'efferent --help'")
        .contains("efferent cursor");
    Cli.run().failed(2, "name a command; see 'efferent --help'");
  }

  @Test
  void whatIsMissing() {
    Cli.run("cursor", "evaluate", "--filter", "kalman")
        .failed(2, "--features and --states go together; name both files");
    Cli.run("cursor", "evaluate", "--features", x, "--states", z, "--filter", "kalman")
        .failed(2, "--test is missing; name rows as A:B, for example 0:5000");
    Cli.run("cursor", "evaluate", "--features", x, "--states", z, "--test", "0:9")
        .failed(
            2,
            "name a filter and what trains it (--filter, --features, --states, --train), or a"
                + " trained one (--decoder)");
    Cli.run("cursor", "run", "--filter", "kalman", "--headless")
        .failed(2, "say what to decode: --features and --states with --test, --replay or --stream");
  }

  @Test
  void decodersThatAreNone() {
    Cli.run(evaluate("0:50", "50:60", "--decoder", folder.resolve("none")))
        .failed(3, folder.resolve("none") + ": there is no such file; check the path");
    Path other = folder.resolve("other.safetensors");
    new Safetensors(Map.of("format", "pt"), Map.of()).write(other, false);
    Cli.run(evaluate("0:50", "50:60", "--decoder", other))
        .failed(
            3,
            "other.safetensors: a saved decoder's format must be 'efferent-cursor-decoder';"
                + " format=pt");
    Cli.Result table = Cli.run(evaluate("0:50", "50:60", "--decoder", x));
    assertThat(table.status()).isEqualTo(3);
    assertThat(table.err())
        .startsWith("efferent: x.csv: the header's length must be")
        .contains("is this a safetensors file?")
        .hasLineCount(1);
  }

  @Test
  void decodersThatDoNotFit() throws IOException {
    Path decoder = folder.resolve("d");
    Cli.run(evaluate("0:50", "50:60", "--filter", "kalman", "--save", decoder)).json();
    Path states = z;
    z = x;
    Cli.run(evaluate("0:50", "50:60", "--decoder", decoder))
        .failed(3, "the decoder and the states must have the same dimensions; decoder=2, states=4");
    z = states;
    x = states;
    Cli.run(evaluate("0:50", "50:60", "--decoder", decoder))
        .failed(
            3,
            "the decoder and the stream must have the same number of features; decoder=4,"
                + " stream=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kalman", "dkf-nw", "dkf-linear", "dkf-knn"})
  void statesThatNeverChange(String filter) throws IOException {
    Files.write(z, Files.readAllLines(z).stream().map(l -> l.split(",", -1)[0] + ",1.5").toList());
    Cli.Result result = Cli.run(evaluate("0:50", "50:60", "--filter", filter));
    assertThat(result.err())
        .matches(
            "efferent: the state covariance S must be positive definite: a state that never"
                + " changes, or that follows from the others, cannot be filtered;"
                + " diagonal=\\[0\\.\\d+, 0\\.0\\]\\R");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "fast", "NaN", "1e7"})
  void speeds(String speed) {
    String message =
        "--speed must be 'max' or a number above 0 and at most 1000000; speed=" + speed;
    Cli.run(
            "cursor",
            "run",
            "--features",
            x,
            "--states",
            z,
            "--train",
            "0:50",
            "--test",
            "50:60",
            "--filter",
            "kalman",
            "--headless",
            "--speed",
            speed)
        .failed(2, message);
    Cli.run("replay", x, "--loopback", "--speed", speed).failed(2, message);
  }

  @Test
  void inputsThatExcludeOneAnother() {
    Cli.run("cursor", "run", "--replay", x, "--stream", "A", "--headless")
        .failed(
            2,
            "Error: --replay=RECORDING|SESSION, --stream=NAME|TYPE|PREDICATE are mutually exclusive"
                + " (specify only one); see 'efferent cursor run --help'");
  }

  @Test
  void verboseAddsTheCause() {
    z = folder.resolve("none.csv");
    Cli.Result result = Cli.run(evaluate("0:50", "50:60", "--filter", "kalman", "--verbose"));
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .startsWith("efferent: " + z + ": there is no such file; check the path")
        .contains("\tat org.efferent.data.InputFiles.check");
  }

  @Test
  void aDefectIsReportedNotTraced() {
    StringWriter err = new StringWriter();
    PrintWriter broken =
        new PrintWriter(Writer.nullWriter()) {
          @Override
          public void println(String text) {
            throw new IllegalStateException("the printer is on fire");
          }
        };
    List<String> words = List.of("inspect", x.toString(), "--json");
    assertThat(EfferentCommand.run(words, broken, new PrintWriter(err, true))).isEqualTo(1);
    assertThat(err.toString().lines().limit(4))
        .containsExactly(
            "efferent: this should not have happened: IllegalStateException: the printer is on"
                + " fire",
            "Please report it with the lines below and the command that you gave:",
            "  efferent " + String.join(" ", words),
            "  " + Versions.line());
    assertThat(err.toString()).contains("\tat org.efferent.cli.InspectCommand.call");
  }

  @Test
  void anErrorOfTheMachineIsReportedToo() {
    StringWriter err = new StringWriter();
    PrintWriter broken =
        new PrintWriter(Writer.nullWriter()) {
          @Override
          public void println(String text) {
            throw new OutOfMemoryError("heap");
          }
        };
    List<String> words = List.of("inspect", x.toString(), "--json");
    assertThat(EfferentCommand.run(words, broken, new PrintWriter(err, true))).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("efferent: this should not have happened: OutOfMemoryError: heap");
  }
}
