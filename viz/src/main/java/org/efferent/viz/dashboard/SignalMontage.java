package org.efferent.viz.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;

/** What a shown signal is the difference of: nothing, the channels' mean, another channel. */
public final class SignalMontage {
  private static final int[] NONE = {};

  private final String name;
  private final List<ChannelInfo> channels;
  private final boolean average;
  // Pairs of columns, plus and minus; empty for one signal a channel.
  private final int[] pairs;

  private SignalMontage(String name, List<ChannelInfo> channels, boolean average, int[] pairs) {
    this.name = name;
    this.channels = List.copyOf(channels);
    this.average = average;
    this.pairs = pairs;
  }

  /**
   * As recorded.
   *
   * @param info the stream
   * @return one signal a channel
   */
  public static SignalMontage asRecorded(StreamInfo info) {
    return new SignalMontage("as recorded", info.channels(), false, NONE);
  }

  /**
   * Each channel less the mean of all that are finite at the moment.
   *
   * @param info the stream
   * @return one signal a channel
   */
  public static SignalMontage commonAverage(StreamInfo info) {
    return new SignalMontage("common average", info.channels(), true, NONE);
  }

  /**
   * Differences of two channels.
   *
   * @param info the stream
   * @param list "F3-C3", "C3-P3", …, labels in any case
   * @return one signal a pair
   * @throws UsageException if a pair names a channel that the stream does not have
   */
  public static SignalMontage bipolar(StreamInfo info, List<String> list) {
    List<String> labels =
        info.channels().stream().map(c -> c.label().toLowerCase(Locale.ROOT)).toList();
    int[] pairs = new int[2 * list.size()];
    List<ChannelInfo> channels = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String pair = list.get(i).strip();
      int at = split(labels, pair.toLowerCase(Locale.ROOT));
      if (at < 0) {
        throw new UsageException(
            "a bipolar pair names two channels of the stream, such as %s-%s; pair=%s"
                .formatted(
                    info.channels().get(0).label(),
                    info.channels().get(info.channelCount() - 1).label(),
                    pair));
      }
      pairs[2 * i] = labels.indexOf(pair.substring(0, at).toLowerCase(Locale.ROOT));
      pairs[2 * i + 1] = labels.indexOf(pair.substring(at + 1).toLowerCase(Locale.ROOT));
      ChannelInfo first = info.channels().get(pairs[2 * i]);
      channels.add(new ChannelInfo(pair, first.kind(), first.unit()));
    }
    if (channels.isEmpty()) {
      throw new UsageException("a bipolar montage has at least one pair; pairs=0");
    }
    return new SignalMontage("bipolar", channels, false, pairs);
  }

  /** Where the hyphen between two known labels is, since labels may hold hyphens; -1 if nowhere. */
  private static int split(List<String> labels, String pair) {
    for (int at = pair.indexOf('-'); at >= 0; at = pair.indexOf('-', at + 1)) {
      if (labels.contains(pair.substring(0, at)) && labels.contains(pair.substring(at + 1))) {
        return at;
      }
    }
    return -1;
  }

  /** What it is called: "common average". */
  public String name() {
    return name;
  }

  /** The signals in order. */
  public List<ChannelInfo> channels() {
    return channels;
  }

  /**
   * Works out one row.
   *
   * @param row {@code [inputs]} from {@code at} on, in the unit of the channels
   * @param at where the row starts
   * @param inputs channels of the stream
   * @param out {@code [signals]}; modified; NaN where an input is not finite
   */
  void derive(float[] row, int at, int inputs, float[] out) {
    if (pairs.length > 0) {
      for (int i = 0; i < out.length; i++) {
        out[i] = row[at + pairs[2 * i]] - row[at + pairs[2 * i + 1]];
      }
      return;
    }
    float mean = average ? mean(row, at, inputs) : 0;
    for (int c = 0; c < inputs; c++) {
      out[c] = row[at + c] - mean;
    }
  }

  private static float mean(float[] row, int at, int inputs) {
    double sum = 0;
    int n = 0;
    for (int c = 0; c < inputs; c++) {
      float v = row[at + c];
      if (Float.isFinite(v)) {
        sum += v;
        n++;
      }
    }
    return n == 0 ? 0 : (float) (sum / n);
  }
}
