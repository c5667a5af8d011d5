package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import org.efferent.core.StreamInfo;
import org.efferent.viz.Palette;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PaintersTest {
  @ParameterizedTest
  @EnumSource
  void textCanBeReadAndLinesAreSeen(DashboardTheme theme) {
    for (Color ground : List.of(theme.ground(), theme.desk())) {
      assertThat(Palette.contrast(theme.text(), ground)).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(theme.soft(), ground)).isGreaterThanOrEqualTo(4.5);
    }
    assertThat(Palette.contrast(theme.alertText(), theme.alert())).isGreaterThanOrEqualTo(4.5);
    assertThat(Palette.contrast(theme.trace(), theme.ground())).isGreaterThanOrEqualTo(4.5);
    // Names of every second signal have its colour.
    assertThat(Palette.contrast(theme.series(0), theme.ground())).isGreaterThanOrEqualTo(4.5);
    for (int i = 0; i < theme.seriesCount(); i++) {
      assertThat(Palette.contrast(theme.series(i), theme.ground())).isGreaterThanOrEqualTo(3);
    }
    assertThat(Palette.contrast(theme.edge(), theme.ground())).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void everyPanelIsDrawnInEverySize(Panel panel) {
    DashboardModels full = DashboardExamples.models(DashboardExamples.placed(8));
    DashboardModels empty = new DashboardModels(Streams.info(0, 3), 10);
    for (DashboardTheme theme : DashboardTheme.values()) {
      for (int[] size : new int[][] {{20, 20}, {300, 180}, {1024, 600}, {200, 900}}) {
        for (DashboardModels models : List.of(full, empty)) {
          BufferedImage image = draw(panel, models, theme, size[0], size[1]);
          assertThat(image.getRGB(0, size[1] - 1)).isEqualTo(theme.ground().getRGB());
        }
      }
      // More than its ground is there.
      BufferedImage image = draw(panel, full, theme, 600, 400);
      assertThat(other(image, theme.ground())).isGreaterThan(500);
    }
  }

  private static BufferedImage draw(
      Panel panel, DashboardModels models, DashboardTheme theme, int w, int h) {
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    new DashboardPainter().paint(g, w, h, panel, models, theme);
    g.dispose();
    return image;
  }

  private static int other(BufferedImage image, Color ground) {
    int n = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += image.getRGB(x, y) == ground.getRGB() ? 0 : 1;
      }
    }
    return n;
  }

  @Test
  void aSpikeIsDrawnAsHighAsItIsAndAGapIsEmpty() {
    StreamInfo info = Streams.info(100, 1);
    SignalModel model = new SignalModel(info, 10);
    model.scale(SignalScale.fixed(100));
    model.feed(Streams.rows(info, 0, 1_000, (r, c) -> r == 500 ? 50 : 0));
    int rowsOfSpike = inkRows(model, 0.5);
    assertThat(rowsOfSpike).isBetween(60, 130); // half of half of about 400 pixels
    SignalModel broken = new SignalModel(info, 10);
    broken.scale(SignalScale.fixed(100));
    broken.feed(Streams.rows(info, 0, 400, (r, c) -> 0));
    broken.feed(Streams.rows(info, 600, 1_001, (r, c) -> 0));
    assertThat(inkRows(broken, 0.5)).isZero();
    assertThat(inkRows(broken, 0.25)).isPositive();
  }

  /** Dark pixels about a place of the plot, in the fullest column. */
  private static int inkRows(SignalModel model, double share) {
    int w = 800;
    int h = 500;
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    new SignalPainter().paint(g, w, h, model.snapshot(), DashboardTheme.LIGHT);
    g.dispose();
    int most = 0;
    int middle = 24 + (int) (share * (w - 24 - 45));
    for (int x = middle - 25; x < middle + 25; x++) {
      int n = 0;
      for (int y = 50; y < 450; y++) {
        n += new Color(image.getRGB(x, y)).getRed() < 128 ? 1 : 0;
      }
      most = Math.max(most, n);
    }
    return most;
  }

  @Test
  void aPictureHoldsThePanelsAndTheNextFrameRepaintsThem() {
    DashboardModels models = DashboardExamples.models(DashboardExamples.placed(4));
    DockLayout layout = DockLayout.of(List.of(Panel.SIGNALS, Panel.QUALITY, Panel.HEALTH));
    DashboardPainter painter = new DashboardPainter();
    BufferedImage image = painter.image(layout, models, DashboardTheme.DARK, 1024, 600);
    BufferedImage before = painter.image(layout, models, DashboardTheme.DARK, 1024, 600);
    Rectangle signals =
        layout.bounds(new Rectangle(0, 0, 1024, 600)).get(layout.group(Panel.SIGNALS));
    Graphics2D g = image.createGraphics();
    g.fillRect(signals.x + 10, signals.y + 10, 100, 100);
    g.dispose();
    painter.next(image, layout, models, DashboardTheme.DARK, 1);
    assertThat(image.getRGB(50, 50)).isEqualTo(before.getRGB(50, 50));
    assertThat(DashboardPainter.scale(2160)).isEqualTo(2);
    assertThat(DashboardPainter.scale(600)).isEqualTo(1);
  }
}
