package org.efferent.viz.dashboard;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.viz.Pen;

/** Draws any panel of a dashboard, or all of them as they are docked. Used by one thread. */
public final class DashboardPainter {
  /** A scale for letters and lines that leaves a display of 1024 × 600 whole. */
  private static final double FULL_HD = 1_080;

  private static final double MOST_HZ = 80;
  private static final int GAP = 4;
  private static final int TAB = 22;

  private final SignalPainter signals = new SignalPainter();
  private final SpectrumPainter spectrum = new SpectrumPainter(MOST_HZ);
  private final SpectrogramPainter spectrogram = new SpectrogramPainter(MOST_HZ);
  private final QualityPainter quality = new QualityPainter();
  private final EvokedPainter evoked = new EvokedPainter();
  private final StatePainter state = new StatePainter();
  private final HealthPainter health = new HealthPainter();
  private final RankingPanelPainter ranking = new RankingPanelPainter();
  private final PicturesPainter pictures = new PicturesPainter();

  /** A painter. */
  public DashboardPainter() {}

  /** How much larger letters are on a picture of a height: 1 up to full HD, 2 on 4K. */
  public static double scale(int height) {
    return Math.max(1, Math.rint(4 * height / FULL_HD) / 4);
  }

  /**
   * Draws one panel into (0, 0) to (width, height).
   *
   * @param g modified
   * @param width units of {@code g}
   * @param height units of {@code g}
   * @param panel which
   * @param models what it shows, as it is now
   * @param theme colours
   */
  public void paint(
      Graphics2D g,
      int width,
      int height,
      Panel panel,
      DashboardModels models,
      DashboardTheme theme) {
    switch (panel) {
      case SIGNALS -> signals.paint(g, width, height, models.signals().snapshot(), theme);
      case SPECTRUM -> spectrum.paint(g, width, height, models.spectrum().snapshot(), theme);
      case SPECTROGRAM ->
          spectrogram.paint(g, width, height, models.spectrogram().snapshot(), theme);
      case QUALITY -> quality.paint(g, width, height, models.quality().snapshot(), theme);
      case EVOKED -> evoked.paint(g, width, height, models.evoked().snapshot(), theme);
      case STATE -> state.paint(g, width, height, models.state().snapshot(), theme);
      case HEALTH -> health.paint(g, width, height, models.health().snapshot(), theme);
      case RANKING -> ranking.paint(g, width, height, models.ranking().snapshot(), theme);
      case PICTURES -> pictures.paint(g, width, height, models.pictures().snapshot(), theme);
    }
  }

  /**
   * All panels as they are docked, without a window.
   *
   * @param layout which panels, and where
   * @param models what they show
   * @param theme colours
   * @param width pixels, 320 to 16384
   * @param height pixels, 200 to 16384
   * @return an opaque picture
   */
  public BufferedImage image(
      DockLayout layout, DashboardModels models, DashboardTheme theme, int width, int height) {
    if (width < 320 || height < 200 || width > 16_384 || height > 16_384) {
      throw new UsageException(
          "a picture of a dashboard is 320 x 200 to 16384 x 16384 pixels; width=%d, height=%d"
              .formatted(width, height));
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(theme.desk());
    g.fillRect(0, 0, width, height);
    g.dispose();
    groups(layout, width, height).forEach((tabs, r) -> group(image, tabs, r, models, theme));
    return image;
  }

  /**
   * The next frame, as a window draws it: signals anew, and of the other panels one after the
   * other.
   *
   * @param image made by {@link #image} of the same layout; modified
   * @param number of the frame
   */
  public void next(
      BufferedImage image,
      DockLayout layout,
      DashboardModels models,
      DashboardTheme theme,
      long number) {
    Map<DockLayout.Tabs, Rectangle> all = groups(layout, image.getWidth(), image.getHeight());
    int turn = Math.floorMod(number, all.size());
    int i = 0;
    for (Map.Entry<DockLayout.Tabs, Rectangle> entry : all.entrySet()) {
      if (i++ == turn || entry.getKey().shown() == Panel.SIGNALS) {
        group(image, entry.getKey(), entry.getValue(), models, theme);
      }
    }
  }

  private static Map<DockLayout.Tabs, Rectangle> groups(DockLayout layout, int width, int height) {
    double scale = scale(height);
    return layout.bounds(
        new Rectangle(0, 0, (int) Math.ceil(width / scale), (int) Math.ceil(height / scale)));
  }

  private void group(
      BufferedImage image,
      DockLayout.Tabs tabs,
      Rectangle place,
      DashboardModels models,
      DashboardTheme theme) {
    Graphics2D g = image.createGraphics();
    g.scale(scale(image.getHeight()), scale(image.getHeight()));
    Rectangle r =
        new Rectangle(place.x + GAP / 2, place.y + GAP / 2, place.width - GAP, place.height - GAP);
    if (tabs.panels().size() > 1) {
      g.setColor(theme.desk());
      g.fillRect(r.x, r.y, r.width, TAB);
      titles(g, tabs, r, theme);
      r.y += TAB;
      r.height -= TAB;
    }
    if (r.width >= 10 && r.height >= 10) {
      g.translate(r.x, r.y);
      g.clipRect(0, 0, r.width, r.height);
      paint(g, r.width, r.height, tabs.shown(), models, theme);
    }
    g.dispose();
  }

  /** Names of the tabs; the one in sight is bold and underlined. */
  private static void titles(
      Graphics2D g, DockLayout.Tabs tabs, Rectangle r, DashboardTheme theme) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    double x = r.x + 8;
    for (Panel panel : tabs.panels()) {
      boolean shown = panel == tabs.shown();
      g.setFont(Sheet.font(0.95, shown ? java.awt.Font.BOLD : java.awt.Font.PLAIN));
      double w = Pen.width(g.getFont(), panel.title());
      g.setColor(shown ? theme.text() : theme.soft());
      Pen.left(g, panel.title(), x, r.y + 15);
      if (shown) {
        g.setColor(theme.series(0));
        g.fillRect((int) x - 2, r.y + TAB - 3, (int) w + 4, 3);
      }
      x += w + 18;
    }
  }
}
