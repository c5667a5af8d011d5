package org.efferent.viz;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridLayout;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingConstants;

/**
 * The operator's buttons, and what the session says about itself. Every button has a key that works
 * in the whole window, a mnemonic (Alt and the same letter), a name and a description for screen
 * readers. Space presses the button that has the focus, so that it is no key of its own. Used by
 * Swing's thread.
 */
final class OperatorPanel extends JPanel {
  private static final long serialVersionUID = 1L;

  /** The buttons; one that asks for its opposite when it has been pressed counts once. */
  private static final Operator[] BUTTONS = {
    Operator.PAUSE,
    Operator.NEXT,
    Operator.RECENTRE,
    Operator.FREEZE,
    Operator.ROLLBACK,
    Operator.STOP
  };

  private final transient OperatorListener listener;
  private final transient Supplier<TaskView> view;
  private final transient Map<Operator, JButton> buttons = new EnumMap<>(Operator.class);
  private final JLabel headline = new JLabel(" ", SwingConstants.CENTER);
  private final JLabel progress = new JLabel(" ", SwingConstants.CENTER);
  private transient TaskView shown;

  OperatorPanel(Supplier<TaskView> view, OperatorListener listener) {
    super(new BorderLayout(0, 12));
    this.view = Objects.requireNonNull(view, "view");
    this.listener = Objects.requireNonNull(listener, "listener");
    setBorder(BorderFactory.createEmptyBorder(16, 16, 16, 16));
    getAccessibleContext().setAccessibleName("Operator");
    headline.setFont(headline.getFont().deriveFont(Font.BOLD, 18f));
    headline.getAccessibleContext().setAccessibleDescription("What the session does");
    progress.getAccessibleContext().setAccessibleDescription("How far the session is");
    JPanel said = new JPanel(new GridLayout(2, 1, 0, 4));
    said.add(headline);
    said.add(progress);
    add(said, BorderLayout.NORTH);
    JPanel grid = new JPanel(new GridLayout(0, 2, 8, 8));
    for (Operator what : BUTTONS) {
      grid.add(button(what));
    }
    add(grid, BorderLayout.CENTER);
    JButton stop = button(Operator.EMERGENCY_STOP);
    stop.setBackground(Palette.VERMILLION);
    stop.setForeground(Palette.INK);
    stop.setFont(stop.getFont().deriveFont(Font.BOLD, 20f));
    stop.setPreferredSize(new Dimension(560, 72));
    add(stop, BorderLayout.SOUTH);
    setPreferredSize(new Dimension(700, 340));
    refresh();
  }

  private JButton button(Operator what) {
    JButton button = new JButton();
    button.addActionListener(e -> ask(what));
    buttons.put(what, button);
    return button;
  }

  private void ask(Operator what) {
    listener.operate(what.at(view.get()));
  }

  /** The button of something that can be asked for. */
  JButton button(String key) {
    return buttons.entrySet().stream()
        .filter(e -> e.getKey().key().equals(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** Binds the keys in the window that a component belongs to. */
  void bind(JComponent root) {
    buttons
        .keySet()
        .forEach(
            what -> {
              root.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
                  .put(KeyStroke.getKeyStroke(what.key()), what.key());
              root.getActionMap()
                  .put(
                      what.key(),
                      new AbstractAction() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public void actionPerformed(ActionEvent e) {
                          ask(what);
                        }
                      });
            });
  }

  /** Says what there is now. */
  @SuppressWarnings("ReferenceEquality") // asks whether another one came, whatever it says
  void refresh() {
    TaskView next = view.get();
    if (next == shown) {
      return;
    }
    shown = next;
    set(headline, next.headline());
    set(progress, next.progress().line());
    buttons.forEach(
        (what, button) -> {
          Operator now = what.at(next);
          String text = now.label() + " (" + now.keyName() + ")";
          if (!text.equals(button.getText())) {
            button.setText(text);
            button.setMnemonic(
                now == Operator.EMERGENCY_STOP ? KeyEvent.VK_E : now.key().charAt(0));
            button.setToolTipText(now.description());
            button.getAccessibleContext().setAccessibleName(now.label());
            button.getAccessibleContext().setAccessibleDescription(now.description());
          }
        });
  }

  private static void set(JLabel label, String text) {
    if (!text.equals(label.getText())) {
      label.setText(text);
    }
  }
}
