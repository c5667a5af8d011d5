package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class DoctorAndHelpTest {

  /** Every command there is, as the words that name it; the root is the empty list. */
  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(EfferentCommand.commandLine(), List.of(), all);
    return all.stream();
  }

  private static void collect(CommandLine command, List<String> name, List<List<String>> all) {
    all.add(name);
    command
        .getSubcommands()
        .forEach(
            (word, below) -> {
              List<String> longer = new ArrayList<>(name);
              longer.add(word);
              collect(below, longer, all);
            });
  }

  @Test
  void theCommandsOfThePlanAreThere() {
    assertThat(commands().map(words -> String.join(" ", words)))
        .contains(
            "demo",
            "doctor",
            "streams",
            "simulate eeg",
            "simulate spikes",
            "simulate evoked",
            "simulate cursor",
            "replay",
            "inspect",
            "cursor",
            "cursor evaluate",
            "cursor imagery",
            "cursor run",
            "retrieve evaluate",
            "generate");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpShowsAnExampleThatIsUnderstood(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.add("--help");
    Cli.Result result = Cli.run(words.toArray());
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("Usage: " + String.join(" ", prefixed(command)));
    List<String> examples = examples(result.out());
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      // The example is of this command, or, for a group, of one in it.
      assertThat(example).startsWith(String.join(" ", prefixed(command)));
      String[] call = example.substring("efferent ".length()).split(" +");
      CommandLine.ParseResult parsed = EfferentCommand.commandLine().parseArgs(call);
      assertThat(parsed.hasSubcommand()).isTrue();
    }
  }

  private static List<String> prefixed(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.add(0, "efferent");
    return words;
  }

  /** The calls below the heading, with their continued lines. */
  private static List<String> examples(String help) {
    List<String> examples = new ArrayList<>();
    int begin = help.indexOf("\nExample");
    assertThat(begin).as(help).isPositive();
    String below = help.substring(begin).replaceAll("\\\\\\R\\s*", "");
    below
        .lines()
        .filter(l -> l.startsWith("  efferent "))
        .map(String::strip)
        .forEach(examples::add);
    return examples;
  }

  @Test
  void versionSaysProgramJavaAndMachine() {
    Cli.Result result = Cli.run("--version");
    assertThat(result.status()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            "efferent "
                + Versions.program()
                + ", Java "
                + Versions.java()
                + ", "
                + Versions.machine());
    assertThat(result.out()).contains(System.getProperty("java.version"));
  }

  @Test
  void doctorLooksAtWhatMatters() {
    Cli.Result result = Cli.run("doctor", "--json");
    JsonNode json = result.object();
    assertThat(json.fieldNames()).toIterable().containsExactly("ok", "checks");
    assertThat(json.path("ok").isBoolean()).isTrue();
    assertThat(result.status()).isEqualTo(json.path("ok").booleanValue() ? 0 : 5);
    List<String> names = new ArrayList<>();
    for (JsonNode check : json.path("checks")) {
      assertThat(check.fieldNames()).toIterable().containsExactly("name", "ok", "detail", "hint");
      assertThat(check.path("ok").isBoolean()).isTrue();
      assertThat(check.path("detail").textValue()).isNotEmpty();
      // What does not work comes with what to do.
      assertThat(check.path("hint").textValue().isEmpty())
          .isEqualTo(check.path("ok").booleanValue());
      names.add(check.path("name").textValue());
    }
    assertThat(names)
        .contains(
            "java", "native BLAS", "liblsl", "display", "gpu", "loopback multicast", "lsl unicast");
  }
}
