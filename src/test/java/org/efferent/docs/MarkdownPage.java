package org.efferent.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown: its blocks of code with the remark above each, its headings and its links.
 *
 * @param path the file
 * @param blocks blocks of code, in order
 * @param text the page without its blocks of code
 */
record MarkdownPage(Path path, List<Block> blocks, String text) {
  private static final Pattern REMARK = Pattern.compile("<!--\\s*(.*?)\\s*-->");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /**
   * A block of code.
   *
   * @param language the word after the fence; empty where there is none
   * @param remark the comment above the block; empty where there is none
   * @param lines its lines
   * @param line number of its fence in the page, from 1
   */
  record Block(String language, String remark, List<String> lines, int line) {
    String code() {
      return String.join("\n", lines) + "\n";
    }

    /** Lines of a shell, those that go on in the next one joined with it; comments left out. */
    List<String> commands() {
      List<String> out = new ArrayList<>();
      String begun = "";
      for (String line : lines) {
        String whole = begun.isEmpty() ? line.strip() : begun + " " + line.strip();
        if (whole.endsWith("\\")) {
          begun = whole.substring(0, whole.length() - 1).strip();
          continue;
        }
        begun = "";
        if (!whole.isEmpty() && !whole.startsWith("#")) {
          out.add(whole);
        }
      }
      return out;
    }
  }

  static MarkdownPage read(Path path) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String remark = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("```")) {
        Matcher comment = REMARK.matcher(line);
        remark = comment.matches() ? comment.group(1) : line.isBlank() ? remark : "";
        text.append(line).append('\n');
        continue;
      }
      int begin = i;
      List<String> code = new ArrayList<>();
      while (++i < lines.size() && !lines.get(i).startsWith("```")) {
        code.add(lines.get(i));
      }
      blocks.add(new Block(line.substring(3).strip(), remark, List.copyOf(code), begin + 1));
      remark = "";
    }
    return new MarkdownPage(path, List.copyOf(blocks), text.toString());
  }

  /** All pages of a folder, in the order of their names. */
  static List<MarkdownPage> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(MarkdownPage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where links and pictures lead, as written. */
  List<String> links() {
    Matcher matcher = LINK.matcher(text.replaceAll("`[^`]*`", ""));
    List<String> out = new ArrayList<>();
    while (matcher.find()) {
      out.add(matcher.group(1));
    }
    return out;
  }

  /** Anchors of the headings, as forges make them. */
  List<String> anchors() {
    List<String> out = new ArrayList<>();
    text.lines()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("^#+ ", "").strip().toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .forEach(out::add);
    return out;
  }

  @Override
  public String toString() {
    return path.getParent().getFileName() + "/" + path.getFileName();
  }
}
