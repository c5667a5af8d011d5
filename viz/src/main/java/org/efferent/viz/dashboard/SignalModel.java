package org.efferent.viz.dashboard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;

/**
 * Scrolling signals of a stream of any number of channels. A row goes into one column of the
 * window, which keeps the least and the largest value of each signal, so that no extreme is lost
 * and a row costs the same however long the window is. Rows of the last minute (at most 64 MB) are
 * kept, so that another window or montage shows what was.
 *
 * <p>One thread feeds, any thread asks: both hold the model for microseconds.
 */
public final class SignalModel {
  /** Columns of a window: enough for a display of 4K with a line of two pixels. */
  public static final int COLUMNS = 1_600;

  private static final int MARKERS = 512;
  private static final double HISTORY_SECONDS = 60;
  private static final int HISTORY_VALUES = 16_000_000;

  private final StreamInfo info;
  private final int inputs;
  private final float[] history;
  private final double[] stamps;
  private final boolean[] lost;
  private final int capacity;
  private final ArrayDeque<Marker> markers = new ArrayDeque<>();
  private long rows;
  private double windowSeconds;
  private SignalMontage montage;
  private SignalScale scale = SignalScale.EACH;
  private int[] shown;
  private SignalColumns columns;
  private SignalSizes sizes;
  private float[] row;

  /**
   * A model that has seen nothing.
   *
   * @param info the stream
   * @param windowSeconds length of the window, 0.1 to 600 seconds
   */
  public SignalModel(StreamInfo info, double windowSeconds) {
    this.info = info;
    this.inputs = info.channelCount();
    double rate = info.sampleRateHz() > 0 ? info.sampleRateHz() : 1_000;
    capacity =
        (int) Math.max(64, Math.min(rate * HISTORY_SECONDS, (double) HISTORY_VALUES / inputs));
    history = new float[capacity * inputs];
    stamps = new double[capacity];
    lost = new boolean[capacity];
    this.windowSeconds = checked(windowSeconds);
    this.montage = SignalMontage.asRecorded(info);
    this.shown = IntStream.range(0, Math.min(64, inputs)).toArray();
    rebuild();
  }

  private static double checked(double seconds) {
    if (!(seconds >= 0.1 && seconds <= 600)) {
      throw new IllegalArgumentException(
          "a window lasts 0.1 to 600 seconds; windowSeconds=" + seconds);
    }
    return seconds;
  }

  /**
   * Takes rows that follow those before.
   *
   * @param chunk of the stream's channels; not modified
   */
  public synchronized void feed(Chunk chunk) {
    for (int r = 0; r < chunk.rows(); r++) {
      int slot = (int) (rows % capacity);
      for (int c = 0; c < inputs; c++) {
        history[slot * inputs + c] = (float) chunk.values()[r * inputs + c];
      }
      stamps[slot] = chunk.stamps()[r];
      lost[slot] = r == 0 && chunk.lostBefore() > 0;
      rows++;
      place(slot);
    }
  }

  private void place(int slot) {
    montage.derive(history, slot * inputs, inputs, row);
    columns.add(stamps[slot], lost[slot], row);
  }

  /** Takes a marker, on the clock of the rows' stamps; the last {@value #MARKERS} are kept. */
  public synchronized void mark(Marker marker) {
    if (markers.size() == MARKERS) {
      markers.removeFirst();
    }
    markers.addLast(marker);
  }

  /** Shows another length of time, 0.1 to 600 seconds. */
  public synchronized void window(double seconds) {
    windowSeconds = checked(seconds);
    rebuild();
  }

  /** Length of the window, seconds. */
  public synchronized double window() {
    return windowSeconds;
  }

  /** Shows other differences; all of its signals, at most 64, come into sight. */
  public synchronized void montage(SignalMontage other) {
    montage = other;
    shown = IntStream.range(0, Math.min(64, other.channels().size())).toArray();
    rebuild();
  }

  /** Takes another scale. */
  public synchronized void scale(SignalScale other) {
    scale = other;
    sizes = new SignalSizes(montage.channels().size());
  }

  /** How signals are scaled. */
  public synchronized SignalScale scale() {
    return scale;
  }

  /**
   * Brings signals into sight.
   *
   * @param signals which of the montage's, from above; those that do not exist are left out
   */
  public synchronized void show(int... signals) {
    int total = montage.channels().size();
    shown = Arrays.stream(signals).filter(i -> i >= 0 && i < total).distinct().toArray();
  }

  /**
   * Brings a page of signals into sight.
   *
   * @param first of the montage's; moved into what there is
   * @param count of the page, at least 1
   */
  public synchronized void page(int first, int count) {
    int total = montage.channels().size();
    int most = Math.min(Math.max(1, count), total);
    int from = Math.max(0, Math.min(first, total - most));
    shown = IntStream.range(from, from + most).toArray();
  }

  private void rebuild() {
    int signals = montage.channels().size();
    row = new float[signals];
    columns = new SignalColumns(signals, COLUMNS, windowSeconds, info.sampleRateHz());
    sizes = new SignalSizes(signals);
    for (long r = Math.max(0, rows - capacity); r < rows; r++) {
      place((int) (r % capacity));
    }
  }

  /** The whole window. */
  public SignalSnapshot snapshot() {
    return snapshot(Long.MIN_VALUE);
  }

  /**
   * What is new.
   *
   * @param after number of the last column that the viewer has whole; columns after it come
   * @return at most the whole window; no column before the first row
   */
  public synchronized SignalSnapshot snapshot(long after) {
    long newest = columns.newest();
    long begin = Math.max(0, newest + 1 - columns.columns());
    long first = Math.min(newest + 1, after == Long.MIN_VALUE ? begin : Math.max(after + 1, begin));
    int n = (int) (newest + 1 - first);
    byte[] flags = new byte[n];
    columns.copyFlags(flags, first);
    float[] low = new float[shown.length * n];
    float[] high = new float[shown.length * n];
    for (int i = 0; i < shown.length; i++) {
      columns.copy(shown[i], low, high, i * n, first);
    }
    sizes.update(columns, shown);
    List<SignalSnapshot.Signal> signals = new ArrayList<>();
    double common = sizes.common(shown);
    for (int s : shown) {
      ChannelInfo channel = montage.channels().get(s);
      double half =
          switch (scale.kind()) {
            case EACH -> sizes.half(s);
            case COMMON -> common;
            case FIXED -> scale.halfRange();
          };
      signals.add(
          new SignalSnapshot.Signal(s, channel.label(), channel.unit(), sizes.centre(s), half));
    }
    return new SignalSnapshot(
        info.name(),
        montage.name(),
        windowSeconds,
        montage.channels().size(),
        signals,
        marks(first, n),
        first,
        flags,
        low,
        high,
        columns.last(),
        rows,
        columns.gaps());
  }

  private List<SignalSnapshot.Mark> marks(long first, int n) {
    List<SignalSnapshot.Mark> marks = new ArrayList<>();
    if (columns.newest() >= 0) {
      for (Marker marker : markers) {
        double column = columns.columnOf(marker.time()) - first;
        if (column >= 0 && column <= n) {
          marks.add(new SignalSnapshot.Mark(column, marker.label()));
        }
      }
    }
    return marks;
  }
}
