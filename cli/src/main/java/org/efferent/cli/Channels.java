package org.efferent.cli;

/** How many channels, in words. */
final class Channels {
  private Channels() {}

  /** "1 channel", "64 channels". */
  static String words(int count) {
    return count + (count == 1 ? " channel" : " channels");
  }
}
