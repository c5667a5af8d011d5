package org.efferent.core.health;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;

/**
 * Looks at every row of a stream and keeps figures ({@link HealthSnapshot}) and events ({@link
 * HealthEvent}) of what is wrong with it. Live and offline give the same figures for the same rows,
 * however they are cut into chunks; only what depends on arrivals is missing offline.
 *
 * <p>One thread feeds; any thread takes a snapshot, and holds the feeding thread up while it does:
 * microseconds. Feeding allocates nothing a row. The listener is called on the feeding thread,
 * after the rows were looked at, and must return at once.
 *
 * <p>Time within a regular stream is its rows at the nominal rate, so that a gap makes no channel
 * flat and ends nothing; time within an irregular one is that of its stamps.
 */
public final class StreamHealth {
  private static final int BUCKETS_A_WINDOW = 10;
  private static final int IRREGULAR_BUCKET_ROWS = 100;
  private static final int BLOCK_VALUES = 1 << 17;
  private static final double LONGEST_STEP_SECONDS = 1e6;

  private final StreamInfo info;
  private final Consumer<HealthEvent> listener;
  private final Conditions conditions;
  private final StampWatch stamps;
  private final ArrivalWatch arrivals;
  private final ValueWatch values;
  private final double[] previous;
  private long rows;
  private long streamNanos;

  /**
   * Health of a stream of numbers of which nothing has come.
   *
   * @param info the stream; its nominal rate is what its rows are held against
   * @param options from when on something is wrong
   * @param listener hears what begins and ends
   */
  public StreamHealth(StreamInfo info, HealthOptions options, Consumer<HealthEvent> listener) {
    this(info, options, listener, true);
  }

  private StreamHealth(
      StreamInfo info, HealthOptions options, Consumer<HealthEvent> listener, boolean numeric) {
    this.info = info;
    this.listener = Objects.requireNonNull(listener, "listener");
    double rateHz = info.sampleRateHz();
    double recovery = options.recovery().toNanos() / 1e9;
    conditions =
        new Conditions(
            info.name(),
            numeric ? info.channels().stream().map(ChannelInfo::label).toList() : List.of(),
            rateHz > 0
                ? Math.max(1, (long) Math.ceil(recovery * rateHz))
                : options.recovery().toNanos(),
            recovery);
    double window = options.window().toNanos() / 1e9;
    int bucket =
        rateHz > 0
            ? (int) Math.max(1, Math.min(1e9, Math.rint(window * rateHz / BUCKETS_A_WINDOW)))
            : IRREGULAR_BUCKET_ROWS;
    stamps = new StampWatch(rateHz, bucket, options, conditions);
    arrivals = new ArrivalWatch(rateHz, bucket, options, conditions);
    values = numeric ? new ValueWatch(info.channels(), rateHz, options, conditions) : null;
    previous = new double[numeric ? info.channelCount() : 0];
  }

  /**
   * Health of a stream of texts: nothing is said of its values. It is fed by {@link #feed(double,
   * long)}.
   *
   * @param info the stream
   * @param options from when on something is wrong
   * @param listener hears what begins and ends
   * @return the health of a stream of which nothing has come
   */
  public static StreamHealth ofTexts(
      StreamInfo info, HealthOptions options, Consumer<HealthEvent> listener) {
    return new StreamHealth(info, options, listener, false);
  }

  /**
   * Reads a recording to its end.
   *
   * @param recording what to read, a block at a time
   * @param options from when on something is wrong
   * @param listener hears what begins and ends
   * @return the figures of all of it
   */
  public static HealthSnapshot of(
      Recording recording, HealthOptions options, Consumer<HealthEvent> listener) {
    StreamHealth health = new StreamHealth(recording.info(), options, listener);
    int channels = recording.channels();
    int block = (int) Math.min(recording.rows(), Math.max(1, BLOCK_VALUES / channels));
    double[] values = new double[block * channels];
    double[] stamps = new double[block];
    for (long from = 0; from < recording.rows(); from += block) {
      int rows = (int) Math.min(block, recording.rows() - from);
      recording.read(from, rows, values, 0);
      recording.readStamps(from, rows, stamps, 0);
      health.feed(values, stamps, rows);
    }
    health.end();
    return health.snapshot();
  }

  /** The stream. */
  public StreamInfo info() {
    return info;
  }

  /**
   * Looks at rows that arrived.
   *
   * @param chunk of as many channels as the stream, with {@link Chunk#arrivals()}
   */
  public void feed(Chunk chunk) {
    feed(chunk.values(), chunk.stamps(), chunk.arrivals(), chunk.rows(), chunk.channels());
  }

  /**
   * Looks at rows without arrivals.
   *
   * @param rowValues {@code [rows × channels]}, row-major
   * @param rowStamps {@code [rows]}, seconds
   * @param count rows
   */
  public void feed(double[] rowValues, double[] rowStamps, int count) {
    feed(rowValues, rowStamps, null, count, info.channelCount());
  }

  private void feed(double[] v, double[] t, long[] arrived, int count, int channels) {
    if (channels != previous.length) {
      throw new IllegalArgumentException(
          "stream '%s' has %d channels of numbers; fed with %d"
              .formatted(info.name(), previous.length, channels));
    }
    synchronized (this) {
      for (int r = 0; r < count; r++) {
        row(v, r * channels, t[r], r > 0);
        if (arrived != null) {
          arrivals.arrived(t[r], arrived[r]);
        }
      }
      if (count > 0) {
        System.arraycopy(v, (count - 1) * channels, previous, 0, channels);
      }
    }
    tell();
  }

  /**
   * Looks at a row of texts that arrived.
   *
   * @param stamp seconds
   * @param arrival by the receiver's {@link org.efferent.core.LocalClock}
   */
  public void feed(double stamp, long arrival) {
    if (values != null) {
      throw new IllegalStateException("stream '" + info.name() + "' carries numbers");
    }
    synchronized (this) {
      row(previous, 0, stamp, false);
      arrivals.arrived(stamp, arrival);
    }
    tell();
  }

  private void row(double[] v, int at, double stamp, boolean previousIsHere) {
    double last = stamps.last();
    if (stamp > last) {
      streamNanos += (long) (Math.min(stamp - last, LONGEST_STEP_SECONDS) * 1e9);
    }
    long tick = tick();
    conditions.at(rows, stamp);
    boolean same =
        stamp == last
            && values != null
            && (previousIsHere ? same(v, at - previous.length, v, at) : same(previous, 0, v, at));
    stamps.add(stamp, same, tick);
    if (values != null) {
      values.add(v, at, tick);
    }
    conditions.expire(tick);
    rows++;
  }

  private long tick() {
    return info.sampleRateHz() > 0 ? rows : streamNanos;
  }

  /** Whether two rows hold the same values, NaN included. */
  private boolean same(double[] a, int at, double[] b, int bt) {
    for (int c = 0; c < previous.length; c++) {
      if (Double.doubleToLongBits(a[at + c]) != Double.doubleToLongBits(b[bt + c])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says that nothing came until now: this is how a stream becomes stale while nothing is fed.
   * Before the first row, silence counts from the first call.
   *
   * @param now by the receiver's {@link org.efferent.core.LocalClock}
   */
  public void quiet(long now) {
    synchronized (this) {
      arrivals.quiet(now);
    }
    tell();
  }

  /**
   * How long {@link #quiet} has nothing to say.
   *
   * @param now by the receiver's {@link org.efferent.core.LocalClock}
   * @return nanoseconds until the stream is stale if nothing comes; {@link Long#MAX_VALUE} if it is
   *     already or, being irregular, may be silent
   */
  public synchronized long untilStale(long now) {
    return arrivals.untilStale(now);
  }

  /**
   * Says how many rows were dropped before they came here.
   *
   * @param total since the beginning
   */
  public void dropped(long total) {
    synchronized (this) {
      arrivals.dropped(total, tick());
    }
    tell();
  }

  /**
   * Says that the next row is on another clock: the way from the row before to it tells nothing.
   */
  public synchronized void clockReset() {
    stamps.clockReset();
    arrivals.clockReset();
  }

  /** Says that no row will come: what waits to be settled is. */
  public void end() {
    synchronized (this) {
      stamps.end(tick());
    }
    tell();
  }

  private void tell() {
    List<HealthEvent> events;
    synchronized (this) {
      events = conditions.drain();
    }
    if (!events.isEmpty()) {
      events.forEach(listener);
    }
  }

  /** The figures up to the last row that was fed. */
  public synchronized HealthSnapshot snapshot() {
    return new HealthSnapshot(
        info.name(),
        info.sampleRateHz(),
        rows,
        stamps.snapshot(),
        arrivals.snapshot(),
        values == null ? List.of() : values.snapshot(),
        conditions.begun(),
        conditions.active());
  }
}
