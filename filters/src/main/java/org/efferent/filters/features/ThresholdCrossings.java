package org.efferent.filters.features;

import java.util.Arrays;
import java.util.List;
import org.efferent.core.UsageException;

/**
 * Threshold crossings a bin and channel: how often the spike band goes from inside a threshold to
 * beyond it. The threshold is a multiple of the channel's RMS in the block of reference; with a
 * negative multiple (the usual, -3.5) a crossing goes downwards, with a positive one upwards. For
 * the refractory time after a crossing none is counted. A dead channel counts 0; a channel of which
 * a bin lost every row is NaN there.
 *
 * @param band learned from a block of reference
 * @param multiple threshold in RMS, not 0
 * @param refractorySeconds how long none is counted after one
 */
public record ThresholdCrossings(SpikeBand band, double multiple, double refractorySeconds)
    implements FeatureModel {
  /** Checks the values. */
  public ThresholdCrossings {
    if (!(Math.abs(multiple) > 0) || Double.isInfinite(multiple)) {
      throw new UsageException(
          "a threshold must be a finite multiple of the RMS, not 0; multiple=" + multiple);
    }
    if (!(refractorySeconds >= 0) || !(refractorySeconds <= 1)) {
      throw new UsageException(
          "a refractory time must be 0 to 1 s; refractorySeconds=" + refractorySeconds);
    }
  }

  /**
   * Crossings of -3.5 RMS, refractory for a millisecond.
   *
   * @param band learned from a block of reference
   */
  public ThresholdCrossings(SpikeBand band) {
    this(band, -3.5, 0.001);
  }

  @Override
  public FeatureInput input() {
    return band.input();
  }

  /** {@code crossings.CHANNEL} each. */
  @Override
  public List<String> names() {
    return band.input().channels().stream().map(c -> "crossings." + c).toList();
  }

  @Override
  public BinFeatures start(double binSeconds) {
    return new State();
  }

  private final class State implements BinFeatures {
    private final SpikeBand.State state = band.start();
    private final int channels = band.input().size();
    private final double[] threshold = new double[channels];
    private final double sign = Math.signum(multiple);
    private final int refractoryRows =
        (int) Math.round(refractorySeconds * band.input().sampleRateHz());
    private final double[] row = new double[channels];
    private final boolean[] beyond = new boolean[channels];
    private final int[] wait = new int[channels];
    private final int[] seen = new int[channels];

    State() {
      double[] rms = band.rms();
      for (int c = 0; c < channels; c++) {
        threshold[c] = rms[c] > 0 ? Math.abs(multiple) * rms[c] : Double.POSITIVE_INFINITY;
      }
    }

    @Override
    public void bin(double[] rows, int count, double[] into, int at) {
      Arrays.fill(into, at, at + channels, 0);
      Arrays.fill(seen, 0);
      for (int r = 0; r < count; r++) {
        state.row(rows, r * channels, row);
        for (int c = 0; c < channels; c++) {
          wait[c] = Math.max(0, wait[c] - 1);
          if (!SectionFilter.usable(rows[r * channels + c])) {
            continue;
          }
          seen[c]++;
          boolean now = sign * row[c] >= threshold[c];
          if (now && !beyond[c] && wait[c] == 0) {
            into[at + c]++;
            wait[c] = refractoryRows;
          }
          beyond[c] = now;
        }
      }
      for (int c = 0; c < channels; c++) {
        if (seen[c] == 0) {
          into[at + c] = Double.NaN;
        }
      }
    }

    @Override
    public void reset() {
      state.reset();
      Arrays.fill(beyond, false);
      Arrays.fill(wait, 0);
    }
  }
}
