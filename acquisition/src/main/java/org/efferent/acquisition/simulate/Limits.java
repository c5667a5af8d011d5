package org.efferent.acquisition.simulate;

import org.efferent.core.UsageException;

/** The one way to refuse a number. */
final class Limits {
  private Limits() {}

  static void check(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new UsageException(
          name + " must lie in " + plain(least) + " to " + plain(most) + "; " + name + "=" + value);
    }
  }

  /** Without a point where none is needed. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
