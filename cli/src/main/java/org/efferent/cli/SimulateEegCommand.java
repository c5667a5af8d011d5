package org.efferent.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.acquisition.simulate.BadChannel;
import org.efferent.acquisition.simulate.EegActivity;
import org.efferent.acquisition.simulate.EegArtefacts;
import org.efferent.acquisition.simulate.EegOptions;
import org.efferent.acquisition.simulate.EegSimulation;
import org.efferent.acquisition.simulate.MotorImagery;
import org.efferent.acquisition.simulate.Simulation;
import org.efferent.acquisition.simulate.StreamFaults;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate eeg}. */
@Command(
    name = "eeg",
    description = {
      "EEG in microvolts: background, alpha, mu, beta, theta, blinks, muscles, mains, drift. The truth",
      "is what each source does, sample by sample."
    },
    footerHeading = "%nExample:%n",
    footer = "  efferent simulate eeg --channels 32 --imagery --bad T7=flat --truth truth.csv")
final class SimulateEegCommand extends SimulateKind {
  @Mixin private ElectrodeOptions electrodes;

  @Option(
      names = "--background",
      paramLabel = "UV",
      description = "Root mean square of the 1/f background (default: ${DEFAULT-VALUE}).")
  private double background = EegActivity.DEFAULTS.backgroundMicrovolt();

  @Option(
      names = "--exponent",
      paramLabel = "A",
      description = "Of the background's power spectrum 1/f^A (default: ${DEFAULT-VALUE}).")
  private double exponent = EegActivity.DEFAULTS.exponent();

  @Option(
      names = "--rhythms",
      paramLabel = "NAME=UV",
      split = ",",
      description =
          "Root mean square of rhythms: alpha (default 7), alpha left and alpha right "
              + "(5), mu left and mu right (5), beta left and beta right (3), theta (5).")
  private Map<String, Double> rhythms = new LinkedHashMap<>();

  @Option(
      names = "--blinks",
      paramLabel = "N",
      description = "Blinks a minute, 0 for none (default: ${DEFAULT-VALUE}).")
  private double blinks = EegArtefacts.DEFAULTS.blinksPerMinute();

  @Option(
      names = "--muscle",
      paramLabel = "N",
      description = "Muscle bursts a minute and side, 0 for none (default: ${DEFAULT-VALUE}).")
  private double muscle = EegArtefacts.DEFAULTS.musclePerMinute();

  @Option(
      names = "--line",
      paramLabel = "HZ",
      description = "Frequency of the mains (default: ${DEFAULT-VALUE}).")
  private double line = EegArtefacts.DEFAULTS.lineHz();

  @Option(
      names = "--line-amplitude",
      paramLabel = "UV",
      description = "Mean amplitude of the mains, 0 for none (default: ${DEFAULT-VALUE}).")
  private double lineAmplitude = EegArtefacts.DEFAULTS.lineMicrovolt();

  @Option(
      names = "--drift",
      paramLabel = "UV",
      description = "Standard deviation of the slow drift (default: ${DEFAULT-VALUE}).")
  private double drift = EegArtefacts.DEFAULTS.driftMicrovolt();

  @Option(
      names = "--imagery",
      description =
          "Imagined movements of the hands: markers left, right and rest, and rhythms of "
              + "the opposite hemisphere that weaken.")
  private boolean imagery;

  @Option(
      names = "--bad",
      paramLabel = "CHANNEL=HOW",
      split = ",",
      description = "Bad channels: flat, saturated, nan or noisy.")
  private Map<String, BadChannel> bad = new LinkedHashMap<>();

  @Option(
      names = "--lose-every",
      paramLabel = "S",
      description = "Lose one packet at random in each so many seconds.")
  private double loseEvery;

  @Option(
      names = "--lose",
      paramLabel = "N",
      description = "Samples in a packet that is lost (default: ${DEFAULT-VALUE}).")
  private int lose = 10;

  @Option(
      names = "--clock-drift",
      paramLabel = "PPM",
      description = "How much faster than nominal the device samples.")
  private double clockDrift;

  SimulateEegCommand() {
    super("eeg", EegOptions.DEFAULTS.name());
  }

  @Override
  Simulation simulation(String streamName, long theSeed) {
    EegActivity activity = EegActivity.DEFAULTS;
    for (String rhythm : rhythms.keySet()) {
      if (activity.oscillations().stream().noneMatch(o -> o.name().equals(rhythm))) {
        throw new UsageException(
            "--rhythms names one of "
                + activity.oscillations().stream().map(o -> o.name()).toList()
                + "; rhythm="
                + rhythm);
      }
    }
    activity =
        new EegActivity(
            background,
            exponent,
            activity.sensorMicrovolt(),
            activity.oscillations().stream()
                .map(o -> o.withRms(rhythms.getOrDefault(o.name(), o.rmsMicrovolt())))
                .toList());
    EegArtefacts usual = EegArtefacts.DEFAULTS;
    EegOptions options =
        EegOptions.DEFAULTS
            .withName(streamName)
            .withElectrodes(electrodes.labels())
            .withRate(electrodes.rate())
            .withActivity(activity)
            .withArtefacts(
                new EegArtefacts(
                    blinks,
                    usual.blinkMicrovolt(),
                    muscle,
                    usual.muscleMicrovolt(),
                    line,
                    lineAmplitude,
                    drift))
            .withBad(bad)
            .withFaults(new StreamFaults(loseEvery, loseEvery > 0 ? lose : 0, clockDrift));
    return new EegSimulation(
        imagery ? options.withImagery(MotorImagery.DEFAULTS) : options, theSeed);
  }
}
