package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The calls that the documentation shows are understood by the command; they are not run. */
class ReadmeTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** Lines that begin with {@code ./efferent}, joined with those that they continue on. */
  static List<String> calls(String text) {
    List<String> calls = new ArrayList<>();
    text.replaceAll("\\\\\\R\\s*", "")
        .lines()
        .filter(line -> line.startsWith("./efferent "))
        .forEach(calls::add);
    return calls;
  }

  /** The words after the program's name, as a shell would cut them; what a comment says is none. */
  static List<String> words(String call) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(call.substring("./efferent ".length()));
    while (matcher.find()) {
      if (matcher.group().startsWith("#")
          || matcher.group().equals("|")
          || matcher.group().startsWith(">")) {
        break;
      }
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          words.add(matcher.group(group));
        }
      }
    }
    return words;
  }

  static CommandLine.ParseResult parse(String call) {
    return EfferentCommand.commandLine().parseArgs(words(call).toArray(String[]::new));
  }

  @Test
  void everyCallOfTheReadmeIsUnderstood() throws IOException {
    Path readme = Path.of(System.getProperty("efferent.root"), "README.md");
    List<String> calls = calls(Files.readString(readme));
    assertThat(calls).hasSizeGreaterThan(5);
    for (String call : calls) {
      CommandLine.ParseResult parsed = parse(call);
      assertThat(
              parsed.hasSubcommand()
                  || parsed.isUsageHelpRequested()
                  || parsed.isVersionHelpRequested())
          .as(call)
          .isTrue();
    }
  }

  /** The Java of the README, inside a method, is compiled against the modules as they are. */
  @Test
  void theJavaOfTheReadmeCompiles(@TempDir Path folder) throws IOException {
    Path readme = Path.of(System.getProperty("efferent.root"), "README.md");
    Matcher block =
        Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(Files.readString(readme));
    assertThat(block.find()).isTrue();
    Path source = folder.resolve("Sample.java");
    Files.writeString(
        source,
        """
        import java.nio.file.*;
        import java.time.*;
        import org.efferent.acquisition.*;
        import org.efferent.acquisition.lsl.*;
        import org.efferent.core.*;
        import org.efferent.filters.*;
        class Sample {
          void run() throws Exception {
        """
            + block.group(1)
            + "}}");
    StringWriter said = new StringWriter();
    String classPath = System.getProperty("java.class.path");
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                said,
                null,
                null,
                List.of("-proc:none", "-cp", classPath, "-d", folder.toString()),
                null,
                ToolProvider.getSystemJavaCompiler()
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(said.toString()).isTrue();
  }

  @Test
  void callsAreFoundAndWrongOnesRefused() {
    List<String> calls =
        calls(
            """
            ```
            ./efferent cursor evaluate --features x.csv \\
                --states 'my states.csv' --filter kalman   # a comment
            ./efferent inspect a.xdf --jsn
              ./efferent is not at the beginning of its line
            ```
            """);
    assertThat(calls).hasSize(2);
    assertThat(words(calls.get(0)))
        .containsExactly(
            "cursor",
            "evaluate",
            "--features",
            "x.csv",
            "--states",
            "my states.csv",
            "--filter",
            "kalman");
    assertThat(parse(calls.get(0)).hasSubcommand()).isTrue();
    assertThatExceptionOfType(CommandLine.UnmatchedArgumentException.class)
        .isThrownBy(() -> parse(calls.get(1)))
        .withMessage("Unknown option: '--jsn'");
  }
}
