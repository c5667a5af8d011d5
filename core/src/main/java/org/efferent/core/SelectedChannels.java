package org.efferent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Some channels of a recording, in any order, each times a factor; read by range as that is. */
public final class SelectedChannels implements Recording {
  private static final int BLOCK_ROWS = 1024;

  private final Recording all;
  private final int[] picks;
  private final double[] factors;
  private final StreamInfo info;
  private final List<Marker> markers;
  private final double[] block;

  /**
   * A view.
   *
   * @param all the recording, not owned: it stays open as long as this is read
   * @param picks indices of its channels, in order
   * @param factors one a channel that is picked
   * @param markers of the view
   */
  public SelectedChannels(
      Recording all, List<Integer> picks, double[] factors, List<Marker> markers) {
    this(all, picks, factors, markers, selected(all.info(), picks));
  }

  private SelectedChannels(
      Recording all, List<Integer> picks, double[] factors, List<Marker> markers, StreamInfo info) {
    if (factors.length != picks.size()) {
      throw new IllegalArgumentException(
          "every channel that is picked has a factor; picks=%d, factors=%d"
              .formatted(picks.size(), factors.length));
    }
    this.all = all;
    this.picks = picks.stream().mapToInt(i -> i).toArray();
    this.factors = factors.clone();
    this.markers = List.copyOf(markers);
    this.info = info;
    block = new double[Math.multiplyExact(BLOCK_ROWS, all.channels())];
  }

  /**
   * Channels by their labels, in any case, with all markers.
   *
   * @param all the recording, not owned
   * @param info what the view is, of channels that the recording has
   * @return the view
   */
  public static SelectedChannels of(Recording all, StreamInfo info) {
    List<String> labels =
        all.info().channels().stream().map(c -> c.label().toLowerCase(Locale.ROOT)).toList();
    List<Integer> picks = new ArrayList<>();
    for (ChannelInfo channel : info.channels()) {
      int pick = labels.indexOf(channel.label().toLowerCase(Locale.ROOT));
      if (pick < 0) {
        throw new IllegalArgumentException(
            "%s has no channel '%s'".formatted(all.info().name(), channel.label()));
      }
      picks.add(pick);
    }
    double[] ones = IntStream.range(0, picks.size()).mapToDouble(i -> 1).toArray();
    return new SelectedChannels(all, picks, ones, all.markers(), info);
  }

  private static StreamInfo selected(StreamInfo of, List<Integer> picks) {
    for (int pick : picks) {
      if (pick < 0 || pick >= of.channelCount()) {
        throw new IllegalArgumentException(
            "%s has no channel of this index; pick=%d, channels=%d"
                .formatted(of.name(), pick, of.channelCount()));
      }
    }
    return new StreamInfo(
        of.name(),
        of.type(),
        of.sampleRateHz(),
        of.sourceId(),
        picks.stream().map(of.channels()::get).toList());
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return all.rows();
  }

  @Override
  public void read(long from, int rows, double[] into, int offset) {
    int wide = all.channels();
    int to = offset;
    for (int done = 0; done < rows; done += BLOCK_ROWS) {
      int some = Math.min(BLOCK_ROWS, rows - done);
      all.read(from + done, some, block, 0);
      for (int r = 0; r < some; r++) {
        for (int c = 0; c < picks.length; c++) {
          into[to++] = factors[c] * block[r * wide + picks[c]];
        }
      }
    }
  }

  @Override
  public void readStamps(long from, int rows, double[] into, int offset) {
    all.readStamps(from, rows, into, offset);
  }

  @Override
  public List<Marker> markers() {
    return markers;
  }
}
