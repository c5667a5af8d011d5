package org.efferent.cohort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.efferent.acquisition.simulate.SimulatedCohort;
import org.efferent.cohort.CohortOptions.Existing;
import org.efferent.cohort.recordings.CohortTask;

/** Small cohorts for tests, and what runs over them came to. */
final class Simulated {
  private Simulated() {}

  /** Participants with two runs of 30 s each, eight electrodes. */
  static Path cohort(Path folder, int participants) {
    new SimulatedCohort(SimulatedCohort.Kind.IMAGERY, participants, 2, 30, 8, 160, 5)
        .write(folder, false);
    return folder;
  }

  static CohortOptions options(String master, Path recordings, Path out) {
    return options(master, recordings.toString(), out.toString(), Existing.REFUSE, Map.of());
  }

  static CohortOptions options(
      String master, String recordings, String out, Existing existing, Map<String, String> conf) {
    return new CohortOptions(
        CohortTask.of("imagery", Map.of("pairs", "2")),
        master,
        recordings,
        out,
        "",
        "",
        existing,
        conf);
  }

  /** All rows of a table as texts, in order of their first column; arrays bit by bit. */
  static List<String> table(Path out, String name) {
    SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    try {
      Map<String, String> rows = new TreeMap<>();
      for (Row row :
          session.read().parquet(out.resolve(name + ".parquet").toString()).collectAsList()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          Object cell = row.get(i);
          cells.add(
              row.schema().fieldNames()[i]
                  + "="
                  + (cell instanceof Double d
                      ? Long.toHexString(Double.doubleToRawLongBits(d))
                      : String.valueOf(cell)));
        }
        rows.put("%8s".formatted(row.get(0)), String.join(" ", cells));
      }
      return List.copyOf(rows.values());
    } finally {
      session.stop();
      SparkSession.clearActiveSession();
      SparkSession.clearDefaultSession();
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
