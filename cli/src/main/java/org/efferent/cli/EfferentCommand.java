package org.efferent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.efferent.core.EfferentException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The root of the command; it only lists what there is. */
@Command(
    name = "efferent",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Decodes brain activity while it happens, and recordings of it afterwards.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent demo --headless --out demo",
      "",
      "Exit status: 0 done; 1 a defect, with a report; 2 wrong usage; 3 wrong input; 4 a stream",
      "was not found or was lost; 5 a part that this machine lacks.",
      "Research software: not a medical device."
    },
    subcommands = {
      DemoCommand.class,
      DoctorCommand.class,
      StreamsCommand.class,
      SimulateCommand.class,
      ReplayCommand.class,
      RecordCommand.class,
      LabRecorderCommand.class,
      InspectCommand.class,
      ConvertCommand.class,
      CursorCommand.class,
      EncoderCommand.class,
      RetrieveCommand.class,
      ReportCommand.class,
      GenerateCommand.class,
      DashboardCommand.class,
      CohortCommand.class,
      FetchCommand.class
    })
final class EfferentCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  /**
   * Runs one call.
   *
   * @param args the words after {@code efferent}
   * @param out for results
   * @param err for everything else
   * @return the exit status
   */
  static int run(List<String> args, PrintWriter out, PrintWriter err) {
    try {
      return commandLine().setOut(out).setErr(err).execute(args.toArray(String[]::new));
    } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
      return report(e, args, err);
    }
  }

  /** The command with its settings; not run yet. */
  static CommandLine commandLine() {
    return commandLine(CommandLine.defaultFactory());
  }

  /** The same, its subcommands made by a factory. */
  static CommandLine commandLine(CommandLine.IFactory factory) {
    return new CommandLine(new EfferentCommand(), factory)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(EfferentCommand::wrongUsage)
        .setExecutionExceptionHandler(EfferentCommand::failed);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .printf(
            "efferent: %s; see '%s --help'%n",
            e.getMessage(), command.getCommandSpec().qualifiedName());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    return ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean verbose = parsed.expandedArgs().contains("--verbose");
    if (e instanceof EfferentException known) {
      err.println("efferent: " + OutputOptions.printable(known.getMessage()));
      if (verbose) {
        err.print(stack(e));
      }
      return known.exitStatus();
    }
    if (e instanceof InterruptedException) {
      err.println("efferent: interrupted");
      return ExitCode.SOFTWARE;
    }
    return report(e, parsed.originalArgs(), err);
  }

  private static int report(Throwable e, List<String> args, PrintWriter err) {
    err.println(
        "efferent: this should not have happened: "
            + e.getClass().getSimpleName()
            + ": "
            + e.getMessage());
    err.println("Please report it with the lines below and the command that you gave:");
    err.println("  efferent " + String.join(" ", args));
    err.println("  " + Versions.line());
    err.print(stack(e));
    return ExitCode.SOFTWARE;
  }

  private static String stack(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
