package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.efferent.acquisition.lsl.XPathLexer.Kind;
import org.efferent.acquisition.lsl.XPathLexer.Token;

/**
 * Reads XPath 1.0 (W3C recommendation of 1999, section 3): all of it but variables, which nobody
 * could set. How deeply expressions nest is limited, and so is what their evaluation costs.
 */
final class XPathParser {
  private static final List<String> RELATIONS = List.of("<", "<=", ">", ">=");
  private static final List<String> EQUALITIES = List.of("=", "!=");

  private final XPathTokens tokens;
  private final XPathPaths paths;

  private XPathParser(XPathTokens tokens) {
    this.tokens = tokens;
    this.paths = new XPathPaths(tokens, this);
  }

  /**
   * Reads an expression.
   *
   * @throws XPathProblem if it is none
   */
  static XPathExpr parse(String expression) {
    XPathTokens tokens = new XPathTokens(expression);
    XPathExpr whole = new XPathParser(tokens).expression();
    if (tokens.peek().kind() != Kind.END) {
      throw new XPathProblem("nothing may follow here; found '" + tokens.peek().text() + "'");
    }
    return whole;
  }

  XPathExpr expression() {
    tokens.deeper();
    XPathExpr left = conjunction();
    while (tokens.accept(Kind.OPERATOR_NAME, "or")) {
      tokens.operator();
      XPathExpr a = left;
      XPathExpr b = conjunction();
      left = c -> XPathValues.toBoolean(a.value(c)) || XPathValues.toBoolean(b.value(c));
    }
    tokens.back();
    return left;
  }

  private XPathExpr conjunction() {
    List<XPathExpr> all = new ArrayList<>(List.of(equality()));
    while (tokens.accept(Kind.OPERATOR_NAME, "and")) {
      all.add(equality());
    }
    return all.size() == 1
        ? all.get(0)
        : c -> all.stream().allMatch(one -> XPathValues.toBoolean(one.value(c)));
  }

  private XPathExpr equality() {
    XPathExpr left = relation();
    for (String sign = tokens.acceptSign(EQUALITIES);
        !sign.isEmpty();
        sign = tokens.acceptSign(EQUALITIES)) {
      left = comparison(sign, left, relation());
    }
    return left;
  }

  private XPathExpr relation() {
    XPathExpr left = sum();
    for (String sign = tokens.acceptSign(RELATIONS);
        !sign.isEmpty();
        sign = tokens.acceptSign(RELATIONS)) {
      left = comparison(sign, left, sum());
    }
    return left;
  }

  private XPathExpr comparison(String sign, XPathExpr a, XPathExpr b) {
    tokens.operator();
    return c -> XPathValues.compare(sign, a.value(c), b.value(c), c.budget());
  }

  private XPathExpr sum() {
    XPathExpr left = product();
    while (true) {
      if (tokens.accept(Kind.SIGN, "+")) {
        left = arithmetic(left, product(), Double::sum);
      } else if (tokens.accept(Kind.SIGN, "-")) {
        left = arithmetic(left, product(), (x, y) -> x - y);
      } else {
        return left;
      }
    }
  }

  private XPathExpr product() {
    XPathExpr left = negation();
    while (true) {
      if (tokens.accept(Kind.SIGN, "*")) {
        left = arithmetic(left, negation(), (x, y) -> x * y);
      } else if (tokens.accept(Kind.OPERATOR_NAME, "div")) {
        left = arithmetic(left, negation(), (x, y) -> x / y);
      } else if (tokens.accept(Kind.OPERATOR_NAME, "mod")) {
        left = arithmetic(left, negation(), (x, y) -> x % y);
      } else {
        return left;
      }
    }
  }

  private XPathExpr arithmetic(XPathExpr a, XPathExpr b, BinaryOperator<Double> how) {
    tokens.operator();
    return c ->
        how.apply(
            XPathValues.toNumber(a.value(c), c.budget()),
            XPathValues.toNumber(b.value(c), c.budget()));
  }

  private XPathExpr negation() {
    int signs = 0;
    while (tokens.accept(Kind.SIGN, "-")) {
      signs++;
    }
    XPathExpr of = union();
    if (signs == 0) {
      return of;
    }
    double factor = signs % 2 == 0 ? 1 : -1;
    return c -> factor * XPathValues.toNumber(of.value(c), c.budget());
  }

  private XPathExpr union() {
    XPathExpr left = path();
    while (tokens.accept(Kind.SIGN, "|")) {
      tokens.operator();
      XPathExpr a = left;
      XPathExpr b = path();
      left =
          c ->
              XPathSteps.union(
                  XPathValues.nodes(a.value(c)), XPathValues.nodes(b.value(c)), c.budget());
    }
    return left;
  }

  private XPathExpr path() {
    if (!startsPrimary()) {
      return paths.locationPath();
    }
    XPathExpr start = primary();
    List<XPathExpr> predicates = paths.predicates();
    List<XPathSteps.Step> steps = new ArrayList<>();
    if (tokens.peek().is(Kind.SIGN, "/") || tokens.peek().is(Kind.SIGN, "//")) {
      paths.moreSteps(steps);
    }
    if (predicates.isEmpty() && steps.isEmpty()) {
      return start;
    }
    return c -> {
      List<XPathNode> nodes = XPathValues.nodes(start.value(c));
      for (XPathExpr predicate : predicates) {
        nodes = XPathSteps.filter(nodes, predicate, c.budget());
      }
      return XPathSteps.walk(nodes, steps, c.budget());
    };
  }

  private boolean startsPrimary() {
    Token t = tokens.peek();
    return switch (t.kind()) {
      case LITERAL, NUMBER -> true;
      case SIGN -> t.text().equals("(") || t.text().equals("$");
      case NAME -> tokens.second().is(Kind.SIGN, "(") && !XPathPaths.isNodeType(t.text());
      default -> false;
    };
  }

  private XPathExpr primary() {
    Token t = tokens.take();
    switch (t.kind()) {
      case LITERAL -> {
        return c -> t.text();
      }
      case NUMBER -> {
        double number = Double.parseDouble(t.text());
        return c -> number;
      }
      case NAME -> {
        return XPathFunctions.call(t.text(), arguments());
      }
      default -> {
        if (t.text().equals("$")) {
          throw new XPathProblem("there are no variables");
        }
        XPathExpr within = expression();
        tokens.expect(")");
        return within;
      }
    }
  }

  private List<XPathExpr> arguments() {
    List<XPathExpr> args = new ArrayList<>();
    tokens.expect("(");
    if (tokens.accept(Kind.SIGN, ")")) {
      return args;
    }
    do {
      args.add(expression());
    } while (tokens.accept(Kind.SIGN, ","));
    tokens.expect(")");
    return args;
  }
}
