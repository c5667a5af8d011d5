package org.efferent.cohort.spark;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockManagerId;
import scala.collection.Iterator;

/**
 * Sees workers come and go. A cluster without any is said; one whose workers end before they begin
 * is left, where Spark would start the next for ever.
 */
final class Workers extends SparkListener implements AutoCloseable {
  private static final int STILLBORN = 10;

  private final JavaSparkContext context;
  private final Progress progress;
  private final Set<String> present = new HashSet<>();
  private final ScheduledExecutorService watch;
  private final Future<?> looking;
  private int stillborn;
  private boolean closed;
  private String trouble = "";

  /**
   * Begins to look.
   *
   * @param context of the run
   * @param progress told of it
   * @param patience after which a cluster without workers is said, and again
   */
  Workers(JavaSparkContext context, Progress progress, Duration patience) {
    this.context = context;
    this.progress = progress;
    present.addAll(registered());
    context.sc().addSparkListener(this);
    watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "efferent-cohort-workers");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = patience.toNanos();
    looking = watch.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Those that came before anybody listened; in a local run, the driver itself. */
  private static Set<String> registered() {
    Set<String> names = new HashSet<>();
    Iterator<BlockManagerId> all =
        SparkEnv.get().blockManager().master().getMemoryStatus().keysIterator();
    while (all.hasNext()) {
      names.add(all.next().executorId());
    }
    return names;
  }

  /** Says so where there is none. */
  void look() {
    // The driver is always there; in a local run it is the worker.
    if (!context.isLocal() && registered().size() < 2) {
      synchronized (this) {
        if (!closed) {
          progress.waiting();
        }
      }
    }
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    present.add(added.executorId());
    stillborn = 0;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd ended) {
    stillborn = 0;
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    if (closed || !trouble.isEmpty()) {
      return;
    }
    progress.workerLost(removed.reason());
    if (!present.remove(removed.executorId()) && ++stillborn >= STILLBORN) {
      trouble =
          "%d workers in a row ended before they began (%s); what they said themselves stands in stderr below the work folder of each"
              .formatted(stillborn, removed.reason());
      context.sc().cancelAllJobs();
    }
  }

  /** Why the run was left; empty if it was not. */
  synchronized String trouble() {
    return trouble;
  }

  /** What goes from now on goes because the run is over. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    looking.cancel(true);
    watch.shutdownNow();
  }
}
