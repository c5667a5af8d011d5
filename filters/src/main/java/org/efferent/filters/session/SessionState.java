package org.efferent.filters.session;

import java.util.Locale;

/** What a session is doing. */
public enum SessionState {
  /** Not started; bins are recorded, nothing moves. */
  IDLE,
  /** The cursor moves by itself while the user imagines steering it. */
  CALIBRATING_OPEN,
  /** The decoder steers with help. */
  CALIBRATING_CLOSED,
  /** A decoder is being trained of the block that ended; nothing moves. */
  TRAINING,
  /** The decoder steers alone; trials count. */
  RUNNING,
  /** An operator said so; nothing moves. */
  PAUSED,
  /** An operator stopped everything; only a resumption goes on. */
  EMERGENCY,
  /** No data came for longer than the watchdog allows; nothing moves. */
  STALE,
  /** Over, in good order. */
  STOPPED,
  /** Over, since something broke. */
  FAULT;

  /** Name in markers and records: {@code calibrating-open}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
