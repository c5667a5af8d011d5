package org.efferent.cli;

import org.efferent.acquisition.lsl.LslConfig;
import picocli.CommandLine.Option;

/** Where LSL looks and listens. */
final class LslOptions {
  @Option(
      names = "--loopback",
      description = "Stay on this machine: nothing is sent to or heard from a network.")
  boolean loopback;

  LslConfig config() {
    return loopback ? LslConfig.LOOPBACK : LslConfig.DEFAULTS;
  }
}
