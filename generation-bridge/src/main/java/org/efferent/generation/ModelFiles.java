package org.efferent.generation;

import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;

/** Files that a configuration names. */
final class ModelFiles {
  private ModelFiles() {}

  /** Where a file lies: relative to the folder of models. */
  static Path resolve(GeneratorConfig.Named file, Path folder) {
    return folder.resolve(file.value()).normalize();
  }

  /** Says which line of the configuration names a file that is not there. */
  static void check(GeneratorConfig.Named name, Path file) {
    try {
      InputFiles.check(file);
    } catch (InputException e) {
      throw new InputException(name.place() + ": " + e.getMessage(), e);
    }
  }
}
