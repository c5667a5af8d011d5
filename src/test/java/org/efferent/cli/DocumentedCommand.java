package org.efferent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** Calls that a page of the documentation shows, in a working folder of the page's own. */
public final class DocumentedCommand {
  private DocumentedCommand() {}

  /**
   * What a call left behind.
   *
   * @param status exit status
   * @param said standard output and error, the working folder's own name taken out of it
   */
  public record Outcome(int status, String said) {}

  /**
   * Runs a call in this process. A process cannot change its working folder, so every path that the
   * call names is read relative to a folder: picocli's own conversion of paths is replaced, and
   * words of other types that name a file there (a table and its column, a data set or a file) are
   * made whole.
   *
   * @param folder the working folder
   * @param call a line that begins with {@code ./efferent}
   * @return how it ended
   */
  public static Outcome run(Path folder, String call) {
    StringWriter said = new StringWriter();
    PrintWriter printer = new PrintWriter(said, true);
    int status =
        EfferentCommand.commandLine()
            .registerConverter(Path.class, word -> folder.resolve(word))
            .setOut(printer)
            .setErr(printer)
            .execute(absolute(folder, call).toArray(String[]::new));
    return new Outcome(status, said.toString().replace(folder + "/", ""));
  }

  /**
   * Parses a call and does not run it.
   *
   * @param call a line that begins with {@code ./efferent}
   */
  public static void parse(String call) {
    ReadmeTest.parse(call);
  }

  /**
   * The words of a call, for a process of its own.
   *
   * @param call a line that begins with {@code ./efferent}
   * @return the words after the program's name
   */
  public static List<String> words(String call) {
    return ReadmeTest.words(call);
  }

  private static List<String> absolute(Path folder, String call) {
    List<String> words = new ArrayList<>();
    ReadmeTest.words(call).forEach(word -> words.addAll(expanded(folder, word)));
    CommandLine.ParseResult parsed =
        EfferentCommand.commandLine().parseArgs(words.toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    List<String> out = new ArrayList<>(words);
    for (ArgSpec argument : parsed.matchedArgs()) {
      if (holdsPaths(argument)) {
        continue;
      }
      for (String value : argument.originalStringValues()) {
        if (names(folder, argument, value)) {
          out.replaceAll(word -> word.equals(value) ? folder.resolve(value).toString() : word);
        }
      }
    }
    return out;
  }

  /** Files that a shell would put in the place of {@code folder/*.png}; else the word itself. */
  private static List<String> expanded(Path folder, String word) {
    if (!word.matches("[a-z-]+/\\*\\.[a-z]+")) {
      return List.of(word);
    }
    Path below = folder.resolve(word).getParent();
    String ending = word.substring(word.lastIndexOf('.'));
    try (Stream<Path> files = Files.list(below)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holdsPaths(ArgSpec argument) {
    return argument.type() == Path.class || List.of(argument.auxiliaryTypes()).contains(Path.class);
  }

  /** Whether a word names a file of the folder, or one that is to be written. */
  private static boolean names(Path folder, ArgSpec argument, String value) {
    String file = value.replaceFirst("#.*", "");
    if (file.isEmpty() || file.contains("://") || !file.matches("[A-Za-z0-9._/-]+")) {
      return false;
    }
    boolean written =
        argument instanceof CommandLine.Model.OptionSpec option
            && option.longestName().equals("--out");
    return written || (file.matches(".*[./].*|[a-z-]+") && Files.exists(folder.resolve(file)));
  }
}
