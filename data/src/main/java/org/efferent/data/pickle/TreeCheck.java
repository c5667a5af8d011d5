package org.efferent.data.pickle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.efferent.core.UnsupportedInputException;

/** Refuses values that contain themselves or are nested so deep that a walk would not end well. */
final class TreeCheck {
  private static final int MOST_DEPTH = 200;
  private static final Integer OPEN = -1;

  private final IdentityHashMap<Object, Integer> depths = new IdentityHashMap<>();
  private final Deque<Visit> path = new ArrayDeque<>();
  private final String name;

  private static final class Visit {
    final Object node;
    final Iterator<?> rest;
    int depth = 1;

    Visit(Object node, Iterator<?> rest) {
      this.node = node;
      this.rest = rest;
    }
  }

  private TreeCheck(String name) {
    this.name = name;
  }

  static void check(Object root, String name) {
    new TreeCheck(name).walk(root);
  }

  private static Iterator<?> children(Object node) {
    if (node instanceof Map<?, ?> map) {
      return map.values().iterator();
    }
    if (node instanceof List<?> list) {
      return list.iterator();
    }
    return node instanceof ObjectArray array ? array.items().iterator() : null;
  }

  private void walk(Object root) {
    enter(root);
    while (!path.isEmpty()) {
      Visit top = path.peek();
      if (top.rest.hasNext()) {
        enter(top.rest.next());
      } else {
        path.pop();
        depths.put(top.node, top.depth);
        deepen(top.depth);
      }
    }
  }

  private void enter(Object node) {
    Iterator<?> children = children(node);
    if (children == null) {
      return;
    }
    Integer known = depths.get(node);
    if (OPEN.equals(known)) {
      throw new UnsupportedInputException(name + ": a value of the pickle contains itself");
    }
    if (known != null) {
      deepen(known);
      return;
    }
    depths.put(node, OPEN);
    path.push(new Visit(node, children));
    deepen(0);
  }

  private void deepen(int below) {
    Visit top = path.peek();
    if (top != null) {
      top.depth = Math.max(top.depth, below + 1);
    }
    if ((top != null && top.depth > MOST_DEPTH) || path.size() > MOST_DEPTH) {
      throw new UnsupportedInputException(
          name + ": values nested up to " + MOST_DEPTH + " deep are read");
    }
  }
}
