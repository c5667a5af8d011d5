package org.efferent.cli;

import org.efferent.acquisition.simulate.CursorSimulation;
import org.efferent.acquisition.simulate.Simulation;
import org.efferent.acquisition.simulate.SteeringOptions;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate cursor}. */
@Command(
    name = "cursor",
    description = {
      "What units fire while a simulated user steers a cursor to targets: counts a bin. The truth is",
      "what the user intended, the cursor and the target."
    },
    footerHeading = "%nExample:%n",
    footer = "  efferent simulate cursor --channels 40 --rate 20 --truth states.csv")
final class SimulateCursorCommand extends SimulateKind {
  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "How many units (default: ${DEFAULT-VALUE}).")
  private int channels = SteeringOptions.DEFAULTS.units();

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Bins a second (default: ${DEFAULT-VALUE}).")
  private double rate = 20;

  SimulateCursorCommand() {
    super("cursor", SteeringOptions.DEFAULTS.name());
  }

  @Override
  Simulation simulation(String streamName, long theSeed) {
    if (!(rate >= 1 && rate <= 1000)) {
      throw new UsageException("--rate must lie in 1 to 1000 bins a second; rate=" + rate);
    }
    SteeringOptions usual = SteeringOptions.DEFAULTS;
    return new CursorSimulation(
        new SteeringOptions(
            streamName,
            channels,
            1 / rate,
            usual.delayBins(),
            usual.topSpeed(),
            usual.holdSeconds()),
        theSeed);
  }
}
