package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes that the page of mathematics points at are there, and every section has a source. */
class MathematicsTest {
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

  @Test
  void everyClassThatIsNamedIsThere() throws IOException {
    Set<String> classes = classes();
    int seen = 0;
    for (String section : sections()) {
      String code = between(section, "*Code*:", "*Source*:");
      Matcher names = NAME.matcher(code);
      while (names.find()) {
        assertThat(classes).contains(names.group(1));
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(60);
  }

  @Test
  void everySectionSaysWhereItIsAndWhereItIsFrom() throws IOException {
    for (String section : sections()) {
      String title = section.lines().findFirst().orElse("");
      assertThat(between(section, "*Code*:", "*Source*:")).as(title).isNotBlank();
    }
  }

  private static List<String> sections() throws IOException {
    String page = Files.readString(Project.DOCS.resolve("mathematics.md"));
    List<String> parts = List.of(page.split("\n## ", -1));
    assertThat(parts).hasSizeGreaterThan(12);
    return parts.subList(1, parts.size());
  }

  private static String between(String text, String from, String to) {
    int begin = text.indexOf(from);
    int end = text.indexOf(to, begin);
    assertThat(begin).as(text).isNotNegative();
    assertThat(end).as(text).isGreaterThan(begin);
    return text.substring(begin + from.length(), text.lastIndexOf(to));
  }

  private static Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Project.ROOT, 12)) {
      return files
          .map(Path::toString)
          .filter(file -> file.contains("/src/main/java/") && file.endsWith(".java"))
          .map(file -> file.substring(file.lastIndexOf('/') + 1).replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }
}
