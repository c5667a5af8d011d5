package org.efferent.data.bids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.SensorPosition;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.csv.CsvRecordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BidsDatasetTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private void dataset() throws IOException {
    write("dataset_description.json", "{\"Name\": \"Test\", \"BIDSVersion\": \"1.8.0\"}");
    write("participants.tsv", "participant_id\tsex\tage\nsub-01\tF\t30\nsub-02\tmale\tn/a\n");
    write("task-rest_eeg.json", "{\"Manufacturer\": \"Acme\", \"PowerLineFrequency\": 50}");
    write("sub-01/ses-1/eeg/sub-01_ses-1_task-rest_run-2_eeg.json", "{\"PowerLineFrequency\": 60}");
    for (String run : List.of("1", "2")) {
      write(
          "sub-01/ses-1/eeg/sub-01_ses-1_task-rest_run-" + run + "_eeg.csv",
          "time,Cz,HEOG,X\n100,1,2,3\n101,4,5,6\n102,7,8,9\n");
    }
    write(
        "sub-01/ses-1/eeg/sub-01_ses-1_task-rest_channels.tsv",
        "name\ttype\tunits\tstatus\nCz\tEEG\tuV\tgood\nHEOG\tEOG\tuV\tbad\n");
    write(
        "sub-01/ses-1/eeg/sub-01_ses-1_space-CapTrak_electrodes.tsv",
        "name\tx\ty\tz\nCz\t1\t-2\t90\nHEOG\tn/a\tn/a\tn/a\n");
    write(
        "sub-01/ses-1/eeg/sub-01_ses-1_space-CapTrak_coordsystem.json",
        "{\"EEGCoordinateSystem\": \"CapTrak\", \"EEGCoordinateUnits\": \"mm\"}");
    write(
        "sub-01/ses-1/eeg/sub-01_ses-1_task-rest_run-1_events.tsv",
        "onset\tduration\ttrial_type\tvalue\n1.5\t0.5\tgo\t1\n0.5\tn/a\tn/a\t7\n");
    write("sourcedata/sub-09/eeg/sub-09_task-rest_eeg.csv", "1,2\n");
  }

  @Test
  void recordingsAreListedAndEnriched() throws IOException {
    dataset();
    BidsDataset dataset = BidsDataset.open(folder);
    assertThat(dataset.name()).isEqualTo("Test");
    assertThat(dataset.participants().get("02")).containsEntry("age", "");
    assertThat(dataset.recordings()).hasSize(2);
    assertThat(dataset.recordings(Map.of("run", "2", "sub", "01"))).hasSize(1);
    BidsRecording first = dataset.recordings().get(0);
    assertThat(first.name().entities())
        .isEqualTo(Map.of("sub", "01", "ses", "1", "task", "rest", "run", "1"));
    assertThat(first.metadata()).containsEntry("PowerLineFrequency", "50");
    assertThat(dataset.recordings().get(1).metadata())
        .isEqualTo(Map.of("Manufacturer", "Acme", "PowerLineFrequency", "60"));
    try (RecordingFile file = first.open(CsvRecordings::open)) {
      assertThat(file.main().info().channels())
          .containsExactly(
              new ChannelInfo("Cz", "EEG", "uV")
                  .at(new SensorPosition(SensorPosition.Frame.HEAD, 0.001, -0.002, 0.09)),
              new ChannelInfo("HEOG", "EOG", "uV"),
              new ChannelInfo("X", "", ""));
      assertThat(file.markers())
          .containsExactly(new Marker(100.5, "7"), new Marker(101.5, 0.5, "go"));
      assertThat(file.main().markers()).isEqualTo(file.markers());
      assertThat(file.contents()).containsExactly("bad channels: HEOG");
      assertThat(file.about().subjectId()).isEqualTo("01");
      assertThat(file.about().sex()).isEqualTo("F");
      assertThat(file.about().equipment()).isEqualTo("Acme");
      assertThat(file.main().slice(1, 2).values()).containsExactly(4, 5, 6);
    }
  }

  @Test
  void literalsOfMegMascAreReadNotExecuted() throws IOException {
    Path path =
        write(
            "events.tsv",
            """
            onset\tduration\ttrial_type
            1\t0.2\t{'kind': 'word', 'word': 'the', 'sequence_id': 3.0, 'pronounced': 1}
            2\t0.1\t{'kind': 'sound', 'sound': 'a.wav'}
            3\t0.1\t{'kind': __import__('os')}
            """);
    List<BidsEvent> events = BidsEvent.of(TsvTable.read(path));
    assertThat(events)
        .extracting(BidsEvent::label)
        .containsExactly("word:the", "sound:a.wav", "{'kind': __import__('os')}");
    assertThat(events.get(0).details()).containsEntry("sequence_id", 3.0);
    assertThat(events.get(2).details()).isEmpty();
  }

  @Test
  void libriBrainsFoldersAreFound() throws IOException {
    String stem = "sub-0_ses-1_task-Sherlock1_run-1";
    write("derivatives/serialised/" + stem + "_proc-bads+headpos+sss_meg.h5", "x");
    write(
        "derivatives/events/" + stem + "_events.tsv",
        "timemeg\ttimechapter\tkind\tsegment\n0.25\t0\tword\tHolmes\n");
    BidsRecording recording = BidsDataset.open(folder).recordings().get(0);
    assertThat(recording.name().entity("task")).isEqualTo("Sherlock1");
    assertThat(recording.events()).extracting(BidsEvent::label).containsExactly("word:Holmes");
  }

  @Test
  void errorsNameFileRowAndColumn() throws IOException {
    dataset();
    String events = "sub-01/ses-1/eeg/sub-01_ses-1_task-rest_run-1_events.tsv";
    write(events, "onset\tduration\n1\t0\nx\t0\n");
    refused(
        "sub-01_ses-1_task-rest_run-1_events.tsv: row 2, column onset: 'x' is not a number; numbers"
            + " or n/a may stand there");
    write(events, "onset\tduration\n1\n");
    refused(
        "sub-01_ses-1_task-rest_run-1_events.tsv: line 2 has 1 columns, line 1 has 2; every row must"
            + " have as many");
    write(events, "time\tduration\n1\t2\n");
    refused(
        "sub-01_ses-1_task-rest_run-1_events.tsv: line 1 must have a column onset; it has time,"
            + " duration");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> BidsDataset.open(empty))
        .withMessage(
            empty + ": has no recording of BIDS, such as sub-01/eeg/sub-01_task-rest_eeg.edf");
  }

  private void refused(String message) {
    BidsRecording first = BidsDataset.open(folder).recordings().get(0);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> first.open(CsvRecordings::open))
        .withMessage(message);
  }

  /** What is parsed takes many times the memory of its text. */
  @Test
  void sidecarsOfManyMegabytesAreRefused() throws IOException {
    Path table = folder.resolve("events.tsv");
    Path json = folder.resolve("dataset_description.json");
    try (RandomAccessFile a = new RandomAccessFile(table.toFile(), "rw");
        RandomAccessFile b = new RandomAccessFile(json.toFile(), "rw")) {
      a.setLength((64L << 20) + 1);
      b.setLength((16L << 20) + 1);
    }
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> TsvTable.read(table))
        .withMessage("events.tsv: tables of up to 67108864 bytes are read; bytes=67108865");
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> BidsDataset.open(folder))
        .withMessage("dataset_description.json: sidecars of up to 16 MB are read");
  }

  /** A cell was looked for by its column's name, one column after the other: hours for this. */
  @Test
  void tablesMayBeWide() throws IOException {
    int columns = 60_000;
    StringBuilder text = new StringBuilder();
    for (int row = -1; row < 3; row++) {
      for (int c = 0; c < columns; c++) {
        text.append(row < 0 ? "c" : "").append(c).append(c + 1 < columns ? "\t" : "\n");
      }
    }
    TsvTable table = TsvTable.read(write("wide.tsv", text.toString()));
    for (int row = 0; row < 3; row++) {
      for (int c = 0; c < columns; c++) {
        assertThat(table.number(row, "c" + c)).isEqualTo(c);
      }
    }
  }
}
