package org.efferent.acquisition.lsl;

import java.time.Duration;
import java.util.Objects;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/**
 * Publishes a stream. An outlet that exists is listening and can be found. Any thread may push.
 *
 * <p>Each consumer has a queue and a writer thread of its own: one that does not keep up loses its
 * oldest samples, which {@link #dropped()} counts, and delays nobody. Numbers are converted to the
 * format of the stream: integers lose what lies behind the point and stop at their limits.
 *
 * <p>Stamps are seconds on the LSL clock; 0 ({@link #NOW}) stands for the time of the push, −1
 * ({@link #DEDUCED}) for one period after the sample before. {@link #pushAt} takes any stamp as it
 * is.
 */
public final class LslOutlet implements StreamOutlet {
  private final OutletCore core;
  private final ChannelFormat format;
  private final int channels;
  private final Object lock = new Object();
  private final byte[] payload;
  private final double[] doubles;
  private final long[] longs;

  /**
   * Publishes a stream on the clock of this process; up to 360 s (36,000 samples where irregular)
   * wait for a consumer.
   *
   * @param stream what to publish; origin and endpoints are filled in here
   * @param config where
   * @throws StreamException if the ports cannot be had
   */
  public LslOutlet(LslStreamInfo stream, LslConfig config) {
    this(stream, config, Nets.defaultBuffer(stream.nominalRateHz()), LocalClock.SYSTEM);
  }

  /**
   * Publishes a stream.
   *
   * @param stream what to publish; origin and endpoints are filled in here
   * @param config where
   * @param bufferSamples most samples that wait for a consumer, at least 1
   * @param clock the LSL clock of this outlet
   * @throws StreamException if the ports cannot be had
   */
  public LslOutlet(LslStreamInfo stream, LslConfig config, int bufferSamples, LocalClock clock) {
    if (bufferSamples < 1) {
      throw new IllegalArgumentException(
          "bufferSamples must be at least 1; bufferSamples=" + bufferSamples);
    }
    format = stream.format();
    channels = stream.channelCount();
    payload = new byte[channels * format.bytes()];
    doubles = new double[channels];
    longs = new long[channels];
    core = new OutletCore(stream, config, bufferSamples, clock);
  }

  /** What is published, with origin and ports; the address is empty, as it travels. */
  @Override
  public LslStreamInfo info() {
    return core.info();
  }

  /** Whether anybody listens. */
  @Override
  public boolean haveConsumers() {
    return core.consumers() > 0;
  }

  @Override
  public boolean awaitConsumers(Duration timeout) throws InterruptedException {
    return core.awaitConsumers(1, timeout);
  }

  /**
   * Waits until several listen.
   *
   * @param minimum how many
   * @param timeout how long at the most
   * @return whether they do
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  public boolean awaitConsumers(int minimum, Duration timeout) throws InterruptedException {
    return core.awaitConsumers(minimum, timeout);
  }

  /** Samples that consumers lost because they did not keep up, all together. */
  @Override
  public long dropped() {
    return core.dropped();
  }

  /**
   * Connections that got nothing: they were too many or too slow, or asked for another stream, for
   * protocol 1.00 or for what there is not; and datagrams that asked for nothing.
   */
  public long turnedAway() {
    return core.turnedAway();
  }

  /**
   * Pushes one sample, at once, stamped now.
   *
   * @param values {@code [channels]}
   */
  public void push(double[] values) {
    push(values, NOW);
  }

  @Override
  public void push(double[] values, double stamp) {
    push(values, stamp, true);
  }

  @Override
  public void push(double[] values, double stamp, boolean pushThrough) {
    check(values.length, 1);
    synchronized (lock) {
      Numbers.encode(format, values, 0, channels, payload);
      send(core.moment(stamp), stamp == DEDUCED, payload, pushThrough);
    }
  }

  /**
   * Pushes one sample at once; its stamp is a moment whatever its value, 0 and −1 too.
   *
   * @param values array that holds the sample
   * @param offset where in it the sample starts
   * @param stamp seconds on the LSL clock
   */
  @Override
  public void pushAt(double[] values, int offset, double stamp) {
    Objects.checkFromIndexSize(offset, channels, values.length);
    check(channels, 1);
    synchronized (lock) {
      Numbers.encode(format, values, offset, channels, payload);
      send(stamp, false, payload, true);
    }
  }

  /**
   * Pushes one sample, at once.
   *
   * @param values {@code [channels]}
   * @param stamp seconds on the LSL clock, {@link #NOW} or {@link #DEDUCED}
   */
  public void push(float[] values, double stamp) {
    check(values.length, 1);
    synchronized (lock) {
      for (int i = 0; i < channels; i++) {
        doubles[i] = values[i];
      }
      push(doubles, stamp);
    }
  }

  /**
   * Pushes one sample, at once.
   *
   * @param values {@code [channels]}
   * @param stamp seconds on the LSL clock, {@link #NOW} or {@link #DEDUCED}
   */
  public void push(int[] values, double stamp) {
    check(values.length, 1);
    synchronized (lock) {
      for (int i = 0; i < channels; i++) {
        longs[i] = values[i];
      }
      push(longs, stamp);
    }
  }

  @Override
  public void push(long[] values, double stamp) {
    check(values.length, 1);
    synchronized (lock) {
      Numbers.encode(format, values, 0, channels, payload);
      send(core.moment(stamp), stamp == DEDUCED, payload, true);
    }
  }

  @Override
  public void push(String[] values, double stamp) {
    checkStrings(values.length);
    byte[] bytes = Strings.encode(values);
    synchronized (lock) {
      send(core.moment(stamp), stamp == DEDUCED, bytes, true);
    }
  }

  /**
   * Pushes one sample of strings at once; its stamp is a moment whatever its value.
   *
   * @param values {@code [channels]}; any text, travels as UTF-8
   * @param stamp seconds on the LSL clock
   */
  @Override
  public void pushAt(String[] values, double stamp) {
    checkStrings(values.length);
    send(stamp, false, Strings.encode(values), true);
  }

  @Override
  public void pushChunk(double[] rows, double stamp) {
    int n = channels == 0 ? 0 : rows.length / channels;
    check(rows.length, n);
    synchronized (lock) {
      double period = core.info().periodSeconds();
      double moment =
          stamp == DEDUCED ? core.moment(DEDUCED) : core.moment(stamp) - (n - 1) * period;
      for (int row = 0; row < n; row++) {
        Numbers.encode(format, rows, row * channels, channels, payload);
        boolean deduced = row > 0 || stamp == DEDUCED;
        send(moment + row * period, deduced, payload, row == n - 1);
      }
    }
  }

  private void send(double moment, boolean deduced, byte[] bytes, boolean pushThrough) {
    core.offer(moment, deduced, bytes, bytes.length, pushThrough);
  }

  private void check(int values, int rows) {
    if (!format.isNumeric()) {
      throw new IllegalArgumentException(
          "stream '" + core.info().name() + "' carries strings; numbers were pushed");
    }
    if (values != rows * channels) {
      throw new IllegalArgumentException(
          "a sample of stream '%s' has %d values; values=%d"
              .formatted(core.info().name(), channels, values));
    }
  }

  private void checkStrings(int values) {
    if (format.isNumeric()) {
      throw new IllegalArgumentException(
          "stream '" + core.info().name() + "' carries numbers; strings were pushed");
    }
    if (values != channels) {
      throw new IllegalArgumentException(
          "a sample of stream '%s' has %d values; values=%d"
              .formatted(core.info().name(), channels, values));
    }
  }

  /**
   * Ends the stream: it is not found any more, its consumers still get what was pushed, for at most
   * the time of {@link LslTuning#flush()}.
   */
  @Override
  public void close() {
    core.close();
  }
}
