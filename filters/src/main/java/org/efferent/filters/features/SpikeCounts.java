package org.efferent.filters.features;

import java.util.List;

/**
 * Spike counts a bin: the sum of rows that hold counts already (0 and 1 a millisecond, a spike
 * sorter's columns). Values that are lost count nothing; a column of which a bin lost every value
 * is NaN there.
 *
 * @param input the rows of counts
 */
public record SpikeCounts(FeatureInput input) implements FeatureModel {
  /** {@code counts.CHANNEL} each. */
  @Override
  public List<String> names() {
    return input.channels().stream().map(c -> "counts." + c).toList();
  }

  @Override
  public BinFeatures start(double binSeconds) {
    int channels = input.size();
    return (rows, count, into, at) -> {
      for (int c = 0; c < channels; c++) {
        double sum = Double.NaN;
        for (int r = 0; r < count; r++) {
          double value = rows[r * channels + c];
          if (SectionFilter.usable(value)) {
            sum = Double.isNaN(sum) ? value : sum + value;
          }
        }
        into[at + c] = sum;
      }
    };
  }
}
