package org.efferent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The group of commands about retrieval. */
@Command(
    name = "retrieve",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Retrieval: which of a gallery's stimuli was seen or heard.",
    footerHeading = "%nExample:%n",
    footer = {"  efferent retrieve evaluate --queries test.npy --gallery images.npy --controls"},
    subcommands = {RetrieveEvaluateCommand.class})
final class RetrieveCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: evaluate");
  }
}
