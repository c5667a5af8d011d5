package org.efferent.cli;

import org.efferent.core.UsageException;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import picocli.CommandLine.Option;

/** Where networks compute. */
final class DeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda:N",
      description =
          "Where networks compute (default: ${DEFAULT-VALUE}, a GPU where there is one). Not run on a GPU"
              + " here.")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of one operation on the CPU; 0 for all cores (default: ${DEFAULT-VALUE}).")
  private int threads;

  String device() {
    return device;
  }

  /** Threads of one operation on the CPU, at least 1. */
  int cores() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** Threads of one operation; 0 for all cores. */
  int threads() {
    return threads;
  }

  ComputeOptions options(Precision precision) {
    try {
      return new ComputeOptions(device, threads, precision);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage(), e);
    }
  }

  Compute open(Precision precision, OutputOptions output) {
    Compute compute = Compute.open(options(precision));
    compute.note().ifPresent(note -> output.note("%s", note));
    return compute;
  }
}
