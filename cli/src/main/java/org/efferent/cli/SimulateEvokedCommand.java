package org.efferent.cli;

import java.util.List;
import java.util.OptionalDouble;
import org.efferent.acquisition.simulate.EegArtefacts;
import org.efferent.acquisition.simulate.EegOptions;
import org.efferent.acquisition.simulate.EvokedClass;
import org.efferent.acquisition.simulate.EvokedOptions;
import org.efferent.acquisition.simulate.EvokedSimulation;
import org.efferent.acquisition.simulate.Simulation;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate evoked}. */
@Command(
    name = "evoked",
    description = {
      "Responses to the markers of a visual oddball, in EEG: standard stimuli, and targets with a P3b.",
      "The truth is each trial's class, amplitude and latency."
    },
    footerHeading = "%nExample:%n",
    footer = "  efferent simulate evoked --snr -10 --seconds 300 --truth trials.csv")
final class SimulateEvokedCommand extends SimulateKind {
  @Mixin private ElectrodeOptions electrodes;

  @Option(
      names = "--snr",
      paramLabel = "DB",
      description =
          "Of a single target, where its response is strongest: root mean square of the "
              + "response over 0.6 s to that of the brain's other activity (default: "
              + "${DEFAULT-VALUE}).")
  private double snr = EvokedOptions.DEFAULTS.snrDecibel().getAsDouble();

  @Option(
      names = "--interval",
      paramLabel = "S",
      description = "Mean time between stimuli (default: ${DEFAULT-VALUE}).")
  private double interval = EvokedOptions.DEFAULTS.intervalSeconds();

  @Option(
      names = "--targets",
      paramLabel = "SHARE",
      description = "Share of targets, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double targets = 0.2;

  @Option(
      names = "--latency-jitter",
      paramLabel = "S",
      description = "Standard deviation of a trial's latency (default: ${DEFAULT-VALUE}).")
  private double latencyJitter = EvokedOptions.DEFAULTS.latencyJitterSeconds();

  @Option(
      names = "--amplitude-spread",
      paramLabel = "X",
      description =
          "Standard deviation of the logarithm of a trial's amplitude (default: "
              + "${DEFAULT-VALUE}).")
  private double amplitudeSpread = EvokedOptions.DEFAULTS.amplitudeSpread();

  @Option(
      names = "--blinks",
      paramLabel = "N",
      description = "Blinks a minute, 0 for none (default: ${DEFAULT-VALUE}).")
  private double blinks = EvokedOptions.DEFAULTS.eeg().artefacts().blinksPerMinute();

  SimulateEvokedCommand() {
    super("evoked", EvokedOptions.DEFAULTS.eeg().name());
  }

  @Override
  Simulation simulation(String streamName, long theSeed) {
    if (!(targets >= 0 && targets <= 1)) {
      throw new UsageException("--targets must lie in 0 to 1; targets=" + targets);
    }
    EvokedOptions usual = EvokedOptions.DEFAULTS;
    EegArtefacts a = usual.eeg().artefacts();
    EegOptions eeg =
        usual
            .eeg()
            .withName(streamName)
            .withElectrodes(electrodes.labels())
            .withRate(electrodes.rate())
            .withArtefacts(
                new EegArtefacts(
                    blinks,
                    a.blinkMicrovolt(),
                    a.musclePerMinute(),
                    a.muscleMicrovolt(),
                    a.lineHz(),
                    a.lineMicrovolt(),
                    a.driftMicrovolt()));
    EvokedClass standard = usual.classes().get(0);
    EvokedClass target = usual.classes().get(1);
    return new EvokedSimulation(
        usual
            .withEeg(eeg)
            .withClasses(
                List.of(
                    new EvokedClass(standard.label(), 1 - targets, standard.components()),
                    new EvokedClass(target.label(), targets, target.components())))
            .withInterval(interval, usual.intervalJitter())
            .withSpread(latencyJitter, amplitudeSpread)
            .withSnr(OptionalDouble.of(snr)),
        theSeed);
  }
}
