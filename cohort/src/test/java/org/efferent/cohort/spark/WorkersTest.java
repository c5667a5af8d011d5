package org.efferent.cohort.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.efferent.cohort.CohortListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class WorkersTest {
  private static final long PATIENCE = Duration.ofHours(1).toNanos();

  private final AtomicInteger cancelled = new AtomicInteger();
  private final List<String> lost = new ArrayList<>();
  private final CountDownLatch said = new CountDownLatch(2);

  private Progress progress() {
    return new Progress(
        new CohortListener() {
          @Override
          public void workerLost(String reason) {
            lost.add(reason);
          }

          @Override
          public void noWorker() {
            said.countDown();
          }
        },
        1);
  }

  private Workers workers(boolean local) {
    return new Workers(progress(), cancelled::incrementAndGet, local, Duration.ofHours(1));
  }

  private static void added(Workers workers, String id) {
    workers.onExecutorAdded(new SparkListenerExecutorAdded(0, id, null));
  }

  private static void removed(Workers workers, int from, int to) {
    for (int i = from; i < to; i++) {
      workers.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "" + i, "exited " + i));
    }
  }

  @Test
  void tenInARowThatNeverBeganAreTooMany() {
    try (Workers workers = workers(false)) {
      removed(workers, 0, 9);
      assertThat(workers.trouble()).isEmpty();
      assertThat(cancelled).hasValue(0);
      removed(workers, 9, 10);
      assertThat(workers.trouble()).contains("10 workers in a row").contains("exited 9");
      assertThat(cancelled).hasValue(1);
      removed(workers, 10, 12);
      assertThat(cancelled).as("again, if there was nothing to cancel").hasValue(3);
      assertThat(lost).hasSize(10);
    }
  }

  @Test
  void whereOneWorksOthersMayFailToBegin() {
    try (Workers workers = workers(false)) {
      added(workers, "good");
      removed(workers, 0, 30);
      assertThat(workers.trouble()).isEmpty();
      workers.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "good", "lost"));
      removed(workers, 30, 39);
      assertThat(workers.trouble()).isEmpty();
      removed(workers, 39, 40);
      assertThat(workers.trouble()).isNotEmpty();
    }
  }

  @Test
  void oneThatIsGoneTwiceIsLostOnce() {
    try (Workers workers = workers(false)) {
      for (int i = 0; i < 20; i++) {
        added(workers, "" + i);
        removed(workers, i, i + 1);
        removed(workers, i, i + 1);
      }
      assertThat(lost).hasSize(20);
      assertThat(workers.trouble()).isEmpty();
    }
  }

  @Test
  void aClusterWithoutWorkersIsSaidAfterAWhile() {
    long now = System.nanoTime();
    try (Workers workers = workers(false)) {
      workers.look(now + PATIENCE / 2);
      assertThat(said.getCount()).isEqualTo(2);
      workers.look(now + 2 * PATIENCE);
      workers.look(now + 2 * PATIENCE + 1);
      assertThat(said.getCount()).as("once a while").isEqualTo(1);
      added(workers, "1");
      workers.look(now + 4 * PATIENCE);
      assertThat(said.getCount()).isEqualTo(1);
    }
  }

  @Test
  void onOneMachineTheDriverIsTheWorker() {
    try (Workers workers = workers(true)) {
      added(workers, "driver");
      workers.look(System.nanoTime() + 2 * PATIENCE);
      assertThat(said.getCount()).isEqualTo(2);
    }
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aRealClusterWithoutWorkersIsSaidAgainAndAgain() throws InterruptedException {
    JavaSparkContext context =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local-cluster[1,1,1024]")
                .setAppName("workers")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.cores", "2") // more than its worker has: none begins
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    try (Workers workers = Workers.of(context, progress(), Duration.ofMillis(20))) {
      assertThat(said.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(workers.trouble()).isEmpty();
    } finally {
      context.stop();
    }
  }
}
