package org.efferent.data.bids;

import java.nio.file.Path;
import java.util.List;
import org.efferent.data.RecordingFile;
import org.efferent.data.csv.CsvRecordings;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;

/** A folder of BIDS, each of its sidecars struck; and events alone, whose words are a language. */
public final class BidsFuzz {
  private static final String EVENTS =
      "onset\tduration\ttrial_type\tvalue\n1.5\t0.5\tgo\t1\n0.5\tn/a\tn/a\t7\n";

  private BidsFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    String stem = "b/sub-01/eeg/sub-01_task-rest_";
    FuzzSeed folder =
        FuzzSeed.folder("b")
            .and(
                "b/dataset_description.json",
                "{\"Name\": \"Test\", \"BIDSVersion\": \"1.8.0\", \"Authors\": [\"A\", {\"x\": 1.5}]}")
            .and(
                "b/participants.tsv",
                "participant_id\tsex\tage\nsub-01\tF\t30\nsub-02\tmale\tn/a\n")
            .and("b/task-rest_eeg.json", "{\"Manufacturer\": \"Acme\", \"PowerLineFrequency\": 50}")
            .and(stem + "eeg.json", "{\"PowerLineFrequency\": 60, \"Nested\": {\"a\": [1, null]}}")
            .and(stem + "eeg.csv", "time,Cz,HEOG,X\n100,1,2,3\n101,4,5,6\n102,7,8,9\n")
            .and(
                stem + "channels.tsv",
                "name\ttype\tunits\tstatus\nCz\tEEG\tuV\tgood\nHEOG\tEOG\tuV\tbad\n")
            .and(
                "b/sub-01/eeg/sub-01_space-CapTrak_electrodes.tsv",
                "name\tx\ty\tz\nCz\t1\t-2\t90\nHEOG\tn/a\tn/a\tn/a\n")
            .and(
                "b/sub-01/eeg/sub-01_space-CapTrak_coordsystem.json",
                "{\"EEGCoordinateSystem\": \"CapTrak\", \"EEGCoordinateUnits\": \"mm\"}")
            .and(stem + "events.tsv", EVENTS);
    return List.of(
        new FuzzTarget("bids", BidsFuzz::read, folder),
        new FuzzTarget(
            "bids-events",
            path -> BidsEvent.of(TsvTable.read(path)),
            FuzzSeed.text("case.tsv", EVENTS),
            FuzzSeed.text(
                "case.tsv",
                "onset\tduration\ttrial_type\n1\t0.2\t{'kind': 'word', 'word': 'the', 'x': [1, (2,), None, \"a\\n\"]}\n")));
  }

  private static void read(Path path) {
    for (BidsRecording recording : BidsDataset.open(path).recordings()) {
      try (RecordingFile file = recording.open(CsvRecordings::open)) {
        FuzzReads.all(file);
      }
    }
  }
}
