package org.efferent.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers on an axis, and how they are written. */
public final class Ticks {
  private final double step;
  private final List<Double> values = new ArrayList<>();

  /**
   * Multiples of 1, 2 or 5 times a power of ten.
   *
   * @param low first value of the axis
   * @param high last value, above {@code low}
   * @param most how many there is room for, at least 1
   */
  public Ticks(double low, double high, int most) {
    double rough = (high - low) / Math.max(1, most);
    double ten = Math.pow(10, Math.floor(Math.log10(rough)));
    double share = rough / ten;
    step = ten * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    double slack = 1e-9 * (high - low);
    for (double k = Math.ceil((low - slack) / step); k * step <= high + slack; k++) {
      values.add(k == 0 ? 0.0 : k * step);
    }
  }

  /** The round numbers, upwards. */
  public List<Double> values() {
    return values;
  }

  /** With as many digits as the step needs: 0.25, or 2.5e-07 where no plain number is short. */
  public String text(double value) {
    int exponent = (int) Math.floor(Math.log10(step) + 1e-9);
    double largest = Math.max(Math.abs(values.get(0)), Math.abs(values.get(values.size() - 1)));
    String text;
    if (exponent < -4 || largest >= 1e6) {
      int digits = Math.max(0, (int) Math.floor(Math.log10(Math.max(step, largest))) - exponent);
      text = value == 0 ? "0" : String.format(Locale.ROOT, "%." + digits + "e", value);
    } else {
      text = String.format(Locale.ROOT, "%." + Math.max(0, -exponent) + "f", value);
    }
    return text.startsWith("-") ? "\u2212" + text.substring(1) : text;
  }

  /** A number for a sentence, three digits at most. */
  public static String words(double value) {
    if (value == 0 || !(Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6)) {
      return value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    return rounded.stripTrailingZeros().toPlainString();
  }
}
