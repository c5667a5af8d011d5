package org.efferent.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads one decimal number from bytes, whatever the locale. Numbers of at most 15 digits and
 * exponents up to ±22 take Clinger's fast path (W. D. Clinger, "How to read floating point numbers
 * accurately", PLDI 1990): both factors are exact doubles, so one rounding gives the right result.
 * All others go to the JDK.
 */
final class DecimalParser {
  /** What a cell turned out to be. */
  enum Kind {
    FINITE,
    NOT_FINITE,
    NOT_A_NUMBER
  }

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private double value;
  private boolean plainInteger;

  /** The number that the last call read, NaN or infinite if it was {@link Kind#NOT_FINITE}. */
  double value() {
    return value;
  }

  /** Whether the last number was written with digits alone. */
  boolean plainInteger() {
    return plainInteger;
  }

  /**
   * Reads the cell {@code bytes[from, to)}: sign, digits with at most one point, exponent; or a
   * spelling of NaN or infinity.
   */
  Kind parse(byte[] bytes, int from, int to) {
    int i = from;
    boolean negative = false;
    if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
      negative = bytes[i] == '-';
      i++;
    }
    long mantissa = 0;
    int significant = 0;
    int digits = 0;
    int scale = 0;
    boolean point = false;
    for (; i < to; i++) {
      int c = bytes[i];
      if (c >= '0' && c <= '9') {
        digits++;
        scale += point ? 1 : 0;
        if (mantissa != 0 || c != '0') {
          significant++;
          mantissa = significant <= 15 ? mantissa * 10 + (c - '0') : mantissa;
        }
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    plainInteger = !point && i == to && digits > 0 && bytes[from] >= '0';
    if (digits == 0) {
      return special(bytes, from, to);
    }
    if (i < to && !exponentEnds(bytes, i, to)) {
      return Kind.NOT_A_NUMBER;
    }
    if (i == to && significant <= 15 && scale <= 22) {
      double magnitude = mantissa / POWERS[scale];
      value = negative ? -magnitude : magnitude;
      return Kind.FINITE;
    }
    value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    return Double.isInfinite(value) ? Kind.NOT_FINITE : Kind.FINITE;
  }

  private static boolean exponentEnds(byte[] bytes, int start, int to) {
    if (bytes[start] != 'e' && bytes[start] != 'E') {
      return false;
    }
    int i = start + 1;
    if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
      i++;
    }
    int first = i;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i == to && i > first;
  }

  private Kind special(byte[] bytes, int from, int to) {
    if (to - from < 3 || to - from > 9) {
      return Kind.NOT_A_NUMBER;
    }
    String text =
        new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    switch (text) {
      case "nan", "+nan", "-nan" -> value = Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> value = Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> value = Double.NEGATIVE_INFINITY;
      default -> {
        return Kind.NOT_A_NUMBER;
      }
    }
    return Kind.NOT_FINITE;
  }
}
