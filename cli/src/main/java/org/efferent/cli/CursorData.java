package org.efferent.cli;

import java.nio.file.Path;
import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.data.RowRange;

/** Features and states of one recording, row by row. */
final class CursorData {
  private final NumericTable features;
  private final NumericTable states;

  private CursorData(NumericTable features, NumericTable states) {
    this.features = features;
    this.states = states;
    if (features.rows() != states.rows()) {
      throw new InputException(
          "features and states must have the same number of rows; %s has %d, %s has %d"
              .formatted(name(features), features.rows(), name(states), states.rows()));
    }
  }

  /** Reads both files. */
  static CursorData read(Path features, Path states) {
    if (features == null || states == null) {
      throw new UsageException("--features and --states go together; name both files");
    }
    return new CursorData(NumericCsv.read(features), NumericCsv.read(states));
  }

  /**
   * Bins a second.
   *
   * @param binSeconds length of a bin, as given by {@code --bin-seconds}
   */
  static double rateHz(double binSeconds) {
    if (!(binSeconds >= 1e-6 && binSeconds <= 86_400)) {
      throw new UsageException(
          "--bin-seconds must lie in 0.000001 to 86400 seconds; bin-seconds=" + binSeconds);
    }
    return 1 / binSeconds;
  }

  /**
   * Some rows: {@code features} is {@code [rows][m]}, {@code states} is {@code [rows][d]}.
   *
   * @param from index of the first row in the files
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Rows(int from, double[][] features, double[][] states) {
    int size() {
      return features.length;
    }

    /** The features as a recording with the bins' numbers for stamps. */
    MemoryRecording recording(String name, double rateHz) {
      int m = features[0].length;
      double[] values = new double[size() * m];
      double[] stamps = new double[size()];
      for (int i = 0; i < size(); i++) {
        System.arraycopy(features[i], 0, values, i * m, m);
        stamps[i] = i / rateHz;
      }
      return new MemoryRecording(
          StreamInfo.of(name, "Features", rateHz, m), stamps, values, java.util.List.of());
    }
  }

  /**
   * The rows of a range.
   *
   * @param option the option that names it, for errors
   * @param range {@code A:B}; null is an error
   */
  Rows rows(String option, String range) {
    if (range == null) {
      throw new UsageException(option + " is missing; name rows as A:B, for example 0:5000");
    }
    RowRange rows = RowRange.parse(range).check(features.rows(), name(features));
    if (rows.rows() == 0) {
      throw new UsageException(option + " must name at least one row; rows=" + rows);
    }
    return new Rows(rows.from(), some(features, rows), some(states, rows));
  }

  private static double[][] some(NumericTable table, RowRange rows) {
    double[][] some = new double[rows.rows()][];
    for (int i = 0; i < some.length; i++) {
      int at = (rows.from() + i) * table.columns();
      some[i] = Arrays.copyOfRange(table.values(), at, at + table.columns());
    }
    return some;
  }

  private static String name(NumericTable table) {
    return table.path().getFileName().toString();
  }
}
