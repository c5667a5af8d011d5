package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;

/** Words of an XPath 1.0 expression (W3C recommendation of 1999, section 3.7). */
final class XPathLexer {
  /** What a word is. */
  enum Kind {
    /** A name, which may have a prefix, or a prefix and a star. */
    NAME,
    /** The name of an operator: {@code and}, {@code or}, {@code div}, {@code mod}. */
    OPERATOR_NAME,
    /** A number. */
    NUMBER,
    /** A text in quotes; the word is what stands between them. */
    LITERAL,
    /** A star that means all elements. */
    STAR,
    /** Any other sign. */
    SIGN,
    /** The end. */
    END
  }

  /** A word. */
  record Token(Kind kind, String text) {
    boolean is(Kind wanted, String word) {
      return kind == wanted && text.equals(word);
    }
  }

  private static final String TWO = "// .. :: != <= >=";

  private final String expression;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private XPathLexer(String expression) {
    this.expression = expression;
  }

  static List<Token> tokens(String expression) {
    XPathLexer lexer = new XPathLexer(expression);
    while (lexer.next()) {
      // Word by word.
    }
    lexer.tokens.add(new Token(Kind.END, ""));
    return lexer.tokens;
  }

  private boolean next() {
    while (at < expression.length() && isSpace(expression.charAt(at))) {
      at++;
    }
    if (at == expression.length()) {
      return false;
    }
    char c = expression.charAt(at);
    if (c == '"' || c == '\'') {
      literal(c);
    } else if (isDigit(c) || (c == '.' && at + 1 < expression.length() && isDigit(peek(1)))) {
      number();
    } else if (isNameStart(c)) {
      name();
    } else {
      sign(c);
    }
    return true;
  }

  private void literal(char quote) {
    int close = expression.indexOf(quote, at + 1);
    if (close < 0) {
      throw new XPathProblem("a text does not end");
    }
    tokens.add(new Token(Kind.LITERAL, expression.substring(at + 1, close)));
    at = close + 1;
  }

  private void number() {
    int from = at;
    while (at < expression.length() && isDigit(expression.charAt(at))) {
      at++;
    }
    if (at < expression.length() && expression.charAt(at) == '.') {
      at++;
      while (at < expression.length() && isDigit(expression.charAt(at))) {
        at++;
      }
    }
    tokens.add(new Token(Kind.NUMBER, expression.substring(from, at)));
  }

  private void name() {
    int from = at;
    part();
    // One colon is a prefix, two are an axis.
    if (peek(0) == ':' && peek(1) != ':' && (isNameStart(peek(1)) || peek(1) == '*')) {
      at++;
      if (peek(0) == '*') {
        at++;
      } else {
        part();
      }
    }
    String text = expression.substring(from, at);
    boolean operator = afterOperand() && List.of("and", "or", "div", "mod").contains(text);
    tokens.add(new Token(operator ? Kind.OPERATOR_NAME : Kind.NAME, text));
  }

  private void part() {
    while (at < expression.length() && isNamePart(expression.charAt(at))) {
      at++;
    }
  }

  private void sign(char c) {
    String two = "" + c + peek(1);
    if (peek(1) != ' ' && peek(1) != '\0' && TWO.contains(two)) {
      at += 2;
      tokens.add(new Token(Kind.SIGN, two));
      return;
    }
    if ("()[]@,/|+-=<>.$*".indexOf(c) < 0) {
      throw new XPathProblem("no expression has a '" + c + "' here");
    }
    at++;
    boolean all = c == '*' && !afterOperand();
    tokens.add(new Token(all ? Kind.STAR : Kind.SIGN, String.valueOf(c)));
  }

  /** Whether what comes now, if it can be an operator, is one (section 3.7, first rule). */
  private boolean afterOperand() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    return switch (last.kind()) {
      case OPERATOR_NAME -> false;
      case SIGN -> List.of(")", "]", ".", "..").contains(last.text());
      default -> true;
    };
  }

  private char peek(int ahead) {
    return at + ahead < expression.length() ? expression.charAt(at + ahead) : '\0';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_' || Character.isSurrogate(c);
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || Character.isDigit(c) || c == '-' || c == '.' || c == '\u00b7';
  }
}
