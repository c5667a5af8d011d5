package org.efferent.cli;

import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslConfigFile;
import picocli.CommandLine.Option;

/** Where LSL looks and listens. */
final class LslOptions {
  @Option(
      names = "--loopback",
      description = "Stay on this machine: nothing is sent to or heard from a network.")
  boolean loopback;

  LslConfig config() {
    return loopback ? LslConfig.LOOPBACK : LslConfigFile.fromSystem();
  }

  Lsl lsl() {
    return new JavaLsl(config());
  }
}
