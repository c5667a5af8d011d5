package org.efferent.data.csv;

import java.nio.file.Path;
import java.util.List;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.inspect.Inspection;

/** Tables of numbers. */
public final class CsvFuzz {
  private CsvFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget(
            "csv",
            // A channel may be named in two bytes and costs some hundred of figures.
            FuzzTarget.Limits.BLOCKS,
            CsvFuzz::read,
            List.of(
                FuzzSeed.text("case.csv", CsvRecordingsTest.TABLE),
                FuzzSeed.text("case.csv", "1;2;3\n4;5;6\n"),
                FuzzSeed.text("case.csv", "a\tb\n1e3\t-2.5E-7\n+3\t.5\n"),
                FuzzSeed.text(
                    "case.csv", "\"time\",\"x y\"\r\n0.0,NaN\r\n0.1,-inf\r\n0.2,3\r\n"))));
  }

  private static void read(Path path) {
    try (RecordingFile file = CsvRecordings.open(path)) {
      FuzzReads.all(file);
    }
    Inspection.of(path);
  }
}
