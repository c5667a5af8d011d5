package org.efferent.cohort;

import java.nio.file.Path;

/** A driver that a test kills: says on standard output what is finished. */
final class Driver {
  private Driver() {}

  /**
   * Runs.
   *
   * @param words recordings and results
   */
  public static void main(String[] words) {
    CohortRun.run(
        Simulated.options("local[1]", Path.of(words[0]), Path.of(words[1])),
        new CohortListener() {
          @Override
          public void recording(CohortProgress progress) {
            System.out.println("finished " + progress.finished());
            System.out.flush();
          }
        });
  }
}
