package org.efferent.retrieval.index;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;

/**
 * Ids and metadata in tables: UTF-8, cells with commas between them, in double quotes where they
 * hold commas, quotes (doubled) or ends of lines (RFC 4180).
 */
public final class IndexTables {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

  private IndexTables() {}

  /**
   * Reads ids.
   *
   * @param path the first cell of each line; a first line that begins with {@code id} is a header
   * @return an id a row
   * @throws InputException if it is missing or no such table
   */
  public static List<String> ids(Path path) {
    List<String> ids = new ArrayList<>();
    for (List<String> row : rows(path)) {
      ids.add(row.get(0));
    }
    if (!ids.isEmpty() && ids.get(0).equals("id")) {
      ids.remove(0);
    }
    return ids;
  }

  /**
   * Reads metadata: a column is one of numbers if all of its cells that are not empty are finite
   * decimal numbers; an empty cell is a missing value.
   *
   * @param path a header of names, then a line a row
   * @return the columns
   * @throws InputException if it is missing, ragged, or a name is none
   */
  public static Metadata metadata(Path path) {
    List<List<String>> rows = rows(path);
    String file = InputFiles.name(path);
    if (rows.size() < 2) {
      throw new InputException(file + ": must have a header of names and rows below it");
    }
    List<String> names = rows.get(0);
    List<List<String>> cells = rows.subList(1, rows.size());
    for (int r = 0; r < cells.size(); r++) {
      if (cells.get(r).size() != names.size()) {
        throw new InputException(
            "%s: row %d has %d cells, the header has %d; every row must have as many"
                .formatted(file, r, cells.get(r).size(), names.size()));
      }
    }
    List<Metadata.Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      int column = c;
      columns.add(column(names.get(c), cells.stream().map(row -> row.get(column)).toList()));
    }
    return Metadata.of(columns);
  }

  private static Metadata.Column column(String name, List<String> cells) {
    boolean numbers = cells.stream().anyMatch(c -> !c.isEmpty());
    for (String cell : cells) {
      numbers &=
          cell.isEmpty()
              || (NUMBER.matcher(cell).matches() && Double.isFinite(Double.parseDouble(cell)));
    }
    if (numbers) {
      return new Metadata.Numbers(
          name,
          cells.stream()
              .mapToDouble(c -> c.isEmpty() ? Double.NaN : Double.parseDouble(c))
              .toArray());
    }
    List<String> texts = new ArrayList<>();
    cells.forEach(cell -> texts.add(cell.isEmpty() ? null : cell));
    return Metadata.Texts.of(name, texts);
  }

  private static List<List<String>> rows(Path path) {
    InputFiles.check(path);
    String text;
    try {
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new InputException(InputFiles.name(path) + ": a table must be UTF-8 text", e);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
    return parse(text.startsWith("\uFEFF") ? text.substring(1) : text, InputFiles.name(path));
  }

  private static List<List<String>> parse(String text, String file) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean quote = c == '"';
        boolean doubled = quote && i + 1 < text.length() && text.charAt(i + 1) == '"';
        quoted = !quote || doubled;
        if (quoted) {
          cell.append(c);
          i += doubled ? 1 : 0;
        }
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        end(rows, row, cell);
        row = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new InputException(file + ": a cell begins with a quote that nothing closes");
    }
    if (!row.isEmpty() || !cell.isEmpty()) {
      end(rows, row, cell);
    }
    return rows;
  }

  private static void end(List<List<String>> rows, List<String> row, StringBuilder cell) {
    row.add(cell.toString());
    cell.setLength(0);
    rows.add(row);
  }
}
