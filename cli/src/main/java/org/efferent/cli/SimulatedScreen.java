package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.efferent.data.AtomicFile;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.ClosedLoop.Finished;
import org.efferent.filters.task.Target;
import org.efferent.filters.task.TaskFigures;
import org.efferent.filters.task.TrialBlock;
import org.efferent.viz.Look;
import org.efferent.viz.TaskPainter;
import org.efferent.viz.TaskPhase;
import org.efferent.viz.TaskProgress;
import org.efferent.viz.TaskText;
import org.efferent.viz.TaskView;

/** What a user would see as a simulated session ends: {@code screen.png}. */
final class SimulatedScreen {
  private static final double CURSOR_RADIUS = 0.75;
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 900;

  private SimulatedScreen() {}

  /** The last moment of a session. */
  static TaskView last(ClosedLoop loop, SimulatedTaskOptions task, TrialBlock session) {
    List<Target> choices = loop.choices();
    Optional<Target> on =
        choices.stream().filter(c -> c.contains(loop.cursorX(), loop.cursorY())).findFirst();
    TaskScreen screen = new TaskScreen(task.reach(), CURSOR_RADIUS, task.typedOn());
    TaskFigures figures = session.figures();
    return new TaskView(
        TaskPhase.RUNNING,
        "",
        screen.scene(choices, loop.target(), on, 0, loop.cursorX(), loop.cursorY()),
        text(loop, task),
        new TaskProgress(
            task.kind().id(),
            1,
            1,
            0,
            figures.trials(),
            figures.acquired(),
            figures.bitsPerSecond(),
            loop.versions().map(v -> v.current().number()).orElse(0L),
            false));
  }

  private static TaskText text(ClosedLoop loop, SimulatedTaskOptions task) {
    return task.typing()
        .map(
            typing -> {
              for (Finished finished : loop.finished()) {
                finished.trial().selected().ifPresent(typing::selected);
              }
              return TaskScreen.text(typing);
            })
        .orElse(null);
  }

  /** Paints a moment into a file. */
  static void write(TaskView view, Path file, boolean force) {
    BufferedImage image = new TaskPainter(Look.DARK).image(view, WIDTH, HEIGHT);
    AtomicFile.write(
        file,
        force,
        out -> {
          if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java cannot write PNG");
          }
        });
  }
}
