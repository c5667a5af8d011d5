package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.StreamInfo;
import org.efferent.data.xdf.ChannelFormat;
import org.efferent.data.xdf.XdfFile;
import org.efferent.data.xdf.XdfFileWriter;
import org.efferent.data.xdf.XdfOptions;
import org.efferent.data.xdf.XdfStream;
import org.efferent.data.xdf.XdfStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code record}, and the way from a recording through LSL into another. */
class RecordTest {
  private static final int SAMPLES = 3_000;

  @TempDir private Path folder;

  private final String name = "round-" + UUID.randomUUID();

  private Path recording() {
    Path file = folder.resolve("in.xdf");
    try (XdfFileWriter writer = new XdfFileWriter(file, false)) {
      LslStreamInfo signal =
          LslStreamInfo.of(
              StreamInfo.of(name, "EEG", 1000, 4),
              org.efferent.acquisition.lsl.ChannelFormat.FLOAT32);
      LslStreamInfo marks = LslStreamInfo.markers(name + "-marks", name);
      XdfStreamWriter samples = writer.addStream(signal.fullXml(), ChannelFormat.FLOAT32, 4, 1000);
      XdfStreamWriter markers = writer.addStream(marks.fullXml(), ChannelFormat.STRING, 1, 0);
      for (int i = 0; i < SAMPLES; i++) {
        samples.add(50 + i / 1000.0, new double[] {i, -i, i * 0.25, 7}, 0);
        if (i % 500 == 250) {
          markers.add(50 + i / 1000.0, "mark " + i);
        }
      }
      samples.write();
      markers.write();
      samples.end();
      markers.end();
    }
    return file;
  }

  @Test
  void whatIsReplayedIsRecordedWhole() throws Exception {
    Path in = recording();
    Path out = folder.resolve("out.xdf");
    CompletableFuture<Cli.Result> replay =
        CompletableFuture.supplyAsync(
            () -> Cli.run("replay", in, "--loopback", "--await", 60, "--speed", 10, "--json"));
    String predicate = "starts-with(name,'" + name + "')";
    Object[] record = {
      "record",
      "--out",
      out,
      "--stream",
      name,
      "--stream",
      name + "-marks",
      "--loopback",
      "--until-end",
      "--wait",
      60,
      "--json"
    };
    Cli.Result recorded = Cli.run(record);
    JsonNode played = replay.get(60, TimeUnit.SECONDS).json();
    assertThat(played.path("streams")).as(predicate).hasSize(2);
    JsonNode streams = recorded.json().path("streams");
    assertThat(streams).hasSize(2);
    assertThat(streams.path(0).path("samples").intValue()).isEqualTo(SAMPLES);
    assertThat(streams.path(0).path("dropped").intValue()).isZero();
    assertThat(streams.path(1).path("samples").intValue()).isEqualTo(6);

    XdfStream before = XdfFile.read(in, XdfOptions.RAW).streams().get(0);
    XdfFile file = XdfFile.read(out, XdfOptions.RAW);
    XdfStream after = file.streams().get(0);
    assertThat(after.values()).isEqualTo(before.values());
    assertThat(file.streams().get(1).strings())
        .containsExactly(
            "mark 250", "mark 750", "mark 1250", "mark 1750", "mark 2250", "mark 2750");
    // Stamps tell when it was played: what lies between two is as recorded, at ten times the speed.
    for (int i = 1; i < SAMPLES; i++) {
      assertThat(after.stamps()[i] - after.stamps()[0])
          .isCloseTo((before.stamps()[i] - before.stamps()[0]) / 10, within());
    }
    for (int m = 0; m < 6; m++) {
      assertThat(file.streams().get(1).stamps()[m] - after.stamps()[0])
          .isCloseTo((250 + 500 * m) / 10_000.0, within());
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void whatCannotBeRecordedIsTold() throws Exception {
    Path out = folder.resolve("r.xdf");
    Cli.run("record", "--out", out, "--wait", -1, "--loopback")
        .failed(2, "--wait and --seconds must be positive seconds; wait=-1.0, seconds=Infinity");
    Cli.run("record", "--out", out, "--wait", 0.2, "--stream", name, "--loopback")
        .failed(4, "no stream matched \"" + name + "\" within 0.2 s; is it running?");
    assertThat(Files.exists(out)).isFalse();
  }
}
