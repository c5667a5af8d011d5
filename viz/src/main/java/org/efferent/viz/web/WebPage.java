package org.efferent.viz.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page's files, and what is said instead of it. */
final class WebPage {
  private final byte[] html = read("page.html");
  private final byte[] style = read("page.css");
  private final byte[] script = read("page.js");
  private final byte[] icon = read("icon.svg");

  private static byte[] read(String name) {
    try (InputStream in = WebPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + ": is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] html() {
    return html.clone();
  }

  byte[] style() {
    return style.clone();
  }

  byte[] script() {
    return script.clone();
  }

  byte[] icon() {
    return icon.clone();
  }

  /**
   * A page of two sentences.
   *
   * @param title in plain text, of the house's own words
   * @param whatToDo likewise
   */
  static byte[] refusal(String title, String whatToDo) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%s</title></head>
    <body><main><h1>%s</h1><p>%s</p></main></body>
    </html>
    """
        .formatted(title, title, whatToDo)
        .getBytes(StandardCharsets.UTF_8);
  }
}
