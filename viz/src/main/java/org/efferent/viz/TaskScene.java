package org.efferent.viz;

import java.util.List;

/**
 * What lies on the task's screen: places and the cursor, in the task's unit, the origin in the
 * middle, y upwards. The square from -reach to reach is shown whole, as large as fits.
 *
 * @param reach half the side of the square that is shown
 * @param places that can be selected; those that overlap are painted in order. Hand the same list
 *     over as long as nothing in it changes: then only what moved is painted anew
 * @param cued index of the place that the user is asked for; -1 for none
 * @param on index of the place that the cursor is selecting; -1 for none
 * @param held share of the hold that is done on it, 0 to 1
 * @param cursor the cursor
 */
public record TaskScene(
    double reach, List<TaskPlace> places, int cued, int on, double held, Disc cursor) {
  /** Nothing but a cursor in the middle. */
  public static final TaskScene EMPTY =
      new TaskScene(1, List.of(), -1, -1, 0, new Disc(0, 0, 0.03));

  /** Checks the numbers and copies the list. */
  public TaskScene {
    places = List.copyOf(places);
    java.util.Objects.requireNonNull(cursor, "cursor");
    if (!(reach > 0 && reach < 1e9)) {
      throw new IllegalArgumentException("a screen has a size; reach=" + reach);
    }
    if (cued < -1 || cued >= places.size() || on < -1 || on >= places.size()) {
      throw new IllegalArgumentException(
          "cued and on are places or -1; places="
              + places.size()
              + ", cued="
              + cued
              + ", on="
              + on);
    }
    if (!(held >= 0 && held <= 1)) {
      throw new IllegalArgumentException("a share lies in 0..1; held=" + held);
    }
  }
}
