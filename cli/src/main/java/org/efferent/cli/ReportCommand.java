package org.efferent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The group of commands about pages of finished runs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Pages of finished runs.",
    footerHeading = "%nExample:%n",
    footer = {"  efferent report compare trained-a trained-b --out compared.html"},
    subcommands = {ReportCompareCommand.class})
final class ReportCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: compare");
  }
}
