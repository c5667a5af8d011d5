package org.efferent.viz;

import java.util.ArrayList;
import java.util.List;

/** Moments of a session that several tests paint. */
final class TaskExamples {
  static final double REACH = 13;
  static final TaskProgress PROGRESS =
      new TaskProgress("assist 0.8", 2, 4, 11.2, 23, 21, 2.314, 3, false);

  private TaskExamples() {}

  /** Keys of a square grid, row by row from the lower left. */
  static List<TaskPlace> grid(int n, String labels) {
    double side = 24.0 / n;
    List<TaskPlace> keys = new ArrayList<>();
    for (int i = 0; i < n * n; i++) {
      String label = i < labels.length() ? labels.substring(i, i + 1) : "";
      keys.add(
          new TaskPlace(
              (i % n + 0.5) * side - 12,
              (Math.floorDiv(i, n) + 0.5) * side - 12,
              side,
              side,
              false,
              label));
    }
    return keys;
  }

  static TaskView view(TaskPhase phase, TaskScene scene, TaskText text) {
    return new TaskView(phase, "", scene, text, PROGRESS);
  }

  /** A round target of 4 at (6, 0), held by half; the cursor where it is said. */
  static TaskView disc(TaskPhase phase, double x, double y, boolean on) {
    List<TaskPlace> places = List.of(new TaskPlace(6, 0, 4, 4, true, ""));
    Disc cursor = new Disc(x, y, 0.75);
    return view(phase, new TaskScene(REACH, places, 0, on ? 0 : -1, on ? 0.5 : 0, cursor), null);
  }

  /** A grid with letters, one key cued, another one held. */
  static TaskView keys(int cued, int on, double held, Disc cursor, TaskText text) {
    List<TaskPlace> keys = grid(6, "abcdefghijklmnopqrstuvwxyz");
    return view(TaskPhase.RUNNING, new TaskScene(REACH, keys, cued, on, held, cursor), text);
  }
}
