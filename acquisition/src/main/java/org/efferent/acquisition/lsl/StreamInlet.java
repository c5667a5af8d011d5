package org.efferent.acquisition.lsl;

import java.time.Duration;
import java.util.Optional;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;

/**
 * Receives one stream, whichever way LSL is spoken. An inlet that exists is connected; what comes
 * from then on waits in a bounded buffer, which drops the oldest where it is full. One thread
 * pulls; any may close.
 *
 * <p>Stamps are seconds on the outlet's clock, or on ours with {@link
 * InletOptions#timeCorrection()}. Samples that come without stamp get one from their neighbours.
 */
public interface StreamInlet extends AutoCloseable {
  /** The stream, as given. */
  LslStreamInfo info();

  /** Samples that were dropped because nobody pulled them in time, as far as can be known. */
  long dropped();

  /** Samples that can be pulled at once; liblsl before 1.16 says 1 where there are any. */
  int available();

  /** Whether everything was pulled and nothing will come. */
  boolean isEnded();

  /**
   * Time since the last sample came, or since the inlet was opened: the sign, well below a second,
   * of a stream that stands still; liblsl's own watchdog waits 15 s. Any thread may ask. A liblsl
   * does not tell when samples came: through it, silence is zero while samples wait to be pulled,
   * and counts from the last pull that brought one, or the last call of this that saw one waiting.
   */
  Duration silence();

  /** Whether the outlet was replaced by one on another clock since this was last asked. */
  boolean wasClockReset();

  /**
   * Clears a chunk and fills it with what is there, waiting for the first sample if need be. Sets
   * {@link Chunk#arrivals()} by {@link System#nanoTime()}.
   *
   * @param into its channels are those of the stream
   * @param timeout how long to wait for the first sample
   * @return samples, 0 if none came in time, {@link Source#END} after the last
   * @throws StreamException if the stream was lost and all that came before is pulled
   * @throws InterruptedException if the thread is asked to stop
   */
  int pull(Chunk into, Duration timeout) throws InterruptedException;

  /**
   * Pulls one sample.
   *
   * @param into {@code [channels]}
   * @param timeout how long to wait
   * @return its stamp, seconds; NaN if none came in time or the stream ended
   * @throws StreamException if the stream was lost and all that came before is pulled
   * @throws InterruptedException if the thread is asked to stop
   */
  double pull(double[] into, Duration timeout) throws InterruptedException;

  /**
   * Pulls one sample of integers, exact for int64.
   *
   * @param into {@code [channels]}
   * @param timeout how long to wait
   * @return its stamp, seconds; NaN if none came in time or the stream ended
   * @throws StreamException if the stream was lost and all that came before is pulled
   * @throws InterruptedException if the thread is asked to stop
   */
  double pull(long[] into, Duration timeout) throws InterruptedException;

  /**
   * Pulls one sample of strings.
   *
   * @param into {@code [channels]}; read as UTF-8
   * @param timeout how long to wait
   * @return its stamp, seconds; NaN if none came in time or the stream ended
   * @throws StreamException if the stream was lost and all that came before is pulled
   * @throws InterruptedException if the thread is asked to stop
   */
  double pull(String[] into, Duration timeout) throws InterruptedException;

  /**
   * Measures how far the outlet's clock is from ours.
   *
   * @param timeout how long at the most, give or take one wave of probes
   * @return what to add to its stamps; what a library does not tell is NaN
   * @throws StreamException if too few probes are answered
   */
  TimeCorrection timeCorrection(Duration timeout);

  /** The correction that stamps get now; empty if they come as they are. */
  Optional<TimeCorrection> appliedCorrection();

  /** Leaves the stream in bounded time; what was not pulled is gone. */
  @Override
  void close();
}
