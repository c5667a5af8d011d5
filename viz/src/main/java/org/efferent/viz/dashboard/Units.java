package org.efferent.viz.dashboard;

import java.util.Locale;

/** How units and numbers are written on panels. */
final class Units {
  private Units() {}

  /** "µV" for what streams call uV, microvolt or microvolts; others as they are. */
  static String shortened(String unit) {
    return switch (unit.strip().toLowerCase(Locale.ROOT)) {
      case "uv", "µv", "μv", "microvolt", "microvolts" -> "µV";
      case "mv", "millivolt", "millivolts" -> "mV";
      case "v", "volt", "volts" -> "V";
      case "t", "tesla" -> "T";
      case "t/m" -> "T/m";
      case "ft", "femtotesla" -> "fT";
      default -> unit.strip();
    };
  }

  /** A unit after a number: " µV", or nothing. */
  static String after(String unit) {
    String text = shortened(unit);
    return text.isEmpty() ? "" : " " + text;
  }

  /** Three digits: "50", "0.02", "1.5e−06". */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (!(size >= 1e-3 && size < 1e5)) {
      return String.format(Locale.ROOT, "%.1e", value).replace("-", "\u2212");
    }
    String text =
        String.format(Locale.ROOT, "%." + (size >= 100 ? 0 : size >= 10 ? 1 : 3) + "f", value);
    text = text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
    return text.replace("-", "\u2212");
  }

  /** Microseconds as people say them: "85 µs", "1.2 ms", "3.4 s". */
  static String micros(double micros) {
    if (Double.isNaN(micros)) {
      return "unknown";
    }
    return micros < 1_000
        ? number(Math.rint(micros)) + " µs"
        : micros < 1e6 ? number(micros / 1e3) + " ms" : number(micros / 1e6) + " s";
  }
}
