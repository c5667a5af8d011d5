package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The real recording and the golden trajectories beside the project; tests skip without them. */
final class Flint {
  private Flint() {}

  static Path shared(String name) {
    Path path = Path.of(System.getProperty("efferent.root", ".."), "..", "shared", name);
    Assumptions.assumeTrue(Files.exists(path), "skipped: ../shared/" + name + " is not here");
    return path;
  }

  static double[][] csv(String name) {
    try {
      List<String> lines = Files.readAllLines(shared(name));
      double[][] out = new double[lines.size()][];
      for (int i = 0; i < out.length; i++) {
        out[i] = Arrays.stream(lines.get(i).split(",")).mapToDouble(Double::parseDouble).toArray();
      }
      return out;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static double[][] features(int from, int to) {
    return Arrays.copyOfRange(csv("data/kinematics/flint_x.csv"), from, to);
  }

  static double[][] states(int from, int to) {
    return Arrays.copyOfRange(csv("data/kinematics/flint_z.csv"), from, to);
  }

  static CursorDecoder train(FilterSpec spec) {
    return FilterTraining.train(spec, features(0, 5000), states(0, 5000));
  }

  /** Mean and covariance a row, as in the golden files. */
  static double[][] decode(CursorDecoder decoder, double[][] rows) {
    double[][] out = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      var estimate = decoder.decode(rows[t]);
      double[] mean = estimate.mean();
      out[t] = Arrays.copyOf(mean, mean.length + mean.length * mean.length);
      System.arraycopy(estimate.covariance(), 0, out[t], mean.length, mean.length * mean.length);
    }
    return out;
  }

  static Figures figures(double[][] estimates) {
    double[][] means = new double[estimates.length][];
    for (int t = 0; t < means.length; t++) {
      means[t] = Arrays.copyOf(estimates[t], 2);
    }
    return Figures.of(means, states(5000, 6000));
  }

  static void assertSame(double[][] actual, double[][] expected, double tolerance) {
    assertThat(actual.length).isEqualTo(expected.length);
    double largest = 0;
    for (int t = 0; t < actual.length; t++) {
      assertThat(actual[t]).hasSameSizeAs(expected[t]);
      for (int i = 0; i < actual[t].length; i++) {
        assertThat(actual[t][i]).isFinite();
        largest = Math.max(largest, Math.abs(actual[t][i] - expected[t][i]));
      }
    }
    assertThat(largest).isLessThanOrEqualTo(tolerance);
  }
}
