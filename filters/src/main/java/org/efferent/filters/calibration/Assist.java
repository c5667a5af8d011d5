package org.efferent.filters.calibration;

import java.util.List;
import org.efferent.core.UsageException;

/**
 * Help with steering while a decoder is calibrated in closed loop.
 *
 * @param kind how it helps
 * @param amount how much, 0 (none) to 1 (all of it)
 */
public record Assist(Kind kind, double amount) {
  /** No help. */
  public static final Assist NONE = new Assist(Kind.BLEND, 0);

  /**
   * The blocks of a calibration that takes away 80 %, 50 % and 20 % of the component off the line
   * to the target (Brandman et al., J. Neural Eng. 15:026007, 2018).
   */
  public static final List<Assist> PERPENDICULAR_BLOCKS =
      List.of(perpendicular(0.8), perpendicular(0.5), perpendicular(0.2));

  /**
   * The blocks of a calibration in which the decoder takes over step by step: three quarters, half
   * and one quarter of the velocity point at the target (the whole of it does in the open block).
   */
  public static final List<Assist> BLEND_BLOCKS = List.of(blend(0.75), blend(0.5), blend(0.25));

  /** How a velocity is helped. */
  public enum Kind {
    /** The component perpendicular to the line to the target is attenuated. */
    PERPENDICULAR,
    /** The velocity is mixed with one that points at the target. */
    BLEND;

    /** The help of a calibration's three closed blocks, from much to little. */
    public List<Assist> blocks() {
      return this == PERPENDICULAR ? PERPENDICULAR_BLOCKS : BLEND_BLOCKS;
    }
  }

  /** Checks the amount. */
  public Assist {
    if (kind == null || !(amount >= 0 && amount <= 1)) {
      throw new UsageException(
          "an assist needs a kind and an amount of 0 to 1; kind=" + kind + ", amount=" + amount);
    }
  }

  /**
   * Takes away a share of what leads past the target.
   *
   * @param share 0 to 1
   * @return the assist
   */
  public static Assist perpendicular(double share) {
    return new Assist(Kind.PERPENDICULAR, share);
  }

  /**
   * Mixes in the way to the target.
   *
   * @param share of the velocity that points at the target, 0 to 1
   * @return the assist
   */
  public static Assist blend(double share) {
    return new Assist(Kind.BLEND, share);
  }

  /**
   * A blend that falls linearly from 1 to 0.
   *
   * @param seconds since it began
   * @param duration after which it is 0, above 0, seconds
   * @return the assist at that time
   */
  public static Assist fading(double seconds, double duration) {
    if (!(duration > 0)) {
      throw new UsageException("a fading assist needs a duration above 0; duration=" + duration);
    }
    return blend(Math.max(0, Math.min(1, 1 - seconds / duration)));
  }

  /**
   * Helps one bin's velocity.
   *
   * @param decoded velocity, {@code [d]}
   * @param cursor position, {@code [d]}
   * @param target position of the target's centre, {@code [d]}
   * @param radius distance between centres at which the cursor counts as on the target; there
   *     attenuation changes nothing and a blend slows down
   * @param speed of the velocity that a blend mixes in, in the unit of the decoded one; NaN for the
   *     decoded speed
   * @param out {@code [d]}, overwritten; may be {@code decoded}
   */
  public void apply(
      double[] decoded,
      double[] cursor,
      double[] target,
      double radius,
      double speed,
      double[] out) {
    double distance = Intention.distance(cursor, target);
    boolean there = distance <= radius || distance == 0;
    double along = 0;
    double ideal = 0;
    if (!there) {
      for (int i = 0; i < decoded.length; i++) {
        along += decoded[i] * (target[i] - cursor[i]) / distance;
      }
      ideal = Double.isNaN(speed) ? Rows.norm(decoded) : speed;
    }
    for (int i = 0; i < decoded.length; i++) {
      double unit = there ? 0 : (target[i] - cursor[i]) / distance;
      if (kind == Kind.BLEND) {
        out[i] = (1 - amount) * decoded[i] + amount * ideal * unit;
      } else {
        double kept = there ? decoded[i] : along * unit;
        out[i] = kept + (1 - amount) * (decoded[i] - kept);
      }
    }
  }
}
