package org.efferent.acquisition;

import java.time.Duration;
import org.efferent.core.Chunk;
import org.efferent.core.Recording;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;

/**
 * A recording as a source: rows come when they are due, as from a device. The clock starts with the
 * first read. With a gate each read brings one row.
 */
public final class ReplaySource implements Source {
  private final Recording recording;
  private final RowBlocks blocks;
  private final ReplayOptions options;
  private final boolean lockstep;
  private Schedule schedule;
  private long next;
  private volatile boolean closed;

  /**
   * A recording to read.
   *
   * @param recording what to play; its stamps say when
   * @param options how fast, and how it is stamped
   */
  public ReplaySource(Recording recording, ReplayOptions options) {
    this.recording = recording;
    this.blocks = new RowBlocks(recording);
    this.options = options;
    this.lockstep = options.gate() != ReplayOptions.Gate.OPEN;
  }

  @Override
  public StreamInfo info() {
    return recording.info();
  }

  /** As {@link Source#read}; the arrival is when the rows were handed out, by the clock. */
  @Override
  public int read(Chunk chunk, Duration timeout) throws InterruptedException {
    chunk.clear();
    if (closed || next == blocks.rows()) {
      return END;
    }
    if (schedule == null) {
      schedule = new Schedule(options, new Replay.Begin(blocks.stamp(0), options.clock().nanos()));
    }
    long deadline = options.clock().nanos() + timeout.toNanos();
    long due = schedule.due(blocks.stamp(next));
    if (due - deadline > 0) {
      options.waiter().until(deadline);
      return 0;
    }
    options.waiter().until(due);
    long now = options.clock().nanos();
    do {
      options.gate().await(next);
      double stamp = schedule.stamp(blocks.stamp(next));
      chunk.append(stamp, blocks.values(), blocks.offset(next));
      next++;
    } while (!lockstep
        && !chunk.isFull()
        && next < blocks.rows()
        && schedule.due(blocks.stamp(next)) - now <= 0);
    chunk.arrivedAt(options.clock().nanos());
    return chunk.rows();
  }

  @Override
  public void close() {
    closed = true;
  }
}
