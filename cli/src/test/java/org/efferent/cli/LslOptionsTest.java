package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LslOptionsTest {
  @TempDir private Path folder;

  @Test
  void theWaysAreTwo() {
    Cli.run("streams", "--lsl", "carrier-pigeon", "--loopback")
        .failed(2, "--lsl is java or native; lsl=carrier-pigeon");
    Cli.run("streams", "--liblsl", "x.so", "--loopback")
        .failed(2, "--liblsl goes with --lsl native; liblsl=x.so");
  }

  @Test
  void aLibraryThatIsNotThereIsToldWithWhatToDo() {
    Path missing = folder.resolve("liblsl.so");
    Cli.run("streams", "--lsl", "native", "--liblsl", missing, "--loopback")
        .failed(
            5,
            "liblsl is not there: "
                + missing
                + "; install liblsl (github.com/sccn/liblsl/releases), or name its file by --liblsl,"
                + " the environment variable EFFERENT_LIBLSL or the system property"
                + " efferent.liblsl; LSL in Java (--lsl java) needs none");
  }

  @Test
  void doctorLooksAtTheLibrary() {
    Path missing = folder.resolve("liblsl.so");
    JsonNode named = check(Cli.run("doctor", "--json", "--liblsl", missing).object());
    assertThat(named.get("ok").asBoolean()).isFalse();
    assertThat(named.get("detail").asText()).startsWith("liblsl is not there: " + missing);
    // Whether this machine has one or not, nothing is wrong.
    JsonNode found = check(Cli.run("doctor", "--json").object());
    assertThat(found.get("ok").asBoolean()).isTrue();
    assertThat(found.get("detail").asText())
        .matches("1\\.\\d+, protocol 1\\.\\d+: .+|none, and none needed: LSL is spoken in Java");
  }

  private static JsonNode check(JsonNode doctor) {
    for (JsonNode check : doctor.get("checks")) {
      if (check.get("name").asText().equals("liblsl")) {
        return check;
      }
    }
    throw new AssertionError("doctor says nothing of liblsl: " + doctor);
  }
}
