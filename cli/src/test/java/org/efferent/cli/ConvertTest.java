package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code convert}. */
class ConvertTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"xdf", "bdf", "vhdr"})
  void aRealRecordingSaysTheSameInEveryFormat(String extension) {
    Path in = Cli.shared("data/eegmmidb/S001R03.edf");
    Path out = folder.resolve("copy." + extension);
    JsonNode done = Cli.run("convert", in, out, "--anonymize", "--json").json();
    assertThat(done.path("file").textValue()).isEqualTo(out.toString());
    assertThat(done.path("anonymized").booleanValue()).isTrue();
    JsonNode before = Cli.run("inspect", in, "--json").json();
    JsonNode after = Cli.run("inspect", out, "--json").json();
    JsonNode a = before.path("streams").path(0);
    JsonNode b = after.path("streams").path(0);
    assertThat(b.path("samples")).isEqualTo(a.path("samples"));
    assertThat(b.path("rate")).isEqualTo(a.path("rate"));
    assertThat(b.path("channels").findValuesAsText("label"))
        .isEqualTo(a.path("channels").findValuesAsText("label"));
    assertThat(after.path("markers")).hasSameSizeAs(before.path("markers"));
  }

  @Test
  void whatCannotBeConvertedIsTold() throws Exception {
    Path in = Files.writeString(folder.resolve("a.csv"), "a,b\n1,2\n3,4\n");
    Cli.run("convert", in, in)
        .failed(2, in + ": is the recording itself; give the new file another name");
    Path out = Files.writeString(folder.resolve("b.csv"), "mine");
    Cli.run("convert", in, out)
        .failed(2, out + " exists already; choose another name or give --force to replace it");
    assertThat(out).hasContent("mine");
    assertThat(Cli.run("convert", folder.resolve("none.edf"), folder.resolve("c.xdf")).status())
        .isEqualTo(3);
  }
}
