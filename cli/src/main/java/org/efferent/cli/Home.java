package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where Efferent lies: what comes with it, such as configurations, is found from there. */
final class Home {
  private Home() {}

  /**
   * A file that comes with Efferent.
   *
   * @param relative to the project's root, such as {@code configs/generators/shapes.yaml}
   * @return the file as the launcher's folder has it, or the working folder or one above it; empty
   *     where there is none
   */
  static Optional<Path> file(String relative) {
    String home = System.getProperty("efferent.home");
    Path from = Path.of(home == null ? "" : home).toAbsolutePath();
    for (Path at = from; at != null; at = home == null ? at.getParent() : null) {
      Path file = at.resolve(relative);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
