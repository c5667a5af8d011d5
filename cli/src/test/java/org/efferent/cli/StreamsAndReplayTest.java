package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.ReplayTarget;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslInlet;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in sight, and recordings as streams; all of it on this machine's loopback. */
class StreamsAndReplayTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void anOutletIsListedWithAllThatIsKnownOfIt() {
    String id = "streams-" + UUID.randomUUID();
    StreamInfo info = StreamInfo.of("Listed", "EEG", 250, 3);
    try (LslOutlet outlet =
        new LslOutlet(
            LslStreamInfo.of(info, ChannelFormat.FLOAT32).withSourceId(id), LslConfig.LOOPBACK)) {
      JsonNode json = Cli.run("streams", "--json", "--loopback", "--timeout", 0.5).json();
      assertThat(json.fieldNames()).toIterable().containsExactly("streams");
      List<JsonNode> mine = new ArrayList<>();
      for (JsonNode stream : json.path("streams")) {
        if (stream.path("sourceId").textValue().equals(id)) {
          mine.add(stream);
        }
      }
      assertThat(mine).hasSize(1);
      JsonNode stream = mine.get(0);
      assertThat(stream.fieldNames())
          .toIterable()
          .containsExactly(
              "name", "type", "channels", "rate", "format", "sourceId", "uid", "host", "backend");
      assertThat(stream.path("name").textValue()).isEqualTo("Listed");
      assertThat(stream.path("type").textValue()).isEqualTo("EEG");
      assertThat(stream.path("channels").intValue()).isEqualTo(3);
      assertThat(stream.path("rate").doubleValue()).isEqualTo(250);
      assertThat(stream.path("format").textValue()).isEqualTo("float32");
      assertThat(stream.path("uid").textValue()).isEqualTo(outlet.info().origin().uid());
      assertThat(stream.path("host").textValue()).isEqualTo(outlet.info().origin().hostname());
      assertThat(stream.path("backend").textValue()).isEqualTo("java");
      assertThat(Cli.run("streams", "--loopback", "--timeout", 0.5).out())
          .contains("NAME", "Listed", id);
    }
  }

  @Test
  void theWholeDescriptionIsShownOnRequest() {
    String id = "full-" + UUID.randomUUID();
    StreamInfo info =
        new StreamInfo(
            "Evil\u009b2J",
            "EEG",
            250,
            id,
            List.of(new ChannelInfo("Fp1", "EEG", "microvolts"), new ChannelInfo("X", "", "")));
    try (LslOutlet outlet =
        new LslOutlet(
            LslStreamInfo.of(info, ChannelFormat.FLOAT32).withSourceId(id), LslConfig.LOOPBACK)) {
      JsonNode json = Cli.run("streams", "--json", "--full", "--loopback", "--timeout", 0.5).json();
      List<JsonNode> mine = new ArrayList<>();
      for (JsonNode stream : json.path("streams")) {
        if (stream.path("sourceId").textValue().equals(id)) {
          mine.add(stream);
        }
      }
      assertThat(mine).hasSize(1);
      JsonNode channels = mine.get(0).path("channelList");
      assertThat(channels).extracting(c -> c.path("label").textValue()).containsExactly("Fp1", "X");
      assertThat(channels.path(0).path("unit").textValue()).isEqualTo("microvolts");
      assertThat(channels.path(0).path("kind").textValue()).isEqualTo("EEG");
      assertThat(mine.get(0).path("xml").textValue())
          .isEqualTo(
              outlet
                  .info()
                  .fullXml()
                  .replace("<v4address></v4address>", "<v4address>127.0.0.1</v4address>"));
      String text = Cli.run("streams", "--full", "--loopback", "--timeout", 0.5).out();
      assertThat(text)
          .contains("     1  Fp1              EEG      microvolts")
          .contains("  \t\t\t\t<unit>microvolts</unit>")
          .contains("Evil?2J ")
          .doesNotContain("\u009b");
    }
  }

  @Test
  void timeoutsAreChecked() {
    Cli.run("streams", "--timeout", "-1")
        .failed(2, "--timeout must lie in 0 to 3600 seconds; timeout=-1.0");
  }

  @Test
  void aTableIsPlayedUnderItsNameToWhoComes() throws Exception {
    String name = "rows-" + UUID.randomUUID();
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 0; row < 100; row++) {
      text.append(row).append(',').append(-row).append('\n');
    }
    Path file = Files.writeString(folder.resolve(name + ".csv"), text);
    CompletableFuture<Cli.Result> replay =
        CompletableFuture.supplyAsync(
            () -> Cli.run("replay", file, "--loopback", "--rate", 10, "--speed", 4, "--json"));
    List<Double> first = new ArrayList<>();
    InletOptions toTheEnd = InletOptions.DEFAULTS.withEndOnDisconnect(true);
    try (LslSource source =
        LslSource.open(LslResolver.property("name", name), LONG, LslConfig.LOOPBACK, toTheEnd)) {
      assertThat(source.info().type()).isEqualTo("Features");
      assertThat(source.info().sampleRateHz()).isEqualTo(10);
      assertThat(source.info().channels()).extracting("label").containsExactly("a", "b");
      Chunk chunk = new Chunk(64, 2);
      for (int n = source.read(chunk, LONG); n != Source.END; n = source.read(chunk, LONG)) {
        for (int row = 0; row < n; row++) {
          first.add(chunk.values()[2 * row]);
          assertThat(chunk.values()[2 * row + 1]).isEqualTo(-chunk.values()[2 * row]);
        }
      }
    }
    // Who comes late misses the beginning, but nothing from there on.
    assertThat(first).hasSizeGreaterThan(20);
    for (int i = 0; i < first.size(); i++) {
      assertThat(first.get(i)).isEqualTo(100 - first.size() + i);
    }
    JsonNode json = replay.get(LONG.toSeconds(), TimeUnit.SECONDS).json();
    JsonNode stream = json.path("streams").path(0);
    assertThat(stream.path("name").textValue()).isEqualTo(name);
    assertThat(stream.path("samples").intValue()).isEqualTo(100);
    assertThat(stream.path("dropped").intValue()).isZero();
    assertThat(json.path("seconds").doubleValue()).isBetween(2.4, 20.0);
  }

  @Test
  void aRecordingAtMaximalSpeedEnds() {
    Path file = Cli.shared("data/xdf/switch_example.xdf");
    Cli.Result result = Cli.run("replay", file, "--speed", "max", "--loopback", "--json");
    JsonNode streams = result.json().path("streams");
    assertThat(streams).hasSize(3);
    int eeg = streams.path(0).path("name").textValue().equals("g.USBamp-1") ? 0 : 1;
    assertThat(streams.path(eeg).path("samples").intValue()).isEqualTo(34_320);
    assertThat(result.err())
        .contains("efferent: playing 'g.USBamp-1' (EEG), 34320 samples, as fast as possible");
  }

  @Test
  void aSampleOfTextsGoesOutWithAllItsChannels() throws Exception {
    Path file = Cli.shared("data/xdf/twochannel_string_marker.xdf");
    Recordings.Track track =
        Recordings.tracks(file, 10, warning -> {}).stream()
            .filter(t -> !t.texts().isEmpty())
            .findFirst()
            .orElseThrow();
    String id = "texts-" + UUID.randomUUID();
    LslStreamInfo info = track.lsl().withSourceId(id);
    try (LslOutlet outlet = new LslOutlet(info, LslConfig.LOOPBACK)) {
      LslStreamInfo found =
          LslResolver.resolve(LslResolver.property("source_id", id), 1, LONG, LslConfig.LOOPBACK)
              .get(0);
      try (LslInlet inlet = new LslInlet(found, LslConfig.LOOPBACK, InletOptions.DEFAULTS)) {
        assertThat(outlet.awaitConsumers(LONG)).isTrue();
        ReplayTarget target = ReplayCommand.target(track, outlet);
        target.marker(12.5, track.recording().markers().get(0).label());
        String[] row = new String[2];
        assertThat(inlet.pull(row, LONG)).isEqualTo(12.5);
        assertThat(row).containsExactly("Marker 0A", "Marker 0B");
      }
    }
  }

  @Test
  void whatCannotBePlayedIsTold() throws Exception {
    Path none = folder.resolve("none.xdf");
    Cli.run("replay", none, "--loopback")
        .failed(3, none + ": there is no such file; check the path");
    Path table = Files.writeString(folder.resolve("t.csv"), "1,2\n3,4\n");
    Cli.run("replay", table, "--loopback", "--rate", 0)
        .failed(2, "--rate must lie in 0 to 1000000 Hz; rate=0.0");
  }
}
