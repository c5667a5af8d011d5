package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;

/** Measures signals in ways that the simulators do not use. */
final class Signals {
  private Signals() {}

  /** Rows of a signal, {@code [rows × channels]}. */
  static double[] rows(SimulatedSignal signal, long from, int rows) {
    double[] values = new double[rows * signal.info().channelCount()];
    signal.read(from, rows, values, 0);
    return values;
  }

  static double[] column(double[] rows, int channels, int channel) {
    double[] column = new double[rows.length / channels];
    for (int i = 0; i < column.length; i++) {
      column[i] = rows[i * channels + channel];
    }
    return column;
  }

  /** One channel of a signal by its label, from its beginning on. */
  static double[] channel(SimulatedSignal signal, String label, int rows) {
    int channels = signal.info().channelCount();
    return column(rows(signal, 0, rows), channels, index(signal, label));
  }

  static int index(SimulatedSignal signal, String label) {
    for (int c = 0; c < signal.info().channelCount(); c++) {
      if (signal.info().channels().get(c).label().equals(label)) {
        return c;
      }
    }
    throw new AssertionError("no channel is called " + label);
  }

  /** The same rows in portions of all sizes, forwards, and then from somewhere behind. */
  static void sameInWhateverPortions(SimulatedSignal signal, SimulatedSignal same, int rows) {
    int channels = signal.info().channelCount();
    double[] whole = rows(signal, 0, rows);
    double[] parts = new double[whole.length];
    int size = 1;
    for (int done = 0; done < rows; ) {
      int n = Math.min(size, rows - done);
      same.read(done, n, parts, done * channels);
      done += n;
      size = size % 700 * 3 + 1;
    }
    assertThat(java.util.Arrays.equals(parts, whole)).isTrue();
    int back = rows / 3;
    double[] again = rows(same, back, 5);
    assertThat(again)
        .containsExactly(
            java.util.Arrays.copyOfRange(whole, back * channels, (back + 5) * channels));
    assertThat(java.util.Arrays.stream(whole).distinct().count()).isGreaterThan(20);
  }

  /** Largest difference of any value. */
  static double difference(double[] x, double[] y) {
    assertThat(x).hasSameSizeAs(y);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }

  static double mean(double[] x) {
    return java.util.Arrays.stream(x).average().orElseThrow();
  }

  static double rms(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double v : x) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / x.length);
  }

  static double correlation(double[] x, double[] y) {
    double mx = mean(x);
    double my = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - mx) * (y[i] - my);
    }
    return sum / x.length / rms(x) / rms(y);
  }

  /** Amplitude of a sine in a signal (G. Goertzel 1958), exact over whole periods. */
  static double amplitude(double[] x, double rateHz, double hz) {
    double omega = 2 * Math.PI * hz / rateHz;
    double coefficient = 2 * Math.cos(omega);
    double s1 = 0;
    double s2 = 0;
    for (double v : x) {
      double s = v + coefficient * s1 - s2;
      s2 = s1;
      s1 = s;
    }
    double power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
    return 2 * Math.sqrt(power) / x.length;
  }

  /** Power a hertz by averaged Hann windows, one value a whole hertz from 0 on. */
  static double[] spectrum(double[] x, int rateHz) {
    double[] power = new double[rateHz / 2];
    int windows = x.length / rateHz;
    for (int w = 0; w < windows; w++) {
      double[] part = new double[rateHz];
      for (int i = 0; i < rateHz; i++) {
        double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / rateHz);
        part[i] = x[w * rateHz + i] * hann;
      }
      for (int hz = 0; hz < power.length; hz++) {
        double a = amplitude(part, rateHz, hz) / 2 * rateHz;
        power[hz] += 2 * a * a / (rateHz * 0.375 * rateHz) / windows;
      }
    }
    return power;
  }

  /** Least squares of y on a constant and two regressors: constant, first, second. */
  static double[] regress(double[] a, double[] b, double[] y) {
    double[][] m = new double[3][4];
    for (int i = 0; i < y.length; i++) {
      double[] row = {1, a[i], b[i]};
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 3; c++) {
          m[r][c] += row[r] * row[c];
        }
        m[r][3] += row[r] * y[i];
      }
    }
    for (int p = 0; p < 3; p++) {
      for (int r = 0; r < 3; r++) {
        double factor = r == p ? 0 : m[r][p] / m[p][p];
        for (int c = p; c < 4; c++) {
          m[r][c] -= factor * m[p][c];
        }
      }
    }
    return new double[] {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
  }
}
