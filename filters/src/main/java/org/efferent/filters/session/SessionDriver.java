package org.efferent.filters.session;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.EfferentException;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.LocalClock;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;

/**
 * Drives a session with a live source of bins: one thread reads, steps and tells the listener. When
 * a bin is late it steps without one, so that the watchdog acts; when the stream is lost it looks
 * for it again on another thread, checks that it is the same montage, and goes on. Whatever ends
 * it, the listener has heard of every bin until then.
 *
 * <p>Longer than 300 lines, so that reading, lateness, loss and return are read in one place.
 */
public final class SessionDriver {
  private static final int CHUNK_ROWS = 64;
  private static final Duration SEARCH = Duration.ofSeconds(2);

  /** Finds the stream. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens the source of bins.
     *
     * @param timeout how long to look for it
     * @return the source, ready
     * @throws StreamException if it is not there
     * @throws InterruptedException if the thread is asked to stop
     */
    Source open(Duration timeout) throws InterruptedException;
  }

  /** Hears of every bin, on the driver's thread. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A bin was decoded, or did not come.
     *
     * @param row as {@link CursorSession#step} gave it; overwritten by the next
     * @param session as it is now
     */
    void bin(double[] row, CursorSession session);
  }

  /** What a search came to: one of the two. */
  private record Found(Source source, EfferentException refusal) {}

  private final CursorSession session;
  private final Opener opener;
  private final StreamInfo expected;
  private final Listener listener;
  private final LocalClock clock;
  private final long binNanos;
  private final long lostNanos;
  private final AtomicInteger commands = new AtomicInteger();
  private final BlockingQueue<Found> found = new LinkedBlockingQueue<>();
  private final LatencyHistogram total = new LatencyHistogram();
  private final LongConsumer sleeper;
  private final Chunk chunk;
  private final double[] features;
  private volatile boolean over;
  private Source source;
  private Thread search;
  private long due;
  private long lastArrival;
  private long lostBefore;
  private long misses;
  private long reconnections;
  private long skipped;

  /**
   * A driver of a source that is open.
   *
   * @param session what is stepped
   * @param source of bins, one a row; closed by {@link #run}
   * @param opener finds it again when it is lost
   * @param binSeconds length of a bin
   * @param lostAfter after which silence the session ends with a fault
   * @param listener hears of every bin
   * @param clock of arrivals and of the watchdog
   */
  public SessionDriver(
      CursorSession session,
      Source source,
      Opener opener,
      double binSeconds,
      Duration lostAfter,
      Listener listener,
      LocalClock clock) {
    this(session, source, opener, binSeconds, lostAfter, listener, clock, LockSupport::parkNanos);
  }

  /** A driver that waits its own way for a stream that is lost. */
  SessionDriver(
      CursorSession session,
      Source source,
      Opener opener,
      double binSeconds,
      Duration lostAfter,
      Listener listener,
      LocalClock clock,
      LongConsumer sleeper) {
    this.sleeper = sleeper;
    this.session = session;
    this.source = source;
    this.opener = opener;
    this.listener = listener;
    this.clock = clock;
    expected = source.info();
    binNanos = Math.round(binSeconds * 1e9);
    lostNanos = lostAfter.toNanos();
    chunk = new Chunk(CHUNK_ROWS, expected.channelCount());
    features = new double[expected.channelCount()];
  }

  /**
   * Tells the session to do something before its next bin; from any thread.
   *
   * @param command what
   */
  @SuppressWarnings("EnumOrdinal") // a bit a command
  public void command(Command command) {
    commands.accumulateAndGet(1 << command.ordinal(), (a, b) -> a | b);
  }

  /**
   * Runs until the session is STOPPED or in FAULT.
   *
   * @throws EfferentException whatever a step or the listener throws, or any other exception or
   *     error; the session is in FAULT then
   * @throws InterruptedException if the thread is asked to stop
   */
  public void run() throws InterruptedException {
    try {
      skipWhatWaited();
      lastArrival = clock.nanos();
      due = lastArrival + first();
      while (!ended()) {
        turn();
      }
    } catch (RuntimeException | Error e) {
      session.fault(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      stopSearch();
      if (source != null) {
        source.close();
      }
    }
  }

  /** What came while windows and files were opened is of no use, and would be late. */
  private void skipWhatWaited() throws InterruptedException {
    for (int rows = source.read(chunk, Duration.ZERO);
        rows > 0;
        rows = source.read(chunk, Duration.ZERO)) {
      skipped += rows;
    }
  }

  private long first() {
    return Math.round(WatchdogOptions.FIRST_LATE_BINS * binNanos);
  }

  private boolean ended() {
    return session.state() == SessionState.STOPPED || session.state() == SessionState.FAULT;
  }

  private void turn() throws InterruptedException {
    long wait = due - clock.nanos();
    if (wait <= 0) {
      late();
      return;
    }
    int rows = read(Duration.ofNanos(wait));
    for (int r = 0; r < rows && !ended(); r++) {
      System.arraycopy(chunk.values(), r * features.length, features, 0, features.length);
      long arrival = chunk.arrivals()[r];
      long lost = source.lost();
      step(
          new BinInput(
              chunk.stamps()[r],
              arrival / 1e9,
              features,
              chunk.lostBefore() * (r == 0 ? 1 : 0) + lost - lostBefore,
              take()));
      lostBefore = lost;
      long took = clock.nanos() - arrival;
      total.record(took);
      misses += took > binNanos ? 1 : 0;
      lastArrival = arrival;
      due = Math.max(arrival, clock.nanos() - binNanos) + first();
    }
  }

  /** Reads rows; 0 while there is no source. */
  private int read(Duration wait) throws InterruptedException {
    if (source == null) {
      sleeper.accept(wait.toNanos());
      reconnect(found.poll());
      return 0;
    }
    try {
      int rows = source.read(chunk, wait);
      if (rows >= 0) {
        return rows;
      }
    } catch (StreamException e) {
      // It is looked for again.
    }
    source.close();
    source = null;
    lostBefore = 0;
    beginSearch();
    return 0;
  }

  private void late() {
    if (clock.nanos() - lastArrival > lostNanos) {
      session.fault(
          "stream '%s' sent nothing for %.0f s; is its device still on?"
              .formatted(expected.name(), lostNanos / 1e9));
    }
    step(new BinInput(Double.NaN, clock.seconds(), null, 0, take()));
    due += binNanos;
  }

  private void step(BinInput input) {
    listener.bin(session.step(input), session);
  }

  private Set<Command> take() {
    return Command.of(commands.getAndSet(0));
  }

  private void beginSearch() {
    search =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  found.add(new Found(opener.open(SEARCH), null));
                  if (over) {
                    closeFound();
                  }
                  return;
                } catch (StreamException e) {
                  // Not yet.
                } catch (EfferentException e) {
                  found.add(new Found(null, e));
                  return;
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "efferent-search");
    search.setDaemon(true);
    search.start();
  }

  /** Takes the stream that was found again, if it is the same. */
  private void reconnect(Found result) {
    if (result == null) {
      return;
    }
    if (result.source() == null) {
      session.fault(result.refusal().getMessage());
      return;
    }
    String difference = difference(expected, result.source().info());
    if (!difference.isEmpty()) {
      result.source().close();
      session.fault(
          "stream '%s' came back with %s; stop, check the amplifier, and calibrate anew"
              .formatted(expected.name(), difference));
      return;
    }
    source = result.source();
    reconnections++;
  }

  private void stopSearch() {
    over = true;
    if (search != null) {
      search.interrupt();
    }
    closeFound();
  }

  /** Streams that nobody waits for any more. */
  private void closeFound() {
    for (Found late = found.poll(); late != null; late = found.poll()) {
      if (late.source() != null) {
        late.source().close();
      }
    }
  }

  /**
   * How a montage differs from the one that was expected.
   *
   * @param expected what a decoder was trained on
   * @param now what is there
   * @return one phrase for people; empty if nothing differs
   */
  public static String difference(StreamInfo expected, StreamInfo now) {
    if (expected.channelCount() != now.channelCount()) {
      return now.channelCount() + " channels instead of " + expected.channelCount();
    }
    List<ChannelInfo> before = expected.channels();
    for (int c = 0; c < before.size(); c++) {
      String label = now.channels().get(c).label();
      if (!before.get(c).label().equals(label)) {
        return "channel %d named '%s' instead of '%s'"
            .formatted(c + 1, label, before.get(c).label());
      }
    }
    if (Math.abs(expected.sampleRateHz() - now.sampleRateHz()) > 1e-6 * expected.sampleRateHz()) {
      return "a rate of " + now.sampleRateHz() + " Hz instead of " + expected.sampleRateHz();
    }
    return "";
  }

  /** From the arrival of a bin's last sample until the listener has heard of it. */
  public LatencyHistogram latency() {
    return total;
  }

  /** Bins that took longer than a bin from their arrival until the listener had heard. */
  public long deadlineMisses() {
    return misses;
  }

  /** Bins that had come before it ran, and were left out. */
  public long skipped() {
    return skipped;
  }

  /** How often the stream was lost and found again. */
  public long reconnections() {
    return reconnections;
  }
}
