package org.efferent.acquisition.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.efferent.acquisition.SimulatedUnits;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.acquisition.UnitsOptions;
import org.efferent.acquisition.UserOptions;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;

/**
 * A simulated participant of a live session: publishes what units fire, counts a bin, while it
 * watches the cursor and the target on a stream that a session publishes, and reacts to what it
 * sees. Until there is such a stream, and whenever it is gone, it wants nothing. One thread steps
 * it.
 */
public final class Participant implements AutoCloseable {
  /** Channels of a cursor's stream that it looks at, by label. */
  private static final List<String> SEEN = List.of("x", "y", "target_x", "target_y");

  private static final Duration SEARCH = Duration.ofSeconds(2);
  private static final double FORGET_SECONDS = 1;

  private final Lsl lsl;
  private final String cursor;
  private final SimulatedUser user;
  private final SimulatedUnits units;
  private final StreamOutlet outlet;
  private final double binSeconds;
  private final double[] counts;
  private final double[] wanted = new double[2];
  private final double[] screen = new double[SEEN.size()];
  private final AtomicReference<StreamInlet> found = new AtomicReference<>();
  private final Semaphore blind = new Semaphore(1);
  private final Thread search;
  private volatile boolean closed;
  private StreamInlet inlet;
  private int[] columns;
  private double[] sample;
  private long binsSinceSeen = Long.MAX_VALUE / 2;
  private long bins;
  private long seen;

  /**
   * A participant who publishes at once.
   *
   * @param lsl how LSL is spoken
   * @param name of the stream of counts; its source id is made of it
   * @param cursor name of the stream to watch, with the channels x, y, target_x and target_y
   * @param options units and bins
   * @param habits of the person
   * @param seed of units and spikes
   */
  public Participant(
      Lsl lsl, String name, String cursor, UnitsOptions options, UserOptions habits, long seed) {
    this.lsl = lsl;
    this.cursor = cursor;
    binSeconds = options.binSeconds();
    user = new SimulatedUser(habits, binSeconds);
    units = new SimulatedUnits(options, seed);
    counts = new double[units.size()];
    List<ChannelInfo> channels = new ArrayList<>();
    for (int u = 0; u < units.size(); u++) {
      channels.add(new ChannelInfo("unit" + (u + 1), "Spikes", "count"));
    }
    StreamInfo info =
        new StreamInfo(name, "Features", 1 / binSeconds, "efferent-participant-" + name, channels);
    outlet = lsl.openOutlet(LslStreamInfo.of(info, ChannelFormat.FLOAT32));
    search = new Thread(this::search, "efferent-participant-search");
    search.setDaemon(true);
    search.start();
  }

  /** Looks for the cursor whenever it is not watched. */
  private void search() {
    try {
      while (!closed) {
        blind.acquire();
        while (!closed && !found()) {
          // A resolver waits by itself.
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private boolean found() throws InterruptedException {
    try {
      List<LslStreamInfo> there = lsl.resolve(LslResolver.property("name", cursor), 1, SEARCH);
      if (there.isEmpty()) {
        return false;
      }
      StreamInlet opened =
          lsl.openInlet(
              lsl.fullInfo(there.get(0)), InletOptions.DEFAULTS.withEndOnDisconnect(true));
      found.set(opened);
      if (closed) {
        opened.close();
      }
      return true;
    } catch (StreamException e) {
      return false; // it is gone again
    }
  }

  /**
   * Lives through one bin: looks at what is on the screen now, wants, fires, publishes.
   *
   * @param wait how long to wait for news of the screen: none in real time; more where the
   *     simulation is to go as fast as the session answers
   * @throws InterruptedException if the thread is asked to stop
   */
  public void step(Duration wait) throws InterruptedException {
    look(wait);
    if (binsSinceSeen * binSeconds > FORGET_SECONDS) {
      wanted[0] = 0;
      wanted[1] = 0;
    } else {
      user.intend(screen[0], screen[1], screen[2], screen[3], wanted);
    }
    units.fire(wanted[0], wanted[1], counts);
    outlet.push(counts, StreamOutlet.NOW);
    bins++;
  }

  private void look(Duration wait) throws InterruptedException {
    binsSinceSeen++;
    if (inlet == null) {
      inlet = found.get();
      if (inlet == null) {
        return;
      }
      columns = columns(inlet.info().toStreamInfo());
      sample = new double[inlet.info().channelCount()];
    }
    boolean over = false;
    try {
      Duration patience = wait;
      while (!Double.isNaN(inlet.pull(sample, patience))) {
        for (int i = 0; i < screen.length; i++) {
          screen[i] = sample[columns[i]];
        }
        binsSinceSeen = 0;
        seen++;
        patience = Duration.ZERO;
      }
    } catch (StreamException e) {
      over = true;
    }
    if (over || inlet.isEnded()) {
      inlet.close();
      found.set(null);
      inlet = null;
      blind.release();
    }
  }

  private static int[] columns(StreamInfo info) {
    List<String> labels = info.channels().stream().map(ChannelInfo::label).toList();
    int[] columns = new int[SEEN.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = labels.indexOf(SEEN.get(i));
      if (columns[i] < 0) {
        throw new StreamException(
            "stream '%s' must have a channel '%s' to be watched; channels=%s"
                .formatted(info.name(), SEEN.get(i), labels));
      }
    }
    return columns;
  }

  /** The stream of counts. */
  public LslStreamInfo info() {
    return outlet.info();
  }

  /** Whether somebody listens. */
  public boolean isHeard() {
    return outlet.haveConsumers();
  }

  /** Bins so far. */
  public long bins() {
    return bins;
  }

  /** News of the screen so far. */
  public long seen() {
    return seen;
  }

  @Override
  public void close() {
    closed = true;
    search.interrupt();
    StreamInlet open = found.getAndSet(null);
    if (open != null) {
      open.close();
    }
    outlet.close();
  }
}
