package org.efferent.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;

/** One pass over the bytes of a numeric table. Used once. */
final class CsvParser {
  private static final String RULE = "; every cell must be a finite decimal number";

  private final Path path;
  private final String name;
  private final byte[] bytes;
  private final NumericCsv.NonFinite nonFinite;
  private final DecimalParser number = new DecimalParser();
  private int position;
  private int line = 1;
  private byte delimiter;
  private int columns;
  private int rows;
  private double[] values = new double[1024];
  private int count;

  CsvParser(Path path, byte[] bytes, NumericCsv.NonFinite nonFinite) {
    this.path = path;
    this.name = InputFiles.name(path);
    this.bytes = bytes;
    this.nonFinite = nonFinite;
  }

  NumericTable parse() {
    refuseBinary();
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF) {
      position = 3;
    }
    int end = trimmedEnd();
    if (end <= position) {
      throw new InputException(name + ": is empty; a table needs at least one row of numbers");
    }
    List<int[]> first = firstLine(end);
    columns = first.size();
    List<String> names = List.of();
    if (isHeader(first)) {
      names = first.stream().map(this::text).toList();
      position = lineEnd(position, end) + 1;
      line++;
      if (position >= end) {
        throw new InputException(name + ": has a header but no rows of numbers below it");
      }
    }
    while (position < end) {
      row(end);
    }
    return new NumericTable(path, rows, columns, Arrays.copyOf(values, count), names);
  }

  private void refuseBinary() {
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      boolean control = b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t';
      boolean utf16 = i == 0 && bytes.length > 1 && (b == (byte) 0xFF || b == (byte) 0xFE);
      if (control || utf16) {
        throw new InputException(
            name
                + ": byte "
                + i
                + String.format(": 0x%02x does not belong into text", b & 0xFF)
                + "; a table of numbers is UTF-8 text");
      }
    }
  }

  /** The end without blank lines. */
  private int trimmedEnd() {
    int end = bytes.length;
    while (end > position && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
      // A tab may be two empty cells: the line then is ragged or has no number, and says so.
      if (bytes[end - 1] == '\t') {
        break;
      }
      end--;
    }
    return end;
  }

  private int lineEnd(int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private List<int[]> firstLine(int end) {
    int stop = lineEnd(position, end);
    int[] counts = new int[128];
    boolean quoted = false;
    for (int i = position; i < stop; i++) {
      quoted ^= bytes[i] == '"';
      if (!quoted && bytes[i] >= 0) {
        counts[bytes[i]]++;
      }
    }
    delimiter = ',';
    for (byte candidate : new byte[] {';', '\t'}) {
      if (counts[candidate] > counts[delimiter]) {
        delimiter = candidate;
      }
    }
    List<int[]> cells = new ArrayList<>();
    int from = position;
    quoted = false;
    for (int i = position; i <= stop; i++) {
      quoted ^= i < stop && bytes[i] == '"';
      if (i == stop || (bytes[i] == delimiter && !quoted)) {
        cells.add(trim(from, i));
        from = i + 1;
      }
    }
    return cells;
  }

  private boolean isHeader(List<int[]> cells) {
    boolean firstIsNumber = false;
    boolean anyNumber = false;
    for (int i = 0; i < cells.size(); i++) {
      int[] cell = cells.get(i);
      if (number.parse(bytes, cell[0], cell[1]) != DecimalParser.Kind.NOT_A_NUMBER) {
        if (!number.plainInteger()) {
          return false;
        }
        anyNumber = true;
        firstIsNumber |= i == 0;
      }
    }
    return !firstIsNumber || !anyNumber;
  }

  private void row(int end) {
    int stop = lineEnd(position, end);
    int column = 0;
    int from = position;
    reserve();
    for (int i = position; i <= stop; i++) {
      if (i == stop || bytes[i] == delimiter) {
        if (column < columns) {
          cell(from, i, column, stop);
        }
        column++;
        from = i + 1;
      }
    }
    if (column != columns) {
      throw ragged(column);
    }
    rows++;
    line++;
    position = stop + 1;
  }

  private void cell(int from, int to, int column, int stop) {
    int start = from;
    int end = to;
    if (from < to && (bytes[start] <= ' ' || bytes[end - 1] <= ' ' || bytes[start] == '"')) {
      int[] trimmed = trim(from, to);
      start = trimmed[0];
      end = trimmed[1];
    }
    DecimalParser.Kind kind = number.parse(bytes, start, end);
    if (kind == DecimalParser.Kind.FINITE
        || (kind == DecimalParser.Kind.NOT_FINITE && nonFinite == NumericCsv.NonFinite.KEEP)) {
      values[count++] = number.value();
      return;
    }
    refuse(kind, start, end, column, stop);
  }

  private void refuse(DecimalParser.Kind kind, int start, int end, int column, int stop) {
    // A row of another length explains a strange cell better than the cell does.
    int found = 1;
    for (int i = position; i < stop; i++) {
      found += bytes[i] == delimiter ? 1 : 0;
    }
    boolean blank = trim(position, stop)[0] == trim(position, stop)[1] && found == 1;
    if (blank) {
      throw new InputException(
          name + ": line " + line + " is blank; blank lines may only stand at the end");
    }
    if (found != columns) {
      throw ragged(found);
    }
    String shown = text(new int[] {start, Math.min(end, start + 40)});
    throw new InputException(
        name
            + ": line "
            + line
            + ", column "
            + (column + 1)
            + ": '"
            + shown
            + (kind == DecimalParser.Kind.NOT_FINITE ? "' is not finite" : "' is not a number")
            + RULE);
  }

  private InputException ragged(int found) {
    return new InputException(
        name
            + ": line "
            + line
            + " has "
            + found
            + (found == 1 ? " column" : " columns")
            + ", line 1 has "
            + columns
            + "; every row must have as many");
  }

  private void reserve() {
    long needed = (long) count + columns;
    if (needed > values.length) {
      long grown = Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, values.length * 2L));
      if (needed > grown) {
        throw new InputException(name + ": a table may have up to 2147483631 values");
      }
      values = Arrays.copyOf(values, (int) grown);
    }
  }

  /** Without blanks and one pair of quotes. */
  private int[] trim(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] >= 0 && bytes[start] <= ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ') {
      end--;
    }
    if (end - start >= 2 && bytes[start] == '"' && bytes[end - 1] == '"') {
      start++;
      end--;
    }
    return new int[] {start, end};
  }

  private String text(int[] cell) {
    return new String(bytes, cell[0], cell[1] - cell[0], StandardCharsets.UTF_8);
  }
}
