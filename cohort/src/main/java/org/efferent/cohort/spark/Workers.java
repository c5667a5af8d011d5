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
  private static final String DRIVER = "driver"; // its id among the executors; works in local runs

  private final Progress progress;
  private final Runnable cancel;
  private final boolean local;
  private final long patience;
  private final Set<String> present = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final ScheduledExecutorService watch;
  private final Future<?> looking;
  private long emptySince;
  private int stillborn;
  private boolean closed;
  private String trouble = "";

  /**
   * Begins to look.
   *
   * @param context of the run
   * @param progress told of it
   * @param patience after which a cluster without workers is said, and again
   * @return what sees them until it is closed
   */
  static Workers of(JavaSparkContext context, Progress progress, Duration patience) {
    Workers workers =
        new Workers(progress, () -> context.sc().cancelAllJobs(), context.isLocal(), patience);
    context.sc().addSparkListener(workers);
    workers.seed(registered());
    return workers;
  }

  /**
   * Begins to look.
   *
   * @param progress told of it
   * @param cancel ends all jobs
   * @param local whether the driver is the worker
   * @param patience after which a cluster without workers is said, and again
   */
  Workers(Progress progress, Runnable cancel, boolean local, Duration patience) {
    this.progress = progress;
    this.cancel = cancel;
    this.local = local;
    this.patience = patience.toNanos();
    emptySince = System.nanoTime();
    watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "efferent-cohort-workers");
              thread.setDaemon(true);
              return thread;
            });
    long step = Math.max(1, this.patience / 2);
    looking =
        watch.scheduleWithFixedDelay(
            () -> look(System.nanoTime()), step, step, TimeUnit.NANOSECONDS);
  }

  /** Those that came before anybody listened. */
  private static Set<String> registered() {
    Set<String> names = new HashSet<>();
    Iterator<BlockManagerId> all =
        SparkEnv.get().blockManager().master().getMemoryStatus().keysIterator();
    while (all.hasNext()) {
      names.add(all.next().executorId());
    }
    names.remove(DRIVER);
    return names;
  }

  private synchronized void seed(Set<String> names) {
    names.stream().filter(name -> !ended.contains(name)).forEach(present::add);
  }

  /** Says so where there has been none for as long as patience lasts. */
  synchronized void look(long now) {
    if (!closed && !local && present.isEmpty() && now - emptySince >= patience) {
      emptySince = now;
      progress.noWorker();
    }
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    if (!added.executorId().equals(DRIVER)) {
      present.add(added.executorId());
      stillborn = 0;
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    stillborn = 0;
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    // Spark may say twice of one that it is gone: when it falls silent, and when its program ends.
    if (closed || !ended.add(removed.executorId())) {
      return;
    }
    boolean born = present.remove(removed.executorId());
    if (born && present.isEmpty()) {
      emptySince = System.nanoTime();
    }
    if (trouble.isEmpty()) {
      progress.workerLost(removed.reason());
    }
    if (born || !present.isEmpty()) {
      return; // others work, and one that cannot begin costs them nothing
    }
    if (++stillborn >= STILLBORN) {
      trouble =
          "%d workers in a row ended before they began (%s); what they said themselves stands in stderr below the work folder of each"
              .formatted(STILLBORN, removed.reason());
      cancel.run(); // at every further one again: between jobs there is nothing to cancel
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
