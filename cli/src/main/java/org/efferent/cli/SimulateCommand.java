package org.efferent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code simulate}: the group of the simulators. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Publishes simulated signals whose truth is known: a stream of the signal, one of markers where "
            + "an experiment would have them, and one of the truth.",
    footerHeading = "%nExample:%n",
    footer = "  efferent simulate eeg --channels 8 --imagery --truth truth.csv",
    subcommands = {
      SimulateEegCommand.class,
      SimulateSpikesCommand.class,
      SimulateEvokedCommand.class,
      SimulateCursorCommand.class,
      SimulateParticipantCommand.class,
      SimulatePicturesCommand.class,
      SimulateCohortCommand.class
    })
final class SimulateCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to simulate: eeg, spikes, evoked, cursor, participant, pictures or cohort");
  }
}
