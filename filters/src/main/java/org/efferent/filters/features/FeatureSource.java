package org.efferent.filters.features;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;

/**
 * A source of features a bin over a source of raw rows, so that whatever reads features (a {@link
 * org.efferent.core.Session}, a cursor decoder) reads a raw stream as well. One thread reads it.
 *
 * <p>A row of features has the stamp and the arrival of its bin's last row. A read answers 0 while
 * rows come and no bin is complete.
 */
public final class FeatureSource implements Source {
  private static final int CHUNK_ROWS = 1024;

  private final Source raw;
  private final StreamInfo info;
  private final FeatureStream stream;
  private final Chunk rows;
  private final Deque<FeatureBin> ready = new ArrayDeque<>();
  private boolean ended;

  /**
   * A source of features.
   *
   * @param raw raw rows; closed with this
   * @param model what to compute
   * @param options bins
   * @throws InputException where the channels or the rate are not the model's; {@code raw} stays
   *     open
   */
  public FeatureSource(Source raw, FeatureModel model, BinOptions options) {
    model.input().check(raw.info());
    this.raw = raw;
    info = FeatureStream.info(raw.info(), model, options);
    stream = new FeatureStream(model, options);
    rows = new Chunk(CHUNK_ROWS, raw.info().channelCount());
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public int read(Chunk chunk, Duration timeout) throws InterruptedException {
    chunk.clear();
    if (ready.isEmpty() && !ended) {
      int read = raw.read(rows, timeout);
      if (read == END) {
        ended = true;
      } else if (read > 0) {
        stream.feed(rows, ready::add);
      }
    }
    if (ready.isEmpty()) {
      return ended ? END : 0;
    }
    while (!ready.isEmpty() && !chunk.isFull()) {
      FeatureBin bin = ready.remove();
      chunk.append(bin.stamp(), bin.values(), 0);
      chunk.arrivals()[chunk.rows() - 1] = bin.arrivalNanos();
    }
    return chunk.rows();
  }

  /** Bins that were not made because a loss was too long to bridge. */
  @Override
  public long lost() {
    return stream.skippedBins();
  }

  /** Counters of rows and bins: {@link FeatureStream#lostRows()} and its like, from any thread. */
  public FeatureStream stream() {
    return stream;
  }

  @Override
  public void close() {
    raw.close();
  }
}
