package org.efferent.viz.dashboard;

import java.util.Arrays;

/**
 * Where signals lie and how far they reach: the median of the columns' middles, and a round number
 * that 98 % of the columns stay within. Looked at again a few times a window; grows at once and
 * shrinks only below two fifths, so that a row does not breathe. Used by one thread.
 */
final class SignalSizes {
  private static final int LOOKS = 40;
  private static final int SAMPLES = 200;
  private static final double SHRINK = 0.5;

  private final double[] centre;
  private final double[] half;
  private final long[] lookedAt;
  private final float[] low = new float[SignalModel.COLUMNS];
  private final float[] high = new float[SignalModel.COLUMNS];
  private final float[] middles = new float[SAMPLES];
  private final float[] reaches = new float[SAMPLES];

  SignalSizes(int signals) {
    centre = new double[signals];
    half = new double[signals];
    lookedAt = new long[signals];
    Arrays.fill(half, 0);
    Arrays.fill(lookedAt, Long.MIN_VALUE);
  }

  double centre(int signal) {
    return centre[signal];
  }

  /** Units from the centre to the edge; 1 where nothing is known. */
  double half(int signal) {
    return half[signal] > 0 ? half[signal] : 1;
  }

  /** The median of some signals' ranges, those that move. */
  double common(int[] signals) {
    double[] known = Arrays.stream(signals).mapToDouble(s -> half[s]).filter(h -> h > 0).toArray();
    Arrays.sort(known);
    return known.length == 0 ? 1 : known[known.length / 2];
  }

  void update(SignalColumns columns, int[] signals) {
    long newest = columns.newest();
    long every = Math.max(1, columns.columns() / LOOKS);
    for (int s : signals) {
      // Often in the beginning, where a window fills.
      long wait = Math.min(every, Math.max(1, newest / 8));
      boolean never = lookedAt[s] == Long.MIN_VALUE;
      if (never || (newest >= 0 && newest - lookedAt[s] >= wait)) {
        lookedAt[s] = newest < 0 ? Long.MIN_VALUE : newest;
        look(columns, s);
      }
    }
  }

  private void look(SignalColumns columns, int s) {
    long first = Math.max(0, columns.newest() + 1 - columns.columns());
    int n = (int) (columns.newest() + 1 - first);
    if (n <= 0) {
      return;
    }
    columns.copy(s, low, high, 0, first);
    int known = 0;
    int stride = (n + SAMPLES - 1) / SAMPLES;
    for (int i = 0; i < n; i += stride) {
      float least = Float.NaN;
      float most = Float.NaN;
      for (int j = i; j < Math.min(n, i + stride); j++) {
        if (low[j] <= high[j]) { // known
          least = least <= low[j] ? least : low[j];
          most = most >= high[j] ? most : high[j];
        }
      }
      if (least <= most) {
        low[known] = least;
        high[known] = most;
        middles[known++] = (least + most) / 2;
      }
    }
    if (known == 0) {
      return;
    }
    Arrays.sort(middles, 0, known);
    centre[s] = middles[known / 2];
    for (int i = 0; i < known; i++) {
      reaches[i] = (float) Math.max(high[i] - centre[s], centre[s] - low[i]);
    }
    Arrays.sort(reaches, 0, known);
    double reach = reaches[(int) Math.min(known - 1, Math.ceil(0.98 * known))];
    if (reach > half[s] || reach < SHRINK * half[s]) {
      half[s] = reach > 0 ? SignalScale.round(reach) : 0;
    }
  }
}
