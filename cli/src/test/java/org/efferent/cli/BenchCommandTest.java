package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of {@code bench} but its speeds, which no test asserts. */
class BenchCommandTest {
  @TempDir private Path folder;

  @Test
  void measuresWhatIsNamedAndSaysWhichPeersAreNotThere() throws IOException {
    Path out = folder.resolve("bench");
    JsonNode json =
        Cli.run("bench", "--quick", "--only", "ring,filters", "--out", out, "--json").json();
    assertThat(json.path("quick").booleanValue()).isTrue();
    assertThat(json.path("areas").fieldNames()).toIterable().containsExactly("ring", "filters");
    assertThat(json.path("unavailable")).isEmpty();
    for (JsonNode area : json.path("areas")) {
      assertThat(area).isNotEmpty();
      for (JsonNode figure : area) {
        assertThat(figure.path("median").doubleValue())
            .isBetween(figure.path("low").doubleValue(), figure.path("high").doubleValue());
        assertThat(figure.path("better").textValue()).isIn("lower", "higher");
        assertThat(figure.path("unit").textValue()).isNotEmpty();
        for (JsonNode peer : figure.path("peers")) {
          assertThat(peer.path("name").textValue()).isNotEmpty();
          assertThat(peer.has("absent")).isNotEqualTo(peer.has("ratio"));
        }
      }
    }
    JsonNode ring = json.path("areas").path("ring").path(0);
    assertThat(ring.path("peers").path(0).path("name").textValue())
        .isEqualTo("JDK ArrayBlockingQueue");
    // The peer's median by ours: how many times as fast this is.
    assertThat(ring.path("peers").path(0).path("ratio").doubleValue())
        .isEqualTo(
            ring.path("peers").path(0).path("median").doubleValue()
                / ring.path("median").doubleValue());
    assertThat(ring.path("peers").path(1).path("absent").textValue())
        .isEqualTo("no --python was named");
    assertThat(out).isDirectoryContaining("glob:**/report.html");
    assertThat(Files.readString(out.resolve("bench.md"))).contains("| ring | write and read, 10");
    assertThat(Files.readAllLines(out.resolve("bench.csv")).get(0)).startsWith("area,what,unit");
    assertThat(out.resolve("bench.json")).exists();
    assertThat(out.resolve("run.json")).exists();

    Cli.run("bench", "--quick", "--only", "ring", "--out", out)
        .failed(2, out + " is not empty; choose another folder or give --force to write into it");
  }

  @Test
  void saysWhichAreasThereAre() {
    Cli.run("bench", "--only", "ring,rings")
        .failed(
            2,
            "--only takes ring, lsl, readers, filters, encoders, streaming, retrieval, dashboards; only=rings");
  }

  @Test
  void saysWhatItCannotStart() {
    Cli.Result result = Cli.run("bench", "--quick", "--only", "ring", "--python", "/nobody/python");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("efferent: --python must name a Python 3 that starts; python=/nobody/python");
    Cli.run("bench", "--threads", "0").failed(2, "--threads must lie in 1 to 1024; threads=0");
  }
}
