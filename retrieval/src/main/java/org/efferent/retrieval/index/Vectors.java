package org.efferent.retrieval.index;

/** Sums over 32-bit numbers in double precision. */
final class Vectors {
  private Vectors() {}

  /** Euclidean norm; not finite if a number is not. */
  static double norm(float[] v, int at, int width) {
    double a = 0;
    double b = 0;
    int end = at + width;
    int i = at;
    for (; i + 1 < end; i += 2) {
      a += (double) v[i] * v[i];
      b += (double) v[i + 1] * v[i + 1];
    }
    if (i < end) {
      a += (double) v[i] * v[i];
    }
    return Math.sqrt(a + b);
  }

  /** Inner product; always added up in the same order, so that equal vectors score equally. */
  static double dot(float[] x, int xAt, float[] y, int yAt, int width) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < width; i += 4) {
      a += (double) x[xAt + i] * y[yAt + i];
      b += (double) x[xAt + i + 1] * y[yAt + i + 1];
      c += (double) x[xAt + i + 2] * y[yAt + i + 2];
      d += (double) x[xAt + i + 3] * y[yAt + i + 3];
    }
    for (; i < width; i++) {
      a += (double) x[xAt + i] * y[yAt + i];
    }
    return a + b + (c + d);
  }

  static void divide(float[] v, int at, int width, double by) {
    for (int i = at; i < at + width; i++) {
      v[i] = (float) (v[i] / by);
    }
  }

  /** Index from {@code at} of the first number that is not finite, -1 if all are. */
  static int firstNotFinite(float[] v, int at, int width) {
    for (int i = 0; i < width; i++) {
      if (!Float.isFinite(v[at + i])) {
        return i;
      }
    }
    return -1;
  }
}
