package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.efferent.cli.DocumentedCommand;
import org.xml.sax.InputSource;

/** The blocks of one page, done in order in one working folder. */
final class PageRun implements AutoCloseable {
  private static final Pattern EXIT = Pattern.compile("exit (\\d)");
  private static final String EFFERENT = "./efferent ";

  private final Path folder;
  private final Map<Process, Path> background = new LinkedHashMap<>();
  private String said = "";
  private int ran;
  private int parsed;

  PageRun(Path folder) {
    this.folder = folder;
  }

  int ran() {
    return ran;
  }

  int parsed() {
    return parsed;
  }

  void block(MarkdownPage.Block block) throws Exception {
    String where = folder.getFileName() + ", line " + block.line();
    if (block.remark().startsWith("parsed only:")) {
      assertThat(block.remark()).as(where).matches("parsed only: .{8,}");
    }
    switch (block.language()) {
      case "sh" -> shell(block, where);
      case "text" -> output(block, where);
      case "java" -> java(block, where);
      case "yaml" -> ConfigurationFile.read(folder, block.code());
      case "json" -> new ObjectMapper().readTree(block.code());
      case "xml" -> xml(block.code());
      case "csv" -> assertThat(block.lines()).as(where).isNotEmpty();
      default -> throw new AssertionError(where + ": a block must say its language");
    }
  }

  private void shell(MarkdownPage.Block block, String where) throws Exception {
    assertThat(block.commands()).as(where).isNotEmpty();
    Matcher exit = EXIT.matcher(block.remark());
    int expected = exit.matches() ? Integer.parseInt(exit.group(1)) : 0;
    boolean beside = block.remark().startsWith("background");
    said = beside ? said : "";
    if (block.remark().equals("background, the others ended")) {
      endAll();
    }
    for (String command : block.commands()) {
      if (block.remark().startsWith("parsed only:")) {
        if (command.startsWith(EFFERENT)) {
          DocumentedCommand.parse(command);
        }
        parsed++;
      } else if (beside) {
        start(command);
        ran++;
      } else if (command.startsWith(EFFERENT)) {
        DocumentedCommand.Outcome outcome = DocumentedCommand.run(folder, command);
        assertThat(outcome.status())
            .as("%s: %s%n%s", where, command, outcome.said())
            .isEqualTo(expected);
        said += outcome.said();
        ran++;
      } else {
        said += tool(command, where);
        ran++;
      }
    }
  }

  /** A call in another terminal. */
  private void start(String command) throws IOException {
    assertThat(command).startsWith(EFFERENT);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Djava.awt.headless=true", "-Djava.net.preferIPv4Stack=true"));
    words.addAll(List.of("-Xmx256m", "-Defferent.home=" + Project.ROOT));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.efferent.cli.Main"));
    words.addAll(DocumentedCommand.words(command));
    Path log = Files.createTempFile(folder, "background", ".txt");
    background.put(
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start(),
        log);
  }

  /** A word of the shell itself, such as cut or ls. */
  private String tool(String command, String where) throws IOException, InterruptedException {
    Path log = folder.resolve("tool.txt");
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(where).isTrue();
    String text = Files.readString(log);
    assertThat(process.exitValue()).as("%s: %s%n%s", where, command, text).isZero();
    return text;
  }

  private void output(MarkdownPage.Block block, String where) {
    if (!block.remark().startsWith("output")) {
      return;
    }
    boolean vary = block.remark().equals("output, numbers vary");
    List<String> all = said.lines().map(line -> plain(line, vary)).toList();
    for (String line : block.lines()) {
      if (!line.isBlank() && !line.strip().startsWith("…")) {
        assertThat(all).as("%s: '%s' in:%n%s", where, line, said).contains(plain(line, vary));
      }
    }
  }

  private static String plain(String line, boolean vary) {
    String words = line.strip().replaceAll("\\s+", " ");
    return vary ? words.replaceAll("[+-]?\\d+(\\.\\d+)?(E-?\\d+)?", "#") : words;
  }

  private void java(MarkdownPage.Block block, String where) throws Exception {
    JavaSource source = JavaSource.of(block.code());
    source.compile(folder, where);
    if (block.remark().startsWith("parsed only:")) {
      parsed++;
      return;
    }
    said = source.hasMain() ? source.run(folder, List.of(), where) : "";
    ran++;
  }

  private static void xml(String code) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.newDocumentBuilder().parse(new InputSource(new StringReader(code)));
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  /** Ends what runs in other terminals; what ended by itself must have ended well. */
  private void endAll() throws IOException {
    for (Map.Entry<Process, Path> one : background.entrySet()) {
      Process process = one.getKey();
      boolean alone = !process.isAlive();
      end(process);
      if (alone) {
        assertThat(process.exitValue()).as(Files.readString(one.getValue())).isZero();
      }
    }
    background.clear();
  }

  @Override
  public void close() throws IOException {
    endAll();
  }
}
