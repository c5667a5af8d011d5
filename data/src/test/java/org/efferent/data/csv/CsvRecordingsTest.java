package org.efferent.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordingsTest {
  static final String TABLE =
      "timestamps,Cz [uV],Left (foot),Marker0\n1.0,5,7,0\n1.5,6,8,2\n2.0,7,9,2\n2.5,8,10,1\n";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  @Test
  void clockUnitsAndTriggersAreKnown() throws IOException {
    try (RecordingFile file = CsvRecordings.open(file(TABLE))) {
      Recording recording = file.main();
      assertThat(recording.info().sampleRateHz()).isEqualTo(2);
      assertThat(recording.info().channels())
          .containsExactly(
              new ChannelInfo("Cz", "", "uV"),
              new ChannelInfo("Left (foot)", "", ""),
              new ChannelInfo("Marker0", "TRIG", ""));
      assertThat(recording.load().stamps()).containsExactly(1, 1.5, 2, 2.5);
      assertThat(recording.slice(1, 2).values()).containsExactly(6, 8, 2);
      assertThat(file.markers()).containsExactly(new Marker(1.5, "2"), new Marker(2.5, "1"));
    }
    try (RecordingFile file = CsvRecordings.open(file("time,stim1,stim2\n0,0,3\n1,1.5,0\n"))) {
      assertThat(file.markers())
          .containsExactly(new Marker(0, "stim2 3"), new Marker(1, "stim1 1.5"));
    }
  }

  @Test
  void withoutAClockTheCallerSaysTheRate() throws IOException {
    Path path = file("1,2\n3,4\nNaN,6\n");
    try (RecordingFile file = CsvRecordings.open(path, 100)) {
      assertThat(file.main().info().sampleRateHz()).isEqualTo(100);
      assertThat(file.main().load().stamps()).containsExactly(0, 0.01, 0.02);
      assertThat(file.warnings()).containsExactly("1 values are NaN or infinite");
    }
    try (RecordingFile file = CsvRecordings.open(path)) {
      assertThat(file.main().info().sampleRateHz()).isZero();
      assertThat(file.main().load().stamps()).containsExactly(0, 1, 2);
    }
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> CsvRecordings.open(path, 0))
        .withMessage("the rate of a table must be positive; rateHz=0.0");
    Path broken = file("time,a\n1,2\n2,x\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> CsvRecordings.open(broken))
        .withMessage(
            "t.csv: line 3, column 2: 'x' is not a number; every cell must be a finite decimal"
                + " number");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    StreamInfo info =
        new StreamInfo(
            "t",
            "",
            4,
            "",
            List.of(
                new ChannelInfo("a, \"b\"".replace("\"", ""), "", "uV"),
                new ChannelInfo("2", "", ""),
                new ChannelInfo("stim", "TRIG", "")));
    double[] values = {0.1, 1e-300, 0, Math.PI, -2, 0, 3, Double.MIN_VALUE, 5};
    MemoryRecording recording =
        new MemoryRecording(info, new double[] {10, 10.25, 10.5}, values, List.of());
    Path path = folder.resolve("t.csv");
    CsvRecordings.write(path, recording, false);
    try (RecordingFile back = CsvRecordings.open(path)) {
      assertThat(back.main().info()).isEqualTo(info);
      assertThat(back.main().load().values()).containsExactly(values);
      assertThat(back.main().load().stamps()).containsExactly(10, 10.25, 10.5);
      assertThat(back.markers()).containsExactly(new Marker(10.5, "5"));
    }
    Path events = folder.resolve("events.tsv");
    CsvRecordings.writeMarkers(
        events, List.of(new Marker(1, "go\tnow"), new Marker(2.5, 0.5, "")), false);
    assertThat(events).hasContent("onset\tduration\ttrial_type\n1.0\tn/a\tgo now\n2.5\t0.5\tn/a\n");
  }

  @Test
  void realRunsHaveTheirMarkers() {
    Path path = Path.of(System.getProperty("efferent.root"), "../shared/data/muse-n170/run1.csv");
    Assumptions.assumeTrue(Files.exists(path), "needs run1.csv at ../shared/data/muse-n170");
    try (RecordingFile file = CsvRecordings.open(path)) {
      assertThat(file.main().info().sampleRateHz()).isEqualTo(256);
      assertThat(file.main().rows()).isEqualTo(30_732);
      assertThat(file.main().channels()).isEqualTo(6);
      assertThat(file.markers()).hasSize(197).startsWith(new Marker(149958.388, "2"));
    }
  }
}
