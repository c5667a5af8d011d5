package org.efferent.viz;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.efferent.core.UsageException;

/** Writes whole files, making the folders above them, and overwrites only when told. */
public final class Output {
  private Output() {}

  /**
   * Writes a file.
   *
   * @param file where
   * @param bytes all of it
   * @param ifExists what to do where it exists
   * @throws UsageException if it exists and is not to be replaced, or cannot be written
   */
  public static void write(Path file, byte[] bytes, IfExists ifExists) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (ifExists == IfExists.REPLACE) {
        Files.write(file, bytes);
      } else {
        Files.write(file, bytes, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          file + ": exists and is not overwritten; choose another name or add --force", e);
    } catch (IOException e) {
      throw new UsageException(
          file + ": cannot be written (" + e.getClass().getSimpleName() + "); choose another name",
          e);
    }
  }
}
