package org.efferent.generation.remote;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers of a tensor in the array that its type needs: pictures are millions of them, and bytes
 * and floats need not become doubles. Never modified.
 */
sealed interface Numbers {
  /** How many. */
  int length();

  /** One of them. */
  double get(int index);

  /** A copy. */
  default double[] doubles() {
    double[] doubles = new double[length()];
    Arrays.setAll(doubles, this::get);
    return doubles;
  }

  /** A copy, rounded. */
  default float[] floats() {
    float[] floats = new float[length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) get(i);
    }
    return floats;
  }

  /**
   * Levels of a picture, 0 to 255; what lies outside is cut, halves go up.
   *
   * @param black value of level 0
   * @param white value of level 255
   * @return read only
   */
  default byte[] levels(double black, double white) {
    byte[] levels = new byte[length()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = level(get(i), black, white);
    }
    return levels;
  }

  /** Level of one value. */
  static byte level(double value, double black, double white) {
    double share = (value - black) / (white - black);
    return (byte) (int) (Math.max(0, Math.min(255, 255 * share)) + 0.5);
  }

  /** Index of the first that a type does not hold; −1 if it holds all. */
  default int notOf(DataType type) {
    for (int i = 0; i < length(); i++) {
      if (!type.holds(get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Bytes without a sign. */
  final class Bytes implements Numbers {
    private final byte[] values;

    Bytes(byte[] values) {
      this.values = values;
    }

    byte[] raw() {
      return values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double get(int index) {
      return values[index] & 0xFF;
    }

    @Override
    public byte[] levels(double black, double white) {
      byte[] table = new byte[256];
      boolean same = true;
      for (int value = 0; value < 256; value++) {
        table[value] = level(value, black, white);
        same &= table[value] == (byte) value;
      }
      if (same) {
        return values;
      }
      byte[] levels = new byte[values.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = table[values[i] & 0xFF];
      }
      return levels;
    }

    @Override
    public int notOf(DataType type) {
      return -1;
    }
  }

  /** Numbers of 32 bits. */
  final class Floats implements Numbers {
    private final float[] values;

    Floats(float[] values) {
      this.values = values;
    }

    void writeTo(ByteBuffer out) {
      out.asFloatBuffer().put(values);
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double get(int index) {
      return values[index];
    }

    @Override
    public float[] floats() {
      return values.clone();
    }

    @Override
    public byte[] levels(double black, double white) {
      // One multiplication a value, in 32 bits: a level is off by a millionth at most.
      float scale = (float) (255 / (white - black));
      float low = (float) black;
      byte[] levels = new byte[values.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = (byte) (int) (Math.max(0f, Math.min(255f, (values[i] - low) * scale)) + 0.5f);
      }
      return levels;
    }

    @Override
    public int notOf(DataType type) {
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          return i;
        }
      }
      return -1;
    }
  }

  /** Numbers of all other types. */
  final class Doubles implements Numbers {
    private final double[] values;

    Doubles(double[] values) {
      this.values = values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double get(int index) {
      return values[index];
    }
  }
}
