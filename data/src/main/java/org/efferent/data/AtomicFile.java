package org.efferent.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.efferent.core.UsageException;

/**
 * Writes a file beside its place and moves it there when it is whole, so that nobody ever sees half
 * of it, not even after a kill.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What writes the content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it; the stream is buffered and closed by the caller.
     *
     * @param out where it goes
     * @throws IOException if the disk refuses
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file; folders above it are made.
   *
   * @param file where it goes
   * @param overwrite whether a file that is already there may be replaced
   * @param content what writes it
   * @throws UsageException if the file exists and may not be replaced, or the place refuses it
   */
  public static void write(Path file, boolean overwrite, Content content) {
    if (!overwrite && Files.exists(file)) {
      throw exists(file, null);
    }
    if (Files.isDirectory(file)) {
      throw new UsageException(file + ": is a directory; name a file in it");
    }
    Path folder = file.toAbsolutePath().getParent();
    Path part = null;
    try {
      Files.createDirectories(folder);
      // Not a temporary file, which its owner alone may read.
      part = folder.resolve("." + InputFiles.name(file) + "." + UUID.randomUUID() + ".part");
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              1 << 16)) {
        content.writeTo(out);
      }
      move(part, file, overwrite);
    } catch (FileAlreadyExistsException e) {
      throw exists(file, e);
    } catch (IOException e) {
      throw new UsageException(
          file + ": could not be written: " + e.getMessage() + "; choose another place", e);
    } finally {
      deleteQuietly(part);
    }
  }

  private static void move(Path part, Path file, boolean overwrite) throws IOException {
    if (overwrite) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } else {
      // ATOMIC_MOVE would replace silently; a plain move refuses.
      Files.move(part, file);
    }
  }

  private static UsageException exists(Path file, Throwable cause) {
    return new UsageException(
        file + ": exists already; choose another name, or allow it to be overwritten", cause);
  }

  private static void deleteQuietly(Path part) {
    if (part == null) {
      return;
    }
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The error that brought us here, if any, matters more than a left-over part.
      part.toFile().deleteOnExit();
    }
  }
}
