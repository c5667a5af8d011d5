package org.efferent.viz.dashboard;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.efferent.viz.dashboard.DockLayout.Node;
import org.efferent.viz.dashboard.DockLayout.Side;
import org.efferent.viz.dashboard.DockLayout.Split;
import org.efferent.viz.dashboard.DockLayout.Tabs;

/**
 * What a user may do to a layout. Each gives another layout; what makes no sense gives the same.
 */
public final class DockMoves {
  private static final double EDGE_SHARE = 0.34;
  private static final Rectangle ROOM = new Rectangle(0, 0, 10_000, 10_000);

  private DockMoves() {}

  /**
   * Brings a panel into sight: shows it where it is hidden, chooses its tab where it is not.
   *
   * @param layout before
   * @param panel any
   * @return with the panel in sight
   */
  public static DockLayout show(DockLayout layout, Panel panel) {
    Tabs group = layout.group(panel);
    if (group == null) {
      return edge(layout, panel, Side.RIGHT);
    }
    Tabs chosen = new Tabs(group.panels(), group.panels().indexOf(panel));
    return new DockLayout(replaced(layout.root(), group, n -> chosen));
  }

  /**
   * Takes a panel away; the last one stays.
   *
   * @param layout before
   * @param panel any
   * @return without the panel
   */
  public static DockLayout hide(DockLayout layout, Panel panel) {
    Tabs group = layout.group(panel);
    if (group == null || layout.panels().size() == 1) {
      return layout;
    }
    return new DockLayout(without(layout.root(), group, panel));
  }

  /**
   * Moves a panel. One of several tabs gets a place of its own at that side of its group; one that
   * is alone changes places with the group at that side, or goes to the edge of the dashboard where
   * there is none.
   *
   * @param layout before
   * @param panel to be moved
   * @param side where
   * @return after
   */
  public static DockLayout move(DockLayout layout, Panel panel, Side side) {
    Tabs group = layout.group(panel);
    if (group == null || layout.panels().size() == 1) {
      return layout;
    }
    if (group.panels().size() > 1) {
      List<Panel> left = new ArrayList<>(group.panels());
      left.remove(panel);
      Node rest = new Tabs(left, Math.min(group.selected(), left.size() - 1));
      return new DockLayout(
          replaced(layout.root(), group, n -> beside(rest, new Tabs(panel), side, 0.5)));
    }
    Tabs neighbour = neighbour(layout, group, side);
    return neighbour == null
        ? edge(hide(layout, panel), panel, side)
        : new DockLayout(swapped(layout.root(), group, neighbour));
  }

  /**
   * Lays a panel over another as a tab.
   *
   * @param layout before
   * @param panel to be moved
   * @param onto in whose group it goes
   * @return after, the panel in sight
   */
  public static DockLayout join(DockLayout layout, Panel panel, Panel onto) {
    Tabs target = layout.group(onto);
    if (panel == onto || target == null || target.panels().contains(panel)) {
      return layout;
    }
    DockLayout rest = hide(layout, panel);
    List<Panel> panels = new ArrayList<>(target.panels());
    panels.add(panel);
    return new DockLayout(replaced(rest.root(), target, n -> new Tabs(panels, panels.size() - 1)));
  }

  /**
   * Joins the group that follows its own, round and round.
   *
   * @param layout before
   * @param panel to be moved
   * @return after
   */
  public static DockLayout joinNext(DockLayout layout, Panel panel) {
    List<Tabs> groups = new ArrayList<>(layout.bounds(ROOM).keySet());
    int own = groups.indexOf(layout.group(panel));
    return own < 0 || groups.size() == 1
        ? layout
        : join(layout, panel, groups.get((own + 1) % groups.size()).shown());
  }

  /**
   * Moves the border of a split.
   *
   * @param layout before
   * @param path from the root to the split: "1" for the first part of a split, "2" for the second
   * @param share of the split's first part; brought into 0.05 to 0.95
   * @return after; the same where there is no split
   */
  public static DockLayout resize(DockLayout layout, String path, double share) {
    return new DockLayout(resized(layout.root(), path, Math.max(0.05, Math.min(0.95, share))));
  }

  private static Node resized(Node node, String path, double share) {
    if (!(node instanceof Split split)) {
      return node;
    }
    if (path.isEmpty()) {
      return new Split(split.sideBySide(), share, split.first(), split.second());
    }
    boolean first = path.charAt(0) == '1';
    String rest = path.substring(1);
    return new Split(
        split.sideBySide(),
        split.share(),
        first ? resized(split.first(), rest, share) : split.first(),
        first ? split.second() : resized(split.second(), rest, share));
  }

  private static DockLayout edge(DockLayout layout, Panel panel, Side side) {
    return new DockLayout(beside(layout.root(), new Tabs(panel), side, EDGE_SHARE));
  }

  private static Node beside(Node there, Node added, Side side, double share) {
    return side.first()
        ? new Split(side.sideBySide(), share, added, there)
        : new Split(side.sideBySide(), 1 - share, there, added);
  }

  /** The group at that side with which the longest border is shared. */
  private static Tabs neighbour(DockLayout layout, Tabs group, Side side) {
    Map<Tabs, Rectangle> all = layout.bounds(ROOM);
    Rectangle r = all.get(group);
    Rectangle strip =
        switch (side) {
          case LEFT -> new Rectangle(r.x - 2, r.y, 2, r.height);
          case RIGHT -> new Rectangle(r.x + r.width, r.y, 2, r.height);
          case UP -> new Rectangle(r.x, r.y - 2, r.width, 2);
          case DOWN -> new Rectangle(r.x, r.y + r.height, r.width, 2);
        };
    Tabs best = null;
    long most = 0;
    for (Map.Entry<Tabs, Rectangle> other : all.entrySet()) {
      Rectangle common = strip.intersection(other.getValue());
      long area = common.isEmpty() ? 0 : (long) common.width * common.height;
      if (!other.getKey().equals(group) && area > most) {
        most = area;
        best = other.getKey();
      }
    }
    return best;
  }

  private static Node replaced(Node node, Node old, UnaryOperator<Node> by) {
    if (node.equals(old)) {
      return by.apply(node);
    }
    return node instanceof Split split
        ? new Split(
            split.sideBySide(),
            split.share(),
            replaced(split.first(), old, by),
            replaced(split.second(), old, by))
        : node;
  }

  private static Node swapped(Node node, Tabs a, Tabs b) {
    if (node instanceof Split split) {
      return new Split(
          split.sideBySide(),
          split.share(),
          swapped(split.first(), a, b),
          swapped(split.second(), a, b));
    }
    return node.equals(a) ? b : node.equals(b) ? a : node;
  }

  /** The tree without a panel; a split of which nothing is left on one side is its other side. */
  private static Node without(Node node, Tabs group, Panel panel) {
    if (node.equals(group)) {
      List<Panel> left = new ArrayList<>(group.panels());
      left.remove(panel);
      return left.isEmpty() ? null : new Tabs(left, Math.min(group.selected(), left.size() - 1));
    }
    if (node instanceof Split split) {
      Node first = without(split.first(), group, panel);
      Node second = without(split.second(), group, panel);
      if (first == null) {
        return second;
      }
      return second == null ? first : new Split(split.sideBySide(), split.share(), first, second);
    }
    return node;
  }
}
