package org.efferent.data.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes of seeds: what a writer writes, or a resource. */
public final class Written {
  private Written() {}

  /** Writes a file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes it to a path where nothing is. */
    void write(Path path) throws IOException;
  }

  /** What a writer writes to a file. */
  public static byte[] by(String name, Writer writer) {
    try {
      Path folder = Files.createTempDirectory("seed");
      Path path = folder.resolve(name);
      try {
        writer.write(path);
        return Files.readAllBytes(path);
      } finally {
        Files.deleteIfExists(path);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource beside a class. */
  public static byte[] resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
