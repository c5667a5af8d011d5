package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.Estimate.Scores;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionEvent;
import org.efferent.core.StreamInfo;
import org.efferent.data.montage.Montage;
import org.efferent.viz.DrawnView;
import org.efferent.viz.RankingView;
import org.efferent.viz.dashboard.DashboardModels;
import org.efferent.viz.dashboard.DashboardTheme;
import org.efferent.viz.dashboard.DashboardWindow;
import org.efferent.viz.dashboard.DockLayout;
import org.efferent.viz.dashboard.Panel;

/**
 * The dashboard of a live session: a pipeline of its own beside the one that decodes, so that
 * decoding waits for nothing that is shown.
 */
final class LiveDashboard implements AutoCloseable {
  private static final double WINDOW_SECONDS = 10;
  private static final double HANDED_A_SECOND = 60;
  private static final Scores NOTHING = new Scores();

  private final DashboardModels models;
  private final DashboardWindow window;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens the window.
   *
   * @param info the stream
   * @param more panels beside those of signals
   * @param notes hears remarks
   * @throws org.efferent.core.UnavailableException if there is no display
   */
  LiveDashboard(StreamInfo info, List<Panel> more, Consumer<String> notes) {
    this.models = new DashboardModels(placed(info), WINDOW_SECONDS);
    // What the session is for stands in front; the others are tabs where there is no room.
    List<Panel> panels = new ArrayList<>(List.of(Panel.SIGNALS));
    panels.addAll(more);
    panels.addAll(List.of(Panel.QUALITY, Panel.HEALTH, Panel.SPECTRUM));
    this.window =
        DashboardWindow.open(
            models,
            new DashboardWindow.Options(
                "Efferent: " + info.name(),
                1600,
                900,
                DashboardTheme.DARK,
                DockLayout.of(panels),
                null,
                Path.of("")),
            () -> closed.set(true),
            notes);
  }

  /**
   * The stream with its channels' places, by name in the extended 10-20 system where it has none.
   */
  static StreamInfo placed(StreamInfo info) {
    return info.channels().stream().map(ChannelInfo::position).anyMatch(p -> p.isPresent())
        ? info
        : Montage.named("standard_1005").apply(info);
  }

  /** Rows that are handed to a dashboard at once. */
  static int rows(StreamInfo info) {
    return (int) Math.max(1, Math.rint(info.sampleRateHz() / HANDED_A_SECOND));
  }

  /** Whether the user wants an end. */
  boolean stopped() {
    return closed.get();
  }

  /** The pipeline that feeds it. */
  Session.Branch<Scores> branch() {
    int rows = rows(models.info());
    return new Session.Branch<>(
        new Pipeline<>(List.of(models.raw(), models.shown()), rows, rows, window -> NOTHING),
        List.of());
  }

  /** Hears what the session's watchdog says. */
  void event(SessionEvent event) {
    models.health().event(event);
  }

  /** Hears of every estimate: the marker that it belongs to is shown. */
  void decoded(Decoded<? extends Estimate> decoded) {
    if (decoded.event() != null) {
      models.mark(decoded.event());
    }
  }

  /** Shows a decoded state with its uncertainty. */
  void state(Decoded<Gaussian> decoded) {
    models.state().accept(decoded);
  }

  /** Shows a ranking. */
  void ranking(RankingView view) {
    models.ranking().update(view);
  }

  /** Shows a picture that was drawn. */
  void drawn(DrawnView view) {
    String when = view.drawnWords().split(",", 2)[0];
    String words = view.seenWords().isEmpty() ? when : view.seenWords() + ", " + when;
    models.pictures().add(view.drawn(), words);
  }

  /** Takes the session's counters; its first pipeline decodes. */
  void counts(Session session) {
    models.health().watch(session.statistics(0), true);
    models.health().counts(session.samples(), session.lost(), System.nanoTime());
  }

  /** What was shown, as values for JSON. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("frames", window.painted());
    figures.put("framesPerSecond", window.framesPerSecond());
    figures.put("frameMillisP99", window.paintTimes().quantileNanos(0.99) / 1e6);
    return figures;
  }

  @Override
  public void close() {
    window.close();
  }
}
