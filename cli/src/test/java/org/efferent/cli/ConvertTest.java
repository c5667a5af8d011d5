package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.data.xdf.ChannelFormat;
import org.efferent.data.xdf.XdfFileWriter;
import org.efferent.data.xdf.XdfStreamWriter;
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

  @Test
  void aStreamWithoutRateIsLeftOutOfEdfAndTold() {
    Path in = folder.resolve("two.xdf");
    try (XdfFileWriter writer = new XdfFileWriter(in, false)) {
      String info =
          "<info><name>%s</name><type>EEG</type><channel_count>1</channel_count>"
              + "<nominal_srate>%d</nominal_srate><channel_format>float32</channel_format></info>";
      XdfStreamWriter trials =
          writer.addStream(info.formatted("Trials", 0), ChannelFormat.FLOAT32, 1, 0);
      XdfStreamWriter eeg =
          writer.addStream(info.formatted("Amp", 100), ChannelFormat.FLOAT32, 1, 100);
      for (int i = 0; i < 200; i++) {
        eeg.add(10 + i / 100.0, new double[] {i}, 0);
      }
      trials.add(10.5, new double[] {1}, 0);
      trials.add(11.25, new double[] {2}, 0);
      eeg.end();
      trials.end();
    }
    Path out = folder.resolve("two.bdf");
    JsonNode done = Cli.run("convert", in, out, "--json").json();
    assertThat(done.path("remarks").toString())
        .contains("EDF holds signals of a steady rate: 'Trials' of 1 channels was left out");
    JsonNode streams = Cli.run("inspect", out, "--json").json().path("streams");
    assertThat(streams).hasSize(1);
    assertThat(streams.path(0).path("rate").doubleValue()).isEqualTo(100);
    assertThat(streams.path(0).path("samples").intValue()).isEqualTo(200);
  }
}
