package org.efferent.viz.dashboard;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.function.Supplier;
import javax.swing.JPanel;

/** A panel inside the window, drawn into an image first. Used by Swing's thread. */
final class PanelCanvas extends JPanel {
  private static final long serialVersionUID = 1L;
  private static final long SLOW_NANOS = 400_000_000L;

  private final transient Panel panel;
  private final transient DashboardModels models;
  private final transient Supplier<DashboardTheme> theme;
  private final transient DashboardPainter painter = new DashboardPainter();
  private transient BufferedImage image;
  private long painted;

  PanelCanvas(Panel panel, DashboardModels models, Supplier<DashboardTheme> theme) {
    super(null, false); // the image is the buffer
    this.panel = panel;
    this.models = models;
    this.theme = theme;
    setOpaque(true);
    setFocusable(true);
    setMinimumSize(new Dimension(80, 60));
    getAccessibleContext().setAccessibleName(panel.title());
    getAccessibleContext()
        .setAccessibleDescription("Panel " + panel.key() + "; F1 shows the keys that move it");
    addFocusListener(
        new FocusAdapter() {
          @Override
          public void focusGained(FocusEvent e) {
            repaint();
          }

          @Override
          public void focusLost(FocusEvent e) {
            repaint();
          }
        });
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent e) {
            requestFocusInWindow();
          }
        });
  }

  Panel panel() {
    return panel;
  }

  /** Whether it is time for another picture: always for signals, at times for the others. */
  boolean due(long now) {
    return isShowing() && (panel == Panel.SIGNALS || now - painted > SLOW_NANOS);
  }

  /** Draws what there is now, at once. */
  void refresh(long now) {
    painted = now;
    render();
    paintImmediately(0, 0, getWidth(), getHeight());
  }

  private void render() {
    double scale = scale();
    int w = (int) Math.max(1, Math.ceil(getWidth() * scale));
    int h = (int) Math.max(1, Math.ceil(getHeight() * scale));
    if (image == null || image.getWidth() != w || image.getHeight() != h) {
      image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    }
    double letters = DashboardPainter.scale((int) (getRootPane().getHeight() * scale));
    Graphics2D g = image.createGraphics();
    g.scale(letters, letters);
    painter.paint(
        g, (int) Math.ceil(w / letters), (int) Math.ceil(h / letters), panel, models, theme.get());
    g.dispose();
  }

  private double scale() {
    return getGraphicsConfiguration() == null
        ? 1
        : getGraphicsConfiguration().getDefaultTransform().getScaleX();
  }

  @Override
  protected void paintComponent(Graphics g) {
    double scale = scale();
    if (image == null
        || image.getWidth() != (int) Math.max(1, Math.ceil(getWidth() * scale))
        || image.getHeight() != (int) Math.max(1, Math.ceil(getHeight() * scale))) {
      render();
    }
    ((Graphics2D) g).drawImage(image, AffineTransform.getScaleInstance(1 / scale, 1 / scale), null);
    if (isFocusOwner()) {
      Color mark = theme.get().series(0);
      g.setColor(mark);
      g.drawRect(0, 0, getWidth() - 1, getHeight() - 1);
      g.drawRect(1, 1, getWidth() - 3, getHeight() - 3);
    }
  }
}
