package org.efferent.viz.web;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far one browser is. Its socket's thread tells what the browser says; the server's thread
 * alone reads and writes what was sent.
 */
final class Viewer {
  /** Updates on the way to a viewer: at 30 a second, what 130 ms of a tunnel need. */
  static final int MOST_ON_THE_WAY = 4;

  /** Takes a message; never waits. */
  @FunctionalInterface
  interface Outlet {
    void send(byte[] message);
  }

  /** What a viewer is to get next; equal for viewers that get the same. */
  record Need(long signalsAfter, long spectrogramAfter, Map<WebPart, Long> seen, boolean whole) {
    Need {
      seen = Map.copyOf(seen);
    }
  }

  private final Outlet outlet;
  private final AtomicLong taken = new AtomicLong();
  private volatile long sent;
  private volatile boolean whole = true;
  private volatile boolean asleep;
  private long signalsAfter = Long.MIN_VALUE;
  private long spectrogramAfter = Long.MIN_VALUE;
  private Map<WebPart, Long> seen = new EnumMap<>(WebPart.class);

  Viewer(Outlet outlet) {
    this.outlet = outlet;
  }

  /**
   * The browser has shown messages.
   *
   * @param count all of them since the beginning
   * @return whether that can be
   */
  boolean took(long count) {
    if (count < taken.get() || count > sent) {
      return false;
    }
    taken.set(count);
    return true;
  }

  /** The browser wants all of it: it has just come, or was asleep. */
  void wantsAll() {
    whole = true;
    asleep = false;
  }

  /** The browser is out of sight. */
  void sleeps() {
    asleep = true;
  }

  boolean asleep() {
    return asleep;
  }

  /** Whether it has not taken what is on the way. */
  boolean behind() {
    return sent - taken.get() >= MOST_ON_THE_WAY;
  }

  /** What comes next. */
  Need need() {
    if (whole) {
      whole = false;
      return new Need(Long.MIN_VALUE, Long.MIN_VALUE, Map.of(), true);
    }
    return new Need(signalsAfter, spectrogramAfter, seen, false);
  }

  /** Sends, and remembers how far it is. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the server's thread alone writes
  void send(WebUpdate update) {
    signalsAfter = update.signalsUpTo();
    spectrogramAfter = update.spectrogramUpTo();
    seen = update.versions();
    sent++; // before it leaves: the answer may be quick
    outlet.send(update.bytes());
  }
}
