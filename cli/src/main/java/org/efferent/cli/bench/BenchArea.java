package org.efferent.cli.bench;

import java.util.List;

/** Measures one part of the toolkit. */
@FunctionalInterface
public interface BenchArea {
  /**
   * Measures.
   *
   * @param settings how
   * @return its figures, beside their peers
   * @throws org.efferent.core.EfferentException if this machine lacks what the area needs
   * @throws InterruptedException if it is asked to stop
   */
  List<Measured> measure(BenchSettings settings) throws InterruptedException;
}
