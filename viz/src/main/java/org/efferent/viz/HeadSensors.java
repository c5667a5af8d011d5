package org.efferent.viz;

/**
 * Where sensors are on a head seen from above, the nose up: x to the right, y to the front, the
 * head's circle of radius 1 around the origin. Immutable.
 */
public final class HeadSensors {
  /** How far out the farthest sensor is put where nobody says how large the head is. */
  private static final double FARTHEST = 0.95;

  private static final double BEYOND = 2;

  private final double[] positions;

  private HeadSensors(double[] positions) {
    this.positions = positions;
  }

  /**
   * Sensors that cover the whole head, in any unit: the middle of their extent becomes the head's
   * centre, and the farthest from it lies just within the head's circle.
   *
   * @param positions {@code [sensors x 2]}, row-major: x to the right, y to the front; a sensor
   *     with NaN has no place
   * @return the sensors; all in the centre where they have no extent
   */
  public static HeadSensors of(double[] positions) {
    checkPairs(positions);
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < positions.length / 2; i++) {
      for (int a = 0; a < 2 && placed(positions, i); a++) {
        low[a] = Math.min(low[a], positions[2 * i + a]);
        high[a] = Math.max(high[a], positions[2 * i + a]);
      }
    }
    double x = (low[0] + high[0]) / 2;
    double y = (low[1] + high[1]) / 2;
    double farthest = 0;
    for (int i = 0; i < positions.length / 2; i++) {
      if (placed(positions, i)) {
        farthest = Math.max(farthest, Math.hypot(positions[2 * i] - x, positions[2 * i + 1] - y));
      }
    }
    return new HeadSensors(moved(positions, x, y, farthest > 0 ? farthest / FARTHEST : 1));
  }

  /**
   * As {@link #of(double[])}, where a mask says which sensors have a place: a decoder's layout.
   *
   * @param positions {@code [sensors x 2]}, row-major, from 0 to 1 or in any unit
   * @param placed whether a sensor has a place, {@code [sensors]}
   * @return the sensors
   */
  public static HeadSensors of(double[] positions, boolean[] placed) {
    checkPairs(positions);
    if (placed.length != positions.length / 2) {
      throw new IllegalArgumentException(
          "placed must say it of every sensor; sensors=%d, placed=%d"
              .formatted(positions.length / 2, placed.length));
    }
    double[] known = positions.clone();
    for (int i = 0; i < placed.length; i++) {
      known[2 * i] = placed[i] ? known[2 * i] : Double.NaN;
    }
    return of(known);
  }

  /**
   * Sensors on a head whose place is known, as where they cover only a part of it.
   *
   * @param positions {@code [sensors x 2]}, row-major, in any unit; a sensor with NaN has no place
   * @param x the head's centre, in that unit
   * @param y the head's centre, in that unit
   * @param radius of the head, in that unit, positive; no sensor lies farther out than two radii
   * @return the sensors
   */
  public static HeadSensors onHead(double[] positions, double x, double y, double radius) {
    checkPairs(positions);
    if (!(radius > 0 && Double.isFinite(radius) && Double.isFinite(x) && Double.isFinite(y))) {
      throw new IllegalArgumentException(
          "a head has a centre and a radius; x=" + x + ", y=" + y + ", radius=" + radius);
    }
    HeadSensors sensors = new HeadSensors(moved(positions, x, y, radius));
    for (int i = 0; i < sensors.count(); i++) {
      if (sensors.placed(i) && Math.hypot(sensors.x(i), sensors.y(i)) > BEYOND) {
        throw new IllegalArgumentException(
            "a sensor lies within two radii of the head's centre; sensor=%d, radii=%s"
                .formatted(i, Ticks.words(Math.hypot(sensors.x(i), sensors.y(i)))));
      }
    }
    return sensors;
  }

  private static void checkPairs(double[] positions) {
    if (positions.length == 0 || positions.length % 2 != 0) {
      throw new IllegalArgumentException(
          "positions are pairs, at least one; numbers=" + positions.length);
    }
  }

  private static boolean placed(double[] positions, int sensor) {
    return Double.isFinite(positions[2 * sensor]) && Double.isFinite(positions[2 * sensor + 1]);
  }

  private static double[] moved(double[] positions, double x, double y, double radius) {
    double[] moved = new double[positions.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (positions[i] - (i % 2 == 0 ? x : y)) / radius;
    }
    return moved;
  }

  /** Sensors, with and without a place. */
  public int count() {
    return positions.length / 2;
  }

  /** Whether a sensor has a place. */
  public boolean placed(int sensor) {
    return placed(positions, sensor);
  }

  /** To the right, in radii of the head; not finite without a place. */
  public double x(int sensor) {
    return positions[2 * sensor];
  }

  /** To the front, in radii of the head; not finite without a place. */
  public double y(int sensor) {
    return positions[2 * sensor + 1];
  }

  /** Sensors without a place. */
  int missing() {
    int n = 0;
    for (int i = 0; i < count(); i++) {
      n += placed(i) ? 0 : 1;
    }
    return n;
  }
}
