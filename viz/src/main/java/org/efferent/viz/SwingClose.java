package org.efferent.viz;

import java.awt.EventQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes windows from any thread, in bounded time. */
public final class SwingClose {
  private static final long CLOSE_SECONDS = 2;

  private SwingClose() {}

  /** Disposes on Swing's thread; waits for it at most two seconds. */
  public static void within(Runnable dispose) {
    if (EventQueue.isDispatchThread()) {
      dispose.run();
      return;
    }
    CountDownLatch closed = new CountDownLatch(1);
    EventQueue.invokeLater(
        () -> {
          dispose.run();
          closed.countDown();
        });
    try {
      if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        return; // Swing is busy; the request stands in its queue
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
