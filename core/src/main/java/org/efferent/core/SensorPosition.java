package org.efferent.core;

import java.util.Objects;

/**
 * Where a sensor is: an electrode, or the centre of a coil.
 *
 * @param frame what the coordinates are relative to
 * @param x metres; to the right in frames that know the head
 * @param y metres; to the front in frames that know the head
 * @param z metres; upwards in frames that know the head
 */
public record SensorPosition(Frame frame, double x, double y, double z) {
  /** What coordinates are relative to. */
  public enum Frame {
    /** The subject's head: x through the right ear's point, y through the nasion, z upwards. */
    HEAD,
    /** The device, such as the helmet of a MEG. */
    DEVICE,
    /** Unknown, or a template that belongs to nobody's head in particular. */
    TEMPLATE
  }

  /** Checks that the coordinates are finite. */
  public SensorPosition {
    Objects.requireNonNull(frame, "frame");
    if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
      throw new IllegalArgumentException(
          "a position must be finite; x=" + x + ", y=" + y + ", z=" + z);
    }
  }
}
