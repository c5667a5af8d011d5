package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says before there is a cluster; Spark is not on this class path. */
class CohortCommandTest {
  @TempDir private Path folder;

  private Cli.Result cohort(String task, Object... more) {
    return Cli.run(
        Cli.words(
            new Object[] {
              "cohort", "--recordings", folder, "--task", task, "--out", folder.resolve("out")
            },
            more));
  }

  @Test
  void withoutSparkTheReasonIsSaid() {
    cohort("health", "--master", "local")
        .failed(
            5,
            "Apache Spark is not on the class path, which many recordings run on; start ./efferent cohort, which adds its folder spark/jars, or add the jars of Spark 4.2 for Scala 2.13");
  }

  @Test
  void optionsThatDoNotFitAreNamed() {
    cohort("imaginary")
        .failed(2, "a task is one of [health, imagery, evoked, encode]; task=imaginary");
    cohort("health", "--band", "8:30").failed(2, "task health has no option --band; leave it out");
    cohort("imagery", "--resume", "--force")
        .failed(2, "--resume keeps what --force deletes; give one of them");
    cohort("imagery", "--include", "(")
        .failed(2, "--include must be a regular expression: Unclosed group");
  }

  @Test
  void aSimulatedCohortIsAFolderOfBids() {
    Path bids = folder.resolve("bids");
    Object[] words = {
      "simulate",
      "cohort",
      "--participants",
      2,
      "--runs",
      1,
      "--seconds",
      10,
      "--channels",
      4,
      "--kind",
      "evoked",
      "--out",
      bids,
      "--json"
    };
    assertThat(Cli.run(words).json().get("recordings").asInt()).isEqualTo(2);
    assertThat(bids.resolve("sub-002/eeg/sub-002_task-evoked_run-01_eeg.edf")).exists();
    Cli.Result inspected =
        Cli.run(
            "inspect", bids.resolve("sub-001/eeg/sub-001_task-evoked_run-01_eeg.edf"), "--json");
    assertThat(inspected.json().get("markers").size()).isGreaterThan(3);
    assertThat(inspected.json().get("streams").get(0).get("channels").get(0).get("unit").asText())
        .isEqualTo("uV");
    Cli.run(words)
        .failed(2, bids + " is not empty; choose another folder or give --force to write into it");
  }
}
