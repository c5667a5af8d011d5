package org.efferent.acquisition.simulate;

import java.util.Map;

/** What bad channels make of a signal; comes last. */
final class BadChannels implements EegPart {
  private static final double RAIL_MICROVOLT = 3276.7;
  private static final double OVERDRIVE = 8;
  private static final double OVERDRIVE_KNOT_SECONDS = 0.5;
  private static final double NOISY_MICROVOLT = 150;

  private final int channels;
  private final int[] which;
  private final BadChannel[] how;
  private final long[] keys;
  private final Timeline timeline;

  BadChannels(Map<String, BadChannel> bad, Electrodes electrodes, Timeline timeline, long seed) {
    this.timeline = timeline;
    channels = electrodes.count();
    which = new int[bad.size()];
    how = new BadChannel[bad.size()];
    keys = new long[bad.size()];
    int i = 0;
    for (Map.Entry<String, BadChannel> entry : bad.entrySet()) {
      which[i] = electrodes.indexOf(entry.getKey());
      how[i] = entry.getValue();
      keys[i] = Draws.key(Draws.key(seed, "bad"), entry.getKey());
      i++;
    }
  }

  @Override
  public void add(long from, int count, double[] into, int offset) {
    for (int b = 0; b < which.length; b++) {
      for (int i = 0; i < count; i++) {
        int at = offset + i * channels + which[b];
        into[at] =
            switch (how[b]) {
              case FLAT -> 0;
              case NAN -> Double.NaN;
              case NOISY -> into[at] + NOISY_MICROVOLT * Draws.gaussian(keys[b], from + i);
              case SATURATED -> saturated(keys[b], timeline.time(from + i));
            };
      }
    }
  }

  private static double saturated(long key, double time) {
    double wanted = OVERDRIVE * Wander.at(key, time, OVERDRIVE_KNOT_SECONDS);
    return RAIL_MICROVOLT * Math.max(-1, Math.min(1, wanted));
  }
}
