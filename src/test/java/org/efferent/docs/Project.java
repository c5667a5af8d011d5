package org.efferent.docs;

import java.nio.file.Path;
import java.util.List;

/** Where the project lies, and which pages are held to their word. */
final class Project {
  static final Path ROOT =
      Path.of(System.getProperty("efferent.root")).toAbsolutePath().normalize();
  static final Path DOCS = ROOT.resolve("docs");

  /** Older pages, whose calls are shown with files that only their readers have. */
  private static final List<String> OLDER =
      List.of("DESIGN.md", "BENCHMARKS.md", "DATASETS.md", "FUZZ.md", "SCALE.md");

  private Project() {}

  /** The pages of the book. */
  static List<MarkdownPage> pages() {
    return MarkdownPage.below(DOCS).stream()
        .filter(page -> !OLDER.contains(page.path().getFileName().toString()))
        .toList();
  }
}
