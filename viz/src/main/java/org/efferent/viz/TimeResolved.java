package org.efferent.viz;

import java.util.Arrays;
import java.util.List;

/**
 * How well a decoder reads at each time around an event: accuracy over time, with an interval and
 * the level of chance.
 *
 * <pre>{@code
 * Curves.Curve reader = new Curves.Curve("encoder", seconds, accuracy, low, high);
 * Figure figure = TimeResolved.of(List.of(reader), "top-1 accuracy", 0.02, FigureSize.COLUMN);
 * figure.writePdf(Path.of("accuracy.pdf"));
 * }</pre>
 */
public final class TimeResolved {
  private TimeResolved() {}

  /**
   * One to six decoders over time; the stimulus comes at 0 s.
   *
   * @param decoders x in seconds from the stimulus, y in the unit of {@code measure}, low and high
   *     the edges of the 95 % interval, where there is one
   * @param measure what goes up and its unit, "accuracy (%)"
   * @param chance what guessing reaches, in the unit of {@code measure}
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(
      List<Curves.Curve> decoders, String measure, double chance, FigureSize size) {
    if (!Double.isFinite(chance)) {
      throw new IllegalArgumentException("chance must be finite; chance=" + chance);
    }
    Curves.Options options =
        new Curves.Options(
            "time from the stimulus (s)",
            measure,
            false,
            new BarComparison.Reference(chance, "chance"),
            "95 % interval");
    return Curves.of(decoders, options, size);
  }

  /**
   * One decoder whose accuracy was found in several folds or subjects: their mean, with the 95 %
   * interval that the normal distribution gives, 1.96 standard errors to either side.
   *
   * @param seconds {@code [times]}, ascending, from the stimulus
   * @param folds {@code [folds][times]}, at least two folds, finite
   * @param measure what goes up and its unit
   * @param chance what guessing reaches
   * @param size of the figure
   * @return the figure
   */
  public static Figure ofFolds(
      double[] seconds, double[][] folds, String measure, double chance, FigureSize size) {
    if (folds.length < 2 || Arrays.stream(folds).anyMatch(f -> f.length != seconds.length)) {
      throw new IllegalArgumentException(
          "at least two folds, each with a value a time; folds=%d, times=%d"
              .formatted(folds.length, seconds.length));
    }
    int n = folds.length;
    double[] mean = new double[seconds.length];
    double[] low = new double[seconds.length];
    double[] high = new double[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      double sum = 0;
      double squares = 0;
      for (double[] fold : folds) {
        sum += fold[i];
      }
      mean[i] = sum / n;
      for (double[] fold : folds) {
        squares += (fold[i] - mean[i]) * (fold[i] - mean[i]);
      }
      double half = 1.96 * Math.sqrt(squares / (n - 1) / n);
      low[i] = mean[i] - half;
      high[i] = mean[i] + half;
    }
    Curves.Curve curve = new Curves.Curve("mean of " + n + " folds", seconds, mean, low, high);
    return of(List.of(curve), measure, chance, size);
  }
}
