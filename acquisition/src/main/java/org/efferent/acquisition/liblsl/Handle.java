package org.efferent.acquisition.liblsl;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;

/**
 * A handle of liblsl that is never used once it is destroyed: whoever calls holds it, and {@link
 * #close} waits for those who do. Calls that last are made in slices of {@link #SLICE_SECONDS}.
 */
final class Handle {
  /** How long a call may stay within liblsl, which cannot be interrupted there. */
  static final double SLICE_SECONDS = 0.05;

  private static final long PATIENCE_SECONDS = 2;

  private final StampedLock lock = new StampedLock();
  private final Pointer pointer;
  private volatile boolean closed;
  private boolean destroyed;

  Handle(Pointer pointer) {
    this.pointer = pointer;
  }

  /** Holds the handle; 0 if it is closed, else what {@link #exit} wants. */
  long enter() {
    if (closed) {
      return 0;
    }
    long held = lock.readLock();
    if (closed) {
      lock.unlockRead(held);
      return 0;
    }
    return held;
  }

  void exit(long held) {
    lock.unlockRead(held);
  }

  /** The handle itself, for who holds it. */
  Pointer pointer() {
    return pointer;
  }

  boolean isClosed() {
    return closed;
  }

  /** A call within liblsl that lasts. */
  @FunctionalInterface
  interface Slice<T> {
    T call(Pointer handle, double seconds, Pointer error);
  }

  /**
   * Makes a call that lasts in slices, so that the handle can be closed in between.
   *
   * @param seconds how long at the most
   * @param what whose handle it is, for the message of a closed one
   * @param doing what is tried, for messages of errors
   */
  <T> T patiently(double seconds, String what, String doing, LibLsl library, Slice<T> slice) {
    long deadline = System.nanoTime() + (long) (seconds * 1e9);
    try (Memory error = new Memory(4)) {
      while (true) {
        long held = enter();
        if (held == 0) {
          throw new IllegalStateException(what + " is closed");
        }
        try {
          error.setInt(0, 0);
          T result = slice.call(pointer, SLICE_SECONDS, error);
          if (error.getInt(0) == 0) {
            return result;
          }
        } finally {
          exit(held);
        }
        if (error.getInt(0) != LibLsl.TIMEOUT || System.nanoTime() - deadline >= 0) {
          library.check(error.getInt(0), doing);
        }
      }
    }
  }

  /**
   * Refuses further calls, waits for those that run, destroys; the second time does nothing. A call
   * that does not come back keeps the handle for good: lost memory rather than a crash.
   */
  void close(Consumer<Pointer> destroy) {
    closed = true;
    long held = writeLock();
    if (held == 0) {
      return;
    }
    try {
      if (!destroyed) {
        destroyed = true;
        destroy.accept(pointer);
      }
    } finally {
      lock.unlockWrite(held);
    }
  }

  private long writeLock() {
    try {
      return lock.tryWriteLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // A thread that is asked to stop still closes what it owns, if nobody is within.
      return lock.tryWriteLock();
    }
  }
}
