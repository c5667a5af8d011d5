package org.efferent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
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

  /** Notes a file that went in, by its SHA-256; a second one of the same name by its whole path. */
  void input(Path file) {
    String hash = Sha256.of(file);
    Object other = data.putIfAbsent(InputFiles.name(file), hash);
    if (other != null && !other.equals(hash)) {
      data.put(file.toString(), hash);
    }
  }

  /** Notes something else that went in, by its hash. */
  void input(String name, String hash) {
    data.put(name, hash);
  }

  /** Notes the results. */
  void figures(Map<String, ?> figures) {
    fields.put("figures", figures);
  }

  /** All of it as one line of JSON. */
  String json() {
    return OutputOptions.toJson(fields);
  }

  void write(Path file, boolean force) {
    writeText(file, json() + "\n", force);
  }

  /** Writes a text file that must not exist yet, unless forced. */
  static void writeText(Path file, String text, boolean force) {
    try {
      refuseExisting(file, force);
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException(
          file + ": cannot be written: " + e.getMessage() + "; choose another place", e);
    }
  }

  /** Says that a result is there already, unless forced. */
  static void refuseExisting(Path file, boolean force) {
    if (!force && Files.exists(file)) {
      throw new UsageException(
          file + " exists already; choose another name or give --force to replace it");
    }
  }

  /** Where the record of a table of estimates goes: beside it. */
  static Path beside(Path estimates) {
    String name = InputFiles.name(estimates).replaceFirst("\\.[^.]*$", "");
    return estimates.resolveSibling(name + ".run.json");
  }

  /** Says that estimates or their record are there already, unless forced. */
  static void refuseExistingWithRecord(Path estimates, boolean force) {
    if (estimates != null) {
      refuseExisting(estimates, force);
      refuseExisting(beside(estimates), force);
    }
  }

  /** Makes a folder for results; a folder with something in it needs {@code --force}. */
  static Path folder(Path folder, boolean force) {
    try {
      if (Files.isDirectory(folder)) {
        try (var entries = Files.list(folder)) {
          if (!force && entries.findAny().isPresent()) {
            throw new UsageException(
                folder + " is not empty; choose another folder or give --force to write into it");
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UsageException(
          folder + ": cannot be made: " + e.getMessage() + "; choose another place", e);
    }
  }
}
