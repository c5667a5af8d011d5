package org.efferent.data.edf;

import java.util.List;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;

/** When the data records start, and whether the stamps allow them to follow one another. */
final class EdfTiming {
  private EdfTiming() {}

  /** The stamp of the first sample; 0 where there is none. */
  static double start(Recording recording) {
    if (recording.rows() == 0) {
      return 0;
    }
    double[] first = new double[1];
    recording.readStamps(0, 1, first, 0);
    return first[0];
  }

  /**
   * The starts of the data records.
   *
   * @param out name of the file to be, for errors
   * @param recordings what is to be written
   * @param plan its data records
   * @return seconds after the first sample
   */
  static double[] onsets(String out, List<Recording> recordings, EdfPlan plan) {
    double seconds = Double.parseDouble(plan.seconds);
    double start = start(recordings.get(0));
    double[] onsets = new double[(int) plan.records];
    for (int r = 0; r < onsets.length; r++) {
      onsets[r] = r * seconds;
    }
    if (recordings.get(0) instanceof EdfRecording edf && edf.onsets() != null) {
      if (edf.header().recordSeconds != seconds) {
        throw new UnsupportedInputException(
            "%s: a discontinuous recording keeps its data records of %s s; recordSeconds=%s"
                .formatted(out, edf.header().recordSeconds, plan.seconds));
      }
      return edf.onsets().clone();
    }
    for (Recording r : recordings) {
      checkSteady(out, r, start);
    }
    return onsets;
  }

  private static void checkSteady(String out, Recording recording, double start) {
    double rate = recording.info().sampleRateHz();
    double[] stamps = new double[EdfSurvey.ROWS];
    for (long row = 0; row < recording.rows(); row += stamps.length) {
      int rows = (int) Math.min(stamps.length, recording.rows() - row);
      recording.readStamps(row, rows, stamps, 0);
      for (int i = 0; i < rows; i++) {
        double late = stamps[i] - start - (row + i) / rate;
        // Clocks drift: what counts as a gap is a jump of several samples.
        if (!(Math.abs(late) <= 2 / rate + 1e-4 * (row + i) / rate)) {
          throw new UnsupportedInputException(
              "%s: EDF+C holds no gaps; '%s', row %d is %.4f s off its steady time; cut or resample it first"
                  .formatted(out, recording.info().name(), row + i, late));
        }
      }
    }
  }
}
