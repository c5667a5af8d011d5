package org.efferent.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efferent.cohort.CohortOptions.Existing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on where its driver was killed. */
class KilledDriverTest {
  @TempDir Path folder;

  @Test
  void whatWasFinishedIsKept() throws IOException {
    Path cohort = Simulated.cohort(folder.resolve("bids"), 4);
    Path out = folder.resolve("out");
    try (Daemon driver =
        Daemon.start(
            Path.of(System.getenv("SPARK_HOME")),
            true,
            Driver.class.getName(),
            cohort.toString(),
            out.toString())) {
      driver.await("finished 3");
      driver.kill();
    }
    assertThat(out.resolve("figures.json")).doesNotExist();
    CohortResult result =
        CohortRun.run(
            Simulated.options(
                "local[1]", cohort.toString(), out.toString(), Existing.RESUME, Map.of()),
            CohortListener.NONE);
    assertThat(result.recordings()).isEqualTo(8);
    assertThat(result.reused()).isBetween(3L, 7L);
    assertThat(result.failures()).isEmpty();
    Path whole = folder.resolve("whole");
    CohortRun.run(Simulated.options("local[1]", cohort, whole), CohortListener.NONE);
    for (String table : List.of("recordings", "participants")) {
      assertThat(Simulated.table(out, table)).as(table).isEqualTo(Simulated.table(whole, table));
    }
    assertThat(Simulated.text(out.resolve("figures.json")))
        .isEqualTo(Simulated.text(whole.resolve("figures.json")));
  }
}
