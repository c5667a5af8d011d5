package org.efferent.data.fif;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/**
 * An event list.
 *
 * @param rows sample, previous value and id of each
 * @param ids ids by name, where the file names them
 * @param comments one a row, or none
 */
public record FifEvents(List<FifEvent> rows, Map<String, Long> ids, List<String> comments) {
  private static final long LARGEST_TEXT = 64L << 20;
  private static final Pattern ID = Pattern.compile("-?\\d{1,18}");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Copies the lists. */
  public FifEvents {
    rows = List.copyOf(rows);
    ids = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    comments = List.copyOf(comments);
  }

  static List<FifEvents> readAll(FifInput in, FifNode root) {
    List<FifEvents> all = new ArrayList<>();
    for (FifNode node : root.find(Fiff.B_MNE_EVENTS)) {
      node.tag(Fiff.MNE_EVENT_LIST).ifPresent(t -> all.add(read(in, node, t)));
    }
    return all;
  }

  private static FifEvents read(FifInput in, FifNode node, FifTag list) {
    double[] values = FifValues.numbers(in, list);
    if (values.length % 3 != 0) {
      throw new InputException(
          "%s: event list at byte %d: a row has 3 numbers; numbers=%d"
              .formatted(in.name(), list.at() - 16, values.length));
    }
    List<FifEvent> rows = new ArrayList<>(values.length / 3);
    for (int i = 0; i < values.length; i += 3) {
      rows.add(new FifEvent((long) values[i], (long) values[i + 1], (long) values[i + 2]));
    }
    Map<String, Long> ids =
        node.tag(Fiff.COMMENT).map(t -> ids(FifValues.text(in, t))).orElse(Map.of());
    List<String> comments =
        node.tag(Fiff.MNE_EVENT_COMMENTS).map(t -> comments(in, t)).orElse(List.of());
    return new FifEvents(rows, ids, comments.size() == rows.size() ? comments : List.of());
  }

  /** {@code name:id;name:id}; a name may hold colons, so the last one counts. */
  static Map<String, Long> ids(String text) {
    Map<String, Long> ids = new LinkedHashMap<>();
    for (String entry : text.split(";", -1)) {
      int colon = entry.lastIndexOf(':');
      // A description that names no ids is just a description.
      if (colon >= 0 && ID.matcher(entry.substring(colon + 1)).matches()) {
        ids.put(entry.substring(0, colon), Long.parseLong(entry.substring(colon + 1)));
      }
    }
    return ids;
  }

  private static List<String> comments(FifInput in, FifTag tag) {
    String all = StandardCharsets.ISO_8859_1.decode(FifValues.bytes(in, tag)).toString();
    List<String> comments = new ArrayList<>(List.of(all.split("\0", -1)));
    comments.remove(comments.size() - 1);
    return comments;
  }

  /**
   * Reads an event list in text ({@code .eve}, {@code .txt}): a row a line, three integers (sample,
   * previous, id) or four numbers (sample, seconds, previous, id); {@code #} begins a comment.
   *
   * @param file the text
   * @return its rows
   * @throws InputException if it is missing or a line is none of these
   * @throws UnsupportedInputException if it is larger than 64 MB
   */
  public static FifEvents readText(Path file) {
    if (InputFiles.check(file) > LARGEST_TEXT) {
      throw new UnsupportedInputException(
          InputFiles.name(file) + ": an event list of more than 64 MB is not read");
    }
    List<FifEvent> rows = new ArrayList<>();
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String all = in.readLine(); all != null; all = in.readLine()) {
        number++;
        int comment = all.indexOf('#');
        String line = (comment < 0 ? all : all.substring(0, comment)).strip();
        if (!line.isEmpty()) {
          rows.add(row(file, number, line));
        }
      }
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
    return new FifEvents(rows, Map.of(), List.of());
  }

  private static FifEvent row(Path file, int number, String line) {
    String[] parts = BLANKS.split(line, 5);
    try {
      if (parts.length < 3 || parts.length > 4) {
        throw new NumberFormatException();
      }
      int n = parts.length;
      return new FifEvent(
          Long.parseLong(parts[0]), Long.parseLong(parts[n - 2]), Long.parseLong(parts[n - 1]));
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s: line %d: a row is 3 or 4 numbers (sample, [seconds,] previous, id); line='%s'"
              .formatted(
                  InputFiles.name(file), number, line.substring(0, Math.min(60, line.length()))),
          e);
    }
  }
}
