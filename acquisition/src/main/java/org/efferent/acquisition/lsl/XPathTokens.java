package org.efferent.acquisition.lsl;

import java.util.List;
import org.efferent.acquisition.lsl.XPathLexer.Kind;
import org.efferent.acquisition.lsl.XPathLexer.Token;

/** The words of an expression and how far they are read; counts what must not become too much. */
final class XPathTokens {
  private static final int DEEPEST = 50;
  private static final int MOST_OPERATORS = 500;

  private final List<Token> tokens;
  private int at;
  private int depth;
  private int operators;

  XPathTokens(String expression) {
    tokens = XPathLexer.tokens(expression);
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The word behind the next. */
  Token second() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** Takes a word, but never the end. */
  Token take() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  boolean accept(Kind kind, String text) {
    if (peek().is(kind, text)) {
      at++;
      return true;
    }
    return false;
  }

  /** Takes one of some signs, if it comes next; empty if not. */
  String acceptSign(List<String> signs) {
    Token token = peek();
    if (token.kind() == Kind.SIGN && signs.contains(token.text())) {
      at++;
      return token.text();
    }
    return "";
  }

  void expect(String sign) {
    if (!accept(Kind.SIGN, sign)) {
      throw new XPathProblem("'" + sign + "' is wanted; found '" + peek().text() + "'");
    }
  }

  /** An expression within an expression begins. */
  void deeper() {
    if (++depth > DEEPEST) {
      throw new XPathProblem("it nests deeper than " + DEEPEST);
    }
  }

  /** It ends. */
  void back() {
    depth--;
  }

  /** Operators in a row are evaluated one within the other: a thousand nest a thousand deep. */
  void operator() {
    if (++operators > MOST_OPERATORS) {
      throw new XPathProblem("it has more than " + MOST_OPERATORS + " operators");
    }
  }
}
