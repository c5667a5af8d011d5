package org.efferent.data.xdf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces the stamps of a regular stream by a least-squares line over the index of the sample, for
 * each stretch without a gap (pyxdf's {@code _jitter_removal}); and measures the rate. A restart of
 * the clock also ends a stretch, because two clocks do not share a line.
 */
final class Dejitter {
  private Dejitter() {}

  /**
   * Smooths stamps in place unless the options or the stream forbid it.
   *
   * @param stamps modified
   * @param header what the stream is
   * @param resets first samples after restarts of the clock
   * @param options thresholds
   * @return the rate over all stretches, and the gaps
   */
  static Timing apply(double[] stamps, XdfHeader header, List<Integer> resets, XdfOptions options) {
    if (header.nominalRateHz() == 0 || stamps.length == 0) {
      return new Timing(0, 0, resets.size());
    }
    double threshold =
        Math.max(options.breakSeconds(), options.breakSamples() / header.nominalRateHz());
    List<Integer> starts = new ArrayList<>(List.of(0));
    Set<Integer> restarts = new HashSet<>(resets);
    int gaps = 0;
    for (int i = 1; i < stamps.length; i++) {
      boolean gap = Math.abs(stamps[i] - stamps[i - 1]) > threshold;
      gaps += gap ? 1 : 0;
      if (gap || (!restarts.isEmpty() && restarts.contains(i))) {
        starts.add(i);
      }
    }
    starts.add(stamps.length);
    boolean smooth = options.dejitter() && !header.canDropSamples();
    long intervals = 0;
    double seconds = 0;
    for (int k = 0; k + 1 < starts.size(); k++) {
      int first = starts.get(k);
      int end = starts.get(k + 1);
      if (smooth) {
        straighten(stamps, first, end);
      }
      intervals += end - first - 1;
      seconds += stamps[end - 1] - stamps[first];
    }
    double rate = intervals > 0 && seconds > 0 ? intervals / seconds : 0;
    return new Timing(rate, gaps, resets.size());
  }

  private static void straighten(double[] stamps, int first, int end) {
    int n = end - first;
    if (n < 2) {
      return;
    }
    double middle = (n - 1) / 2.0;
    double origin = stamps[first];
    double sum = 0;
    double sxx = 0;
    double sxy = 0;
    for (int k = 0; k < n; k++) {
      double y = stamps[first + k] - origin;
      sum += y;
      sxx += (k - middle) * (k - middle);
      sxy += (k - middle) * y;
    }
    double slope = sxy / sxx;
    double level = sum / n;
    for (int k = 0; k < n; k++) {
      stamps[first + k] = origin + (level + slope * (k - middle));
    }
  }
}
