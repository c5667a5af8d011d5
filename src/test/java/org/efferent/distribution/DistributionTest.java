package org.efferent.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What those who install Efferent, or build on it, find beside the code. */
class DistributionTest {
  private static final Path ROOT = Path.of(System.getProperty("efferent.root"));
  // Its page is written with the module itself.
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(efferent-[^<]+)<");
  // Of the Javadoc comment before the package: its text, without stars and tags.
  private static final Pattern COMMENT =
      Pattern.compile("/\\*\\*(.*?)\\*/\\s*package ", Pattern.DOTALL);

  @Test
  void theBillOfMaterialsNamesEveryModule() throws IOException {
    List<String> wanted = new ArrayList<>();
    for (String module : modules()) {
      if (Files.isDirectory(ROOT.resolve(module).resolve("src/main/java"))) {
        wanted.add(artifact(module));
      }
    }
    String managed = text("src/bom/pom.xml");
    managed = managed.substring(managed.indexOf("<dependencyManagement>"));
    List<String> named = ARTIFACT.matcher(managed).results().map(m -> m.group(1)).toList();
    assertThat(named).hasSizeGreaterThan(9).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void everyModuleHasAPageOfItsOwn() throws IOException {
    List<String> without = new ArrayList<>();
    for (String module : modules()) {
      Path page = ROOT.resolve(module).resolve("src/main/javadoc/overview.html");
      if (!Files.isDirectory(ROOT.resolve(module).resolve("src/main/java"))) {
        continue;
      }
      String words = Files.exists(page) ? Files.readString(page) : "";
      if (words.length() < 800 || !words.contains("<pre>") || !words.contains("{@link ")) {
        without.add(module);
      }
    }
    assertThat(without).as("modules without a page, its example or its links").isEmpty();
  }

  @Test
  void everyPackageSaysMoreThanOneSentence() throws IOException {
    List<String> silent = new ArrayList<>();
    int packages = 0;
    for (String module : modules()) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      if (!Files.isDirectory(sources)) {
        continue;
      }
      for (Path folder : packagesOf(sources)) {
        packages++;
        Path info = folder.resolve("package-info.java");
        if (!Files.exists(info) || sentences(Files.readString(info)) < 2) {
          silent.add(sources.relativize(folder).toString());
        }
      }
    }
    assertThat(packages).isGreaterThan(50);
    assertThat(silent).as("packages that say less than two sentences of themselves").isEmpty();
  }

  @Test
  void scriptsAreSound() throws Exception {
    assumeThat(Path.of("/bin/bash")).as("bash reads the scripts").exists();
    List<Path> scripts = new ArrayList<>(List.of(ROOT.resolve("efferent")));
    try (Stream<Path> files = Files.list(ROOT.resolve(".ci"))) {
      files.filter(Files::isRegularFile).forEach(scripts::add);
    }
    for (Path script : scripts) {
      Process bash =
          new ProcessBuilder("/bin/bash", "-n", script.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bash.waitFor()).as(script + ": " + said).isZero();
    }
  }

  private static List<String> modules() throws IOException {
    return MODULE.matcher(text("pom.xml")).results().map(m -> m.group(1)).toList();
  }

  private static String artifact(String module) throws IOException {
    String pom = text(module + "/pom.xml");
    Matcher own = ARTIFACT.matcher(pom.substring(pom.indexOf("</parent>")));
    assertThat(own.find()).as(module).isTrue();
    return own.group(1);
  }

  private static List<Path> packagesOf(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .toList();
    }
  }

  /** A table of some length counts as a sentence more. */
  private static long sentences(String source) {
    Matcher comment = COMMENT.matcher(source);
    if (!comment.find()) {
      return 0;
    }
    String words = comment.group(1).replaceAll("(?m)^\\s*\\*", "").replaceAll("<[^>]*>", "");
    long ends = Pattern.compile("[.!?](?=\\s|$)").matcher(words.strip()).results().count();
    return comment.group(1).contains("<table>") ? ends + 1 : ends;
  }

  private static String text(String name) throws IOException {
    return Files.readString(ROOT.resolve(name));
  }
}
