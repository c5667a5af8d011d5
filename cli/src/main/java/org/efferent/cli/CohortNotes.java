package org.efferent.cli;

import org.efferent.cohort.CohortListener;
import org.efferent.cohort.CohortProgress;

/** Progress on standard error: every failure, and a line when a twentieth more is finished. */
final class CohortNotes implements CohortListener {
  private final OutputOptions output;
  private final long start = System.nanoTime();
  private long said;

  CohortNotes(OutputOptions output) {
    this.output = output;
  }

  @Override
  public void found(long count) {
    output.note("%d recordings", count);
  }

  @Override
  public void recording(CohortProgress progress) {
    if (!progress.error().isEmpty()) {
      output.note("failed: %s: %s", progress.latest(), progress.error());
    }
    long step = Math.max(1, progress.recordings() / 20);
    if (progress.finished() / step > said || progress.finished() == progress.recordings()) {
      said = progress.finished() / step;
      long done = progress.finished() - progress.reused();
      double seconds = (System.nanoTime() - start) / 1e9;
      double left = done == 0 ? 0 : seconds / done * (progress.recordings() - progress.finished());
      output.note(
          "%d of %d recordings, %d failed, slowest %s (%.1f s), about %.0f s left",
          progress.finished(),
          progress.recordings(),
          progress.failed(),
          progress.slowest(),
          progress.slowestSeconds(),
          left);
    }
    if (progress.finished() == progress.recordings()) {
      heap(progress.recordings());
    }
  }

  /** For benchmarks/cohort: what the driver holds, which does not grow with the recordings. */
  private void heap(long recordings) {
    if (Boolean.getBoolean("efferent.cohort.heap")) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      output.note(
          "%d recordings: live heap of the driver %.1f MB",
          recordings, (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    }
  }

  @Override
  public void workerLost(String reason) {
    output.note("a worker was lost (%s); what it worked on is done again elsewhere", reason);
  }

  @Override
  public void noWorker() {
    output.note(
        "the cluster has no worker for this run, which waits for one: are workers started, and have they the memory and the cores that it asks for? Ctrl-C ends it");
  }
}
