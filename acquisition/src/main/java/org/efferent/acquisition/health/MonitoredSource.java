package org.efferent.acquisition.health;

import java.time.Duration;
import org.efferent.core.Chunk;
import org.efferent.core.LocalClock;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.StreamHealth;

/**
 * A source whose rows are looked at as they pass, unchanged. Where nothing comes, a read says so to
 * the health as soon as the stream is stale, also in the middle of a longer wait, and waits on. The
 * thread that reads feeds the health, and hears its events.
 */
public final class MonitoredSource implements Source {
  private final Source source;
  private final StreamHealth health;
  private final LocalClock clock;

  /**
   * A source that is looked at.
   *
   * @param source where rows come from; this owns it from now on
   * @param health looks at them; nobody else feeds it
   * @param clock the clock of the source's arrivals
   */
  public MonitoredSource(Source source, StreamHealth health, LocalClock clock) {
    this.source = source;
    this.health = health;
    this.clock = clock;
  }

  /** What looks at the rows. */
  public StreamHealth health() {
    return health;
  }

  @Override
  public StreamInfo info() {
    return source.info();
  }

  @Override
  public int read(Chunk chunk, Duration timeout) throws InterruptedException {
    long begun = clock.nanos();
    long left = timeout.toNanos();
    while (true) {
      long wait = Math.min(left, health.untilStale(clock.nanos()));
      int rows = source.read(chunk, Duration.ofNanos(wait));
      health.dropped(source.lost());
      if (rows == END) {
        health.end();
        return END;
      }
      if (rows > 0) {
        health.feed(chunk);
        return rows;
      }
      long now = clock.nanos();
      health.quiet(now);
      if (wait == left) {
        return 0;
      }
      left = Math.max(0, Math.min(left - wait, timeout.toNanos() - (now - begun)));
    }
  }

  @Override
  public long lost() {
    return source.lost();
  }

  @Override
  public void close() {
    source.close();
  }
}
