package org.efferent.acquisition.health;

import java.util.function.Consumer;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.Chunk;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.core.health.StreamHealth;

/**
 * Health of a stream that somebody pulls from an inlet, whatever its format: numbers as chunks,
 * 64-bit integers and texts one by one. The thread that pulls feeds it; any thread may look.
 */
public final class InletHealth {
  private final StreamHealth health;
  private final LocalClock clock;
  private final double[] row;
  private final Chunk one;

  /**
   * Of a stream of which nothing has come.
   *
   * @param info the whole description of the stream
   * @param options from when on something is wrong
   * @param listener hears what begins and ends
   */
  public InletHealth(LslStreamInfo info, HealthOptions options, Consumer<HealthEvent> listener) {
    this(info, options, listener, LocalClock.SYSTEM);
  }

  InletHealth(
      LslStreamInfo info, HealthOptions options, Consumer<HealthEvent> listener, LocalClock clock) {
    this.clock = clock;
    boolean numeric = info.format() != ChannelFormat.STRING && info.channelCount() > 0;
    row = new double[info.channelCount()];
    one = numeric ? new Chunk(1, info.channelCount()) : null;
    health =
        numeric
            ? new StreamHealth(info.toStreamInfo(), options, listener)
            : StreamHealth.ofTexts(
                StreamInfo.of(info.name(), info.type(), info.nominalRateHz(), 1),
                options,
                listener);
  }

  /**
   * Rows were pulled.
   *
   * @param chunk the rows with their arrivals
   */
  public void rows(Chunk chunk) {
    health.feed(chunk);
  }

  /**
   * A row of integers was pulled; it arrived now.
   *
   * @param seconds its stamp
   * @param values {@code [channels]}
   */
  public void row(double seconds, long[] values) {
    for (int c = 0; c < row.length; c++) {
      row[c] = values[c];
    }
    one.clear();
    one.append(seconds, row, 0);
    one.arrivedAt(clock.nanos());
    health.feed(one);
  }

  /**
   * A row of texts was pulled; it arrived now.
   *
   * @param seconds its stamp
   */
  public void row(double seconds) {
    health.feed(seconds, clock.nanos());
  }

  /** Nothing was there to be pulled. */
  public void nothing() {
    health.quiet(clock.nanos());
  }

  /**
   * So many rows were dropped.
   *
   * @param total since the inlet was opened
   */
  public void dropped(long total) {
    health.dropped(total);
  }

  /** The outlet was replaced by one on another clock. */
  public void clockReset() {
    health.clockReset();
  }

  /** No row will come. */
  public void end() {
    health.end();
  }

  /** The figures up to the last row that was pulled. */
  public HealthSnapshot snapshot() {
    return health.snapshot();
  }
}
