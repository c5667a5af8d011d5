package org.efferent.data.edf;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** The header's text fields: printable ASCII, padded with spaces. */
final class EdfText {
  private EdfText() {}

  /** Text of a width; what does not fit is cut, what is no ASCII becomes {@code ?}. */
  static byte[] field(String text, int width) {
    byte[] bytes = new byte[width];
    String plain = ascii(text);
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (i < plain.length() ? plain.charAt(i) : ' ');
    }
    return bytes;
  }

  /** Text of which nothing but printable ASCII is left; µ is written u. */
  static String ascii(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (char c : text.replace('µ', 'u').replace('μ', 'u').toCharArray()) {
      plain.append(c >= 32 && c < 127 ? c : '?');
    }
    return plain.toString();
  }

  /**
   * A number in eight characters, without exponent.
   *
   * @param value finite
   * @param direction which way what does not fit is rounded
   * @return null if eight characters do not hold it
   */
  static String number(double value, RoundingMode direction) {
    BigDecimal exact = new BigDecimal(Double.toString(value));
    for (int scale = 7; scale >= 0; scale--) {
      String text = plain(exact.setScale(scale, direction));
      if (text.length() <= 8) {
        return text;
      }
    }
    return null;
  }

  /** A number of seconds, with as many digits as bring the same number back. */
  static String seconds(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value), MathContext.UNLIMITED);
    return plain(exact.setScale(Math.min(18, Math.max(0, exact.scale())), RoundingMode.HALF_EVEN));
  }

  /** A time-stamped annotation list. */
  static byte[] annotation(double onset, double duration, String text) {
    String sign = onset < 0 ? "" : "+";
    String lasting = duration > 0 ? "\u0015" + seconds(duration) : "";
    return (sign + seconds(onset) + lasting + "\u0014" + text + "\u0014\0")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String plain(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    return value.stripTrailingZeros().toPlainString();
  }
}
