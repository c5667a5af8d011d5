package org.efferent.core;

import java.time.Duration;

/**
 * Where samples come from: LSL, a recording played back, a simulator. A source that could be
 * constructed is ready; one thread reads it.
 */
public interface Source extends AutoCloseable {
  /** What {@link #read} answers when nothing will come any more. */
  int END = -1;

  /** What the samples are. */
  StreamInfo info();

  /**
   * Clears the chunk and fills it with what is there, waiting for the first row if need be. Sets
   * {@link Chunk#arrivals()}.
   *
   * @param chunk where the rows go; its channels are those of {@link #info()}
   * @param timeout how long to wait for the first row
   * @return number of rows, 0 if none came in time, {@link #END} after the last
   * @throws StreamException if the stream is lost for good
   * @throws InterruptedException if the thread is asked to stop
   */
  int read(Chunk chunk, Duration timeout) throws InterruptedException;

  /**
   * Rows that were lost before they reached this source (a full buffer, a lost connection), as far
   * as it can know.
   *
   * @return rows since construction
   */
  default long lost() {
    return 0;
  }

  /** Gives up what is held, in bounded time; may be called twice and from any thread. */
  @Override
  void close();
}
