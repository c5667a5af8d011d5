package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;

/**
 * Puts the rows of a stream into bins that do not overlap, and computes their features.
 *
 * <p>Bins follow the index of the rows, not their arrival: bin k holds the rows from {@code
 * round(k·n)} to {@code round((k+1)·n)}, n being the rate times the length of a bin. Rows that the
 * stamps say are missing ({@link BinOptions#lateSeconds()}), or {@link Chunk#lostBefore()} says,
 * keep their place as rows of NaN and are counted by their bin. A longer loss than {@link
 * BinOptions#fillSeconds()} drops the begun bin and starts anew. Used by one thread.
 */
public final class FeatureStream {
  private static final int CHUNK_ROWS = 256;

  private final int width;
  private final BinFeatures features;
  private final StampLine line;
  private final int channels;
  private final double rowsPerBin;
  private final long mostFilled;
  private final double[] rows;
  private final double[] nothing;
  private long start;
  private long bin;
  private long origin;
  private int filled;
  private int lost;
  private final AtomicLong lostRows = new AtomicLong();
  private final AtomicLong incompleteBins = new AtomicLong();
  private final AtomicLong skippedBins = new AtomicLong();

  /**
   * A stream at its start.
   *
   * @param model what to compute
   * @param options bins
   * @throws UsageException where a bin would hold less than a row
   */
  public FeatureStream(FeatureModel model, BinOptions options) {
    width = model.names().size();
    double rate = model.input().sampleRateHz();
    channels = model.input().size();
    rowsPerBin = rate * options.binSeconds();
    if (!(rowsPerBin >= 1)) {
      throw new UsageException(
          "a bin must hold at least one row; binSeconds="
              + options.binSeconds()
              + ", sampleRateHz="
              + rate);
    }
    line = new StampLine(rate, options.lateSeconds());
    mostFilled = Math.round(options.fillSeconds() * rate);
    features = model.start(options.binSeconds());
    rows = new double[Math.multiplyExact((int) Math.ceil(rowsPerBin) + 1, channels)];
    nothing = new double[channels];
    Arrays.fill(nothing, Double.NaN);
  }

  /**
   * Takes rows.
   *
   * @param chunk the rows that follow
   * @param target hears of each bin that they complete
   */
  public void feed(Chunk chunk, Consumer<FeatureBin> target) {
    if (chunk.channels() != channels) {
      throw new InputException(
          "features must see the channels that they were learned on; channels="
              + chunk.channels()
              + ", learned on "
              + channels);
    }
    for (int r = 0; r < chunk.rows(); r++) {
      double stamp = chunk.stamps()[r];
      long missing = line.missing(stamp);
      if (r == 0) {
        missing = Math.max(missing, chunk.lostBefore());
      }
      long arrival = chunk.arrivals()[r];
      if (missing > mostFilled) {
        startAnew(missing);
      } else {
        for (long i = missing; i > 0; i--) {
          lost++;
          lostRows.incrementAndGet();
          add(nothing, 0, line.before(i), arrival, target);
        }
      }
      add(chunk.values(), r * channels, stamp, arrival, target);
    }
  }

  private void startAnew(long missing) {
    lostRows.addAndGet(missing);
    long skipped = Math.max(1, Math.round((filled + missing) / rowsPerBin));
    skippedBins.addAndGet(skipped);
    bin += skipped;
    origin = bin;
    start = 0;
    filled = 0;
    lost = 0;
    features.reset();
  }

  private void add(double[] from, int at, double stamp, long arrival, Consumer<FeatureBin> target) {
    System.arraycopy(from, at, rows, filled * channels, channels);
    filled++;
    long end = Math.round((bin - origin + 1) * rowsPerBin);
    if (start + filled < end) {
      return;
    }
    double[] values = new double[width];
    features.bin(rows, filled, values, 0);
    FeatureBin done = new FeatureBin(values, bin, stamp, filled, lost, arrival);
    if (lost > 0) {
      incompleteBins.incrementAndGet();
    }
    bin++;
    start = end;
    filled = 0;
    lost = 0;
    target.accept(done);
  }

  /** Forgets all that came before; the counters stay. */
  public void reset() {
    line.reset();
    features.reset();
    start = 0;
    bin = 0;
    origin = 0;
    filled = 0;
    lost = 0;
  }

  /** Rows that did not come, since construction. */
  public long lostRows() {
    return lostRows.get();
  }

  /** Bins with rows that did not come, since construction. */
  public long incompleteBins() {
    return incompleteBins.get();
  }

  /** Bins that were not made because a loss was too long to bridge, since construction. */
  public long skippedBins() {
    return skippedBins.get();
  }

  /** How often stamps came earlier than a row may, since construction. */
  public long backwardSteps() {
    return line.backward();
  }

  /**
   * What a stream of features is.
   *
   * @param raw the stream of rows
   * @param model what is computed
   * @param options bins
   * @return a stream of type Features, one channel a feature
   */
  public static StreamInfo info(StreamInfo raw, FeatureModel model, BinOptions options) {
    List<ChannelInfo> infos = new ArrayList<>();
    for (String name : model.names()) {
      infos.add(new ChannelInfo(name, "Feature", ""));
    }
    return new StreamInfo(
        raw.name() + "-features", "Features", 1 / options.binSeconds(), raw.sourceId(), infos);
  }

  /**
   * The features of a recording, the same doubles as live.
   *
   * @param recording raw rows, read by range
   * @param model what to compute
   * @param options bins
   * @return a row a bin, stamped as the bin's last row, with the recording's markers
   * @throws InputException where channels or rate are not the model's
   */
  public static MemoryRecording features(
      Recording recording, FeatureModel model, BinOptions options) {
    List<FeatureBin> bins = bins(recording, model, options);
    int width = model.names().size();
    double[] stamps = new double[bins.size()];
    double[] values = new double[Math.multiplyExact(bins.size(), width)];
    for (int b = 0; b < stamps.length; b++) {
      stamps[b] = bins.get(b).stamp();
      System.arraycopy(bins.get(b).values(), 0, values, b * width, width);
    }
    return new MemoryRecording(
        info(recording.info(), model, options), stamps, values, recording.markers());
  }

  /**
   * The bins of a recording.
   *
   * @param recording raw rows, read by range
   * @param model what to compute
   * @param options bins
   * @return the bins in order
   * @throws InputException where channels or rate are not the model's
   */
  public static List<FeatureBin> bins(Recording recording, FeatureModel model, BinOptions options) {
    model.input().check(recording.info());
    List<FeatureBin> bins = new ArrayList<>();
    FeatureStream stream = new FeatureStream(model, options);
    eachChunk(recording, chunk -> stream.feed(chunk, bins::add));
    return bins;
  }

  /** Reads a recording from its start, some rows at a time. */
  static void eachChunk(Recording recording, Consumer<Chunk> target) {
    int channels = recording.channels();
    double[] values = new double[CHUNK_ROWS * channels];
    double[] stamps = new double[CHUNK_ROWS];
    Chunk chunk = new Chunk(CHUNK_ROWS, channels);
    for (long from = 0; from < recording.rows(); from += CHUNK_ROWS) {
      int count = (int) Math.min(CHUNK_ROWS, recording.rows() - from);
      recording.read(from, count, values, 0);
      recording.readStamps(from, count, stamps, 0);
      chunk.clear();
      for (int r = 0; r < count; r++) {
        chunk.append(stamps[r], values, r * channels);
      }
      target.accept(chunk);
    }
  }
}
