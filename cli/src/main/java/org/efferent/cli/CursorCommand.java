package org.efferent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The group of commands that decode a cursor. */
@Command(
    name = "cursor",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Cursor control: filters that turn neural features into velocity.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent cursor evaluate --features flint_x.csv --states flint_z.csv \\",
      "    --train 0:5000 --test 5000:6000 --filter kalman"
    },
    subcommands = {
      CursorClickCommand.class,
      CursorEvaluateCommand.class,
      CursorImageryCommand.class,
      CursorRunCommand.class,
      CursorSimulateCommand.class,
      CursorSessionCommand.class
    })
final class CursorCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: click, evaluate, imagery, run, session or simulate");
  }
}
