package org.efferent.acquisition;

import java.time.Duration;
import java.util.List;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/**
 * The velocity of a session's cursor for whoever moves something by it: a wheelchair, an arm, a
 * pointer. A session publishes every bin, also while the cursor stands; where nothing came for a
 * while, the session, its computer or the network has died, and the velocity is zero. Used by one
 * thread.
 */
public final class CursorFeed implements AutoCloseable {
  /** Silence after which the velocity is zero. */
  public static final Duration PATIENCE = Duration.ofMillis(150);

  private final StreamInlet inlet;
  private final LocalClock clock;
  private final long patience;
  private final double[] sample;
  private final int vx;
  private final int vy;
  private final double[] velocity = new double[2];
  private long last;
  private boolean heard;

  /**
   * A feed of a stream.
   *
   * @param inlet of the cursor's stream, which has channels vx and vy; closed with this
   * @param patience silence after which the velocity is zero
   * @param clock of this process
   * @throws InputException where the stream has no such channels
   */
  public CursorFeed(StreamInlet inlet, Duration patience, LocalClock clock) {
    this.inlet = inlet;
    this.clock = clock;
    this.patience = patience.toNanos();
    List<String> labels =
        inlet.info().toStreamInfo().channels().stream().map(ChannelInfo::label).toList();
    vx = labels.indexOf("vx");
    vy = labels.indexOf("vy");
    if (vx < 0 || vy < 0) {
      throw new InputException(
          "stream '%s' must have channels vx and vy; channels=%s"
              .formatted(inlet.info().name(), labels));
    }
    sample = new double[labels.size()];
  }

  /**
   * The velocity now; does not wait.
   *
   * @return {@code [2]}, zero where the session was silent for too long; overwritten by the next
   *     call
   * @throws InterruptedException if the thread is asked to stop
   */
  public double[] velocity() throws InterruptedException {
    try {
      while (!Double.isNaN(inlet.pull(sample, Duration.ZERO))) {
        last = clock.nanos();
        heard = true;
        velocity[0] = sample[vx];
        velocity[1] = sample[vy];
      }
    } catch (StreamException e) {
      heard = false;
    }
    if (!isAlive()) {
      velocity[0] = 0;
      velocity[1] = 0;
    }
    return velocity;
  }

  /** Whether the session was heard lately, as far as {@link #velocity} has seen. */
  public boolean isAlive() {
    return heard && !inlet.isEnded() && clock.nanos() - last <= patience;
  }

  @Override
  public void close() {
    inlet.close();
  }
}
