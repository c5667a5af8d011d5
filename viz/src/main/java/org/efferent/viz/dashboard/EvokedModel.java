package org.efferent.viz.dashboard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;

/**
 * Averages that grow with every marker: a window around it, less the mean before it, one average a
 * label. Labels beyond {@value #LABELS} are counted; one that becomes more frequent than the rarest
 * that is averaged takes its place and starts anew. What a marker costs does not depend on how many
 * there were.
 *
 * <p>One thread feeds, any thread asks.
 */
public final class EvokedModel {
  /** Labels that are averaged at a time. */
  public static final int LABELS = 6;

  private static final int WAITING = 4_096;
  private static final int COUNTED = 2_000;
  private static final int MOST_SAMPLES = 400;
  private static final int LEAST_KEPT = 4_096;

  /** An average that grows. */
  private static final class Sum {
    private final double[] values;
    private final long[] counts; // a channel without a value takes no part
    private long count;

    Sum(int channels, int samples) {
      values = new double[channels * samples];
      counts = new long[channels];
    }
  }

  private final StreamInfo info;
  private final int channels;
  private final double rate;
  private final int before;
  private final int rows;
  private final int stride;
  private final int samples;
  private final int capacity;
  private final float[] ring;
  private final double[] stamps;
  private final ArrayDeque<Marker> waiting = new ArrayDeque<>();
  private final Map<String, Sum> sums = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final double[] window;
  private long written;
  private long whole; // first row after the last loss
  private long others;
  private long skipped;
  private int selected;

  /**
   * A model that has seen nothing.
   *
   * @param info the stream; without a nominal rate there are no averages
   * @param beforeSeconds how much before the marker is the baseline, at least one sample
   * @param afterSeconds how much after it is averaged, at most 10 seconds
   */
  public EvokedModel(StreamInfo info, double beforeSeconds, double afterSeconds) {
    if (!(beforeSeconds > 0 && beforeSeconds <= 10 && afterSeconds > 0 && afterSeconds <= 10)) {
      throw new IllegalArgumentException(
          "beforeSeconds and afterSeconds must lie in 0 to 10; beforeSeconds="
              + beforeSeconds
              + ", afterSeconds="
              + afterSeconds);
    }
    this.info = info;
    channels = info.channelCount();
    rate = info.sampleRateHz();
    before = (int) Math.max(1, Math.rint(beforeSeconds * rate));
    int all = before + (int) Math.max(1, Math.rint(afterSeconds * rate));
    stride = (all + MOST_SAMPLES - 1) / MOST_SAMPLES;
    samples = all / stride;
    rows = samples * stride;
    // Markers may come a few seconds late.
    capacity = rate > 0 ? rows + (int) Math.max(5 * rate, LEAST_KEPT) : 1;
    ring = new float[Math.multiplyExact(capacity, channels)];
    stamps = new double[capacity];
    window = new double[channels * samples];
  }

  /** Takes rows, and makes the windows that they complete; not modified. */
  public synchronized void feed(Chunk chunk) {
    if (rate <= 0) {
      return;
    }
    if (chunk.lostBefore() > 0) {
      whole = written;
    }
    for (int r = 0; r < chunk.rows(); r++) {
      int slot = (int) (written % capacity);
      for (int c = 0; c < channels; c++) {
        ring[slot * channels + c] = (float) chunk.values()[r * channels + c];
      }
      stamps[slot] = chunk.stamps()[r];
      if (written > whole) {
        double step = stamps[slot] - stamps[(int) ((written - 1) % capacity)];
        whole = step < 0 || step > Math.max(3 / rate, 0.02) ? written : whole;
      }
      written++;
    }
    cut();
  }

  /** Takes a marker, on the clock of the rows' stamps, in any order with the rows. */
  public synchronized void mark(Marker marker) {
    long count = counts.merge(marker.label(), 1L, Long::sum);
    if (counts.size() > COUNTED) {
      counts.remove(marker.label());
    }
    if (!sums.containsKey(marker.label()) && !enters(marker.label(), count)) {
      others++;
      return;
    }
    if (waiting.size() == WAITING || rate <= 0) {
      skipped++;
      return;
    }
    waiting.addLast(marker);
    cut();
  }

  /** Whether a label is averaged from now on. */
  private boolean enters(String label, long count) {
    if (sums.size() == LABELS) {
      String rarest =
          sums.keySet().stream()
              .min((a, b) -> Long.compare(counts.getOrDefault(a, 0L), counts.getOrDefault(b, 0L)))
              .orElseThrow();
      if (counts.getOrDefault(rarest, 0L) >= count) {
        return false;
      }
      sums.remove(rarest);
    }
    sums.put(label, new Sum(channels, samples));
    return true;
  }

  private void cut() {
    while (!waiting.isEmpty() && written > 0) {
      Marker marker = waiting.peekFirst();
      double newest = stamps[(int) ((written - 1) % capacity)];
      if (newest < marker.time()) {
        return;
      }
      long at = nearest(marker.time());
      if (at - before + rows > written) {
        return;
      }
      waiting.removeFirst();
      long from = at - before;
      boolean there =
          from >= Math.max(whole, written - capacity)
              && Math.abs(stamps[(int) (at % capacity)] - marker.time()) <= 1 / rate;
      if (there) {
        add(sums.get(marker.label()), from);
      } else {
        skipped++;
      }
    }
  }

  /** The row whose stamp is nearest among those since the last loss. */
  private long nearest(double time) {
    long low = Math.max(whole, written - capacity);
    long high = written - 1;
    long first = low;
    while (low < high) {
      long middle = (low + high) / 2;
      if (stamps[(int) (middle % capacity)] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    boolean lower =
        low > first
            && time - stamps[(int) ((low - 1) % capacity)] < stamps[(int) (low % capacity)] - time;
    return lower ? low - 1 : low;
  }

  private void add(Sum sum, long from) {
    if (sum == null) {
      return; // its label lost its place meanwhile
    }
    java.util.Arrays.fill(window, 0);
    double[] base = new double[channels];
    for (int r = 0; r < rows; r++) {
      int slot = (int) ((from + r) % capacity) * channels;
      for (int c = 0; c < channels; c++) {
        float v = ring[slot + c];
        window[c * samples + r / stride] += v;
        base[c] += r < before ? v : 0;
      }
    }
    sum.count++;
    for (int c = 0; c < channels; c++) {
      if (finite(c)) {
        sum.counts[c]++;
        for (int i = c * samples; i < (c + 1) * samples; i++) {
          sum.values[i] += window[i] / stride - base[c] / before;
        }
      }
    }
  }

  private boolean finite(int channel) {
    for (int i = channel * samples; i < (channel + 1) * samples; i++) {
      if (!Double.isFinite(window[i])) {
        return false;
      }
    }
    return true;
  }

  /** Draws another channel; what does not exist changes nothing. */
  public synchronized void select(int channel) {
    if (channel >= 0 && channel < channels) {
      selected = channel;
    }
  }

  /** The averages until now. */
  public synchronized EvokedSnapshot snapshot() {
    List<EvokedSnapshot.Average> averages = new ArrayList<>();
    for (Map.Entry<String, Sum> entry : sums.entrySet()) {
      Sum sum = entry.getValue();
      if (sum.count > 0) {
        double[] mean = new double[sum.values.length];
        for (int i = 0; i < mean.length; i++) {
          mean[i] = sum.values[i] / sum.counts[i / samples]; // NaN where there is none
        }
        averages.add(new EvokedSnapshot.Average(entry.getKey(), sum.count, mean));
      }
    }
    double step = rate > 0 ? stride / rate : 0;
    double begin = rate > 0 ? (-before + (stride - 1) / 2.0) / rate : 0;
    return new EvokedSnapshot(
        info.channels().get(0).unit(),
        info.channels().stream().map(ChannelInfo::label).toList(),
        new double[] {begin, step},
        rate > 0 ? samples : 0,
        averages,
        others,
        skipped,
        selected);
  }
}
