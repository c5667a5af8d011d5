package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanKernelTest {
  private static final int ROWS = 8_000;
  private static final int CHANNELS = 40;

  /** Counts of cosine-tuned units, smoothed over some bins and z-scored; the 40 best of 96. */
  private static double[][][] tuned(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[ROWS][96];
    double[][] z = new double[ROWS][2];
    double[][] units = new double[96][];
    for (int u = 0; u < 96; u++) {
      double depth = 6 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      units[u] =
          new double[] {
            5 + 10 * random.nextDouble(), depth * Math.cos(angle), depth * Math.sin(angle), u
          };
    }
    Arrays.sort(units, Comparator.comparingDouble(u -> -(u[1] * u[1] + u[2] * u[2]) / u[0]));
    int octant = 0;
    for (int t = 0; t < ROWS; t++) {
      octant = t % 50 == 0 ? random.nextInt(8) : octant;
      if (t % 50 < 40) {
        z[t][0] = Math.cos(octant * Math.PI / 4);
        z[t][1] = Math.sin(octant * Math.PI / 4);
      }
      for (int u = 0; u < CHANNELS; u++) {
        double rate = units[u][0] + units[u][1] * z[t][0] + units[u][2] * z[t][1];
        double count = poisson(0.02 * Math.max(0, rate), random);
        x[t][u] = t == 0 ? count : 0.8 * x[t - 1][u] + 0.2 * count;
      }
    }
    double[][] kept =
        Arrays.stream(x).map(row -> Arrays.copyOf(row, CHANNELS)).toArray(double[][]::new);
    ZScore score = ZScore.fit(kept);
    return new double[][][] {Arrays.stream(kept).map(score::apply).toArray(double[][]::new), z};
  }

  private static int poisson(double mean, SplittableRandom random) {
    int count = 0;
    for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** Mean angle of f(x) over the second half, with the first channel shifted. */
  private static double angle(CursorDecoder decoder, double[][][] data, double offset) {
    double sum = 0;
    int rows = 0;
    decoder.reset();
    for (int t = ROWS / 2; t < ROWS; t++) {
      double[] row = data[0][t].clone();
      row[0] += offset;
      decoder.decode(row);
      double[] f = decoder.regression().orElseThrow().mean();
      double[] z = data[1][t];
      if (z[0] != 0 || z[1] != 0) {
        sum += Math.abs(Math.atan2(f[0] * z[1] - f[1] * z[0], f[0] * z[0] + f[1] * z[1]));
        rows++;
      }
    }
    return sum / rows;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7})
  void oneBadChannelOfFortyDoesLittle(long seed) {
    double[][][] data = tuned(seed);
    double[][] x = Arrays.copyOf(data[0], ROWS / 2);
    double[][] z = Arrays.copyOf(data[1], ROWS / 2);
    CursorDecoder robust = FilterTraining.train(FilterSpec.of(FilterKind.DKF_MK), x, z);
    CursorDecoder kalman = FilterTraining.train(FilterSpec.of(FilterKind.KALMAN), x, z);
    double clean = angle(robust, data, 0);
    double cleanKalman = angle(kalman, data, 0);
    for (double offset : new double[] {1, 2, 5, 10}) {
      double shifted = angle(robust, data, offset);
      assertThat(shifted).as("offset %s", offset).isLessThan(1.15 * clean);
    }
    assertThat(clean).isLessThan(1.15 * cleanKalman);
    assertThat(angle(kalman, data, 10)).isGreaterThan(2 * cleanKalman);
  }

  @Test
  void aPairIsMetWhereTheNoiseIsSmall() {
    double[][] x = new double[80][3];
    double[][] z = new double[80][2];
    for (int t = 0; t < 80; t++) {
      double angle = t % 8 * Math.PI / 4;
      z[t][0] = Math.cos(angle);
      z[t][1] = Math.sin(angle);
      x[t] = new double[] {5 * z[t][0], 7 * z[t][1], 3};
    }
    FilterSpec spec = FilterSpec.of(FilterKind.DKF_MK).with("logLength", 0).with("logNoise", -6);
    MeanKernel kernel = MeanKernelTraining.train(spec, x, z, new java.util.LinkedHashMap<>());
    double[] out = new double[2];
    for (int t = 0; t < 8; t++) {
      kernel.predict(x[t], out);
      assertThat(out).containsExactly(z[t], within(1e-3));
    }
    // k at distances by hand: the constant channel counts as alike, l = 1 standard deviation
    MeanKernel one =
        new MeanKernel(
            new double[][] {{1, 2}},
            new double[] {0.5, 0},
            new double[] {0.5, 0.5},
            new double[][] {{3}});
    one.predict(new double[] {3, 9}, out);
    assertThat(out[0]).isCloseTo(3 * (Math.exp(-0.5) + 1) / 2, within(1e-15));
  }

  @Test
  void refusesRowsOfFewDirections() {
    double[][] z = new double[100][2];
    IntStream.range(0, 100).forEach(t -> z[t][0] = t % 2 == 0 ? 1 : -1);
    double[][] x = new double[100][3];
    FilterSpec spec = FilterSpec.of(FilterKind.DKF_MK);
    assertThatThrownBy(() -> MeanKernelTraining.train(spec, x, z, new java.util.LinkedHashMap<>()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the filter 'dkf-mk' needs training rows that move in at least 3 of 8 directions;"
                + " directions=2");
    FilterSpec still = spec.with("logLength", 0).with("logNoise", -20);
    for (int t = 0; t < 100; t++) {
      z[t][0] = Math.cos(t);
      z[t][1] = Math.sin(t);
    }
    assertThatThrownBy(() -> MeanKernelTraining.train(still, x, z, new java.util.LinkedHashMap<>()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the kernel of the filter 'dkf-mk' must tell directions apart; logLength=0.0,"
                + " logNoise=-20.0: raise logNoise or lower logLength");
  }
}
