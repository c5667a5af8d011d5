package org.efferent.decoders.dataset;

import java.io.BufferedReader;
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
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;

/** All rows of {@code examples.csv}, checked against one another. */
final class ExampleTable {
  static final String NAME = "examples.csv";
  static final String HEADER = "subject,session,layout,stimulus,target,split";

  /** Where a stimulus or a target row was first seen. */
  private record First(int line, Example example) {}

  private final List<Example> examples = new ArrayList<>();
  private final Map<String, First> stimuli = new HashMap<>();
  private final Map<Integer, First> targets = new HashMap<>();
  private final boolean allowShared;
  private final int layouts;

  private ExampleTable(int layouts, boolean allowShared) {
    this.layouts = layouts;
    this.allowShared = allowShared;
  }

  /**
   * Reads the table.
   *
   * @param file the file
   * @param layouts how many there are; none counts as one
   * @param allowShared whether a stimulus may be in two splits
   * @return its rows
   * @throws InputException that names the line
   */
  static List<Example> read(Path file, int layouts, boolean allowShared) {
    InputFiles.check(file);
    ExampleTable table = new ExampleTable(layouts, allowShared);
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String header = lines.readLine();
      if (header == null || !header.strip().equals(HEADER)) {
        throw new InputException(
            "%s: line 1 must be '%s'; line='%s'".formatted(NAME, HEADER, header));
      }
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          table.add(number, line);
        }
      }
    } catch (CharacterCodingException e) {
      throw new InputException(NAME + ": must be UTF-8 text", e);
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
    return table.examples;
  }

  private void add(int number, String line) {
    List<String> cells = cells(number, line);
    if (cells.size() != 6) {
      throw new InputException(
          "%s: line %d must have 6 cells (%s); cells=%d"
              .formatted(NAME, number, HEADER, cells.size()));
    }
    String stimulus = cells.get(3).strip();
    if (stimulus.isEmpty()) {
      throw new InputException("%s: line %d: stimulus must not be empty".formatted(NAME, number));
    }
    First known = stimuli.get(stimulus);
    Example example =
        new Example(
            whole(number, "subject", cells.get(0)),
            whole(number, "session", cells.get(1)),
            whole(number, "layout", cells.get(2)),
            known == null ? stimulus : known.example().stimulus(),
            whole(number, "target", cells.get(4)),
            split(number, cells.get(5)));
    if (example.layout() >= Math.max(1, layouts)) {
      throw new InputException(
          "%s: line %d: layout must be one of the %d of %s, from 0; layout=%d"
              .formatted(NAME, number, layouts, DatasetJson.NAME, example.layout()));
    }
    First here = new First(number, example);
    one("stimulus '" + stimulus + "'", here, stimuli.putIfAbsent(stimulus, here));
    one("target row " + example.target(), here, targets.putIfAbsent(example.target(), here));
    examples.add(example);
  }

  private void one(String what, First here, First before) {
    if (before == null) {
      return;
    }
    if (!allowShared && before.example().split() != here.example().split()) {
      throw new InputException(
          "%s: line %d: %s is in %s and, line %d, in %s: a leak; keep it in one split, or say \"allowSharedStimuli\": true in %s"
              .formatted(
                  NAME,
                  here.line(),
                  what,
                  here.example().split().word(),
                  before.line(),
                  before.example().split().word(),
                  DatasetJson.NAME));
    }
    if (before.example().stimulus().equals(here.example().stimulus())
        && before.example().target() != here.example().target()) {
      throw new InputException(
          "%s: line %d: %s has target row %d and, line %d, %d; examples of a stimulus share a row"
              .formatted(
                  NAME,
                  here.line(),
                  what,
                  here.example().target(),
                  before.line(),
                  before.example().target()));
    }
  }

  private static int whole(int number, String column, String cell) {
    try {
      int value = Integer.parseInt(cell.strip());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw notWhole(number, column, cell, e);
    }
    throw notWhole(number, column, cell, null);
  }

  private static InputException notWhole(int number, String column, String cell, Throwable cause) {
    return new InputException(
        "%s: line %d: %s must be a whole number, not negative; %s='%s'"
            .formatted(NAME, number, column, column, cell),
        cause);
  }

  private static Split split(int number, String cell) {
    return Arrays.stream(Split.values())
        .filter(s -> s.word().equals(cell.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "%s: line %d: split must be train, validation or test; split='%s'"
                        .formatted(NAME, number, cell)));
  }

  /** Cells of a line; one in quotes may hold commas, and quotes twice. */
  private static List<String> cells(int number, String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean twice = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (twice) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new InputException("%s: line %d: a quote is not closed".formatted(NAME, number));
    }
    cells.add(cell.toString());
    return cells;
  }

  /** A line of the table. */
  static String line(Example e) {
    String name = e.stimulus();
    String cell =
        name.indexOf(',') >= 0 || name.indexOf('"') >= 0
            ? '"' + name.replace("\"", "\"\"") + '"'
            : name;
    return "%d,%d,%d,%s,%d,%s\n"
        .formatted(e.subject(), e.session(), e.layout(), cell, e.target(), e.split().word());
  }
}
