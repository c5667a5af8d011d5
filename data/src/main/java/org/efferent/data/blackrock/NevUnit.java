package org.efferent.data.blackrock;

import java.util.Comparator;

/**
 * A unit of an electrode.
 *
 * @param electrode number of the electrode
 * @param unit 1 and more for sorted ones, {@link #UNSORTED}, or {@link #NOISE}
 */
public record NevUnit(int electrode, int unit) implements Comparable<NevUnit> {
  /** Spikes that were not assigned to a unit. */
  public static final int UNSORTED = 0;

  /** Spikes that were called noise. */
  public static final int NOISE = 255;

  private static final Comparator<NevUnit> ORDER =
      Comparator.comparingInt(NevUnit::electrode).thenComparingInt(NevUnit::unit);

  @Override
  public int compareTo(NevUnit other) {
    return ORDER.compare(this, other);
  }

  /** The unit in words: {@code unit 1}, {@code unsorted}, {@code noise}. */
  public String describe() {
    return unit == UNSORTED ? "unsorted" : unit == NOISE ? "noise" : "unit " + unit;
  }
}
