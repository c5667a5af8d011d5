package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that the book shows is done: its commands are run, its outputs compared, its Java
 * compiled and run, its configurations read. What a test cannot do (a window, a download, a GPU) is
 * marked in the page with the reason, and parsed.
 *
 * <p>Remarks, HTML comments on the line above a block: {@code background} (another terminal, until
 * the page ends) or {@code background, the others ended}; {@code parsed only: REASON}; {@code exit
 * N}; above an output, {@code output} (its lines are said by the commands above it) or {@code
 * output, numbers vary} (the same but for digits). A comment {@code material: NAME, NAME} in a
 * page's text names what {@link Material} provides.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentationTest {
  /** At most so many commands of the book may be left unrun. */
  private static final int PARSED_ONLY = 45;

  @TempDir private Path folder;
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger parsed = new AtomicInteger();

  @TestFactory
  Stream<DynamicTest> everyPageDoesWhatItSays() {
    List<MarkdownPage> pages = Project.pages();
    assertThat(pages).hasSizeGreaterThan(15);
    Material material = new Material(folder.resolve("material"));
    return pages.stream()
        .filter(page -> !page.blocks().isEmpty())
        .map(page -> DynamicTest.dynamicTest(page.toString(), () -> run(page, material)));
  }

  private void run(MarkdownPage page, Material material) throws Exception {
    String name = Project.DOCS.relativize(page.path()).toString().replaceAll("[^A-Za-z0-9]+", "-");
    Path own = Files.createDirectories(folder.resolve(name)).toRealPath();
    copyConfigurations(own.resolve("configs"));
    material.provide(page, own);
    long began = System.nanoTime();
    try (PageRun run = new PageRun(own)) {
      for (MarkdownPage.Block block : page.blocks()) {
        run.block(block);
      }
      ran.addAndGet(run.ran());
      parsed.addAndGet(run.parsed());
    }
    System.out.printf("%s: %.1f s%n", page, (System.nanoTime() - began) / 1e9);
  }

  /** A page's calls name configurations as they lie in the project. */
  private static void copyConfigurations(Path into) throws IOException {
    Path from = Project.ROOT.resolve("configs");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, into.resolve(from.relativize(file).toString()));
      }
    }
  }

  @AfterAll
  void countWhatWasRun() {
    System.out.printf("documentation: %d calls ran, %d parsed only%n", ran.get(), parsed.get());
    assertThat(parsed.get()).isLessThanOrEqualTo(PARSED_ONLY);
    assertThat(ran.get()).isGreaterThan(parsed.get());
  }
}
