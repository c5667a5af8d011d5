package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.efferent.acquisition.lsl.XPathLexer.Kind;
import org.efferent.acquisition.lsl.XPathLexer.Token;

/** Reads location paths (sections 2 to 2.5); what stands in their brackets is the parser's. */
final class XPathPaths {
  private final XPathTokens tokens;
  private final XPathParser expressions;

  XPathPaths(XPathTokens tokens, XPathParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** What stands in brackets. */
  List<XPathExpr> predicates() {
    List<XPathExpr> all = new ArrayList<>();
    while (tokens.accept(Kind.SIGN, "[")) {
      all.add(expressions.expression());
      tokens.expect("]");
    }
    return all;
  }

  /** A path from the context node or the root. */
  XPathExpr locationPath() {
    List<XPathSteps.Step> steps = new ArrayList<>();
    boolean absolute = false;
    if (tokens.peek().is(Kind.SIGN, "//")) {
      absolute = true;
      moreSteps(steps);
    } else if (tokens.accept(Kind.SIGN, "/")) {
      absolute = true;
      if (startsStep()) {
        steps.add(step());
        moreSteps(steps);
      }
    } else {
      steps.add(step());
      moreSteps(steps);
    }
    boolean fromRoot = absolute;
    return c -> XPathSteps.walk(List.of(fromRoot ? c.node().root() : c.node()), steps, c.budget());
  }

  /** Steps behind slashes. */
  void moreSteps(List<XPathSteps.Step> steps) {
    while (true) {
      if (tokens.accept(Kind.SIGN, "//")) {
        steps.add(new XPathSteps.Step("descendant-or-self", node -> true, List.of()));
      } else if (!tokens.accept(Kind.SIGN, "/")) {
        return;
      }
      steps.add(step());
    }
  }

  private boolean startsStep() {
    Token t = tokens.peek();
    return switch (t.kind()) {
      case NAME, STAR -> true;
      case SIGN -> List.of(".", "..", "@").contains(t.text());
      default -> false;
    };
  }

  private XPathSteps.Step step() {
    if (tokens.accept(Kind.SIGN, ".")) {
      return new XPathSteps.Step("self", node -> true, List.of());
    }
    if (tokens.accept(Kind.SIGN, "..")) {
      return new XPathSteps.Step("parent", node -> true, List.of());
    }
    String axis = "child";
    if (tokens.accept(Kind.SIGN, "@")) {
      axis = "attribute";
    } else if (tokens.peek().kind() == Kind.NAME && tokens.second().is(Kind.SIGN, "::")) {
      axis = tokens.take().text();
      tokens.take();
      if (!XPathSteps.AXES.contains(axis)) {
        throw new XPathProblem("no axis " + axis);
      }
    }
    return new XPathSteps.Step(axis, nodeTest(), predicates());
  }

  private Predicate<XPathNode> nodeTest() {
    Token t = tokens.take();
    if (t.kind() == Kind.STAR) {
      return XPathNode::isElement;
    }
    if (t.kind() != Kind.NAME) {
      throw new XPathProblem("a step is wanted; found '" + t.text() + "'");
    }
    if (isNodeType(t.text()) && tokens.accept(Kind.SIGN, "(")) {
      if (t.text().equals("processing-instruction") && tokens.peek().kind() == Kind.LITERAL) {
        tokens.take();
      }
      tokens.expect(")");
      return switch (t.text()) {
        case "node" -> node -> true;
        case "text" -> XPathNode::isText;
        default -> node -> false;
      };
    }
    if (t.text().endsWith(":*")) {
      throw new XPathProblem("there are no namespaces");
    }
    return node -> node.name().equals(t.text());
  }

  /** Whether a name in front of a bracket is a kind of node and no function. */
  static boolean isNodeType(String name) {
    return List.of("node", "text", "comment", "processing-instruction").contains(name);
  }
}
