package org.efferent.decoders.encoder;

import java.util.Arrays;

/**
 * Where the sensors of a recording are for spatial attention: coordinates scaled to 0…1 by axis,
 * and which sensors have none.
 */
public final class SensorLayout {
  /** Both coordinates of a sensor without a position, in files of the reference. */
  public static final float MISSING = -0.1f;

  private final int channels;
  private final int axes;
  private final double[] positions;
  private final boolean[] valid;

  /**
   * A layout.
   *
   * @param channels sensors
   * @param axes 2 or 3
   * @param positions {@code [channels × axes]}, row-major, each from 0 to 1
   * @param valid whether a sensor has a position, {@code [channels]}
   */
  public SensorLayout(int channels, int axes, double[] positions, boolean[] valid) {
    if (axes != 2 && axes != 3) {
      throw new IllegalArgumentException("axes must be 2 or 3; axes=" + axes);
    }
    if (positions.length != channels * axes || valid.length != channels) {
      throw new IllegalArgumentException(
          "positions must be [channels × axes] and valid [channels]; channels=%d, axes=%d, positions=%d, valid=%d"
              .formatted(channels, axes, positions.length, valid.length));
    }
    this.channels = channels;
    this.axes = axes;
    this.positions = positions.clone();
    this.valid = valid.clone();
  }

  /**
   * A layout as the reference stores it, with {@link #MISSING} for every coordinate of a sensor
   * without a position.
   *
   * @param channels sensors
   * @param axes 2 or 3
   * @param positions {@code [channels × axes]}, row-major
   * @return the layout
   */
  public static SensorLayout stored(int channels, int axes, double[] positions) {
    boolean[] valid = new boolean[channels];
    for (int c = 0; c < channels; c++) {
      for (int a = 0; a < axes; a++) {
        valid[c] |= (float) positions[c * axes + a] != MISSING;
      }
    }
    return new SensorLayout(channels, axes, positions, valid);
  }

  /**
   * Scales coordinates to 0…1 by axis over the sensors that have a position; an axis without extent
   * becomes 0.
   *
   * @param channels sensors
   * @param axes 2 or 3
   * @param positions {@code [channels × axes]}, in any unit; NaN where there is none
   * @return the layout
   */
  public static SensorLayout scaled(int channels, int axes, double[] positions) {
    boolean[] valid = new boolean[channels];
    double[] scaled = positions.clone();
    for (int c = 0; c < channels; c++) {
      valid[c] = true;
      for (int a = 0; a < axes; a++) {
        valid[c] &= Double.isFinite(positions[c * axes + a]);
      }
    }
    for (int a = 0; a < axes; a++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < channels; c++) {
        if (valid[c]) {
          low = Math.min(low, positions[c * axes + a]);
          high = Math.max(high, positions[c * axes + a]);
        }
      }
      for (int c = 0; c < channels; c++) {
        double extent = high > low ? high - low : 1;
        scaled[c * axes + a] = valid[c] ? (positions[c * axes + a] - low) / extent : MISSING;
      }
    }
    return new SensorLayout(channels, axes, scaled, valid);
  }

  /** Sensors. */
  public int channels() {
    return channels;
  }

  /** Axes: 2 or 3. */
  public int axes() {
    return axes;
  }

  /** Sensors that have a position. */
  public int placed() {
    int n = 0;
    for (boolean v : valid) {
      n += v ? 1 : 0;
    }
    return n;
  }

  /** A copy of the coordinates, {@code [channels × axes]}, row-major. */
  public double[] positions() {
    return positions.clone();
  }

  /** Whether a sensor has a position. */
  public boolean valid(int channel) {
    return valid[channel];
  }

  /**
   * The code of every position: with K frequencies an axis, angle_{ij} = 2π (i (x + m) + j (y + m))
   * / (1 + 2 m), the first axis slowest; all cosines, then all sines (Défossez et al. 2023, spatial
   * attention).
   *
   * @param frequencies K
   * @param margin m
   * @return {@code [channels × 2 K^axes]}, row-major
   */
  public double[] code(int frequencies, double margin) {
    int angles = axes == 2 ? frequencies * frequencies : frequencies * frequencies * frequencies;
    double[] code = new double[channels * 2 * angles];
    double period = 1 + 2 * margin;
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < angles; k++) {
        double phase = 0;
        int rest = k;
        for (int a = axes - 1; a >= 0; a--) {
          phase += rest % frequencies * (positions[c * axes + a] + margin);
          rest /= frequencies;
        }
        double angle = 2 * Math.PI * phase / period;
        code[c * 2 * angles + k] = Math.cos(angle);
        code[c * 2 * angles + angles + k] = Math.sin(angle);
      }
    }
    return code;
  }

  /**
   * What is added to the score of each sensor: 0, or −∞ for one without a position or too near to a
   * point.
   *
   * @param centre {@code [axes]}; empty for no such point
   * @param radius distance that is too near
   * @return {@code [channels]}
   */
  double[] mask(double[] centre, double radius) {
    double[] mask = new double[channels];
    for (int c = 0; c < channels; c++) {
      boolean out = !valid[c];
      if (centre.length > 0) {
        double square = 0;
        for (int a = 0; a < axes; a++) {
          double d = positions[c * axes + a] - centre[a];
          square += d * d;
        }
        out |= Math.sqrt(square) <= radius;
      }
      mask[c] = out ? Double.NEGATIVE_INFINITY : 0;
    }
    return mask;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SensorLayout that
        && axes == that.axes
        && Arrays.equals(positions, that.positions)
        && Arrays.equals(valid, that.valid);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(positions) + Arrays.hashCode(valid);
  }

  @Override
  public String toString() {
    return "SensorLayout[channels=" + channels + ", axes=" + axes + ", placed=" + placed() + "]";
  }
}
