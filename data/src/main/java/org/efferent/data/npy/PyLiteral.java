package org.efferent.data.npy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A literal of Python as text, read without executing anything: what {@code ast.literal_eval}
 * accepts but sets, bytes beyond ASCII and sums. Dicts become maps in their order, lists and tuples
 * lists, whole numbers {@link Long} (or {@link BigInteger}), others {@link Double}, {@code None}
 * null.
 */
public final class PyLiteral {
  private static final int MOST_DEPTH = 64;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern PREFIX = Pattern.compile("[uUbBrR]{1,2}");
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,400}[lL]?");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private final String text;
  private int at;
  private int depth;

  private PyLiteral(String text) {
    this.text = text;
  }

  /** What is no literal. */
  public static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Reads one literal; blanks may stand around it.
   *
   * @param text the literal
   * @return a map, list, string, number, boolean or null
   * @throws SyntaxException if it is none; the message says where, from character 1
   */
  public static Object parse(String text) throws SyntaxException {
    PyLiteral parser = new PyLiteral(text);
    Object value = parser.value();
    parser.blanks();
    if (parser.at < text.length()) {
      throw parser.bad("nothing may follow the literal");
    }
    return value;
  }

  private SyntaxException bad(String rule) {
    String found =
        at < text.length()
            ? "'" + text.substring(at, Math.min(text.length(), at + 12)) + "'"
            : "the end";
    return new SyntaxException(rule + "; found " + found + " at character " + (at + 1));
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private char peek() {
    blanks();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char c) throws SyntaxException {
    if (peek() != c) {
      throw bad("'" + c + "' is expected");
    }
    at++;
  }

  private Object value() throws SyntaxException {
    if (++depth > MOST_DEPTH) {
      throw bad("a literal is nested " + MOST_DEPTH + " deep at the most");
    }
    char c = peek();
    Object value =
        switch (c) {
          case '{' -> dict();
          case '[' -> list(']', false);
          case '(' -> list(')', true);
          case '\'', '"' -> strings();
          default -> word();
        };
    depth--;
    return value;
  }

  private Map<Object, Object> dict() throws SyntaxException {
    at++;
    Map<Object, Object> map = new LinkedHashMap<>();
    while (peek() != '}') {
      Object key = value();
      if (key instanceof Map || key instanceof List) {
        throw bad("a key is a string or a number");
      }
      expect(':');
      map.put(key, value());
      if (peek() != '}') {
        expect(',');
      }
    }
    at++;
    return map;
  }

  private Object list(char end, boolean tuple) throws SyntaxException {
    at++;
    List<Object> items = new ArrayList<>();
    boolean comma = false;
    while (peek() != end) {
      items.add(value());
      comma = peek() == ',';
      if (comma) {
        at++;
      } else if (peek() != end) {
        expect(',');
      }
    }
    at++;
    // Parentheses around one value are no tuple.
    return tuple && items.size() == 1 && !comma ? items.get(0) : items;
  }

  /** One string or several side by side, which are one. */
  private String strings() throws SyntaxException {
    StringBuilder all = new StringBuilder();
    do {
      string(all, false);
    } while (peek() == '\'' || peek() == '"');
    return all.toString();
  }

  private void string(StringBuilder into, boolean raw) throws SyntaxException {
    char quote = text.charAt(at++);
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && !raw && at < text.length()) {
        escape(into);
      } else {
        into.append(c);
      }
    }
    if (at >= text.length()) {
      throw bad("a string ends with its quote");
    }
    at++;
  }

  private void escape(StringBuilder into) throws SyntaxException {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> into.append('\n');
      case 't' -> into.append('\t');
      case 'r' -> into.append('\r');
      case '0' -> into.append('\0');
      case '\\', '\'', '"' -> into.append(c);
      case 'x' -> into.appendCodePoint(hex(2));
      case 'u' -> into.appendCodePoint(hex(4));
      case 'U' -> into.appendCodePoint(hex(8));
      default -> into.append('\\').append(c);
    }
  }

  private int hex(int digits) throws SyntaxException {
    int end = at + digits;
    if (end > text.length() || !HEX.matcher(text.substring(at, end)).matches()) {
      throw bad("an escape has " + digits + " hexadecimal digits");
    }
    long code = Long.parseLong(text.substring(at, end), 16);
    if (code > Character.MAX_CODE_POINT) {
      throw bad("an escape is a character of Unicode");
    }
    at = end;
    return (int) code;
  }

  private Object word() throws SyntaxException {
    int start = at;
    while (at < text.length() && inWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    boolean quoted = at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
    if (quoted && PREFIX.matcher(word).matches()) {
      StringBuilder into = new StringBuilder();
      string(into, word.indexOf('r') >= 0 || word.indexOf('R') >= 0);
      return into.toString();
    }
    return switch (word) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> null;
      case "nan", "NaN" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        at = start;
        yield number(word);
      }
    };
  }

  private static boolean inWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '+' || c == '-';
  }

  private Object number(String word) throws SyntaxException {
    Object number;
    if (WHOLE.matcher(word).matches()) {
      // Python 2 wrote 200L.
      int end = word.length() - (Character.isDigit(word.charAt(word.length() - 1)) ? 0 : 1);
      BigInteger whole = new BigInteger(word.substring(0, end));
      number = whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    } else if (REAL.matcher(word).matches()) {
      number = Double.parseDouble(word);
    } else {
      throw bad("a literal is a dict, list, tuple, string, number, True, False or None");
    }
    at += word.length();
    return number;
  }
}
