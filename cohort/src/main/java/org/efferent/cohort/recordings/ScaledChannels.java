package org.efferent.cohort.recordings;

import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;

/** Some channels of a recording, each times a factor, read by range as that is. */
final class ScaledChannels implements Recording {
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
   * @param all the recording, which stays open as long as this is read
   * @param picks indices of its channels, in order
   * @param factors one a channel that is picked
   * @param markers of the view
   */
  ScaledChannels(Recording all, List<Integer> picks, double[] factors, List<Marker> markers) {
    this.all = all;
    this.picks = picks.stream().mapToInt(i -> i).toArray();
    this.factors = factors.clone();
    this.markers = List.copyOf(markers);
    StreamInfo of = all.info();
    info =
        new StreamInfo(
            of.name(),
            of.type(),
            of.sampleRateHz(),
            of.sourceId(),
            picks.stream().map(of.channels()::get).toList());
    block = new double[Math.multiplyExact(BLOCK_ROWS, all.channels())];
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
