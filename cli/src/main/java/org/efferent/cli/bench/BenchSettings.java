package org.efferent.cli.bench;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How the areas are measured.
 *
 * @param quick little material and three rounds, to see that all of it works
 * @param liblsl the file of liblsl, which stands beside LSL in Java; null for none
 * @param python the peers' interpreter; null for none
 * @param threads of retrieval and encoders, here and at the peers, at least 1
 * @param folder for material; the caller's to delete
 */
public record BenchSettings(
    boolean quick, Path liblsl, PythonPeer python, int threads, Path folder) {
  /** Checks the numbers. */
  public BenchSettings {
    Objects.requireNonNull(folder, "folder");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; threads=" + threads);
    }
  }

  /** Rounds, in which each side has one turn. */
  int rounds() {
    return quick ? 3 : 5;
  }

  /** One of two sizes. */
  int size(int small, int full) {
    return quick ? small : full;
  }
}
