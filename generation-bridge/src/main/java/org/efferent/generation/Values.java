package org.efferent.generation;

/** Numbers that a network gives, row-major, with their sizes. */
final class Values {
  private final float[] floats;
  private final long[] shape;

  /** Numbers and sizes, of which neither is copied. */
  Values(float[] floats, long[] shape) {
    this.floats = floats;
    this.shape = shape;
  }

  /** The numbers themselves: read only. */
  float[] floats() {
    return floats;
  }

  /** The sizes themselves, slowest first: read only. */
  long[] shape() {
    return shape;
  }
}
