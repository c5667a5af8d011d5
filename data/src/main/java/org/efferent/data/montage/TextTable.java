package org.efferent.data.montage;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/** A small text file, split into lines and fields. */
final class TextTable {
  private static final int MOST_BYTES = 2 << 20;
  private static final int MOST_LINES = 20_000;

  /**
   * A line.
   *
   * @param number from 1
   * @param fields trimmed
   */
  record Line(int number, List<String> fields) {}

  final String name;
  final List<Line> lines = new ArrayList<>();

  /**
   * Reads a file.
   *
   * @param path the file
   * @param separator between fields, a regular expression
   * @param most fields a line; the rest of the line belongs to the last
   */
  TextTable(Path path, String separator, int most) {
    try (FileBytes file = FileBytes.open(path)) {
      name = file.name();
      if (file.size() > MOST_BYTES) {
        throw new UnsupportedInputException(
            "%s: montages and layouts of more than %d bytes are not supported; bytes=%d"
                .formatted(name, MOST_BYTES, file.size()));
      }
      byte[] bytes = file.read(0, (int) file.size(), "its text", ByteOrder.BIG_ENDIAN).array();
      Pattern fieldEnd = Pattern.compile(separator);
      int number = 0;
      String text = new String(bytes, StandardCharsets.UTF_8);
      for (String line : (Iterable<String>) text.lines()::iterator) {
        number++;
        if (!line.isBlank()) {
          if (lines.size() == MOST_LINES) {
            throw new UnsupportedInputException(
                "%s: line %d: montages and layouts have up to %d sensors"
                    .formatted(name, number, MOST_LINES));
          }
          List<String> fields = new ArrayList<>();
          for (String field : fieldEnd.split(line.strip(), most)) {
            fields.add(field.strip());
          }
          lines.add(new Line(number, fields));
        }
      }
    }
  }

  /** A number of a line. */
  double number(Line line, int field) {
    String text = field < line.fields().size() ? line.fields().get(field) : "";
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(line, field, text, e);
    }
    throw wrong(line, field, text, null);
  }

  private InputException wrong(Line line, int field, String text, Throwable cause) {
    return new InputException(
        "%s: line %d: field %d must be a finite number; value='%s'"
            .formatted(name, line.number(), field + 1, text),
        cause);
  }
}
