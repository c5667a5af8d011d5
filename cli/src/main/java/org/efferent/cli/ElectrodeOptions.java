package org.efferent.cli;

import java.util.List;
import org.efferent.acquisition.simulate.EegOptions;
import picocli.CommandLine.Option;

/** Where simulated EEG is measured, and how often. */
final class ElectrodeOptions {
  @Option(
      names = "--channels",
      paramLabel = "N|LABELS",
      description =
          "How many electrodes, or which of the 10-05 system, with commas (default:"
              + " ${DEFAULT-VALUE}).")
  private String channels = "32";

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Samples a second (default: ${DEFAULT-VALUE}).")
  private double rate = 250;

  /** Labels of the electrodes. */
  List<String> labels() {
    return channels.matches("\\d{1,9}")
        ? EegOptions.electrodes(Integer.parseInt(channels))
        : List.of(channels.split("\\s*,\\s*", -1));
  }

  /** Samples a second. */
  double rate() {
    return rate;
  }
}
