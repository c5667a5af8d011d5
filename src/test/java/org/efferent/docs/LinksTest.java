package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every link of the documentation leads somewhere; what is said stays free of this machine. */
class LinksTest {

  private static List<MarkdownPage> all() {
    List<MarkdownPage> pages = new ArrayList<>(MarkdownPage.below(Project.DOCS));
    pages.add(MarkdownPage.read(Project.ROOT.resolve("README.md")));
    return pages;
  }

  @Test
  void everyRelativeLinkAndAnchorIsThere() {
    List<String> broken = new ArrayList<>();
    int seen = 0;
    for (MarkdownPage page : all()) {
      for (String link : page.links()) {
        if (link.contains("://") || link.startsWith("mailto:")) {
          continue;
        }
        seen++;
        if (!leads(page, link)) {
          broken.add(page + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(seen).isGreaterThan(60);
  }

  private static boolean leads(MarkdownPage page, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1
        || !target.toString().endsWith(".md")
        || MarkdownPage.read(target).anchors().contains(parts[1]);
  }

  @Test
  void noPageNamesThisMachine() throws IOException {
    for (MarkdownPage page : Project.pages()) {
      assertThat(Files.readString(page.path()))
          .as(page.toString())
          .doesNotContain(Project.ROOT.toString())
          .doesNotContain(System.getProperty("user.home") + "/");
    }
  }
}
