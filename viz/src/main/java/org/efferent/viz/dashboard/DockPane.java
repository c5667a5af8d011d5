package org.efferent.viz.dashboard;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.swing.JComponent;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;

/** The panels as they are docked: split panes and tabs made of a layout. Used by Swing's thread. */
final class DockPane extends JPanel {
  private static final long serialVersionUID = 1L;

  private final transient Map<Panel, PanelCanvas> canvases = new EnumMap<>(Panel.class);
  private final transient Runnable changed;
  private transient DockLayout layout;
  private boolean building;

  DockPane(
      DashboardModels models, Supplier<DashboardTheme> theme, DockLayout first, Runnable changed) {
    super(new BorderLayout());
    this.changed = changed;
    for (Panel panel : Panel.values()) {
      PanelCanvas canvas = new PanelCanvas(panel, models, theme);
      canvas.addMouseListener(
          new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent e) {
              popup(e, panel);
            }

            @Override
            public void mouseReleased(MouseEvent e) {
              popup(e, panel);
            }
          });
      canvases.put(panel, canvas);
    }
    layout = first;
    build(null);
  }

  DockLayout docked() {
    return layout;
  }

  /** The panels in sight. */
  List<PanelCanvas> shown() {
    return canvases.values().stream().filter(Component::isShowing).toList();
  }

  PanelCanvas canvas(Panel panel) {
    return canvases.get(panel);
  }

  /** The panel that has the focus, else the first one in sight. */
  Panel focused() {
    for (PanelCanvas canvas : canvases.values()) {
      if (canvas.isFocusOwner()) {
        return canvas.panel();
      }
    }
    return shown().isEmpty() ? layout.panels().get(0) : shown().get(0).panel();
  }

  /** Gives the focus to the panel that follows, as they lie. */
  void focusNext(int step) {
    List<Panel> inSight = new ArrayList<>();
    layout.bounds(getBounds()).keySet().forEach(t -> inSight.add(t.shown()));
    int next = Math.floorMod(inSight.indexOf(focused()) + step, inSight.size());
    canvases.get(inSight.get(next)).requestFocusInWindow();
  }

  /** Takes another layout; the panel keeps the focus. */
  void dock(UnaryOperator<DockLayout> move, Panel focus) {
    DockLayout next = move.apply(layout);
    if (!next.equals(layout)) {
      layout = next;
      build(focus);
      changed.run();
    }
  }

  private void build(Panel focus) {
    building = true;
    removeAll();
    add(component(layout.root(), ""), BorderLayout.CENTER);
    building = false;
    revalidate();
    repaint();
    if (focus != null && layout.group(focus) != null) {
      canvases.get(focus).requestFocusInWindow();
    }
  }

  private JComponent component(DockLayout.Node node, String path) {
    if (node instanceof DockLayout.Split split) {
      return split(split, path);
    }
    DockLayout.Tabs tabs = (DockLayout.Tabs) node;
    if (tabs.panels().size() == 1) {
      return canvases.get(tabs.shown());
    }
    JTabbedPane pane = new JTabbedPane();
    tabs.panels().forEach(p -> pane.addTab(p.title(), canvases.get(p)));
    pane.setSelectedIndex(tabs.selected());
    pane.addChangeListener(
        e -> {
          if (!building && pane.getSelectedComponent() instanceof PanelCanvas canvas) {
            layout = DockMoves.show(layout, canvas.panel());
            changed.run();
          }
        });
    return pane;
  }

  private JSplitPane split(DockLayout.Split split, String path) {
    JSplitPane pane =
        new Divided(
            split, component(split.first(), path + "1"), component(split.second(), path + "2"));
    pane.addPropertyChangeListener(
        JSplitPane.DIVIDER_LOCATION_PROPERTY,
        e -> {
          int length = split.sideBySide() ? pane.getWidth() : pane.getHeight();
          if (!building && pane.isShowing() && length > pane.getDividerSize()) {
            double share = pane.getDividerLocation() / (double) (length - pane.getDividerSize());
            layout = DockMoves.resize(layout, path, share);
            changed.run();
          }
        });
    return pane;
  }

  /** A split pane that takes its share as soon as it has a size. */
  private static final class Divided extends JSplitPane {
    private static final long serialVersionUID = 1L;

    private final double share;
    private boolean placed;

    Divided(DockLayout.Split split, JComponent first, JComponent second) {
      super(split.sideBySide() ? HORIZONTAL_SPLIT : VERTICAL_SPLIT, true, first, second);
      share = split.share();
      setResizeWeight(share);
      setDividerSize(6);
      setBorder(null);
    }

    @Override
    public void doLayout() {
      if (!placed && getWidth() > 0 && getHeight() > 0) {
        placed = true;
        setDividerLocation(share);
      }
      super.doLayout();
    }
  }

  private void popup(MouseEvent e, Panel panel) {
    if (e.isPopupTrigger()) {
      menu(panel).show(e.getComponent(), e.getX(), e.getY());
    }
  }

  /** What can be done with a panel. */
  JPopupMenu menu(Panel panel) {
    JPopupMenu menu = new JPopupMenu(panel.title());
    for (DockLayout.Side side : DockLayout.Side.values()) {
      String word =
          side.name().charAt(0) + side.name().substring(1).toLowerCase(java.util.Locale.ROOT);
      item(
          menu,
          "Move " + word.toLowerCase(java.util.Locale.ROOT) + "  (Ctrl+" + word + ")",
          () -> dock(l -> DockMoves.move(l, panel, side), panel));
    }
    item(
        menu,
        "Join the next group as a tab  (Ctrl+T)",
        () -> dock(l -> DockMoves.joinNext(l, panel), panel));
    item(menu, "Hide  (Delete)", () -> dock(l -> DockMoves.hide(l, panel), null));
    menu.addSeparator();
    for (Panel other : Panel.values()) {
      if (layout.group(other) == null) {
        item(menu, "Show " + other.title(), () -> dock(l -> DockMoves.show(l, other), other));
      }
    }
    return menu;
  }

  private static void item(JPopupMenu menu, String text, Runnable action) {
    JMenuItem item = new JMenuItem(text);
    item.addActionListener(e -> action.run());
    menu.add(item);
  }
}
