package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The example programs compile without a warning and run to their end. */
class ExamplesTest {
  private static final Pattern ARGUMENTS = Pattern.compile("Arguments: ([^\\n]+)");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everyExampleRuns() throws IOException {
    Material material = new Material(folder.resolve("material"));
    List<Path> examples;
    try (Stream<Path> files = Files.list(Project.DOCS.resolve("examples"))) {
      examples = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    assertThat(examples).hasSizeGreaterThanOrEqualTo(9);
    return examples.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()), () -> run(file, material)));
  }

  private void run(Path file, Material material) throws Exception {
    JavaSource source = JavaSource.of(Files.readString(file));
    assertThat(file.getFileName()).hasToString(source.name() + ".java");
    Path own = Files.createDirectories(folder.resolve(source.name()));
    Matcher arguments = ARGUMENTS.matcher(source.code());
    List<String> words = arguments.find() ? List.of(arguments.group(1).split(" ", -1)) : List.of();
    for (String word : words) {
      if (word.startsWith("configs/")) {
        Files.createSymbolicLink(own.resolve("configs"), Project.ROOT.resolve("configs"));
      } else if (!Files.exists(own.resolve(word))) {
        material.provide(word.replaceFirst("/.*", ""), own);
      }
    }
    source.compile(own, source.name());
    String said = source.run(own, words, source.name());
    assertThat(said).as(source.name()).isNotBlank().doesNotContain("Exception");
    assertThat(MarkdownPage.read(Project.DOCS.resolve("examples/README.md")).text())
        .contains("(" + file.getFileName() + ")");
    if (Files.exists(own.resolve("configs"))) {
      Files.delete(own.resolve("configs"));
    }
  }
}
