package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference of configurations has the keys that the readers know, each of them, no other. */
class ConfigurationReferenceTest {
  private static final Pattern SECTION = Pattern.compile("<!-- keys: ([^>]*?) -->");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z0-9, `]+)` \\|.*");

  @TempDir private Path folder;

  @Test
  void everyKeyIsDocumentedAndEveryDocumentedOneIsThere() throws IOException {
    Map<String, Set<String>> documented = documented();
    Map<String, Set<String>> known = new ConfigurationKeys(folder).all();
    assertThat(documented.keySet()).isEqualTo(new TreeMap<>(known).keySet());
    known.forEach(
        (section, keys) -> assertThat(documented.get(section)).as(section).isEqualTo(keys));
  }

  /** Rows of the tables below a comment, by each name in it. */
  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> out = new TreeMap<>();
    List<String> sections = List.of();
    for (String line : Files.readAllLines(Project.DOCS.resolve("reference/configuration.md"))) {
      Matcher section = SECTION.matcher(line);
      Matcher row = ROW.matcher(line);
      if (section.matches()) {
        sections = List.of(section.group(1).split(",\\s*", -1));
        sections.forEach(name -> out.put(name, new TreeSet<>()));
      } else if (line.startsWith("#")) {
        sections = List.of();
      } else if (row.matches()) {
        for (String name : sections) {
          out.get(name).addAll(List.of(row.group(1).split("[, `]+", -1)));
        }
      }
    }
    return out;
  }
}
