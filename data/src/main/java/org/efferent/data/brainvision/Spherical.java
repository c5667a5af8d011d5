package org.efferent.data.brainvision;

import java.util.Locale;
import org.efferent.core.SensorPosition;

/** Positions as BrainVision writes them: radius, theta, phi. */
final class Spherical {
  /** What radius 1 stands for, metres: a head of 85 mm. */
  static final double HEAD_RADIUS = 0.085;

  private Spherical() {}

  /** Theta is negative on the left. */
  static String text(SensorPosition p) {
    double flat = Math.hypot(p.x(), p.y());
    double radius = Math.hypot(flat, p.z()) / HEAD_RADIUS;
    double theta = Math.toDegrees(Math.atan2(flat, p.z()));
    boolean left = p.x() < 0;
    double phi =
        flat == 0
            ? 0
            : Math.toDegrees(left ? Math.atan2(-p.y(), -p.x()) : Math.atan2(p.y(), p.x()));
    return String.format(Locale.ROOT, "%.9f,%.9f,%.9f", radius, left ? -theta : theta, phi);
  }
}
