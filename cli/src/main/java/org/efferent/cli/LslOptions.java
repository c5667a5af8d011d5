package org.efferent.cli;

import java.nio.file.Path;
import org.efferent.acquisition.liblsl.LibLsl;
import org.efferent.acquisition.liblsl.NativeLsl;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslConfigFile;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import picocli.CommandLine.Option;

/** Which way LSL is spoken, and where it looks and listens. */
final class LslOptions {
  @Option(
      names = "--loopback",
      description = {
        "Stay on this machine: nothing is sent to or heard from a network. With --lsl native it takes",
        "a liblsl of 1.17 or later, or a lsl_api.cfg in the working directory that says so."
      })
  private boolean loopback;

  @Option(
      names = "--lsl",
      paramLabel = "java|native",
      description = "Speak LSL in Java, or through liblsl (default: ${DEFAULT-VALUE}).")
  private String way = "java";

  @Option(
      names = "--liblsl",
      paramLabel = "PATH",
      description = {
        "The file of liblsl, for --lsl native; else EFFERENT_LIBLSL names it, else it is the",
        "system's."
      })
  private Path liblsl;

  /**
   * The way that was chosen; called once a command.
   *
   * @throws UsageException if the options contradict one another
   * @throws UnavailableException if there is no liblsl, or none that stays on this machine
   */
  Lsl lsl() {
    switch (way) {
      case "java" -> {
        if (liblsl != null) {
          throw new UsageException("--liblsl goes with --lsl native; liblsl=" + liblsl);
        }
        return new JavaLsl(loopback ? LslConfig.LOOPBACK : LslConfigFile.fromSystem());
      }
      case "native" -> {
        LibLsl library = liblsl == null ? LibLsl.load() : LibLsl.load(liblsl);
        return loopback ? NativeLsl.onThisHost(library) : new NativeLsl(library);
      }
      default -> throw new UsageException("--lsl is java or native; lsl=" + way);
    }
  }
}
