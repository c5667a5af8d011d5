package org.efferent.filters.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.efferent.core.UsageException;

/**
 * A square of n × n keys, any of which can be selected (Nuyujukian et al. 2015, doi
 * 10.1109/TBME.2014.2354697). The next key is drawn from all but the present one: the n² - 1
 * possibilities of the achieved bit rate.
 */
public final class GridTargets implements TargetSequence {
  private final List<Target> keys;
  private final SplittableRandom random;
  private int cued = -1;

  /**
   * A sequence at its start.
   *
   * @param n keys a side, 2 to 40
   * @param side of the whole grid, centred on the origin
   * @param seed of the order
   */
  public GridTargets(int n, double side, long seed) {
    if (n < 2 || n > 40 || !(side > 0)) {
      throw new UsageException(
          "a grid has 2 to 40 keys a side and a positive side; keys=" + n + ", side=" + side);
    }
    double key = side / n;
    List<Target> all = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        all.add(Target.square((column + 0.5) * key - side / 2, (row + 0.5) * key - side / 2, key));
      }
    }
    keys = List.copyOf(all);
    random = new SplittableRandom(seed);
  }

  @Override
  public Target next(double cursorX, double cursorY) {
    int drawn = random.nextInt(cued < 0 ? keys.size() : keys.size() - 1);
    cued = cued < 0 || drawn < cued ? drawn : drawn + 1;
    return keys.get(cued);
  }

  @Override
  public List<Target> choices() {
    return keys;
  }
}
