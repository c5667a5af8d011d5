package org.efferent.cli;

import java.util.List;
import java.util.Optional;
import org.efferent.filters.task.CopyTyping;
import org.efferent.filters.task.Keyboard;
import org.efferent.filters.task.Target;
import org.efferent.viz.Disc;
import org.efferent.viz.TaskPlace;
import org.efferent.viz.TaskScene;
import org.efferent.viz.TaskText;

/**
 * Turns what a task plays into what its window shows. The same list of places is handed over as
 * long as the choices stay, so that the window paints only what moved. Used by one thread.
 */
final class TaskScreen {
  private static final double ON_PLACES = 0.25;
  private static final double ON_LETTERS = 0.12;

  private final double reach;
  private final double cursorRadius;
  private final Optional<Keyboard> keyboard;
  private List<Target> choices = List.of();
  private List<TaskPlace> places = List.of();
  private double radius;

  /**
   * A screen that has shown nothing.
   *
   * @param reach half the side of what is shown, in the task's unit
   * @param cursorRadius of the cursor that is shown, at the most: on small places and on letters it
   *     is smaller, so that it does not hide them. The task looks at its centre alone
   * @param keyboard whose keys are labelled; empty for other tasks
   */
  TaskScreen(double reach, double cursorRadius, Optional<Keyboard> keyboard) {
    this.reach = reach;
    this.cursorRadius = cursorRadius;
    radius = cursorRadius;
    this.keyboard = keyboard;
  }

  /**
   * The screen at a moment.
   *
   * @param now all places that can be selected
   * @param cued one of them
   * @param on the one that the cursor is on; empty for none
   * @param held share of the hold that is done on it, 0 to 1
   * @param x of the cursor
   * @param y of the cursor
   */
  TaskScene scene(
      List<Target> now, Target cued, Optional<Target> on, double held, double x, double y) {
    if (!now.equals(choices)) {
      choices = List.copyOf(now);
      // What List.copyOf has made it does not copy again: the scene keeps this very list.
      places = List.copyOf(places(choices, keyboard));
      double share = keyboard.isPresent() ? ON_LETTERS : ON_PLACES;
      radius = cursorRadius;
      for (Target choice : choices) {
        radius = Math.min(radius, share * choice.diameter());
      }
    }
    int selecting = on.map(choices::indexOf).orElse(-1);
    return new TaskScene(
        reach,
        places,
        choices.indexOf(cued),
        selecting,
        selecting < 0 ? 0 : held,
        new Disc(x, y, radius));
  }

  /** The lines above a keyboard. */
  static TaskText text(CopyTyping typing) {
    return new TaskText(typing.prompt(), typing.typed(), typing.right());
  }

  /**
   * Targets as places, in the same order.
   *
   * @param targets of a task
   * @param keyboard whose keys they are; empty for other tasks
   */
  static List<TaskPlace> places(List<Target> targets, Optional<Keyboard> keyboard) {
    return targets.stream()
        .map(
            target ->
                new TaskPlace(
                    target.x(),
                    target.y(),
                    target.width(),
                    target.height(),
                    target.shape() == Target.Shape.DISC,
                    keyboard.flatMap(k -> k.key(target)).map(Keyboard.Key::label).orElse("")))
        .toList();
  }
}
