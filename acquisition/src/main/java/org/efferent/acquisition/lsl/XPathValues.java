package org.efferent.acquisition.lsl;

import java.math.BigDecimal;
import java.util.List;

/**
 * XPath's four kinds of values, as {@code Boolean}, {@code Double}, {@code String} and {@code
 * List<XPathNode>} in document order, and how they become one another (sections 3.4 and 4).
 */
final class XPathValues {
  private XPathValues() {}

  static boolean toBoolean(Object value) {
    if (value instanceof Boolean b) {
      return b;
    }
    if (value instanceof Double d) {
      return d != 0 && !Double.isNaN(d);
    }
    return value instanceof String s ? !s.isEmpty() : !nodes(value).isEmpty();
  }

  static double toNumber(Object value, XPathBudget budget) {
    if (value instanceof Double d) {
      return d;
    }
    if (value instanceof Boolean b) {
      return b ? 1 : 0;
    }
    return number(toText(value, budget));
  }

  static String toText(Object value, XPathBudget budget) {
    if (value instanceof String s) {
      return s;
    }
    if (value instanceof Double d) {
      return text(d);
    }
    if (value instanceof Boolean b) {
      return b.toString();
    }
    List<XPathNode> nodes = nodes(value);
    return nodes.isEmpty() ? "" : nodes.get(0).stringValue(budget);
  }

  /** A set of nodes, or an error where another value stands for one. */
  @SuppressWarnings("unchecked")
  static List<XPathNode> nodes(Object value) {
    if (value instanceof List<?> list) {
      return (List<XPathNode>) list;
    }
    throw new XPathProblem("a set of nodes is wanted");
  }

  /** A text without XML's white space at its ends. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static double number(String text) {
    String digits = trim(text);
    int at = digits.startsWith("-") ? 1 : 0;
    int seen = 0;
    int points = 0;
    for (int i = at; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c == '.') {
        points++;
      } else if (c >= '0' && c <= '9') {
        seen++;
      } else {
        return Double.NaN;
      }
    }
    return seen > 0 && points <= 1 ? Double.parseDouble(digits) : Double.NaN;
  }

  private static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return "0";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >} and {@code >=}. */
  static boolean compare(String sign, Object a, Object b, XPathBudget budget) {
    boolean manyA = a instanceof List;
    boolean manyB = b instanceof List;
    if (manyA && !(b instanceof Boolean)) {
      for (XPathNode node : nodes(a)) {
        if (manyB) {
          if (compare(sign, node.stringValue(budget), b, budget)) {
            return true;
          }
        } else if (one(sign, node.stringValue(budget), b, budget)) {
          return true;
        }
      }
      return false;
    }
    if (manyB && !(a instanceof Boolean)) {
      for (XPathNode node : nodes(b)) {
        if (one(sign, a, node.stringValue(budget), budget)) {
          return true;
        }
      }
      return false;
    }
    return one(sign, manyA ? toBoolean(a) : a, manyB ? toBoolean(b) : b, budget);
  }

  private static boolean one(String sign, Object a, Object b, XPathBudget budget) {
    budget.spend(1);
    boolean equality = sign.equals("=") || sign.equals("!=");
    if (!equality) {
      double left = toNumber(a, budget);
      double right = toNumber(b, budget);
      return switch (sign) {
        case "<" -> left < right;
        case "<=" -> left <= right;
        case ">" -> left > right;
        default -> left >= right;
      };
    }
    boolean same;
    if (a instanceof Boolean || b instanceof Boolean) {
      same = toBoolean(a) == toBoolean(b);
    } else if (a instanceof Double || b instanceof Double) {
      double left = toNumber(a, budget);
      double right = toNumber(b, budget);
      return sign.equals("=") ? left == right : left != right;
    } else {
      same = a.equals(b);
    }
    return same == sign.equals("=");
  }
}
