package org.efferent.filters.loop;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Where a session's trainings run, and at which bin their results come into use: at once, in
 * simulated time; on a thread of its own while the session goes on, live; or at the bins at which
 * they came into use before, so that a session that is repeated is repeated bit for bit. One job at
 * a time.
 *
 * @param <T> what a job makes
 */
public final class Workshop<T> implements AutoCloseable {
  private final ExecutorService thread;
  private final LongPredicate due;
  private CompletableFuture<T> job;

  private Workshop(ExecutorService thread, LongPredicate due) {
    this.thread = thread;
    this.due = due;
  }

  /** Jobs are done as they are given. */
  public static <T> Workshop<T> immediate() {
    return new Workshop<>(null, step -> true);
  }

  /** Jobs are done on a thread of their own; what they make is given out at the next question. */
  public static <T> Workshop<T> background() {
    return new Workshop<>(thread(), null);
  }

  /**
   * Jobs are done on a thread of their own and waited for at given steps.
   *
   * @param due whether the result of the running job came into use at a step
   * @param <T> what a job makes
   */
  public static <T> Workshop<T> recorded(LongPredicate due) {
    return new Workshop<>(thread(), due);
  }

  private static ExecutorService thread() {
    return Executors.newSingleThreadExecutor(
        body -> {
          Thread thread = new Thread(body, "efferent-training");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Whether a job is under way whose result nobody has taken. */
  boolean busy() {
    return job != null;
  }

  /** Begins a job; none may be under way. */
  void begin(Supplier<T> work) {
    if (job != null) {
      throw new IllegalStateException("a training is under way");
    }
    job = new CompletableFuture<>();
    CompletableFuture<T> future = job;
    Runnable body =
        () -> {
          try {
            future.complete(work.get());
          } catch (Throwable e) {
            future.completeExceptionally(e);
          }
        };
    if (thread == null) {
      body.run();
    } else {
      thread.execute(body);
    }
  }

  /**
   * Takes what the job made, if its time has come.
   *
   * @param step that the session is at
   * @return the result, once
   */
  Optional<T> poll(long step) {
    if (job == null || !(due == null ? job.isDone() : due.test(step))) {
      return Optional.empty();
    }
    CompletableFuture<T> done = job;
    job = null;
    try {
      return Optional.of(done.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Ends the thread; a job that runs is interrupted and its result lost. */
  @Override
  public void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
