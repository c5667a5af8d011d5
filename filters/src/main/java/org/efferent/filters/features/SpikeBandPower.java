package org.efferent.filters.features;

import java.util.Arrays;
import java.util.List;

/**
 * Spike-band power a bin and channel: the mean square of the spike band, in the channel's unit
 * squared, over the rows that came; or its natural logarithm (with a floor of 1e-30). NaN where
 * none came.
 *
 * @param band learned from a block of reference
 * @param log whether the logarithm is taken
 */
public record SpikeBandPower(SpikeBand band, boolean log) implements FeatureModel {
  static final double FLOOR = 1e-30;

  @Override
  public FeatureInput input() {
    return band.input();
  }

  /** {@code power.CHANNEL} each. */
  @Override
  public List<String> names() {
    return band.input().channels().stream().map(c -> "power." + c).toList();
  }

  @Override
  public BinFeatures start(double binSeconds) {
    SpikeBand.State state = band.start();
    int channels = band.input().size();
    double[] row = new double[channels];
    int[] seen = new int[channels];
    return new BinFeatures() {
      @Override
      public void bin(double[] rows, int count, double[] into, int at) {
        Arrays.fill(into, at, at + channels, 0);
        Arrays.fill(seen, 0);
        for (int r = 0; r < count; r++) {
          state.row(rows, r * channels, row);
          for (int c = 0; c < channels; c++) {
            if (SectionFilter.usable(rows[r * channels + c])) {
              into[at + c] += row[c] * row[c];
              seen[c]++;
            }
          }
        }
        for (int c = 0; c < channels; c++) {
          double mean = into[at + c] / seen[c];
          into[at + c] = log && seen[c] > 0 ? Math.log(Math.max(mean, FLOOR)) : mean;
        }
      }

      @Override
      public void reset() {
        state.reset();
      }
    };
  }
}
