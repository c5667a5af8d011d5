package org.efferent.filters.task;

import java.util.List;
import java.util.SplittableRandom;
import org.efferent.core.UsageException;

/**
 * Centre-out: targets on a circle in rounds of random order, each followed by the centre. Eight on
 * a circle are the radial-8 task (Gilja et al. 2012).
 */
public final class RadialTargets implements TargetSequence {
  private final double distance;
  private final double diameter;
  private final int[] order;
  private final SplittableRandom random;
  private int at;
  private boolean outward;

  /**
   * A sequence at its start: the first target lies on the circle.
   *
   * @param targets on the circle, at least 1, at even angles from the right
   * @param distance of their centres from the centre
   * @param diameter of each, the centre's too
   * @param seed of the order
   */
  public RadialTargets(int targets, double distance, double diameter, long seed) {
    if (targets < 1 || targets > 1000 || !(distance > 0)) {
      throw new UsageException(
          "radial targets are 1 to 1000 at a positive distance; targets="
              + targets
              + ", distance="
              + distance);
    }
    this.distance = distance;
    this.diameter = diameter;
    order = new int[targets];
    at = targets;
    random = new SplittableRandom(seed);
  }

  @Override
  public Target next(double cursorX, double cursorY) {
    outward = !outward;
    if (!outward) {
      return Target.disc(0, 0, diameter);
    }
    if (at == order.length) {
      for (int i = 0; i < order.length; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      at = 0;
    }
    double angle = 2 * Math.PI * order[at++] / order.length;
    return Target.disc(distance * Math.cos(angle), distance * Math.sin(angle), diameter);
  }

  @Override
  public List<Target> choices() {
    return List.of();
  }
}
