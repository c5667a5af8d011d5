package org.efferent.cli;

import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.train.TrainingConfig;

/** The data set of a configuration: a folder, or one that is made. */
final class TrainingData {
  private TrainingData() {}

  /**
   * Finds or makes it.
   *
   * @param config the configuration
   * @param given folder of the command line; null for the configuration's
   * @param file the configuration's file, to which its folders are relative
   * @param out where one is made
   * @param output for remarks
   * @return its folder
   */
  static Path folder(TrainingConfig config, Path given, Path file, Path out, OutputOptions output) {
    if (given != null) {
      return given;
    }
    OptionReader data = config.data();
    if (data.has("folder")) {
      Path named = Path.of(data.word("folder"));
      Path parent = file.toAbsolutePath().getParent();
      data.end();
      return named.isAbsolute() ? named : parent.resolve(named).normalize();
    }
    throw new InputException(
        data.path("folder") + " is missing; name a data set there or by --data");
  }
}
