package org.efferent.data.csv;

import java.util.Arrays;

/** Rates of clocks. */
final class ClockRate {
  private static final int MIN_SPAN = 32;
  private static final double GAP_PERIODS = 1.5;

  private ClockRate() {}

  /**
   * Rows a second; 0 if the stamps do not grow. The median step, if nearly all steps but gaps agree
   * with it; otherwise stamps are rounded or jitter by chunk, and the median over a tenth of the
   * table at a time is taken, as {@code inspect} does.
   */
  static double of(double[] stamps) {
    double[] clock = Arrays.stream(stamps).filter(Double::isFinite).toArray();
    double[] steps = new double[Math.max(0, clock.length - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = clock[i + 1] - clock[i];
    }
    double step = median(steps);
    long agree = Arrays.stream(steps).filter(s -> Math.abs(s - step) < 0.01 * step).count();
    long near = Arrays.stream(steps).filter(s -> s <= GAP_PERIODS * step).count();
    int rows = Math.max(MIN_SPAN, clock.length / 10);
    double period = step;
    if (agree < 0.97 * near && rows < clock.length) {
      double[] spans = new double[clock.length - rows];
      for (int i = 0; i < spans.length; i++) {
        spans[i] = (clock[i + rows] - clock[i]) / rows;
      }
      period = median(spans);
    }
    double rate = 1 / period;
    if (!(period > 0) || Double.isInfinite(rate)) {
      return 0;
    }
    double whole = Math.rint(rate);
    return Math.abs(rate - whole) < 1e-4 * rate ? whole : rate;
  }

  private static double median(double[] numbers) {
    if (numbers.length == 0) {
      return 0;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
