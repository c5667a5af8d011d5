package org.efferent.viz.web;

import java.util.Map;

/** One message, and how far a viewer is that has it. */
final class WebUpdate {
  private final byte[] bytes;
  private final long signalsUpTo;
  private final long spectrogramUpTo;
  private final Map<WebPart, Long> versions;

  /** All of it; the array is handed over. */
  WebUpdate(byte[] bytes, long signalsUpTo, long spectrogramUpTo, Map<WebPart, Long> versions) {
    this.bytes = bytes;
    this.signalsUpTo = signalsUpTo;
    this.spectrogramUpTo = spectrogramUpTo;
    this.versions = Map.copyOf(versions);
  }

  /** Not to be modified. */
  byte[] bytes() {
    return bytes;
  }

  /** The last column of signals that is whole. */
  long signalsUpTo() {
    return signalsUpTo;
  }

  /** The last column of the spectrogram. */
  long spectrogramUpTo() {
    return spectrogramUpTo;
  }

  /** Of each part. */
  Map<WebPart, Long> versions() {
    return versions;
  }
}
