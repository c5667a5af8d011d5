package org.efferent.cli.bench;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import org.efferent.core.Chunk;
import org.efferent.core.StreamInfo;
import org.efferent.viz.dashboard.DashboardModels;
import org.efferent.viz.dashboard.DashboardPainter;
import org.efferent.viz.dashboard.DashboardTheme;
import org.efferent.viz.dashboard.DockLayout;
import org.efferent.viz.dashboard.Panel;

/**
 * A frame of 64 channels × 10 s at 512 Hz of the signals' panel, 1280 × 720, drawn without a
 * display. Beside 64 lines of as many points in matplotlib's Agg canvas, the surface of
 * MNE-Python's own browser.
 */
final class DashboardArea implements BenchArea {
  private static final int CHANNELS = 64;
  private static final double RATE_HZ = 512;
  private static final int SECONDS = 10;
  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 720;

  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    DashboardModels models =
        new DashboardModels(StreamInfo.of("Noise", "EEG", RATE_HZ, CHANNELS), SECONDS);
    feed(models);
    DashboardPainter painter = new DashboardPainter();
    DockLayout layout = DockLayout.of(List.of(Panel.SIGNALS));
    BufferedImage image = painter.image(layout, models, DashboardTheme.DARK, WIDTH, HEIGHT);
    int frames = settings.size(20, 100);
    return List.of(
        new Turns(
                "dashboards", "signals, 64 channels × 10 s", "ms a frame", false, settings.rounds())
            .python(
                settings.python(),
                "matplotlib",
                "matplotlib",
                "frame",
                CHANNELS,
                (int) (SECONDS * RATE_HZ),
                settings.size(1, 3))
            .run(
                () -> {
                  int[] n = {0};
                  double[] nanos =
                      Turns.nanos(
                          frames,
                          () -> painter.next(image, layout, models, DashboardTheme.DARK, n[0]++));
                  return nanos[frames / 2] / 1e6;
                }));
  }

  private static void feed(DashboardModels models) {
    SplittableRandom random = new SplittableRandom(1);
    double[] row = new double[CHANNELS];
    Chunk chunk = new Chunk(8, CHANNELS);
    for (int r = 0; r < (SECONDS + 1) * RATE_HZ; r++) {
      for (int c = 0; c < CHANNELS; c++) {
        row[c] = 20 * random.nextGaussian();
      }
      chunk.append(r / RATE_HZ, row, 0);
      if (chunk.isFull()) {
        models.raw().apply(chunk);
        models.shown().apply(chunk);
        chunk.clear();
      }
    }
  }
}
