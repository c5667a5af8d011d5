package org.efferent.decoders.evoked;

import java.util.List;
import org.efferent.core.InputException;

/**
 * How well scores tell two classes apart: the area under the curve of hits over false alarms, that
 * is the probability that a trial of class 1 scores above one of class 0, ties half (Mann and
 * Whitney). Chance is 0.5.
 *
 * <p>Its standard error is that of DeLong, DeLong and Clarke-Pearson (Biometrics 44:837, 1988,
 * doi:10.2307/2531595): over trials, the decoder held fixed. The interval is the normal one, cut at
 * 0 and 1.
 *
 * @param value the area
 * @param variance of the area
 */
public record AreaUnderCurve(double value, double variance) {
  private static final double Z_95 = 1.959963984540054;

  /**
   * The area of some scores.
   *
   * @param scores one a trial, finite
   * @param labels class of each, 0 or 1
   * @return the area
   * @throws InputException where a class has fewer than two trials or a score is not finite
   */
  public static AreaUnderCurve of(double[] scores, int[] labels) {
    int ones = 0;
    for (int i = 0; i < labels.length; i++) {
      ones += labels[i];
      if (!Double.isFinite(scores[i])) {
        throw new InputException(
            "scores must be finite; trial=%d, score=%s".formatted(i, scores[i]));
      }
    }
    int zeros = labels.length - ones;
    if (ones < 2 || zeros < 2) {
      throw new InputException(
          "an area under the curve needs two trials of each class; trials of class 0=%d, of class 1=%d"
              .formatted(zeros, ones));
    }
    // Share of the other class that each trial is on the right side of.
    double[] right = new double[labels.length];
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; labels[i] == 1 && j < labels.length; j++) {
        if (labels[j] == 0) {
          double wins = scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          right[i] += wins / zeros;
          right[j] += wins / ones;
          sum += wins;
        }
      }
    }
    double area = sum / ((double) ones * zeros);
    double variance = 0;
    for (int i = 0; i < labels.length; i++) {
      int own = labels[i] == 1 ? ones : zeros;
      variance += (right[i] - area) * (right[i] - area) / (own - 1) / own;
    }
    return new AreaUnderCurve(area, variance);
  }

  /**
   * The mean area of separate sets of trials.
   *
   * @param areas at least one
   * @return the mean, its variance that of independent trials
   */
  public static AreaUnderCurve mean(List<AreaUnderCurve> areas) {
    int n = areas.size();
    return new AreaUnderCurve(
        areas.stream().mapToDouble(AreaUnderCurve::value).sum() / n,
        areas.stream().mapToDouble(AreaUnderCurve::variance).sum() / n / n);
  }

  /** Lower end of the 95 % interval. */
  public double low() {
    return Math.max(0, value - Z_95 * Math.sqrt(variance));
  }

  /** Upper end of the 95 % interval. */
  public double high() {
    return Math.min(1, value + Z_95 * Math.sqrt(variance));
  }
}
