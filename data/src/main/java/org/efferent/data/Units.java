package org.efferent.data;

import java.util.Locale;
import java.util.OptionalDouble;

/** Units as recordings write them, and what they are in SI: volt, tesla, tesla per metre, … */
public final class Units {
  private Units() {}

  /**
   * What one of a unit is in SI units.
   *
   * @param unit such as {@code uV}, {@code µV}, {@code microvolts}, {@code fT}, {@code T/m}
   * @return the factor; empty if the unit is not known
   */
  public static OptionalDouble toSi(String unit) {
    String u = unit.strip();
    double factor =
        switch (u) {
          case "V", "T", "T/m", "A", "s", "Hz", "Ohm", "Ω", "K", "m", "1", "%" -> 1;
          case "mV", "mT" -> 1e-3;
          case "uV", "µV", "μV", "uA", "µA", "uS", "µS" -> 1e-6;
          case "nV", "nT" -> 1e-9;
          case "pV", "pT" -> 1e-12;
          case "fT" -> 1e-15;
          case "fT/cm" -> 1e-13;
          case "kOhm", "kΩ" -> 1e3;
          default -> word(u.toLowerCase(Locale.ROOT));
        };
    return Double.isNaN(factor) ? OptionalDouble.empty() : OptionalDouble.of(factor);
  }

  private static double word(String u) {
    return switch (u) {
      case "volt", "volts", "tesla" -> 1;
      case "millivolt", "millivolts" -> 1e-3;
      case "microvolt", "microvolts" -> 1e-6;
      case "nanovolt", "nanovolts" -> 1e-9;
      case "picotesla" -> 1e-12;
      case "femtotesla" -> 1e-15;
      default -> Double.NaN;
    };
  }
}
