package org.efferent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference of the command as a page of Markdown, from the command itself. */
public final class CommandReference {
  private static final String HEAD =
      """
      # The `efferent` command

      Every command, its options and its examples. This page is written by a test from the command itself
      (`CommandReferenceTest`; `-Defferent.reference=write` writes it anew), so it says what `--help` says.

      Conventions that hold everywhere: `--json` prints one JSON object on standard output and nothing else there; remarks go to standard
      error; `--verbose` shows the cause below an error; whatever writes takes `--out` and replaces nothing without `--force`; row ranges
      `A:B` are half-open and count from 0; times are seconds, frequencies hertz, shares fractions from 0 to 1.

      ## Exit statuses

      | status | meaning |
      |---|---|
      | 0 | done |
      | 1 | a defect, with a report |
      | 2 | wrong usage |
      | 3 | wrong input: a file that is missing, damaged or not what it claims to be; a model; a configuration |
      | 4 | a stream was not found, was lost or timed out |
      | 5 | a part that this machine lacks: display, native library |

      """;

  private CommandReference() {}

  /** The page. */
  public static String markdown() {
    List<CommandLine> all = new ArrayList<>();
    collect(EfferentCommand.commandLine(), all);
    StringBuilder out = new StringBuilder(HEAD);
    out.append("## Commands\n\n| command | does |\n|---|---|\n");
    for (CommandLine command : all) {
      String name = name(command);
      out.append(
          "| [`%s`](#%s) | %s |%n"
              .formatted(
                  name,
                  name.replace(' ', '-'),
                  cell(words(command.getCommandSpec().usageMessage().description()))));
    }
    all.forEach(command -> section(command, out));
    return out.toString().replace("\r\n", "\n");
  }

  private static void collect(CommandLine command, List<CommandLine> into) {
    into.add(command);
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      collect(below.getValue(), into);
    }
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static void section(CommandLine command, StringBuilder out) {
    CommandSpec spec = command.getCommandSpec();
    out.append("\n## ").append(name(command)).append("\n\n");
    out.append(words(spec.usageMessage().description())).append("\n\n```text\n");
    out.append(command.getHelp().synopsis(0).stripTrailing()).append("\n```\n");
    if (!command.getSubcommands().isEmpty()) {
      out.append("\nIts commands: ");
      List<String> links = new ArrayList<>();
      command
          .getSubcommands()
          .forEach(
              (word, below) ->
                  links.add("[`%s`](#%s)".formatted(word, name(below).replace(' ', '-'))));
      out.append(String.join(", ", links)).append(".\n");
    }
    arguments(spec, out);
    footer(spec, out);
  }

  private static void arguments(CommandSpec spec, StringBuilder out) {
    List<String> rows = new ArrayList<>();
    for (PositionalParamSpec positional : spec.positionalParameters()) {
      rows.add(row(positional.paramLabel(), positional.description()));
    }
    spec.options().stream()
        .filter(option -> !option.hidden())
        .sorted((a, b) -> bare(a).compareTo(bare(b)))
        .forEach(option -> rows.add(row(label(option), option.description())));
    if (!rows.isEmpty()) {
      out.append("\n| argument | meaning |\n|---|---|\n");
      rows.forEach(out::append);
    }
  }

  private static String bare(OptionSpec option) {
    return option.longestName().replaceFirst("^-+(\\[no-])?", "").toLowerCase(Locale.ROOT);
  }

  private static String label(OptionSpec option) {
    String names = String.join(", ", option.names());
    if (option.negatable()) {
      names = names.replaceFirst("^--", "--[no-]");
    }
    if (option.arity().max() == 0) {
      return names;
    }
    return option.arity().min() == 0
        ? names + "[=" + option.paramLabel() + "]"
        : names + "=" + option.paramLabel();
  }

  private static String row(String label, String... description) {
    return "| `%s` | %s |%n".formatted(label.replace("|", "\\|"), cell(words(description)));
  }

  private static String words(String... lines) {
    return String.join(" ", lines)
        .replace("%n", " ")
        .replace("%%", "%")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** What a table takes as it is: no bars, no tags. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }

  private static void footer(CommandSpec spec, StringBuilder out) {
    String heading = words(spec.usageMessage().footerHeading());
    StringBuilder examples = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    boolean inExample = false;
    for (String line : spec.usageMessage().footer()) {
      boolean begins = line.startsWith("  efferent ");
      inExample = begins || (inExample && line.startsWith("   "));
      (inExample ? examples : rest)
          .append(line.replace("%n", "\n").replace("%%", "%"))
          .append('\n');
    }
    if (!examples.isEmpty()) {
      out.append("\n").append(heading).append("\n\n```text\n").append(examples).append("```\n");
    }
    String remarks = rest.toString().strip();
    if (!remarks.isEmpty()) {
      boolean table = remarks.contains("  ");
      out.append(table ? "\n```text\n" + remarks + "\n```\n" : "\n" + cell(remarks) + "\n");
    }
  }
}
