package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegressorTest {
  private static final Simulated DATA = new Simulated(200, 7, 3, 0.5, 21);
  private static final double[] POINT = {0.3, -1, 0.2, 0.9, -0.4, 0, 1.1};

  private static double squared(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.pow(a[i] - b[i], 2)).sum();
  }

  @Test
  void nadarayaWatsonIsTheWeightedMean() {
    double[] expected = new double[3];
    double total = 0;
    for (int t = 0; t < 200; t++) {
      double weight = Math.exp(-squared(DATA.x[t], POINT) / (2 * 0.6));
      total += weight;
      for (int i = 0; i < 3; i++) {
        expected[i] += weight * DATA.z[t][i];
      }
    }
    for (int i = 0; i < 3; i++) {
      expected[i] /= total;
    }
    double[] out = new double[3];
    new NadarayaWatson(DATA.x, DATA.z, 0.6).predict(POINT, out);
    assertThat(out).containsExactly(expected, within(1e-13));
  }

  @Test
  void farAwayNadarayaWatsonAnswersWithTheNearestRow() {
    NadarayaWatson smoother =
        new NadarayaWatson(new double[][] {{0}, {1}}, new double[][] {{5}, {7}}, 1e-3);
    double[] out = new double[1];
    smoother.predict(new double[] {1e6}, out);
    assertThat(out).containsExactly(7);
    smoother.predict(new double[] {-1e6}, out);
    assertThat(out).containsExactly(5);
    smoother.predict(new double[] {1e100}, out);
    assertThat(out[0]).isBetween(5.0, 7.0);
    assertThatThrownBy(() -> new NadarayaWatson(DATA.x, DATA.z, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("the bandwidth must be above 0; bandwidth=0.0");
  }

  @Test
  void nearestNeighboursAreThoseOfAFullSort() {
    int[] order =
        IntStream.range(0, 200)
            .boxed()
            .sorted(Comparator.comparingDouble(t -> squared(DATA.x[t], POINT)))
            .mapToInt(t -> t)
            .toArray();
    for (int k : new int[] {1, 2, 17, 200}) {
      double[] expected = new double[3];
      for (int p = 0; p < k; p++) {
        for (int i = 0; i < 3; i++) {
          expected[i] += DATA.z[order[p]][i] / k;
        }
      }
      double[] out = new double[3];
      new NearestNeighbours(DATA.x, DATA.z, k).predict(POINT, out);
      assertThat(out).containsExactly(expected, within(1e-13));
    }
  }

  @Test
  void theNearestHeapYieldsFarthestFirst() {
    NearestHeap heap = new NearestHeap(4);
    double[] keys = {5, 1, 4, 2, 9, 0, 3};
    for (int i = 0; i < keys.length; i++) {
      heap.offer(keys[i], i);
    }
    assertThat(new int[] {heap.poll(), heap.poll(), heap.poll(), heap.poll()})
        .containsExactly(6, 3, 1, 5);
  }

  @Test
  void aLineIsFoundAgainAlsoWhereAFeatureIsRepeated() {
    double[][] x = new double[50][3];
    double[][] z = new double[50][1];
    for (int t = 0; t < 50; t++) {
      x[t][0] = DATA.x[t][0];
      x[t][1] = DATA.x[t][1];
      x[t][2] = DATA.x[t][1];
      z[t][0] = 2 - x[t][0] + 3 * x[t][1];
    }
    double[] out = new double[1];
    LinearRegressor line = LinearRegressor.fit(x, z);
    line.predict(new double[] {1, 2, 2}, out);
    assertThat(out[0]).isCloseTo(7, within(1e-9));
    assertThat(line.weights()).containsExactly(new double[] {-1, 1.5, 1.5}, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(KernelShape.class)
  void aProcessWithLittleNoisePassesThroughItsRowsAndForgetsFarAway(KernelShape shape) {
    double[][] hyper = {{0.5, 0, -7}, {0.8, 0.3, -7}, {0.2, 0, -7}};
    GaussianProcess process = GaussianProcess.fit(shape, DATA.x, DATA.z, null, hyper);
    double[] out = new double[3];
    process.predict(DATA.x[42], out);
    assertThat(out).containsExactly(DATA.z[42], within(1e-3));
    process.predict(new double[] {1e4, 0, 0, 0, 0, 0, 0}, out);
    assertThat(out).containsExactly(new double[3], within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(KernelShape.class)
  void scalesActAsScaledInputs(KernelShape shape) {
    double[] scales = {2, 1, 0, 0.5, 1, 3, 1};
    double[][] hyper = {{0.5, 0, -1}, {0.8, 0.3, -1}, {0.2, 0, -1}};
    double[] one = new double[3];
    double[] other = new double[3];
    GaussianProcess.fit(shape, DATA.x, DATA.z, scales, hyper).predict(POINT, one);
    GaussianProcess.fit(shape, GaussianProcess.scaled(DATA.x, scales), DATA.z, null, hyper)
        .predict(GaussianProcess.scaled(new double[][] {POINT}, scales)[0], other);
    assertThat(one).containsExactly(other, within(1e-13));
    assertThat(one[0]).isNotEqualTo(0);
  }

  @Test
  void kernelsAreTheTextbooks() {
    double r = 1.7;
    assertThat(KernelShape.SQUARED_EXPONENTIAL.value(r * r))
        .isCloseTo(Math.exp(-r * r / 2), within(1e-15));
    assertThat(KernelShape.MATERN32.value(r * r))
        .isCloseTo((1 + Math.sqrt(3) * r) * Math.exp(-Math.sqrt(3) * r), within(1e-15));
    assertThat(KernelShape.MATERN52.value(r * r))
        .isCloseTo(
            (1 + Math.sqrt(5) * r + 5 * r * r / 3) * Math.exp(-Math.sqrt(5) * r), within(1e-15));
  }
}
