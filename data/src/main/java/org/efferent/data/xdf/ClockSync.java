package org.efferent.data.xdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moves a stream's stamps to the recorder's clock: stamp += offset(stamp), where offset is a robust
 * line through the measured offsets; one line for each stretch between restarts of the clock.
 * Restarts are recognised as in pyxdf's {@code _clock_sync}.
 *
 * <p>Which samples belong to which stretch pyxdf takes from indices of the measurements. Here it is
 * found by time: a sample near the boundary belongs to the measurement whose clock time is closer,
 * and samples keep the order of the file.
 */
final class ClockSync {
  /** pyxdf's winsor_threshold: residuals beyond this many seconds count as outliers. */
  private static final double DELTA_SECONDS = 1e-4;

  private static final double RESET_SECONDS = 5;
  private static final double RESET_DEVIATIONS = 5;
  private static final double RESET_OFFSET_SECONDS = 1;
  private static final double RESET_OFFSET_DEVIATIONS = 10;

  private ClockSync() {}

  /**
   * Corrects stamps in place.
   *
   * @param stamps modified
   * @param measured clock measurements in the order of the file
   * @param handleResets whether to look for restarts
   * @return for each restart the first sample after it
   */
  static List<Integer> apply(double[] stamps, List<ClockOffset> measured, boolean handleResets) {
    List<ClockOffset> offsets =
        measured.stream()
            .filter(o -> Double.isFinite(o.time()) && Double.isFinite(o.offset()))
            .toList();
    if (stamps.length == 0 || offsets.isEmpty()) {
      return List.of();
    }
    double[] times = offsets.stream().mapToDouble(ClockOffset::time).toArray();
    double[] values = offsets.stream().mapToDouble(ClockOffset::offset).toArray();
    List<Integer> resets = handleResets ? resets(times, values) : List.of();
    List<Integer> splits = new ArrayList<>();
    int previous = 0;
    for (int reset : resets) {
      previous = split(stamps, offsets, reset, previous);
      splits.add(previous);
    }
    for (int k = 0; k <= resets.size(); k++) {
      int firstOffset = k == 0 ? 0 : resets.get(k - 1) + 1;
      int endOffset = k == resets.size() ? times.length : resets.get(k) + 1;
      int first = k == 0 ? 0 : splits.get(k - 1);
      int end = k == resets.size() ? stamps.length : splits.get(k);
      RobustLine line = RobustLine.fit(times, values, firstOffset, endOffset, DELTA_SECONDS);
      for (int i = first; i < end; i++) {
        stamps[i] += line.at(stamps[i]);
      }
    }
    return splits;
  }

  /** Measurements after which the clock restarted: both its time and its offset jump. */
  private static List<Integer> resets(double[] times, double[] values) {
    List<Integer> resets = new ArrayList<>();
    int steps = times.length - 1;
    if (steps < 1) {
      return resets;
    }
    double[] timeSteps = new double[steps];
    double[] valueSteps = new double[steps];
    for (int i = 0; i < steps; i++) {
      timeSteps[i] = times[i + 1] - times[i];
      valueSteps[i] = Math.abs(values[i + 1] - values[i]);
    }
    double timeMedian = median(timeSteps);
    double valueMedian = median(valueSteps);
    double timeSpread = spread(timeSteps, timeMedian);
    double valueSpread = spread(valueSteps, valueMedian);
    for (int i = 0; i < steps; i++) {
      double late = timeSteps[i] - timeMedian;
      double jump = valueSteps[i] - valueMedian;
      boolean timeGlitch =
          timeSteps[i] < 0 || (late / timeSpread > RESET_DEVIATIONS && late > RESET_SECONDS);
      boolean valueGlitch =
          jump / valueSpread > RESET_OFFSET_DEVIATIONS && jump > RESET_OFFSET_SECONDS;
      if (timeGlitch && valueGlitch) {
        resets.add(i);
      }
    }
    return resets;
  }

  /** First sample that lies closer to measurement {@code reset + 1} than to {@code reset}. */
  private static int split(double[] stamps, List<ClockOffset> offsets, int reset, int earliest) {
    double before = offsets.get(reset).time();
    double after = offsets.get(reset + 1).time();
    // Samples may stand in the file a little before or after the measurements of their time.
    int from = Math.max(earliest, offsets.get(Math.max(0, reset - 1)).samplesBefore());
    int last = Math.min(offsets.size() - 1, reset + 2);
    int to = reset + 2 > last ? stamps.length : offsets.get(last).samplesBefore();
    double cost = 0;
    double best = 0;
    int bestSplit = from;
    for (int i = from; i < to; i++) {
      cost += Math.abs(stamps[i] - before) - Math.abs(stamps[i] - after);
      if (cost < best) {
        best = cost;
        bestSplit = i + 1;
      }
    }
    return bestSplit;
  }

  private static double spread(double[] steps, double median) {
    double[] deviations = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      deviations[i] = Math.abs(steps[i] - median);
    }
    return median(deviations) + Math.ulp(1.0);
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
