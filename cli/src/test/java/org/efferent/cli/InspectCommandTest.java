package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path folder;

  private static JsonNode inspect(Path file) {
    JsonNode json = Cli.run("inspect", file, "--json").json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("file", "format", "streams", "markers", "warnings");
    assertThat(json.path("file").textValue()).isEqualTo(file.toString());
    for (JsonNode stream : json.path("streams")) {
      assertThat(stream.fieldNames())
          .toIterable()
          .containsExactly(
              "name",
              "type",
              "rate",
              "effectiveRate",
              "samples",
              "channels",
              "start",
              "end",
              "gaps",
              "clockResets");
      for (JsonNode channel : stream.path("channels")) {
        assertThat(channel.fieldNames()).toIterable().containsExactly("label", "kind", "unit");
      }
    }
    for (JsonNode marker : json.path("markers")) {
      assertThat(marker).hasSize(2);
      assertThat(marker.path(0).isNumber() && marker.path(1).isTextual()).isTrue();
    }
    return json;
  }

  @Test
  void aTableWithoutClockHasNoTimes() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\nnan,3\n4,-inf\n");
    JsonNode json = inspect(file);
    assertThat(json.path("format").textValue()).isEqualTo("CSV");
    JsonNode stream = json.path("streams").path(0);
    assertThat(stream.path("name").textValue()).isEqualTo("t");
    assertThat(stream.path("samples").intValue()).isEqualTo(3);
    assertThat(stream.path("start").isNull()).isTrue();
    assertThat(stream.path("end").isNull()).isTrue();
    assertThat(stream.path("channels")).hasSize(2);
    assertThat(stream.path("channels").path(1).path("label").textValue()).isEqualTo("b");
    assertThat(json.path("warnings").path(0).textValue())
        .isEqualTo("2 impossible values: 1 NaN, 1 infinite");
    assertThat(Cli.run("inspect", file).out())
        .contains("samples         3", "warning: 2 impossible values")
        .doesNotContain("NaN s");
  }

  @Test
  void aTableWithClockHasThem() throws IOException {
    StringBuilder text = new StringBuilder("time,x\n");
    for (int i = 0; i < 100; i++) {
      text.append(5 + i / 4.0).append(',').append(i).append('\n');
    }
    JsonNode stream =
        inspect(Files.writeString(folder.resolve("t.csv"), text)).path("streams").path(0);
    assertThat(stream.path("rate").doubleValue()).isEqualTo(4);
    assertThat(stream.path("effectiveRate").doubleValue()).isEqualTo(4);
    assertThat(stream.path("start").doubleValue()).isEqualTo(5);
    assertThat(stream.path("end").doubleValue()).isEqualTo(29.75);
    assertThat(stream.path("channels")).hasSize(1);
  }

  @Test
  void aRecordingHasItsMainSignalFirstAndItsMarkers() {
    JsonNode json = inspect(Cli.shared("data/xdf/switch_example.xdf"));
    assertThat(json.path("format").textValue()).isEqualTo("XDF");
    JsonNode eeg = json.path("streams").path(0);
    assertThat(eeg.path("name").textValue()).isEqualTo("g.USBamp-1");
    assertThat(eeg.path("type").textValue()).isEqualTo("EEG");
    assertThat(eeg.path("samples").intValue()).isEqualTo(34_320);
    assertThat(eeg.path("channels")).hasSize(16);
    assertThat(eeg.path("channels").path(0).path("unit").textValue()).isEqualTo("microvolts");
    assertThat(eeg.path("rate").doubleValue()).isEqualTo(256);
    assertThat(eeg.path("effectiveRate").doubleValue()).isCloseTo(256, within(0.01));
    assertThat(json.path("streams")).hasSize(3);
    int texts =
        json.path("streams").path(1).path("samples").intValue()
            + json.path("streams").path(2).path("samples").intValue();
    assertThat(json.path("markers")).hasSize(texts);
    assertThat(json.path("markers").path(0).path(1).textValue()).isEqualTo("ping");
    double last = 0;
    for (JsonNode marker : json.path("markers")) {
      assertThat(marker.path(0).doubleValue()).isGreaterThanOrEqualTo(last);
      last = marker.path(0).doubleValue();
    }
    assertThat(json.path("warnings")).hasSize(3);
  }

  @Test
  void clockResetsAreCounted() {
    JsonNode json = inspect(Cli.shared("data/xdf/clock_resets.xdf"));
    JsonNode eeg = json.path("streams").path(0);
    assertThat(eeg.path("name").textValue()).isEqualTo("BioSemi");
    assertThat(eeg.path("samples").intValue()).isEqualTo(27_815);
    assertThat(eeg.path("clockResets").intValue()).isEqualTo(1);
    assertThat(eeg.path("gaps").intValue()).isEqualTo(1);
    assertThat(json.path("markers")).hasSize(175);
  }

  @Test
  void streamsWithoutSamplesHaveNoTimes() {
    JsonNode json = inspect(Cli.shared("data/xdf/empty_streams.xdf"));
    long empty = 0;
    for (JsonNode stream : json.path("streams")) {
      boolean none = stream.path("samples").intValue() == 0;
      assertThat(stream.path("start").isNull()).isEqualTo(none);
      empty += none ? 1 : 0;
    }
    assertThat(empty).isEqualTo(2);
  }

  @Test
  void aRecordingThatWasCutOffIsReadUpToThere() throws IOException {
    byte[] whole = Files.readAllBytes(Cli.shared("data/xdf/switch_example.xdf"));
    Path half = Files.write(folder.resolve("half.xdf"), Arrays.copyOf(whole, whole.length / 2));
    JsonNode json = inspect(half);
    assertThat(json.path("streams").path(0).path("samples").intValue()).isBetween(15_000, 19_000);
    assertThat(json.path("warnings").toString())
        .contains("the file ends inside it; what came before was read");
    Path little = Files.write(folder.resolve("little.xdf"), Arrays.copyOf(whole, 150));
    Cli.run("inspect", little, "--json")
        .failed(
            3,
            "little.xdf: is truncated: ends at byte 150 without a complete stream header; nothing"
                + " can be read");
  }

  @Test
  void aBidsFolderIsListed() throws IOException {
    Path root = folder.resolve("ds");
    for (String name :
        new String[] {
          "sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_eeg.edf",
          "sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_events.tsv",
          "sub-01/ses-b/eeg/sub-01_ses-b_task-rest_eeg.set",
          "sub-02/eeg/sub-02_task-move_eeg.vhdr"
        }) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), "onset\tduration\n");
    }
    Files.writeString(root.resolve("dataset_description.json"), "{\"Name\": \"Rest\"}");
    Files.writeString(root.resolve("participants.tsv"), "participant_id\nsub-01\nsub-09\n");
    JsonNode json = Cli.run("inspect", root, "--json").json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("file", "format", "streams", "markers", "dataset", "warnings");
    assertThat(json.path("format").textValue()).isEqualTo("BIDS");
    JsonNode dataset = json.path("dataset");
    assertThat(dataset.path("name").textValue()).isEqualTo("Rest");
    assertThat(dataset.path("subjectCount").intValue()).isEqualTo(2);
    assertThat(dataset.path("sessionCount").intValue()).isEqualTo(3);
    assertThat(dataset.path("recordingCount").intValue()).isEqualTo(3);
    assertThat(dataset.path("subjects").path(0).path("sessions").path(0))
        .hasToString(
            "{\"session\":\"a\",\"recordings\":[{\"file\":\"sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_eeg.edf\","
                + "\"suffix\":\"eeg\",\"task\":\"rest\",\"run\":\"1\",\"events\":true}]}");
    assertThat(json.path("warnings"))
        .hasToString(
            "[\"1 subjects are in participants.tsv, but have no recording: 09\","
                + "\"1 subjects have recordings, but are not in participants.tsv: 02\"]");
    assertThat(Cli.run("inspect", root).out())
        .isEqualToNormalizingNewlines(
            """
            %s: BIDS, Rest
              2 subjects, 3 sessions, 3 recordings

            sub-01: 2 recordings
              ses-a: 1 recordings
                sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_eeg.edf
              ses-b: 1 recordings
                sub-01/ses-b/eeg/sub-01_ses-b_task-rest_eeg.set (no events)

            sub-02: 1 recordings
                sub-02/eeg/sub-02_task-move_eeg.vhdr (no events)
            warning: 1 subjects are in participants.tsv, but have no recording: 09
            warning: 1 subjects have recordings, but are not in participants.tsv: 02
            """
                .formatted(root));
  }

  @Test
  void whatIsNoRecordingIsRefused() throws IOException {
    Path none = folder.resolve("none.xdf");
    Cli.run("inspect", none, "--json").failed(3, none + ": there is no such file; check the path");
    Path liar = Files.writeString(folder.resolve("l.xdf"), "nope");
    Cli.run("inspect", liar, "--json")
        .failed(
            3,
            "l.xdf: byte 0: an XDF recording begins with 'XDF:' (58 44 46 3a); found 6e 6f 70 65");
    Path magic = Files.write(folder.resolve("m.xdf"), "XDF:".getBytes(StandardCharsets.UTF_8));
    Cli.run("inspect", magic, "--json")
        .failed(3, "m.xdf: ends at byte 4 without a complete stream header; nothing can be read");
    Path prose = Files.writeString(folder.resolve("p.txt"), "hello world");
    Cli.run("inspect", prose)
        .failed(
            3,
            "p.txt: is of a kind that is not read; these are: XDF (.xdf .xdfz .xdf.gz), EDF (.edf .bdf .rec),"
                + " BrainVision (.vhdr .vmrk .eeg), FIF (.fif .fif.gz), CTF (.ds), KIT (.con .sqd),"
                + " EEGLAB (.set .fdt), NWB (.nwb), MAT (.mat), HDF5 (.h5 .hdf5), NSx (.ns1 .ns2 .ns3"
                + " .ns4 .ns5 .ns6), NEV (.nev), NPY (.npy), NPZ (.npz), pickle (.pkl .pickle),"
                + " safetensors (.safetensors), WAV (.wav), CSV (.csv .tsv), and BIDS folders");
  }
}
