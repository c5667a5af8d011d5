package org.efferent.data.bids;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/** A tab-separated table of BIDS: UTF-8, a header, {@code n/a} where nothing is known. */
public final class TsvTable {
  private static final long MOST_BYTES = 64L << 20;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,4})?");

  private final String name;
  private final List<String> columns;
  private final List<String[]> rows;
  private final Map<String, Integer> places = new HashMap<>();

  private TsvTable(String name, List<String> columns, List<String[]> rows) {
    this.name = name;
    for (int c = 0; c < columns.size(); c++) {
      places.putIfAbsent(columns.get(c), c);
    }
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads a table.
   *
   * @param path the file
   * @return the table
   * @throws InputException if it is missing, empty, not UTF-8 or ragged; the message names the line
   * @throws UnsupportedInputException if it has more than 64 MB
   */
  public static TsvTable read(Path path) {
    String name = InputFiles.name(path);
    long size = InputFiles.check(path);
    if (size > MOST_BYTES) {
      throw new UnsupportedInputException(
          name + ": tables of up to " + MOST_BYTES + " bytes are read; bytes=" + size);
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new InputException(name + ": a table must be UTF-8 text", e);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
    if (lines.isEmpty() || lines.get(0).isBlank()) {
      throw new InputException(name + ": line 1 must name the columns; it is empty");
    }
    String head = lines.get(0).startsWith("\uFEFF") ? lines.get(0).substring(1) : lines.get(0);
    List<String> columns = Arrays.stream(head.split("\t", -1)).map(String::strip).toList();
    List<String[]> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank() && columns.size() > 1) {
        continue;
      }
      String[] cells = lines.get(i).split("\t", -1);
      if (cells.length != columns.size()) {
        throw new InputException(
            "%s: line %d has %d columns, line 1 has %d; every row must have as many"
                .formatted(name, i + 1, cells.length, columns.size()));
      }
      rows.add(cells);
    }
    return new TsvTable(name, columns, rows);
  }

  /** Names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** Rows below the header. */
  public int rows() {
    return rows.size();
  }

  /**
   * A text.
   *
   * @param row from 0
   * @param column its name
   * @return the cell; empty if there is no such column or the cell says {@code n/a}
   */
  public String text(int row, String column) {
    Integer c = places.get(column);
    String cell = c == null ? "" : rows.get(row)[c].strip();
    return cell.equalsIgnoreCase("n/a") ? "" : cell;
  }

  /**
   * A number.
   *
   * @param row from 0
   * @param column its name
   * @return the number; NaN if there is no such column or the cell says {@code n/a}
   * @throws InputException if the cell is no number; the message names row and column
   */
  public double number(int row, String column) {
    String cell = text(row, column);
    if (cell.isEmpty() || cell.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (!NUMBER.matcher(cell).matches()) {
      String shown = cell.length() > 40 ? cell.substring(0, 40) : cell;
      throw new InputException(
          "%s: row %d, column %s: '%s' is not a number; numbers or n/a may stand there"
              .formatted(name, row + 1, column, shown));
    }
    return Double.parseDouble(cell);
  }

  String name() {
    return name;
  }
}
