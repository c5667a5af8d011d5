package org.efferent.filters.calibration;

import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/**
 * What a user is taken to have wanted, as labels for a calibration.
 *
 * <ul>
 *   <li>{@link #relabel}: closed loop, as the ReFIT filter does it (Gilja et al., Nature
 *       Neuroscience 15:1752, 2012, doi:10.1038/nn.3265): the decoded velocity, rotated to point at
 *       the target, its speed kept; zero while the cursor is on the target.
 *   <li>{@link #towards}: open loop and wherever nothing was decoded: a given speed towards the
 *       target, falling linearly below a distance; zero on the target.
 * </ul>
 *
 * <p>Positions, radii and distances share one unit of length, velocities that unit a second.
 */
public final class Intention {
  private Intention() {}

  /**
   * The decoded velocity of one bin, rotated towards the target.
   *
   * @param decoded velocity, {@code [d]}
   * @param cursor position, {@code [d]}
   * @param target position of its centre, {@code [d]}
   * @param radius distance between centres at which the cursor counts as on the target, 0 or more
   * @param out {@code [d]}, overwritten; may be {@code decoded}
   */
  public static void relabel(
      double[] decoded, double[] cursor, double[] target, double radius, double[] out) {
    point(cursor, target, radius, Rows.norm(decoded), out);
  }

  /**
   * A velocity towards the target by rule.
   *
   * @param cursor position, {@code [d]}
   * @param target position of its centre, {@code [d]}
   * @param radius distance between centres at which the cursor counts as on the target, 0 or more
   * @param speed far from the target, above 0
   * @param rampDistance distance below which the speed falls in proportion; 0 for no ramp
   * @param out {@code [d]}, overwritten
   * @throws UsageException where speed or ramp are out of range
   */
  public static void towards(
      double[] cursor,
      double[] target,
      double radius,
      double speed,
      double rampDistance,
      double[] out) {
    if (!(speed > 0) || !(rampDistance >= 0)) {
      throw new UsageException(
          "an intention needs a speed above 0 and a ramp of 0 or more; speed="
              + speed
              + ", ramp="
              + rampDistance);
    }
    double distance = distance(cursor, target);
    double share = distance < rampDistance ? distance / rampDistance : 1;
    point(cursor, target, radius, speed * share, out);
  }

  /**
   * {@link #relabel(double[], double[], double[], double, double[])} of many bins.
   *
   * @param decoded {@code [bins][d]}
   * @param cursors {@code [bins][d]}
   * @param targets {@code [bins][d]}
   * @param radii {@code [bins]}
   * @return labels, {@code [bins][d]}
   * @throws InputException where tables disagree or hold values that are not finite
   */
  public static double[][] relabel(
      double[][] decoded, double[][] cursors, double[][] targets, double[] radii) {
    int d = Rows.check("decoded velocities", decoded);
    if (Rows.check("cursor positions", cursors) != d || Rows.check("targets", targets) != d) {
      throw new InputException(
          "velocities, cursors and targets must have as many columns; columns="
              + d
              + ", "
              + cursors[0].length
              + " and "
              + targets[0].length);
    }
    Rows.same("decoded velocities", decoded.length, "cursor positions", cursors.length);
    Rows.same("decoded velocities", decoded.length, "targets", targets.length);
    Rows.same("decoded velocities", decoded.length, "radii", radii.length);
    double[][] out = new double[decoded.length][d];
    for (int t = 0; t < out.length; t++) {
      relabel(decoded[t], cursors[t], targets[t], radii[t], out[t]);
    }
    return out;
  }

  private static void point(
      double[] cursor, double[] target, double radius, double speed, double[] out) {
    double distance = distance(cursor, target);
    if (distance <= radius || distance == 0) {
      Arrays.fill(out, 0);
      return;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = speed * ((target[i] - cursor[i]) / distance);
    }
  }

  static double distance(double[] cursor, double[] target) {
    double sum = 0;
    for (int i = 0; i < cursor.length; i++) {
      sum += (target[i] - cursor[i]) * (target[i] - cursor[i]);
    }
    return Math.sqrt(sum);
  }
}
