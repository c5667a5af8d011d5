package org.efferent.filters.loop;

/**
 * Exponential smoothing of every channel, causal: {@code s ← s + (1 - exp(-bin / τ)) (x - s)}, from
 * 0. Used by one thread.
 */
final class FeatureSmoothing {
  private final double share;
  private final double[] state;

  /** At 0; τ = 0 smooths nothing. */
  FeatureSmoothing(int channels, double binSeconds, double tauSeconds) {
    share = share(binSeconds, tauSeconds);
    state = new double[channels];
  }

  /** What a new bin counts. */
  static double share(double binSeconds, double tauSeconds) {
    return tauSeconds > 0 ? 1 - Math.exp(-binSeconds / tauSeconds) : 1;
  }

  /** Takes a bin; the answer is overwritten by the next. Values that are not finite are skipped. */
  double[] apply(double[] row) {
    for (int c = 0; c < state.length; c++) {
      if (Double.isFinite(row[c])) {
        state[c] += share * (row[c] - state[c]);
      }
    }
    return state;
  }

  void reset() {
    java.util.Arrays.fill(state, 0);
  }
}
