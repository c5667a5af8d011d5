package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efferent.filters.task.Target;
import org.efferent.filters.task.Trial;
import org.efferent.filters.task.TrialBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReportTest {
  /** From the centre into a target at x = 6 in {@code bins} bins of 0.1 s, held for one more. */
  private static TrialBlock.Ended trial(int bins, double endSeconds) {
    double[] x = new double[bins + 2];
    x[bins] = 6;
    x[bins + 1] = 6;
    Trial trial =
        new Trial(Target.disc(6, 0, 2), Trial.Outcome.ACQUIRED, 0.1, 0.1, x, new double[bins + 2]);
    return new TrialBlock.Ended(trial, endSeconds);
  }

  private static List<TrialBlock> blocks() {
    return List.of(
        new TrialBlock("open", false, 1, List.of(trial(9, 1))),
        new TrialBlock("assist 0.8", false, 1, List.of()),
        new TrialBlock("running", true, 1, List.of(trial(4, 2), trial(6, 3))));
  }

  @Test
  void aSessionLeavesTablesAPageAndFigures(@TempDir Path folder) throws IOException {
    SessionReport report = new SessionReport(folder, true);
    report.tables(blocks().subList(0, 2));
    assertThat(folder.toFile().list())
        .as("after two blocks, none of which counts")
        .containsExactlyInAnyOrder("figures.json", "blocks.csv", "trials.csv");
    report.tables(blocks());
    report.page(
        new SessionReport.Words(
            "A session of 2026",
            "Somebody steered.",
            Map.of("The decoder", Map.of("gain", 1.5)),
            Map.of("Seed", "4")),
        blocks());
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "figures.json",
            "blocks.csv",
            "trials.csv",
            "fitts.csv",
            "fitts.png",
            "fitts.svg",
            "report.html",
            "paths.png",
            "paths.svg",
            "blocks.png",
            "blocks.svg",
            "bits.png",
            "bits.svg");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("figures.json").toFile());
    assertThat(json.get("session").get("trials").asInt())
        .as("calibration does not count")
        .isEqualTo(2);
    assertThat(json.get("session").get("medianAcquisitionSeconds").asDouble())
        .isCloseTo((0.5 + 0.7) / 2, within(1e-12));
    assertThat(json.get("blocks")).hasSize(3);
    assertThat(json.get("blocks").get(1).get("name").asText()).isEqualTo("assist 0.8");
    assertThat(json.get("blocks").get(1).get("success").isNull()).isTrue();
    assertThat(json.get("fitts").get("conditions").get(0).get("width").asDouble()).isEqualTo(2);
    List<String> rows = Files.readAllLines(folder.resolve("blocks.csv"));
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0)).startsWith("name,counts,trials,acquired");
    assertThat(rows.get(1)).startsWith("\"open\",0,1,1,0,0,1.0,1.0,1.0,");
    assertThat(rows.get(3)).startsWith("\"running\",1,2,2,");
    List<String> trials = Files.readAllLines(folder.resolve("trials.csv"));
    assertThat(trials).hasSize(4);
    assertThat(trials.get(0)).endsWith(",block");
    assertThat(trials.get(1)).startsWith("1.0,1.0,0.0,6.0,0.0,2.0,").endsWith(",1.0");
    assertThat(trials.get(3)).endsWith(",3.0");
    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page)
        .contains("A session of 2026", "assist 0.8", "Fitts", "Somebody steered.", "gain", "Seed");
  }

  @Test
  void aLongSessionHasAPage(@TempDir Path folder) {
    List<TrialBlock> blocks =
        java.util.stream.IntStream.range(0, 300)
            .mapToObj(i -> new TrialBlock("block " + i, true, 1, List.of(trial(4, i))))
            .toList();
    new SessionReport(folder, false)
        .page(new SessionReport.Words("Long", "Somebody.", Map.of(), Map.of()), blocks);
    assertThat(folder.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void aSessionWithoutATrialHasAPage(@TempDir Path folder) throws IOException {
    SessionReport report = new SessionReport(folder, false);
    report.tables(List.of());
    report.page(new SessionReport.Words("Nothing", "Nobody.", Map.of(), Map.of()), List.of());
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("figures.json", "report.html");
    assertThat(Files.readString(folder.resolve("report.html"))).contains("of 0 targets");
  }
}
