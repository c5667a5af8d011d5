package org.efferent.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.cohort.CohortOptions.Existing;
import org.efferent.core.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real master and two workers, programs of their own on this machine. */
@Timeout(
    value = 300,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // what fails here waits for ever
class ClusterTest {
  private static final String WORKER = "org.apache.spark.deploy.worker.Worker";

  @TempDir Path folder;

  private Daemon worker(Path home, String master) throws IOException {
    Daemon worker =
        Daemon.start(
            home,
            false,
            WORKER,
            "--host",
            "127.0.0.1",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "--work-dir",
            home.resolve("work").toString(),
            master);
    worker.await("Successfully registered with master");
    return worker.drain();
  }

  @Test
  void workersThatEndBeforeTheyBeginAreGivenUp() throws IOException {
    Path cohort = Simulated.cohort(folder.resolve("bids"), 1);
    Path out = folder.resolve("never");
    AtomicLong lost = new AtomicLong();
    CohortOptions options =
        Simulated.options(
            "local-cluster[2,1,1024]",
            cohort.toString(),
            out.toString(),
            Existing.REFUSE,
            Map.of("spark.executor.extraJavaOptions", "--add-modules=no.such.module"));
    CohortListener listener =
        new CohortListener() {
          @Override
          public void workerLost(String reason) {
            lost.incrementAndGet();
          }
        };
    assertThatThrownBy(() -> CohortRun.run(options, listener))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("10 workers in a row ended before they began")
        .hasMessageContaining("code 1")
        .hasMessageContaining("--resume");
    assertThat(lost).hasValue(10);
    assertThat(out.resolve("figures.json")).doesNotExist();
  }

  @Test
  void aClusterThatCannotBeIsSaid() {
    CohortOptions options =
        Simulated.options("local-cluster[1,1,100]", folder, folder.resolve("out"));
    assertThatThrownBy(() -> CohortRun.run(options, CohortListener.NONE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Spark cannot begin on local-cluster[1,1,100]")
        .hasMessageContaining("100 MiB/worker");
  }

  @Test
  void aWorkerThatIsKilledCostsTimeAndNothingElse() throws IOException {
    Path home = Files.createDirectories(folder.resolve("spark"));
    Files.createSymbolicLink(home.resolve("jars"), Path.of(System.getenv("SPARK_HOME"), "jars"));
    Path cohort = Simulated.cohort(folder.resolve("bids"), 5);
    Path out = folder.resolve("cluster");
    try (Daemon master =
        Daemon.start(
            home,
            false,
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--webui-port",
            "0")) {
      String address = master.await("Starting Spark master at (spark://127\\.0\\.0\\.1:\\d+)");
      master.await("I have been elected leader");
      master.drain();
      try (Daemon first = worker(home, address);
          Daemon second = worker(home, address)) {
        AtomicLong lost = new AtomicLong();
        CohortResult result =
            CohortRun.run(
                Simulated.options(address, cohort, out),
                new CohortListener() {
                  @Override
                  public void recording(CohortProgress progress) {
                    if (progress.finished() == 1) {
                      second.kill();
                    }
                  }

                  @Override
                  public void workerLost(String reason) {
                    lost.incrementAndGet();
                  }
                });
        assertThat(first).isNotNull();
        assertThat(result.recordings()).isEqualTo(10);
        assertThat(result.failures()).isEmpty();
        assertThat(result.workersLost()).isEqualTo(lost.get()).isPositive();
      }
    }
    Path single = folder.resolve("single");
    CohortRun.run(Simulated.options("local", cohort, single), CohortListener.NONE);
    for (String table : List.of("recordings", "participants")) {
      assertThat(Simulated.table(out, table)).as(table).isEqualTo(Simulated.table(single, table));
    }
    assertThat(Simulated.text(out.resolve("figures.json")))
        .isEqualTo(Simulated.text(single.resolve("figures.json")));
  }
}
