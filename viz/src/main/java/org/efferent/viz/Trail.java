package org.efferent.viz;

/** The cursor's latest places, oldest first. Used by one thread; allocates nothing after birth. */
final class Trail {
  static final double SECONDS = 1.5;
  private static final int CAPACITY = 256;
  // In shorter sides: further than any hand moves within a bin, so the cursor was put there.
  private static final double JUMP = 0.25;

  private final double[] seconds = new double[CAPACITY];
  private final double[] x = new double[CAPACITY];
  private final double[] y = new double[CAPACITY];
  private int first;
  private int size;

  void add(double at, double toX, double toY) {
    if (size > 0 && at < seconds[index(size - 1)]) {
      size = 0; // another clock: a new session
    }
    if (size == CAPACITY) {
      first = (first + 1) % CAPACITY;
      size--;
    }
    int i = index(size++);
    seconds[i] = at;
    x[i] = toX;
    y[i] = toY;
  }

  int size() {
    return size;
  }

  double x(int i) {
    return x[index(i)];
  }

  double y(int i) {
    return y[index(i)];
  }

  /** 1 for now, 0 for {@link #SECONDS} ago and earlier. */
  double freshness(int i, double now) {
    return Math.max(0, 1 - (now - seconds[index(i)]) / SECONDS);
  }

  boolean jumps(int i) {
    return Math.hypot(x(i) - x(i - 1), y(i) - y(i - 1)) > JUMP;
  }

  private int index(int i) {
    return (first + i) % CAPACITY;
  }
}
