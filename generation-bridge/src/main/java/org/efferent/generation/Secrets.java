package org.efferent.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;

/** Reads words that nobody else may see; no message of it shows one. */
final class Secrets {
  private static final long LARGEST = 1 << 16;

  private Secrets() {}

  /**
   * Reads one.
   *
   * @param secret where it is
   * @param folder that files are relative to
   * @param environment value of a variable, null where there is none
   * @throws UsageException if the variable is not set
   * @throws InputException if the file is missing, empty or no text
   */
  static String read(RemoteServer.Secret secret, Path folder, UnaryOperator<String> environment) {
    GeneratorConfig.Named name = secret.name();
    if (secret.variable()) {
      String value = environment.apply(name.value());
      if (value == null || value.isBlank()) {
        throw new UsageException(
            "%s: the variable %s must be set in the environment"
                .formatted(name.place(), name.value()));
      }
      return value.strip();
    }
    Path file = ModelFiles.resolve(name, folder);
    ModelFiles.check(name, file);
    try {
      String text = Files.size(file) > LARGEST ? "" : Files.readString(file);
      String first = text.lines().findFirst().orElse("").strip();
      if (first.isEmpty()) {
        throw new InputException(
            "%s: %s must hold the secret in its first line"
                .formatted(name.place(), InputFiles.name(file)));
      }
      return first;
    } catch (IOException e) {
      throw new InputException(name.place() + ": " + InputFiles.failed(file, e).getMessage(), e);
    }
  }
}
