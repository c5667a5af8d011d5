package org.efferent.decoders.simulated;

import org.efferent.core.UsageException;

/** Rules that many options share. */
final class Rules {
  private Rules() {}

  static void atLeast(String name, int least, int value) {
    if (value < least) {
      throw new UsageException("%s must be at least %d; %s=%d".formatted(name, least, name, value));
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new UsageException("%s must be positive; %s=%s".formatted(name, name, value));
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new UsageException("%s must not be negative; %s=%s".formatted(name, name, value));
    }
  }

  static void share(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new UsageException("%s must lie between 0 and 1; %s=%s".formatted(name, name, value));
    }
  }

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new UsageException("%s must be finite; %s=%s".formatted(name, name, value));
    }
  }
}
