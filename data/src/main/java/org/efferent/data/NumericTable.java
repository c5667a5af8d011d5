package org.efferent.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A table of numbers from a file, {@code [rows × columns]}, row-major. The array is handed over and
 * handed out, not copied.
 */
public final class NumericTable {
  private final Path path;
  private final int rows;
  private final int columns;
  private final double[] values;
  private final List<String> columnNames;
  private final long nonFinite;

  /**
   * A table.
   *
   * @param path file that it comes from
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 1
   * @param values {@code [rows × columns]}, row-major
   * @param columnNames one name a column, or none
   */
  public NumericTable(Path path, int rows, int columns, double[] values, List<String> columnNames) {
    this.path = Objects.requireNonNull(path, "path");
    this.rows = rows;
    this.columns = columns;
    this.values = Objects.requireNonNull(values, "values");
    this.columnNames = List.copyOf(columnNames);
    if (rows < 0 || columns < 1 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "values must be [rows × columns]; rows="
              + rows
              + ", columns="
              + columns
              + ", values="
              + values.length);
    }
    if (!columnNames.isEmpty() && columnNames.size() != columns) {
      throw new IllegalArgumentException(
          "every column has a name or none has; columns="
              + columns
              + ", names="
              + columnNames.size());
    }
    this.nonFinite = Arrays.stream(values).filter(v -> !Double.isFinite(v)).count();
  }

  /** File that it comes from. */
  public Path path() {
    return path;
  }

  /** Rows, the header not counted. */
  public int rows() {
    return rows;
  }

  /** Columns. */
  public int columns() {
    return columns;
  }

  /** The values themselves, {@code [rows × columns]}, row-major. */
  public double[] values() {
    return values;
  }

  /** Names of the columns; empty when the file has no header. */
  public List<String> columnNames() {
    return columnNames;
  }

  /** Values that are NaN or infinite. */
  public long nonFinite() {
    return nonFinite;
  }

  /** One value. */
  public double get(int row, int column) {
    Objects.checkIndex(column, columns);
    return values[row * columns + column];
  }

  /**
   * A copy of one column.
   *
   * @param column from 0
   * @return {@code [rows]}
   */
  public double[] column(int column) {
    Objects.checkIndex(column, columns);
    double[] copy = new double[rows];
    for (int r = 0; r < rows; r++) {
      copy[r] = values[r * columns + column];
    }
    return copy;
  }

  /**
   * A copy of some rows.
   *
   * @param range which
   * @return {@code [range.rows() × columns]}, row-major
   * @throws org.efferent.core.InputException if the range lies outside the table
   */
  public double[] rows(RowRange range) {
    range.check(rows, InputFiles.name(path));
    return Arrays.copyOfRange(values, range.from() * columns, range.to() * columns);
  }

  /**
   * Whether the first column is a clock: it is called {@code time}, {@code timestamp} or {@code
   * timestamps}, in whatever case.
   */
  public boolean hasClock() {
    if (columnNames.isEmpty() || columns < 2) {
      return false;
    }
    String name = columnNames.get(0).toLowerCase(Locale.ROOT);
    return name.equals("time") || name.equals("timestamp") || name.equals("timestamps");
  }
}
