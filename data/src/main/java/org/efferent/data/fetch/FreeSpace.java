package org.efferent.data.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a disk has; passed in, so that tests can fill it. */
@FunctionalInterface
public interface FreeSpace {
  /** What the file system says of the folder, or of the nearest one above it that exists. */
  FreeSpace SYSTEM =
      folder -> {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
          there = there.getParent();
        }
        return there == null ? Long.MAX_VALUE : Files.getFileStore(there).getUsableSpace();
      };

  /**
   * Bytes that can still be written.
   *
   * @param folder a folder, which need not exist yet
   * @return bytes
   * @throws IOException if the file system does not say
   */
  long bytes(Path folder) throws IOException;
}
