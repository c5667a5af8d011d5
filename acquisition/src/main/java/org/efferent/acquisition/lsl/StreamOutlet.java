package org.efferent.acquisition.lsl;

import java.time.Duration;

/**
 * Publishes one stream, whichever way LSL is spoken. An outlet that exists can be found. Any thread
 * may push; a consumer that does not keep up loses its oldest samples and delays nobody. Numbers
 * are converted to the format of the stream: integers lose what lies behind the point and stop at
 * their limits.
 */
public interface StreamOutlet extends AutoCloseable {
  /** Stamp that stands for the time of the push. */
  double NOW = 0;

  /** Stamp that stands for one period after the sample before. */
  double DEDUCED = -1;

  /** What is published, with origin. */
  LslStreamInfo info();

  /** Whether anybody listens. */
  boolean haveConsumers();

  /**
   * Waits until somebody listens.
   *
   * @param timeout how long at the most
   * @return whether somebody does
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  boolean awaitConsumers(Duration timeout) throws InterruptedException;

  /** Samples that consumers lost because they did not keep up, as far as can be known. */
  long dropped();

  /**
   * Pushes one sample, at once.
   *
   * @param values {@code [channels]}
   * @param stamp seconds on the LSL clock, {@link #NOW} or {@link #DEDUCED}
   */
  default void push(double[] values, double stamp) {
    push(values, stamp, true);
  }

  /**
   * Pushes one sample.
   *
   * @param values {@code [channels]}
   * @param stamp seconds on the LSL clock, {@link #NOW} or {@link #DEDUCED}
   * @param pushThrough whether to send it at once; if not, it goes with the next that is
   */
  void push(double[] values, double stamp, boolean pushThrough);

  /**
   * Pushes one sample, at once; exact in a stream of int64.
   *
   * @param values {@code [channels]}
   * @param stamp seconds on the LSL clock, {@link #NOW} or {@link #DEDUCED}
   */
  void push(long[] values, double stamp);

  /**
   * Pushes one sample of strings, at once.
   *
   * @param values {@code [channels]}; any text, travels as UTF-8
   * @param stamp seconds on the LSL clock, {@link #NOW} or {@link #DEDUCED}
   */
  void push(String[] values, double stamp);

  /**
   * Pushes one sample at once; its stamp is a moment whatever its value.
   *
   * @param values array that holds the sample
   * @param offset where in it the sample starts
   * @param stamp seconds on the LSL clock
   */
  void pushAt(double[] values, int offset, double stamp);

  /**
   * Pushes one sample of strings at once; its stamp is a moment whatever its value.
   *
   * @param values {@code [channels]}; any text, travels as UTF-8
   * @param stamp seconds on the LSL clock
   */
  void pushAt(String[] values, double stamp);

  /**
   * Pushes a chunk, sent at once together.
   *
   * @param rows {@code [n × channels]}, row-major
   * @param stamp of the last sample: seconds on the LSL clock, {@link #NOW}, or {@link #DEDUCED} if
   *     the first follows the sample before; the others lie a period apart
   */
  void pushChunk(double[] rows, double stamp);

  /** Ends the stream in bounded time; consumers still get what was pushed. */
  @Override
  void close();
}
