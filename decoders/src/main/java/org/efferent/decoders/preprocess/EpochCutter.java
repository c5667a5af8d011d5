package org.efferent.decoders.preprocess;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;

/**
 * Cuts epochs from rows as they come, the same as {@link Epochs#cut}: what is cut need not lie in
 * memory at once. Used by one thread.
 */
public final class EpochCutter {
  private final int channels;
  private final double rate;
  private final int first;
  private final int samples;
  private final List<Integer> kept;
  private final List<Long> starts = new ArrayList<>();
  private final double[] values;
  private long at;

  /**
   * A cutter at the first row.
   *
   * @param info of the rows, with a regular rate; every channel is cut
   * @param rows how many will come
   * @param eventRows the row of each event, 0-based, in any order
   * @param tminSeconds first sample
   * @param tmaxSeconds last sample
   * @throws InputException if the rate is irregular
   * @throws UnsupportedInputException if they are more values than one array holds
   */
  public EpochCutter(
      StreamInfo info, long rows, long[] eventRows, double tminSeconds, double tmaxSeconds) {
    Span span = Span.of(info, tminSeconds, tmaxSeconds);
    rate = info.sampleRateHz();
    first = span.first();
    samples = span.samples();
    channels = info.channelCount();
    kept = span.within(eventRows, rows);
    kept.forEach(e -> starts.add(eventRows[e] + first));
    values = new double[span.size(kept.size(), channels)];
  }

  /**
   * Takes rows.
   *
   * @param block {@code [rows × channels]}, row-major, those that follow
   * @param rows how many of the block count
   */
  public void add(double[] block, int rows) {
    int size = channels * samples;
    for (int e = 0; e < kept.size(); e++) {
      int from = (int) Math.max(0, Math.min(samples, at - starts.get(e)));
      int to = (int) Math.max(0, Math.min(samples, at + rows - starts.get(e)));
      int row = (int) (starts.get(e) + from - at);
      for (int c = 0; c < channels && from < to; c++) {
        int into = e * size + c * samples;
        for (int t = from; t < to; t++) {
          values[into + t] = block[(row + t - from) * channels + c];
        }
      }
    }
    at += rows;
  }

  /** Which events have an epoch, by their index; the others would reach beyond the rows. */
  public List<Integer> events() {
    return kept;
  }

  /** The row of each epoch's first sample, in the order of {@link #events()}. */
  public List<Long> starts() {
    return List.copyOf(starts);
  }

  /** Samples an epoch. */
  public int samples() {
    return samples;
  }

  /** The epochs; not copied, so asked for when all rows have come. */
  public Epochs epochs() {
    return new Epochs(values, channels, samples, rate, first / rate, kept);
  }

  /**
   * Which samples around an event an epoch has.
   *
   * @param first its first row, counted from the event's
   * @param samples how many, at least 1
   */
  record Span(int first, int samples) {
    static Span of(StreamInfo info, double tminSeconds, double tmaxSeconds) {
      double rate = info.sampleRateHz();
      if (!(rate > 0)) {
        throw new InputException(
            "epochs need a regular rate; stream '%s' has rate=%s".formatted(info.name(), rate));
      }
      // rint, as Python's round: halves go to the even number.
      int first = (int) Math.rint(tminSeconds * rate);
      int samples = (int) Math.rint(tmaxSeconds * rate) - first + 1;
      if (samples < 1) {
        throw new IllegalArgumentException(
            "tminSeconds must not lie after tmaxSeconds; tminSeconds=%s, tmaxSeconds=%s"
                .formatted(tminSeconds, tmaxSeconds));
      }
      return new Span(first, samples);
    }

    /** Events whose epoch lies within the rows, by their index. */
    List<Integer> within(long[] eventRows, long rows) {
      List<Integer> kept = new ArrayList<>();
      for (int e = 0; e < eventRows.length; e++) {
        if (eventRows[e] + first >= 0 && eventRows[e] + first + samples <= rows) {
          kept.add(e);
        }
      }
      return List.copyOf(kept);
    }

    /** Values of all epochs together. */
    int size(int epochs, int channels) {
      long size = (long) epochs * channels * samples;
      if (size > Integer.MAX_VALUE - 8) {
        throw new UnsupportedInputException(
            "epochs of one cut must hold fewer than 2³¹ values; epochs=%d, channels=%d, samples=%d: cut fewer events at a time"
                .formatted(epochs, channels, samples));
      }
      return (int) size;
    }
  }
}
