package org.efferent.retrieval.index;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the same work on several threads, one of them the caller's, and ends when all have ended.
 */
final class Workers {
  private Workers() {}

  /**
   * Runs.
   *
   * @param threads 1 or more
   * @param work shares out among its runs what there is to do
   * @throws RuntimeException what the first of them threw
   */
  static void run(int threads, Runnable work) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      Thread thread = new Thread(guarded, "efferent-index-" + i);
      thread.setDaemon(true);
      thread.start();
      others.add(thread);
    }
    guarded.run();
    boolean interrupted = false;
    for (Thread thread : others) {
      interrupted |= join(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure.get() instanceof Error e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }

  /**
   * Waits to the end, as its memory must not go away below a thread; whether it was interrupted.
   */
  private static boolean join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
