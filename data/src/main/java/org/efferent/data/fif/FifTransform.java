package org.efferent.data.fif;

import java.nio.ByteBuffer;

/** A rigid transform between coordinate frames: FIFF's numbers of the frames, and 4 × 4 values. */
public final class FifTransform {
  private final int from;
  private final int to;
  private final double[] matrix;

  FifTransform(int from, int to, double[] matrix) {
    this.from = from;
    this.to = to;
    this.matrix = matrix;
  }

  static FifTransform read(FifInput in, FifTag tag) {
    ByteBuffer b = FifValues.bytes(in, tag, 56);
    double[] m = new double[16];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        m[4 * row + column] = b.getFloat(8 + 4 * (3 * row + column));
      }
      m[4 * row + 3] = b.getFloat(44 + 4 * row);
    }
    m[15] = 1;
    return new FifTransform(b.getInt(0), b.getInt(4), m);
  }

  /** Frame that points come from: 1 device, 4 head, 5 MRI, … (FIFFV_COORD_*). */
  public int from() {
    return from;
  }

  /** Frame that points go to. */
  public int to() {
    return to;
  }

  /** A copy of the matrix, {@code [4 × 4]}, row-major, metres: to = matrix · from. */
  public double[] matrix() {
    return matrix.clone();
  }

  /** How people call a frame. */
  static String frame(int number) {
    return switch (number) {
      case 0 -> "unknown";
      case 1 -> "device";
      case 2 -> "digitiser";
      case 3 -> "HPI";
      case 4 -> "head";
      case 5 -> "MRI";
      case 1001 -> "CTF device";
      case 1004 -> "CTF head";
      default -> "frame " + number;
    };
  }

  @Override
  public String toString() {
    return frame(from) + " to " + frame(to);
  }
}
