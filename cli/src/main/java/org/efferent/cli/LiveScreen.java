package org.efferent.cli;

import java.nio.file.Path;

/** The window of a live session with an encoder. */
final class LiveScreen implements AutoCloseable {
  private LiveScreen() {}

  /** Opens it, where there is a display. */
  static LiveScreen open(LiveGallery gallery, Path pictures, OutputOptions output) {
    output.note("no window yet");
    return new LiveScreen();
  }

  /** Shows an answer; returns at once. */
  void show(LiveRetrieval.Answer answer) {}

  @Override
  public void close() {}
}
