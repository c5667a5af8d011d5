package org.efferent.data.fuzz;

import org.efferent.core.Recording;
import org.efferent.data.RecordingFile;

/** Reads what a file has, as its users would: small recordings whole, others here and there. */
public final class FuzzReads {
  private static final long WHOLE = 1 << 16;
  private static final int PART = 1 << 14;

  private FuzzReads() {}

  /** Reads all recordings of a file; the caller closes it. */
  public static void all(RecordingFile file) {
    for (Recording recording : file.recordings()) {
      all(recording);
    }
    if (!file.recordings().isEmpty()) {
      file.main().info();
    }
  }

  /** Reads a recording. */
  public static void all(Recording recording) {
    long rows = recording.rows();
    int channels = recording.channels();
    if (rows * channels <= WHOLE) {
      recording.load();
      return;
    }
    int part = (int) Math.min(rows, Math.max(1, PART / channels));
    double[] values = new double[part * channels];
    double[] stamps = new double[part];
    for (long from : new long[] {0, (rows - part) / 2, rows - part}) {
      recording.read(from, part, values, 0);
      recording.readStamps(from, part, stamps, 0);
    }
  }
}
