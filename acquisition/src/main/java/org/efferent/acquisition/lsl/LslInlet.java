package org.efferent.acquisition.lsl;

import java.time.Duration;
import java.util.Optional;
import org.efferent.core.Chunk;
import org.efferent.core.LocalClock;
import org.efferent.core.Source;
import org.efferent.core.StreamException;

/**
 * Receives one stream. An inlet that exists is connected and has verified that both sides agree on
 * format and byte order. A network thread of its own fills a bounded buffer, which drops the oldest
 * sample and counts where it is full. One thread pulls; any may close.
 *
 * <p>Stamps are seconds on the outlet's clock, or on ours with {@link
 * InletOptions#timeCorrection()}. Samples that come without stamp get one from their neighbours. A
 * stream with a source id is recovered when its outlet comes back ({@link InletOptions#recover()}).
 */
public final class LslInlet implements StreamInlet {
  private final LslStreamInfo info;
  private final LslConfig config;
  private final SampleQueue queue;
  private final Feed feed;
  private final StampProcessor stamps;
  private final SampleQueue.Taker intoChunk = this::intoChunk;
  private final SampleQueue.Taker intoRow = this::intoRow;
  private int resetsSeen;
  private Chunk chunk;
  private Object row;
  private double rowStamp;

  /**
   * Connects to a stream.
   *
   * @param info the stream as a resolver found it
   * @param config how to reach it
   * @param options how to receive
   * @throws StreamException if it cannot be reached, says nothing, or is another
   */
  public LslInlet(LslStreamInfo info, LslConfig config, InletOptions options) {
    this.info = info;
    this.config = config;
    int buffer =
        options.bufferSamples() > 0
            ? options.bufferSamples()
            : Nets.defaultBuffer(info.nominalRateHz());
    queue = SampleQueue.of(info.format(), buffer);
    feed = new Feed(info, config, options, queue, buffer);
    double halftime = config.tuning().smoothingHalftime().toNanos() / 1e9;
    stamps = new StampProcessor(options, info.nominalRateHz(), halftime);
  }

  /**
   * Asks a stream for its whole description, with {@code desc}.
   *
   * @param info the stream as a resolver found it
   * @param config how to reach it
   * @return the description, with the endpoint of {@code info}
   * @throws StreamException if it cannot be reached or says nothing
   */
  public static LslStreamInfo fullInfo(LslStreamInfo info, LslConfig config) {
    return FeedConnection.fullInfo(info, config);
  }

  /** The stream, as given. */
  @Override
  public LslStreamInfo info() {
    return info;
  }

  /** Samples that were dropped because nobody pulled them in time. */
  @Override
  public long dropped() {
    return queue.dropped();
  }

  /** Samples that can be pulled at once. */
  @Override
  public int available() {
    return queue.available();
  }

  /** Whether everything was pulled and nothing will come. */
  @Override
  public boolean isEnded() {
    return queue.isDone();
  }

  /**
   * Whether the stream was recovered as another outlet since the last call, so that its clock may
   * have jumped.
   */
  @Override
  public boolean wasClockReset() {
    int now = feed.resets();
    boolean reset = now != resetsSeen;
    resetsSeen = now;
    return reset;
  }

  /** How often the stream was lost and found again. */
  public int recoveries() {
    return feed.recoveries();
  }

  /** Time since the network thread got the last sample, or was connected. */
  @Override
  public Duration silence() {
    return Duration.ofNanos(feed.silenceNanos());
  }

  /**
   * Clears a chunk and fills it with what is there, waiting for the first sample if need be; a
   * sample's arrival is when the network thread got it.
   *
   * @param into its channels are those of the stream
   * @param timeout how long to wait for the first sample
   * @return samples, 0 if none came in time, {@link Source#END} after the last
   * @throws StreamException if the stream was lost and all that came before is pulled
   * @throws InterruptedException if the thread is asked to stop
   */
  @Override
  public int pull(Chunk into, Duration timeout) throws InterruptedException {
    checkPull(true, into.channels());
    into.clear();
    chunk = into;
    int n = queue.take(intoChunk, timeout.toNanos(), false);
    return n < 0 ? end() : n;
  }

  private boolean intoChunk(SampleQueue.Slot slot, boolean afterGap) {
    if (chunk.isFull()) {
      return false;
    }
    int at = chunk.append(corrected(slot));
    Numbers.decode(info.format(), slot.bytes, info.channelCount(), chunk.values(), at);
    chunk.arrivals()[chunk.rows() - 1] = slot.arrivalNanos;
    return true;
  }

  @Override
  public double pull(double[] into, Duration timeout) throws InterruptedException {
    checkPull(true, into.length);
    return pullRow(into, timeout);
  }

  @Override
  public double pull(long[] into, Duration timeout) throws InterruptedException {
    checkPull(true, into.length);
    return pullRow(into, timeout);
  }

  @Override
  public double pull(String[] into, Duration timeout) throws InterruptedException {
    checkPull(false, into.length);
    return pullRow(into, timeout);
  }

  private double pullRow(Object into, Duration timeout) throws InterruptedException {
    row = into;
    int n = queue.take(intoRow, timeout.toNanos(), false);
    if (n < 0) {
      end();
    }
    return n > 0 ? rowStamp : Double.NaN;
  }

  private boolean intoRow(SampleQueue.Slot slot, boolean afterGap) {
    if (row == null) {
      return false;
    }
    int n = info.channelCount();
    if (row instanceof double[] doubles) {
      Numbers.decode(info.format(), slot.bytes, n, doubles, 0);
    } else if (row instanceof long[] longs) {
      Numbers.decode(info.format(), slot.bytes, n, longs);
    } else if (row instanceof String[] strings) {
      Strings.decode(slot.bytes, n, strings);
    }
    rowStamp = corrected(slot);
    row = null;
    return true;
  }

  private double corrected(SampleQueue.Slot slot) {
    Era era = slot.era;
    return stamps.process(
        slot.stamp, era.correction(), queue.dropped(), era.connection(), era.clock());
  }

  private int end() {
    StreamException failure = queue.failure();
    if (failure != null) {
      throw new StreamException(failure.getMessage(), failure);
    }
    return Source.END;
  }

  private void checkPull(boolean numeric, int length) {
    if (numeric != info.format().isNumeric()) {
      throw new IllegalArgumentException(
          "stream '%s' carries %s; %s were asked for"
              .formatted(
                  info.name(), numeric ? "strings" : "numbers", numeric ? "numbers" : "strings"));
    }
    if (length != info.channelCount()) {
      throw new IllegalArgumentException(
          "a sample of stream '%s' has %d values; asked for %d"
              .formatted(info.name(), info.channelCount(), length));
    }
  }

  /**
   * Measures how far the outlet's clock is from ours, in waves of LSL's 8 probes.
   *
   * @param timeout no new wave begins later than this
   * @return what to add to its stamps
   * @throws StreamException if too few probes are answered
   */
  @Override
  public TimeCorrection timeCorrection(Duration timeout) {
    return ClockFollower.measure(feed.info(), config, LocalClock.SYSTEM, timeout);
  }

  /** The correction that stamps get now; empty if they come as they are. */
  @Override
  public Optional<TimeCorrection> appliedCorrection() {
    return Optional.ofNullable(feed.era().follower()).map(ClockFollower::current);
  }

  /** Leaves the stream; what was not pulled is gone. */
  @Override
  public void close() {
    feed.close();
  }
}
