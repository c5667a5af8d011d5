package org.efferent.viz.dashboard;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where panels are: groups of tabs, and splits of the room between them. A value: each change gives
 * another layout. Every panel is there at most once; panels that are nowhere are hidden.
 *
 * @param root of the tree; at least one panel is shown
 */
public record DockLayout(Node root) {
  /** A group or a split. */
  public sealed interface Node permits Tabs, Split {}

  /**
   * Panels that lie over one another.
   *
   * @param panels at least one
   * @param selected which is in sight, from 0
   */
  public record Tabs(List<Panel> panels, int selected) implements Node {
    /** Copies the list, checks the number. */
    public Tabs {
      panels = List.copyOf(panels);
      if (panels.isEmpty()) {
        throw new IllegalArgumentException("a group has at least one panel; panels=0");
      }
      Objects.checkIndex(selected, panels.size());
    }

    /** One panel. */
    public Tabs(Panel panel) {
      this(List.of(panel), 0);
    }

    /** The panel in sight. */
    public Panel shown() {
      return panels.get(selected);
    }
  }

  /**
   * Two parts of the room.
   *
   * @param sideBySide left and right; else above and below
   * @param share of the first, 0.05 to 0.95
   * @param first left, or above
   * @param second right, or below
   */
  public record Split(boolean sideBySide, double share, Node first, Node second) implements Node {
    /** Checks the share. */
    public Split {
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(second, "second");
      if (!(share >= 0.05 && share <= 0.95)) {
        throw new IllegalArgumentException("a share lies in 0.05 to 0.95; share=" + share);
      }
    }
  }

  /** Where to move a panel. */
  public enum Side {
    /** To the left. */
    LEFT,
    /** To the right. */
    RIGHT,
    /** Upwards. */
    UP,
    /** Downwards. */
    DOWN;

    boolean sideBySide() {
      return this == LEFT || this == RIGHT;
    }

    boolean first() {
      return this == LEFT || this == UP;
    }
  }

  /** Checks that no panel is there twice. */
  public DockLayout {
    List<Panel> all = panels(root);
    if (all.stream().distinct().count() != all.size()) {
      throw new IllegalArgumentException("a panel is in one place; panels=" + all);
    }
  }

  /**
   * A sensible place for each: signals large to the left, one more below them, the others in a
   * column to the right, as tabs where there are more than three.
   *
   * @param panels at least one, each once
   * @return a layout
   */
  public static DockLayout of(List<Panel> panels) {
    List<Panel> rest = new ArrayList<>(panels);
    if (!rest.remove(Panel.SIGNALS)) {
      return new DockLayout(column(rest, 2));
    }
    Node left = new Tabs(Panel.SIGNALS);
    if (rest.isEmpty()) {
      return new DockLayout(left);
    }
    for (Panel wide : List.of(Panel.EVOKED, Panel.SPECTROGRAM)) {
      if (rest.size() > 2 && rest.remove(wide)) {
        left = new Split(false, 0.64, left, new Tabs(wide));
        break;
      }
    }
    return new DockLayout(new Split(true, 0.58, left, column(rest, 3)));
  }

  /** Groups below one another, of equal height. */
  private static Node column(List<Panel> panels, int most) {
    int groups = Math.min(most, panels.size());
    List<List<Panel>> tabs = new ArrayList<>();
    for (int i = 0; i < panels.size(); i++) {
      if (i < groups) {
        tabs.add(new ArrayList<>());
      }
      tabs.get(i % groups).add(panels.get(i));
    }
    Node node = new Tabs(tabs.get(groups - 1), 0);
    for (int i = groups - 2; i >= 0; i--) {
      node = new Split(false, 1.0 / (groups - i), new Tabs(tabs.get(i), 0), node);
    }
    return node;
  }

  /** All panels that are not hidden, from the left and from above. */
  public List<Panel> panels() {
    return panels(root);
  }

  private static List<Panel> panels(Node node) {
    if (node instanceof Tabs tabs) {
      return tabs.panels();
    }
    Split split = (Split) node;
    List<Panel> all = new ArrayList<>(panels(split.first()));
    all.addAll(panels(split.second()));
    return all;
  }

  /** The groups with their places within an area. */
  public Map<Tabs, Rectangle> bounds(Rectangle area) {
    Map<Tabs, Rectangle> places = new LinkedHashMap<>();
    place(root, area, places);
    return places;
  }

  private static void place(Node node, Rectangle area, Map<Tabs, Rectangle> places) {
    if (node instanceof Tabs tabs) {
      places.put(tabs, area);
      return;
    }
    Split split = (Split) node;
    if (split.sideBySide()) {
      int w = (int) Math.round(area.width * split.share());
      place(split.first(), new Rectangle(area.x, area.y, w, area.height), places);
      place(split.second(), new Rectangle(area.x + w, area.y, area.width - w, area.height), places);
    } else {
      int h = (int) Math.round(area.height * split.share());
      place(split.first(), new Rectangle(area.x, area.y, area.width, h), places);
      place(split.second(), new Rectangle(area.x, area.y + h, area.width, area.height - h), places);
    }
  }

  /** The group that a panel is in; null where it is hidden. */
  public Tabs group(Panel panel) {
    return bounds(new Rectangle(0, 0, 1, 1)).keySet().stream()
        .filter(t -> t.panels().contains(panel))
        .findFirst()
        .orElse(null);
  }
}
