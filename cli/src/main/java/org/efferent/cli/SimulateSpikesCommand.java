package org.efferent.cli;

import org.efferent.acquisition.simulate.Simulation;
import org.efferent.acquisition.simulate.SpikeCountSimulation;
import org.efferent.acquisition.simulate.SpikeOptions;
import org.efferent.acquisition.simulate.VoltageOptions;
import org.efferent.acquisition.simulate.VoltageSimulation;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate spikes}. */
@Command(
    name = "spikes",
    description = {
      "Cosine-tuned units during centre-out reaches: counts a bin, whose truth is movement and rates;",
      "or, with --voltage, what electrodes see before any filter, whose truth is every spike."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent simulate spikes --channels 96 --rate 20 --truth movement.csv",
      "  efferent simulate spikes --voltage --channels 4 --units 8 --truth spikes.csv"
    })
final class SimulateSpikesCommand extends SimulateKind {
  private static final int COUNTED_UNITS = 96;
  private static final double BINS_HZ = 20;

  @Option(names = "--voltage", description = "The voltage of electrodes instead of counts.")
  private boolean voltage;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "Units that are counted, or electrodes (default: 96, or 4).")
  private Integer channels;

  @Option(
      names = "--units",
      paramLabel = "N",
      description = "With --voltage: how many units (default: two an electrode).")
  private Integer units;

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Bins a second, or samples a second (default: 20, or 30000).")
  private Double rate;

  @Option(
      names = "--noise",
      paramLabel = "UV",
      description = "With --voltage: root mean square of the noise (default: 8).")
  private Double noise;

  @Option(
      names = "--field",
      paramLabel = "UV",
      description = "With --voltage: root mean square of the local field (default: 40).")
  private Double field;

  SimulateSpikesCommand() {
    super("spikes", "SimSpikes");
  }

  @Override
  Simulation simulation(String streamName, long theSeed) {
    if (voltage) {
      VoltageOptions usual = VoltageOptions.DEFAULTS;
      VoltageOptions options =
          new VoltageOptions(
              channels == null ? usual.electrodes() : channels,
              rate == null ? usual.rateHz() : rate,
              noise == null ? usual.noiseMicrovolt() : noise,
              field == null ? usual.fieldMicrovolt() : field);
      int count = units == null ? 2 * options.electrodes() : units;
      return new VoltageSimulation(SpikeOptions.of(streamName, count, theSeed), options, theSeed);
    }
    if (units != null || noise != null || field != null) {
      throw new UsageException("--units, --noise and --field go with --voltage");
    }
    double hz = rate == null ? BINS_HZ : rate;
    if (!(hz >= 0.1 && hz <= 1000)) {
      throw new UsageException("--rate must lie in 0.1 to 1000 bins a second; rate=" + hz);
    }
    int count = channels == null ? COUNTED_UNITS : channels;
    return new SpikeCountSimulation(SpikeOptions.of(streamName, count, theSeed), 1 / hz, theSeed);
  }
}
