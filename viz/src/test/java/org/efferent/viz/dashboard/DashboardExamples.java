package org.efferent.viz.dashboard;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.Marker;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;

/** Dashboards of a stream whose samples are computed. */
public final class DashboardExamples {
  private DashboardExamples() {}

  static StreamInfo placed(int channels) {
    List<ChannelInfo> all = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double turn = c * 2.4;
      double out = 0.09 * Math.sqrt((c + 0.5) / channels);
      all.add(
          new ChannelInfo("E" + c, "EEG", "uV")
              .at(
                  new SensorPosition(
                      SensorPosition.Frame.HEAD,
                      out * Math.cos(turn),
                      out * Math.sin(turn),
                      0.05)));
    }
    return new StreamInfo("s", "EEG", 250, "", all);
  }

  static DashboardModels models(StreamInfo info) {
    DashboardModels models = new DashboardModels(info, 10);
    models.shown().apply(Streams.rows(info, 0, 3_000, (r, c) -> 20 * Math.sin(r * 0.25 + c)));
    models
        .raw()
        .apply(Streams.rows(info, 0, 3_000, (r, c) -> c == 1 ? 5 : 20 * Math.sin(r * 0.25 + c)));
    for (int i = 0; i < 10; i++) {
      models.mark(new Marker(i + 1, i % 2 == 0 ? "left" : "right"));
      models.state().add(new Gaussian(new double[] {i, i * i}, new double[] {2, 1, 1, 3}));
    }
    models.pictures().add(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "dog");
    return models;
  }

  /**
   * Adds every panel in light colours, and a whole dashboard in dark ones.
   *
   * @param to pictures by name
   */
  public static void addTo(Map<String, Supplier<BufferedImage>> to) {
    for (Panel panel : Panel.values()) {
      to.put(
          "dashboard-" + panel.key().toLowerCase(Locale.ROOT),
          () -> panel(panel, DashboardTheme.LIGHT));
    }
    to.put(
        "dashboard-whole",
        () ->
            new DashboardPainter()
                .image(
                    DockLayout.of(List.of(Panel.SIGNALS, Panel.QUALITY, Panel.EVOKED, Panel.STATE)),
                    models(placed(8)),
                    DashboardTheme.DARK,
                    1024,
                    600));
  }

  private static BufferedImage panel(Panel panel, DashboardTheme theme) {
    BufferedImage image = new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    new DashboardPainter().paint(g, 600, 400, panel, models(placed(8)), theme);
    g.dispose();
    return image;
  }
}
