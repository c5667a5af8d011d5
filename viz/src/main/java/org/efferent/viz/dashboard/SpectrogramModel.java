package org.efferent.viz.dashboard;

import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.StreamInfo;

/**
 * Power of one channel by time and frequency: segments of one second under a Hann window, ten a
 * second. One thread feeds, any thread asks.
 */
public final class SpectrogramModel {
  private static final double SEGMENT_SECONDS = 1.05;
  private static final double STEP_SECONDS = 0.1;

  private final StreamInfo info;
  private final int capacity;
  private final Periodogram periodogram;
  private final float[] ring;
  // [capacity x bins], a ring of columns
  private final float[] columns;
  private final double[] power;
  private final int step;
  private int channel;
  private int at;
  private int filled;
  private int since;
  private long taken; // columns since the beginning, of whatever channel
  private long begun; // the first of them of this channel

  /**
   * A model that has seen nothing.
   *
   * @param info the stream; without a nominal rate there is no spectrogram
   * @param windowSeconds length of the window, 1 to 600 seconds
   */
  public SpectrogramModel(StreamInfo info, double windowSeconds) {
    if (!(windowSeconds >= 1 && windowSeconds <= 600)) {
      throw new IllegalArgumentException(
          "a window lasts 1 to 600 seconds; windowSeconds=" + windowSeconds);
    }
    this.info = info;
    double rate = info.sampleRateHz();
    periodogram = rate > 0 ? new Periodogram(Periodogram.size(rate * SEGMENT_SECONDS), rate) : null;
    capacity = (int) Math.ceil(windowSeconds / STEP_SECONDS);
    step = (int) Math.max(1, Math.rint(rate * STEP_SECONDS));
    ring = new float[rate > 0 ? periodogram.size() : 1];
    power = new double[rate > 0 ? periodogram.bins() : 0];
    columns = new float[capacity * power.length];
  }

  /** Takes rows; not modified. */
  public synchronized void feed(Chunk chunk) {
    if (periodogram == null) {
      return;
    }
    for (int r = 0; r < chunk.rows(); r++) {
      ring[at] = (float) chunk.values()[r * chunk.channels() + channel];
      at = (at + 1) % ring.length;
      filled = Math.min(ring.length, filled + 1);
      since++;
      if (filled == ring.length && since >= step) {
        since = 0;
        column();
      }
    }
  }

  private void column() {
    boolean known = periodogram.power(ring, at, power);
    int base = (int) (taken++ % capacity) * power.length;
    for (int k = 0; k < power.length; k++) {
      columns[base + k] = known && power[k] > 0 ? (float) (10 * Math.log10(power[k])) : Float.NaN;
    }
  }

  /** Takes another channel and starts anew; what does not exist changes nothing. */
  public synchronized void select(int other) {
    if (other >= 0 && other < info.channelCount() && other != channel) {
      channel = other;
      filled = 0;
      since = 0;
      begun = taken;
    }
  }

  /** The window until now. */
  public SpectrogramSnapshot snapshot() {
    return snapshot(Long.MIN_VALUE);
  }

  /**
   * What is new.
   *
   * @param after number of the last column that the viewer has; columns after it come
   * @return at most the whole window, of this channel alone
   */
  public synchronized SpectrogramSnapshot snapshot(long after) {
    int bins = power.length;
    long first = Math.max(begun, taken - capacity);
    first = after < first ? first : Math.min(taken, after + 1);
    int n = (int) (taken - first);
    float[] copy = new float[n * bins];
    for (int i = 0; i < n; i++) {
      int slot = (int) ((taken - n + i) % capacity);
      System.arraycopy(columns, slot * bins, copy, i * bins, bins);
    }
    ChannelInfo of = info.channels().get(channel);
    return new SpectrogramSnapshot(
        of.label(),
        of.unit(),
        periodogram == null ? 0 : periodogram.binHz(),
        bins,
        info.sampleRateHz() > 0 ? step / info.sampleRateHz() : STEP_SECONDS,
        capacity,
        first,
        copy);
  }
}
