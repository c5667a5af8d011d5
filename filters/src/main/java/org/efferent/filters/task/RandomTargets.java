package org.efferent.filters.task;

import java.util.List;
import java.util.SplittableRandom;
import org.efferent.core.UsageException;

/**
 * Discs anywhere in a square, of one or of several diameters, none too near to the cursor: random
 * target pursuit, and with several diameters the mixed sizes of a Fitts task.
 */
public final class RandomTargets implements TargetSequence {
  private static final int TRIES = 100;

  private final double side;
  private final double[] diameters;
  private final double least;
  private final SplittableRandom random;

  /**
   * A sequence at its start.
   *
   * @param side of the square, centred on the origin, that holds whole targets
   * @param diameters to draw from, each as often
   * @param least distance from the cursor to a new target's centre where there is room for it
   * @param seed of places and sizes
   */
  public RandomTargets(double side, double[] diameters, double least, long seed) {
    this.side = side;
    this.diameters = diameters.clone();
    this.least = least;
    random = new SplittableRandom(seed);
    if (diameters.length == 0 || !(least >= 0)) {
      throw new UsageException(
          "random targets need a diameter and a least distance that is not negative; diameters="
              + diameters.length
              + ", least="
              + least);
    }
    for (double diameter : diameters) {
      if (!(diameter > 0 && diameter < side && side < Double.POSITIVE_INFINITY)) {
        throw new UsageException(
            "a target must fit into the square; diameter=" + diameter + ", side=" + side);
      }
    }
  }

  @Override
  public Target next(double cursorX, double cursorY) {
    double diameter = diameters[random.nextInt(diameters.length)];
    double half = (side - diameter) / 2;
    Target drawn = null;
    for (int i = 0; i < TRIES; i++) {
      double x = half * (2 * random.nextDouble() - 1);
      double y = half * (2 * random.nextDouble() - 1);
      drawn = Target.disc(x, y, diameter);
      if (drawn.distance(cursorX, cursorY) >= least) {
        return drawn;
      }
    }
    return drawn;
  }

  @Override
  public List<Target> choices() {
    return List.of();
  }
}
