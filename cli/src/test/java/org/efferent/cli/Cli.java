package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Calls the command as a shell would, in this process. */
final class Cli {
  private Cli() {}

  /**
   * What a call left behind.
   *
   * @param status exit status
   * @param out standard output
   * @param err standard error
   */
  record Result(int status, String out, String err) {
    /** The one JSON object of a call that went well. */
    JsonNode json() {
      assertThat(status).as(err).isZero();
      return object();
    }

    /** The one JSON object, whatever the status. */
    JsonNode object() {
      try {
        JsonNode node =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(out);
        assertThat(node.isObject()).as(out).isTrue();
        return node;
      } catch (IOException e) {
        throw new AssertionError("not one JSON object: " + out, e);
      }
    }

    /** Says that it failed with one line and nothing on standard output. */
    void failed(int expected, String message) {
      assertThat(err).isEqualToNormalizingNewlines("efferent: " + message + "\n");
      assertThat(out).isEmpty();
      assertThat(status).isEqualTo(expected);
    }
  }

  static Result run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> args = Arrays.stream(words).map(Object::toString).toList();
    int status = EfferentCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Result(status, out.toString(), err.toString());
  }

  /** One list of words from several. */
  static Object[] words(Object[] some, Object... more) {
    Object[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /** Material beside the project; the test is skipped where it is not. */
  static Path shared(String name) {
    Path path = Path.of(System.getProperty("efferent.root"), "..", "shared", name).normalize();
    Assumptions.assumeTrue(Files.exists(path), "needs ../shared/" + name);
    return path;
  }

  static double[][] csv(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Largest difference of any cell. */
  static double difference(double[][] a, double[][] b) {
    assertThat(a).hasDimensions(b.length, b[0].length);
    double largest = 0;
    for (int r = 0; r < a.length; r++) {
      for (int c = 0; c < a[r].length; c++) {
        largest = Math.max(largest, Math.abs(a[r][c] - b[r][c]));
      }
    }
    return largest;
  }

  /**
   * Writes {@code x.csv}, four features, and {@code z.csv}, two states, of the same rows: each row
   * of features sees the state of the bin {@code lead} later, with little noise.
   */
  static void material(Path folder, int rows, int lead, long seed) {
    Random random = new Random(seed);
    double[][] z = new double[rows + lead][2];
    double memory = lead > 0 ? 0 : 0.9;
    for (int t = 1; t < z.length; t++) {
      z[t][0] = memory * z[t - 1][0] + 0.4 * random.nextGaussian();
      z[t][1] = memory * z[t - 1][1] + 0.4 * random.nextGaussian();
    }
    StringBuilder x = new StringBuilder();
    StringBuilder s = new StringBuilder();
    for (int t = 0; t < rows; t++) {
      double[] seen = z[t + lead];
      double[] clean = {seen[0], seen[1], seen[0] + seen[1], seen[0] - 0.5 * seen[1]};
      for (int f = 0; f < clean.length; f++) {
        x.append(f == 0 ? "" : ",").append(clean[f] + 0.1 * random.nextGaussian());
      }
      x.append('\n');
      s.append(z[t][0]).append(',').append(z[t][1]).append('\n');
    }
    try {
      Files.writeString(folder.resolve("x.csv"), x);
      Files.writeString(folder.resolve("z.csv"), s);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
