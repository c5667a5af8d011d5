package org.efferent.core;

/** What a session's watchdog has to say. */
public enum SessionEvent {
  /** No sample for {@link SessionOptions#staleAfter()}: whoever steers by it should stop. */
  STALE,
  /** Samples come again. */
  RESUMED,
  /** The source is at its end; what is in the ring is still decoded. */
  ENDED,
  /** The session ends because something failed; see {@link Session#failure()}. */
  FAILED
}
