package org.efferent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.Sha256;

/**
 * {@code run.json}: what a run was, so that someone else can repeat it: configuration, hashes of
 * the data, seed, versions, time, figures.
 */
final class RunRecord {
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> data = new LinkedHashMap<>();

  RunRecord(String command, Map<String, ?> configuration, long seed) {
    fields.put("command", command);
    fields.put("configuration", configuration);
    fields.put("data", data);
    fields.put("seed", seed);
    fields.put("version", Versions.program());
    fields.put("java", Versions.java());
    fields.put("machine", Versions.machine());
    fields.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Notes a file that went in, by its SHA-256. */
  void input(Path file) {
    data.put(file.getFileName().toString(), Sha256.of(file));
  }

  /** Notes the results. */
  void figures(Map<String, ?> figures) {
    fields.put("figures", figures);
  }

  Map<String, Object> fields() {
    return fields;
  }

  void write(Path file, boolean force) {
    writeText(file, OutputOptions.toJson(fields) + "\n", force);
  }

  /** Writes a text file that must not exist yet, unless forced. */
  static void writeText(Path file, String text, boolean force) {
    try {
      refuseExisting(file, force);
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Says that a result is there already, unless forced. */
  static void refuseExisting(Path file, boolean force) {
    if (!force && Files.exists(file)) {
      throw new InputException(
          file + " exists already; choose another name or give --force to replace it");
    }
  }

  /** Makes a folder for results; a folder with something in it needs {@code --force}. */
  static Path folder(Path folder, boolean force) {
    try {
      if (Files.isDirectory(folder)) {
        try (var entries = Files.list(folder)) {
          if (!force && entries.findAny().isPresent()) {
            throw new InputException(
                folder + " is not empty; choose another folder or give --force to write into it");
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be made: " + e.getMessage(), e);
    }
  }
}
