package org.efferent.cohort.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.efferent.cohort.CohortListener;
import org.junit.jupiter.api.Test;

final class WorkersTest {
  private static JavaSparkContext context(String master) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("workers")
            .set("spark.ui.enabled", "false")
            .set(
                "spark.executor.cores",
                "2") // more than the worker of a cluster has here: none begins
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1"));
  }

  @Test
  void aClusterWithoutWorkersIsSaid() throws InterruptedException {
    CountDownLatch said = new CountDownLatch(2); // and said again
    JavaSparkContext context = context("local-cluster[1,1,1024]");
    try (Workers workers = new Workers(context, progress(said), Duration.ofMillis(20))) {
      assertThat(said.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(workers.trouble()).isEmpty();
    } finally {
      context.stop();
    }
  }

  @Test
  void onOneMachineTheDriverIsTheWorker() {
    CountDownLatch said = new CountDownLatch(1);
    JavaSparkContext context = context("local[1]");
    try (Workers workers = new Workers(context, progress(said), Duration.ofHours(1))) {
      assertThat(context.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
      workers.look();
      assertThat(said.getCount()).as("not said").isEqualTo(1);
      assertThat(workers.trouble()).isEmpty();
    } finally {
      context.stop();
    }
  }

  private static Progress progress(CountDownLatch said) {
    return new Progress(
        new CohortListener() {
          @Override
          public void noWorker() {
            said.countDown();
          }
        },
        1);
  }
}
