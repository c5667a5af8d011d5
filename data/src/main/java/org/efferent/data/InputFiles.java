package org.efferent.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.InputException;

/** What every reader asks of a file before it opens it, and how it names the file in its errors. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Checks that a file is there, is a file and may be read.
   *
   * @param file where it should be
   * @return its size in bytes
   * @throws InputException if it is missing, a directory or not readable
   */
  public static long check(Path file) {
    if (!Files.exists(file)) {
      throw new InputException(file + ": there is no such file; check the path");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": is a directory; name a file in it");
    }
    if (!Files.isReadable(file)) {
      throw new InputException(file + ": may not be read; check its permissions");
    }
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * The name that errors begin with: the last part of the path.
   *
   * @param file the file
   * @return its name without folders
   */
  public static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  /**
   * The error for a file that the operating system would not read.
   *
   * @param file the file
   * @param cause what went wrong below
   * @return the error, to be thrown
   */
  public static InputException failed(Path file, IOException cause) {
    return new InputException(name(file) + ": could not be read: " + cause.getMessage(), cause);
  }
}
