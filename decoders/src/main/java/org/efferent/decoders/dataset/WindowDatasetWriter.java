package org.efferent.decoders.dataset;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.efferent.core.EfferentException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.npy.NpyRowsWriter;

/**
 * Writes a {@link WindowDataset} as its windows come, none of which stays in memory. All is written
 * into a folder beside the place, which {@link #close} checks as {@link WindowDataset#open} does
 * and moves there: nobody sees half of it. Used by one thread.
 */
public final class WindowDatasetWriter implements AutoCloseable {
  private final Path folder;
  private final Path part;
  private final WindowDatasetOptions options;
  private final Map<String, String> targets = new LinkedHashMap<>();
  private final NpyRowsWriter windows;
  private final Writer examples;
  private boolean open = true;

  /** Gives the rows of a target one by one. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Fills in a row.
     *
     * @param row from 0, in order
     * @param into all of it is filled, row-major
     */
    void row(int row, float[] into);
  }

  /**
   * Begins a data set.
   *
   * @param folder where it goes: not there yet, or empty
   * @param options what all windows share
   * @throws UsageException if something is there, or it cannot be written
   */
  public WindowDatasetWriter(Path folder, WindowDatasetOptions options) {
    this.folder = folder.toAbsolutePath().normalize();
    this.options = options;
    this.part =
        this.folder.resolveSibling(
            "." + InputFiles.name(this.folder) + "." + UUID.randomUUID() + ".part");
    try {
      if (Files.exists(folder) && !isEmptyFolder(folder)) {
        throw new UsageException(
            folder + ": exists already; choose another name, or remove what is there");
      }
      Files.createDirectories(part);
      this.windows =
          new NpyRowsWriter(
              part.resolve(WindowDataset.WINDOWS), options.channels().size(), options.time());
      this.examples =
          Files.newBufferedWriter(part.resolve(ExampleTable.NAME), StandardCharsets.UTF_8);
      this.examples.write(ExampleTable.HEADER + "\n");
    } catch (IOException e) {
      deletePart();
      throw failed(e);
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.findAny().isEmpty();
    }
  }

  /**
   * Adds an example.
   *
   * @param example whose it is and what it is of
   * @param window {@code [channels × time]}, row-major
   * @throws UsageException if the disk refuses
   */
  public void add(Example example, float[] window) {
    windows.add(window);
    try {
      examples.write(ExampleTable.line(example));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Writes a target.
   *
   * @param name letters, digits, underscores and hyphens
   * @param rowShape sizes of a row, slowest first
   * @param rows {@code [rows][…]}, each row-major
   * @throws UsageException if it is there already, or the disk refuses
   */
  public void target(String name, long[] rowShape, float[][] rows) {
    target(
        name,
        rowShape,
        rows.length,
        (row, into) -> {
          if (rows[row].length != into.length) {
            throw new IllegalArgumentException(
                "row %d of target '%s' must have %d numbers; numbers=%d"
                    .formatted(row, name, into.length, rows[row].length));
          }
          System.arraycopy(rows[row], 0, into, 0, into.length);
        });
  }

  /**
   * Writes a target that no memory holds at once.
   *
   * @param name letters, digits, underscores and hyphens
   * @param rowShape sizes of a row, slowest first
   * @param count rows
   * @param rows gives them
   * @throws UsageException as above
   */
  public void target(String name, long[] rowShape, int count, Rows rows) {
    if (!name.matches("[\\w-]{1,64}") || targets.containsKey(name)) {
      throw new UsageException(
          "a target's name must be new, of letters, digits, underscores and hyphens; name='%s', there are %s"
              .formatted(name, targets.keySet()));
    }
    long length = 1;
    for (long size : rowShape) {
      length = Math.multiplyExact(length, size);
    }
    String file = "target-" + name + ".npy";
    float[] row = new float[Math.toIntExact(length)];
    try (NpyRowsWriter writer = new NpyRowsWriter(part.resolve(file), rowShape)) {
      for (int i = 0; i < count; i++) {
        rows.row(i, row);
        writer.add(row);
      }
    }
    targets.put(name, file);
  }

  /** Drops all that was written: nothing is left and {@link #close} has nothing to do. */
  public void abandon() {
    open = false;
    try (examples) {
      windows.close();
    } catch (IOException | UsageException e) {
      // What it could not write is deleted.
      deletePart();
      return;
    }
    deletePart();
  }

  /**
   * Ends the data set and puts it in its place.
   *
   * @throws EfferentException if it is none yet, such as without a target, or if the disk refuses;
   *     then nothing is left
   */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    try {
      examples.close();
      windows.close();
      Files.write(part.resolve(DatasetJson.NAME), new DatasetJson(options, targets).bytes());
      WindowDataset.open(part).close();
      Files.move(part, folder, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      abandon();
    }
  }

  private UsageException failed(IOException e) {
    return new UsageException(
        folder + ": could not be written: " + e.getMessage() + "; choose another place", e);
  }

  private void deletePart() {
    if (!Files.exists(part)) {
      return;
    }
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The error that brought us here, if any, matters more than a left-over part.
      part.toFile().deleteOnExit();
    }
  }
}
