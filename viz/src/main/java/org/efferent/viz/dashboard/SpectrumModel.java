package org.efferent.viz.dashboard;

import java.util.Arrays;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.StreamInfo;

/**
 * Power spectra of every channel by Welch's method: segments of two seconds under a Hann window,
 * half overlapping, the mean of the last ones. A segment with a loss or a value that is not finite
 * does not count.
 *
 * <p>One thread feeds, any thread asks.
 */
public final class SpectrumModel {
  private static final double SEGMENT_SECONDS = 2.1;

  private final StreamInfo info;
  private final int channels;
  private final int segments;
  private final Periodogram periodogram;
  // [channels x size], each a ring
  private final float[][] rings;
  // [segments x channels x bins], a ring of segments; NaN where none is known
  private final float[][] powers;
  private int at;
  private int filled;
  private int since;
  private int taken;
  private int selected;

  /**
   * A model that has seen nothing.
   *
   * @param info the stream; without a nominal rate there are no spectra
   * @param segments how many are averaged, at least 1
   */
  public SpectrumModel(StreamInfo info, int segments) {
    if (segments < 1) {
      throw new IllegalArgumentException("segments must be at least 1; segments=" + segments);
    }
    this.info = info;
    this.segments = segments;
    channels = info.channelCount();
    double rate = info.sampleRateHz();
    periodogram = rate > 0 ? new Periodogram(Periodogram.size(rate * SEGMENT_SECONDS), rate) : null;
    int size = rate > 0 ? periodogram.size() : 0;
    rings = new float[channels][size];
    powers = new float[segments][];
  }

  /** Takes rows; not modified. */
  public synchronized void feed(Chunk chunk) {
    if (periodogram == null) {
      return;
    }
    int size = periodogram.size();
    if (chunk.lostBefore() > 0) {
      filled = 0;
      since = 0;
    }
    for (int r = 0; r < chunk.rows(); r++) {
      for (int c = 0; c < channels; c++) {
        rings[c][at] = (float) chunk.values()[r * channels + c];
      }
      at = (at + 1) % size;
      filled = Math.min(size, filled + 1);
      since++;
      if (filled == size && since >= size / 2) {
        since = 0;
        segment();
      }
    }
  }

  private void segment() {
    int bins = periodogram.bins();
    float[] into = new float[channels * bins];
    double[] power = new double[bins];
    for (int c = 0; c < channels; c++) {
      boolean known = periodogram.power(rings[c], at, power);
      for (int k = 0; k < bins; k++) {
        into[c * bins + k] = known ? (float) power[k] : Float.NaN;
      }
    }
    powers[taken++ % segments] = into;
  }

  /** Makes a channel stand out; what does not exist changes nothing. */
  public synchronized void select(int channel) {
    if (channel >= 0 && channel < channels) {
      selected = channel;
    }
  }

  /** The mean of the last segments; it is made beside the model, which goes on meanwhile. */
  public SpectrumSnapshot snapshot() {
    float[][] last;
    int used;
    int marked;
    synchronized (this) {
      last = powers.clone(); // what is within is not changed any more
      used = Math.min(taken, segments);
      marked = selected;
    }
    int bins = periodogram == null ? 0 : periodogram.bins();
    float[] decibels = new float[channels * bins];
    Arrays.fill(decibels, Float.NaN);
    for (int i = 0; i < decibels.length && used > 0; i++) {
      double sum = 0;
      int n = 0;
      for (int s = 0; s < used; s++) {
        if (!Float.isNaN(last[s][i])) {
          sum += last[s][i];
          n++;
        }
      }
      decibels[i] = n == 0 || sum <= 0 ? Float.NaN : (float) (10 * Math.log10(sum / n));
    }
    return new SpectrumSnapshot(
        info.name(),
        info.channels().get(0).unit(),
        info.channels().stream().map(ChannelInfo::label).toList(),
        periodogram == null ? 0 : periodogram.binHz(),
        bins,
        decibels,
        used,
        marked);
  }
}
