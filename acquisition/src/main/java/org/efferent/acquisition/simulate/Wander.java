package org.efferent.acquisition.simulate;

/** A slow random walk that never leaves: normal deviates at equal times, joined smoothly. */
final class Wander {
  private Wander() {}

  /**
   * Its value at a moment; of standard deviation 1 at the knots and 0.7 between them.
   *
   * @param key of its random numbers
   * @param time seconds
   * @param knotSeconds from knot to knot
   */
  static double at(long key, double time, double knotSeconds) {
    double knots = time / knotSeconds;
    long before = (long) Math.floor(knots);
    double x = knots - before;
    double later = x * x * (3 - 2 * x);
    return (1 - later) * Draws.gaussian(key, before) + later * Draws.gaussian(key, before + 1);
  }
}
