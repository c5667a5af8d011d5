package org.efferent.data.xdf;

/** A chunk that contradicts the format: caught by the scanner, which resumes at a boundary. */
final class Corrupt extends Exception {
  private static final long serialVersionUID = 1L;

  Corrupt(String message) {
    super(message, null, false, false);
  }
}
