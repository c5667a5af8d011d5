package org.efferent.decoders.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * How a {@link Ridge} is fitted.
 *
 * @param penalties the grid, each above 0, rising; what is added to the diagonal of {@code XᵀX},
 *     which is not divided by the number of rows
 * @param perOutput whether each output chooses a penalty of its own, or one serves all
 */
public record RidgeOptions(List<Double> penalties, boolean perOutput) {
  /** Half decades from 0.1 to 10⁸, one penalty for all outputs. */
  public static final RidgeOptions DEFAULTS = new RidgeOptions(decades(-1, 8, 2), false);

  /** Checks the grid. */
  public RidgeOptions {
    penalties = List.copyOf(penalties);
    if (penalties.isEmpty()) {
      throw new IllegalArgumentException("penalties must hold one at least; penalties=[]");
    }
    double last = 0;
    for (double penalty : penalties) {
      if (!(penalty > last) || Double.isInfinite(penalty)) {
        throw new IllegalArgumentException(
            "penalties must be finite, above 0 and rising; penalties=" + penalties);
      }
      last = penalty;
    }
  }

  /**
   * A grid of powers of ten.
   *
   * @param from exponent of the first
   * @param to exponent of the last
   * @param perDecade steps a decade, at least 1
   * @return {@code 10^from … 10^to}
   */
  public static List<Double> decades(int from, int to, int perDecade) {
    List<Double> grid = new ArrayList<>();
    for (int i = 0; i <= (to - from) * perDecade; i++) {
      grid.add(Math.pow(10, from + (double) i / perDecade));
    }
    return grid;
  }
}
