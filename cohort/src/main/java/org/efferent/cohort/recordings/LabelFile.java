package org.efferent.cohort.recordings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.TensorType;
import org.efferent.data.npy.Npy;
import org.efferent.data.npy.NpyFile;
import org.efferent.data.npy.NpyType;

/**
 * Names of rows from a file: {@code .npy} of texts or whole numbers; or text, a row a line, with or
 * without one line above; or a column of a table, {@code FILE.csv#COLUMN}.
 */
public final class LabelFile {
  private LabelFile() {}

  /**
   * Reads names.
   *
   * @param text {@code FILE} or {@code FILE.csv#COLUMN}
   * @param rows how many there must be
   * @return a name a row
   * @throws InputException if there are not so many, or the file is not read
   */
  public static List<String> read(String text, int rows) {
    List<String> names = names(text, rows);
    if (names.size() != rows) {
      throw new InputException(
          "%s: must name every row; names=%d, rows=%d".formatted(text, names.size(), rows));
    }
    return names;
  }

  /**
   * The file behind the text.
   *
   * @param text {@code FILE} or {@code FILE.csv#COLUMN}
   * @return the file, which need not exist
   */
  public static Path path(String text) {
    int hash = text.lastIndexOf('#');
    return Path.of(hash > 0 && !Files.exists(Path.of(text)) ? text.substring(0, hash) : text);
  }

  private static List<String> names(String text, int rows) {
    Path path = path(text);
    if (InputFiles.name(path).toLowerCase(Locale.ROOT).endsWith(".npy")) {
      return npy(path);
    }
    List<String> lines = lines(path);
    if (path.toString().length() < text.length()) {
      return column(text, path, lines);
    }
    if (lines.stream().anyMatch(line -> line.indexOf(',') >= 0)) {
      throw new InputException(path + ": has several columns; name one as FILE.csv#COLUMN");
    }
    return lines.size() == rows + 1 ? lines.subList(1, lines.size()) : lines;
  }

  private static List<String> npy(Path path) {
    try (NpyFile file = NpyFile.open(path)) {
      if (file.type().kind() == NpyType.Kind.FLOAT) {
        throw new InputException(
            path + ": names of rows must be texts or whole numbers; it has " + file.type().title());
      }
      if (file.array().type().isText()) {
        return file.array().strings();
      }
    }
    var tensor = Npy.read(path);
    if (tensor.type() == TensorType.BOOL) {
      throw new InputException(path + ": names of rows must be texts or whole numbers");
    }
    return Arrays.stream(tensor.longs()).mapToObj(Long::toString).toList();
  }

  private static List<String> lines(Path path) {
    InputFiles.check(path);
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(path, StandardCharsets.UTF_8));
      lines.replaceAll(line -> line.replace("\uFEFF", "").strip());
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      return lines;
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  private static List<String> column(String text, Path path, List<String> lines) {
    String wanted = text.substring(path.toString().length() + 1);
    List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
    int column = header.indexOf(wanted);
    if (column < 0) {
      throw new InputException(
          "%s: has no column '%s'; it has %s".formatted(text, wanted, String.join(", ", header)));
    }
    List<String> names = new ArrayList<>();
    for (int r = 1; r < lines.size(); r++) {
      List<String> cells = cells(lines.get(r));
      if (cells.size() != header.size()) {
        throw new InputException(
            "%s: line %d must have as many cells as the header; cells=%d, header=%d"
                .formatted(path, r + 1, cells.size(), header.size()));
      }
      names.add(cells.get(column));
    }
    return names;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }
}
