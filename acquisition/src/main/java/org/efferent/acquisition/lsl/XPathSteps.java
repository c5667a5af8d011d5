package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The steps of location paths (sections 2.1 to 2.4). Every node that is looked at is paid for. */
final class XPathSteps {
  /** The names of the axes. */
  static final List<String> AXES =
      List.of(
          "child",
          "descendant",
          "parent",
          "ancestor",
          "following-sibling",
          "preceding-sibling",
          "following",
          "preceding",
          "attribute",
          "namespace",
          "self",
          "descendant-or-self",
          "ancestor-or-self");

  private XPathSteps() {}

  /** One step: axis, test and predicates. */
  record Step(String axis, Predicate<XPathNode> test, List<XPathExpr> predicates) {}

  /** All steps from some nodes. */
  static List<XPathNode> walk(List<XPathNode> from, List<Step> steps, XPathBudget budget) {
    List<XPathNode> nodes = from;
    for (Step step : steps) {
      nodes = walk(nodes, step, budget);
    }
    return nodes;
  }

  private static List<XPathNode> walk(List<XPathNode> from, Step step, XPathBudget budget) {
    BitSet found = new BitSet();
    for (XPathNode node : from) {
      List<XPathNode> there = new ArrayList<>();
      for (XPathNode candidate : axis(step.axis(), node, budget)) {
        if (step.test().test(candidate)) {
          there.add(candidate);
        }
      }
      for (XPathExpr predicate : step.predicates()) {
        there = filter(there, predicate, budget);
      }
      for (XPathNode one : there) {
        found.set(one.order());
      }
    }
    return from.isEmpty() ? from : inOrder(found, from.get(0), budget);
  }

  private static List<XPathNode> inOrder(BitSet found, XPathNode any, XPathBudget budget) {
    List<XPathNode> nodes = new ArrayList<>();
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      nodes.add(any.at(i));
    }
    budget.spend(nodes.size());
    return nodes;
  }

  /** Both sets, in document order. */
  static List<XPathNode> union(List<XPathNode> a, List<XPathNode> b, XPathBudget budget) {
    BitSet found = new BitSet();
    a.forEach(node -> found.set(node.order()));
    b.forEach(node -> found.set(node.order()));
    List<XPathNode> more = a.isEmpty() ? b : a;
    return more.isEmpty() ? more : inOrder(found, more.get(0), budget);
  }

  /** Those of some nodes that a predicate holds for; a number is a position. */
  static List<XPathNode> filter(List<XPathNode> nodes, XPathExpr predicate, XPathBudget budget) {
    List<XPathNode> kept = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      budget.spend(1);
      Object value =
          predicate.value(new XPathExpr.Context(nodes.get(i), i + 1, nodes.size(), budget));
      if (value instanceof Double d ? d == i + 1 : XPathValues.toBoolean(value)) {
        kept.add(nodes.get(i));
      }
    }
    return kept;
  }

  /** The nodes of an axis, from the nearest to the farthest. */
  private static List<XPathNode> axis(String axis, XPathNode node, XPathBudget budget) {
    List<XPathNode> nodes =
        switch (axis) {
          case "child" -> node.children();
          case "self" -> List.of(node);
          case "parent" -> node.parent() == null ? List.of() : List.of(node.parent());
          case "descendant" -> range(node, node.order() + 1, node.end(), budget);
          case "descendant-or-self" -> range(node, node.order(), node.end(), budget);
          case "ancestor" -> ancestors(node.parent());
          case "ancestor-or-self" -> ancestors(node);
          case "following" -> range(node, node.end() + 1, node.documentSize() - 1, budget);
          case "preceding" -> preceding(node, budget);
          case "following-sibling" -> siblings(node, true, budget);
          case "preceding-sibling" -> siblings(node, false, budget);
          default -> List.of(); // descriptions have neither attributes nor namespaces
        };
    budget.spend(1 + nodes.size());
    return nodes;
  }

  private static List<XPathNode> range(XPathNode any, int first, int last, XPathBudget budget) {
    budget.spend(Math.max(0, last - first));
    List<XPathNode> nodes = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      nodes.add(any.at(i));
    }
    return nodes;
  }

  private static List<XPathNode> ancestors(XPathNode from) {
    List<XPathNode> nodes = new ArrayList<>();
    for (XPathNode node = from; node != null; node = node.parent()) {
      nodes.add(node);
    }
    return nodes;
  }

  private static List<XPathNode> preceding(XPathNode node, XPathBudget budget) {
    budget.spend(node.order());
    List<XPathNode> nodes = new ArrayList<>();
    for (int i = node.order() - 1; i >= 0; i--) {
      if (node.at(i).end() < node.order()) {
        nodes.add(node.at(i));
      }
    }
    return nodes;
  }

  private static List<XPathNode> siblings(XPathNode node, boolean after, XPathBudget budget) {
    if (node.parent() == null) {
      return List.of();
    }
    List<XPathNode> all = node.parent().children();
    budget.spend(all.size());
    List<XPathNode> nodes = new ArrayList<>();
    for (XPathNode one : all) {
      if (after ? one.order() > node.order() : one.order() < node.order()) {
        nodes.add(one);
      }
    }
    if (!after) {
      Collections.reverse(nodes);
    }
    return nodes;
  }
}
