package org.efferent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.ClosedLoop.Finished;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.task.TrialBlock;

/**
 * The blocks of a session as they go by: those of the calibration, then stretches of the task. The
 * session's thread adds, another one takes what is finished.
 */
final class SessionBlocks {
  private final SimulatedTaskOptions task;
  private final double blockSeconds;
  private final List<TrialBlock> finished = new ArrayList<>();
  private final List<Finished> calibration = new ArrayList<>();
  private String open = "";
  private double from = Double.NaN;
  private int counted;

  SessionBlocks(SimulatedTaskOptions task, double blockSeconds) {
    this.task = task;
    this.blockSeconds = blockSeconds;
  }

  /** Takes note of a bin. */
  synchronized void accept(CursorSession session) {
    ClosedLoop loop = session.loop();
    if (loop.phase() == ClosedLoop.Phase.RUNNING) {
      endCalibration("");
      from = Double.isNaN(from) ? loop.seconds() : from;
      if (loop.seconds() - from >= blockSeconds - 1e-9) {
        endRunning(loop, loop.seconds());
      }
      return;
    }
    if (loop.phase() != ClosedLoop.Phase.TRAINING) {
      String name =
          loop.phase() == ClosedLoop.Phase.OPEN
              ? "open loop"
              : String.format(Locale.ROOT, "assist %.1f", loop.assist().amount());
      if (!name.equals(open)) {
        endCalibration(name);
      }
    }
    loop.ended().ifPresent(t -> calibration.add(new Finished(t, loop.seconds())));
  }

  private void endCalibration(String next) {
    if (!open.isEmpty()) {
      List<TrialBlock.Ended> ended =
          calibration.stream().map(f -> new TrialBlock.Ended(f.trial(), f.endSeconds())).toList();
      finished.add(new TrialBlock(open, false, 1, ended));
      calibration.clear();
    }
    open = next;
  }

  private void endRunning(ClosedLoop loop, double to) {
    counted++;
    finished.add(task.block("all", loop.finished()).between("running " + counted, from, to));
    from = to;
  }

  /** Ends the block that is open, with the session. */
  synchronized void end(ClosedLoop loop) {
    endCalibration("");
    if (!Double.isNaN(from) && loop.seconds() > from) {
      endRunning(loop, loop.seconds());
    }
  }

  /** All that are finished. */
  synchronized List<TrialBlock> blocks() {
    return List.copyOf(finished);
  }

  /** One line about the last one; empty if there is none. */
  static Optional<String> line(List<TrialBlock> blocks) {
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    TrialBlock last = blocks.get(blocks.size() - 1);
    var figures = last.figures();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "block '%s': %d of %d targets, %.2f bit/s, median %.2f s",
            last.name(),
            figures.acquired(),
            figures.trials(),
            figures.bitsPerSecond(),
            figures.medianAcquisitionSeconds()));
  }
}
