package org.efferent.data;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.InputException;

/**
 * Tables of numbers as text: a row a line, cells separated by commas, semicolons or tabs (whichever
 * the first line has most of), an optional header line, UTF-8 with or without a byte order mark, LF
 * or CRLF, a point as decimal mark whatever the locale.
 *
 * <p>The first line is a header if its first cell (or every cell) is not a number and those cells
 * that are numbers are bare digits, as channel names can be. A line such as {@code abc,1.5} is
 * therefore a broken row, not a header.
 */
public final class NumericCsv {
  private NumericCsv() {}

  /** What to do with cells that say NaN or infinity. */
  public enum NonFinite {
    /** Refuse the file and name the cell. */
    REFUSE,
    /** Keep them; {@link NumericTable#nonFinite()} counts them. */
    KEEP
  }

  /**
   * Reads a table of finite numbers.
   *
   * @param file the file
   * @return the table, with at least one row
   * @throws InputException if the file is missing, empty, not text, ragged, or has a cell that is
   *     not a finite number; the message names file, line and column (both from 1)
   */
  public static NumericTable read(Path file) {
    return read(file, NonFinite.REFUSE);
  }

  /**
   * Reads a table.
   *
   * @param file the file
   * @param nonFinite what to do with NaN and infinity
   * @return the table, with at least one row
   * @throws InputException as {@link #read(Path)}
   */
  public static NumericTable read(Path file, NonFinite nonFinite) {
    long size = InputFiles.check(file);
    if (size > Integer.MAX_VALUE - 16) {
      throw new InputException(
          InputFiles.name(file)
              + ": a numeric table may have up to 2147483631 bytes; bytes="
              + size);
    }
    try {
      return new CsvParser(file, Files.readAllBytes(file), nonFinite).parse();
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
  }

  /**
   * Writes a table, with every digit that is needed to read the same doubles back.
   *
   * @param file where it goes
   * @param columnNames header, or empty for none
   * @param columns values a row, at least 1
   * @param values {@code [rows × columns]}, row-major
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced, or cannot
   *     be written
   */
  public static void write(
      Path file, List<String> columnNames, int columns, double[] values, boolean overwrite) {
    if (columns < 1 || values.length % columns != 0) {
      throw new IllegalArgumentException(
          "values must be [rows × columns]; columns=" + columns + ", values=" + values.length);
    }
    if (!columnNames.isEmpty() && columnNames.size() != columns) {
      throw new IllegalArgumentException(
          "every column has a name or none has; columns="
              + columns
              + ", names="
              + columnNames.size());
    }
    AtomicFile.write(
        file,
        overwrite,
        out -> {
          try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            writeTo(writer, columnNames, columns, values);
          }
        });
  }

  private static void writeTo(Writer writer, List<String> columnNames, int columns, double[] values)
      throws IOException {
    for (int c = 0; c < columnNames.size(); c++) {
      writer.write(quoted(columnNames.get(c)));
      writer.write(c + 1 < columns ? ',' : '\n');
    }
    for (int i = 0; i < values.length; i++) {
      writer.write(Double.toString(values[i]));
      writer.write((i + 1) % columns == 0 ? '\n' : ',');
    }
  }

  private static String quoted(String name) {
    boolean needed = name.chars().anyMatch(c -> c == ',' || c == ';' || c == '"' || c < ' ');
    return needed ? '"' + name.replace("\"", "\"\"").replaceAll("\\p{Cntrl}", " ") + '"' : name;
  }
}
