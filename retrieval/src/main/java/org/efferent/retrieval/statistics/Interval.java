package org.efferent.retrieval.statistics;

/**
 * A figure and the interval that a resampling gives it.
 *
 * @param value the figure itself
 * @param low lower end
 * @param high upper end
 * @param level share of resamplings inside, such as 0.95
 * @param over what was resampled, such as {@code subjects × stimuli}
 */
public record Interval(double value, double low, double high, double level, String over) {
  /**
   * Whether a value lies inside, ends included.
   *
   * @param other any value
   * @return whether it does
   */
  public boolean contains(double other) {
    return low <= other && other <= high;
  }
}
