package org.efferent.acquisition.simulate;

/**
 * Centre-out reaches of minimum jerk (T. Flash and N. Hogan, Journal of Neuroscience 5 (1985)
 * 1688): to one of eight targets on a circle, and back. Every reach has its slot, and begins at a
 * random moment of it that lets it end in time. Positions: 1.0 is the shortest side of the screen,
 * origin in its centre, y up.
 */
final class Reaches {
  /** Distance of the targets from the centre. */
  static final double DISTANCE = 0.36;

  private static final int TARGETS = 8;

  private final double seconds;
  private final double period;
  private final long key;

  Reaches(double seconds, double restSeconds, long seed) {
    this.seconds = seconds;
    period = seconds + restSeconds;
    key = Draws.key(seed, "reaches");
  }

  /** Positions a second at the fastest moment of a reach. */
  double topSpeed() {
    return 1.875 * DISTANCE / seconds;
  }

  /**
   * Where the hand is and how it moves.
   *
   * @param time seconds
   * @param state modified: x, y, and the velocity in units of the top speed
   */
  void at(double time, double[] state) {
    long slot = Math.max(0, (long) Math.floor(time / period));
    double start = slot * period + (period - seconds) * Draws.uniform(key, 2 * slot);
    double part = Math.max(0, Math.min(1, (time - start) / seconds));
    double angle = 2 * Math.PI / TARGETS * target(slot / 2);
    boolean outward = slot % 2 == 0;
    double p = part * part * part * (10 + part * (6 * part - 15));
    double along = outward ? p : 1 - p;
    // 30 (τ² − 2τ³ + τ⁴) is at most 1.875.
    double rest = 1 - part;
    double speed = (outward ? 1 : -1) * 16 * part * part * rest * rest;
    state[0] = DISTANCE * along * StrictMath.cos(angle);
    state[1] = DISTANCE * along * StrictMath.sin(angle);
    state[2] = speed * StrictMath.cos(angle);
    state[3] = speed * StrictMath.sin(angle);
  }

  private int target(long pair) {
    return (int) (TARGETS * Draws.uniform(key, 4 * pair + 1));
  }
}
