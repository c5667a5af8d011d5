package org.efferent.data;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as lines for people show them. */
public final class Shown {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private Shown() {}

  /**
   * A number with six digits at the most and no needless zeros.
   *
   * @param number any
   * @return such as {@code 0.578}; very large and very small ones with an exponent
   */
  public static String number(double number) {
    double size = Math.abs(number);
    if (number == 0 || !Double.isFinite(number)) {
      return number == 0 ? "0" : Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(SIX_DIGITS).stripTrailingZeros();
    return size < 1e-6 || size >= 1e15 ? rounded.toString() : rounded.toPlainString();
  }
}
