package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Sink;
import org.efferent.core.Source;
import org.efferent.viz.DrawnView;
import org.efferent.viz.DrawnWindow;
import org.efferent.viz.Look;
import org.efferent.viz.RankingView;
import org.efferent.viz.RankingWindow;
import org.efferent.viz.dashboard.Panel;

/**
 * What a person sees of a live session with an encoder: nothing, a window each for answers and
 * pictures, or a dashboard, which opens with the stream.
 */
final class LiveViews implements AutoCloseable {
  /** What is shown. */
  enum Kind {
    NOTHING,
    WINDOWS,
    DASHBOARD
  }

  private final boolean ranks;
  private final boolean draws;
  private final OutputOptions output;
  private final boolean board;
  private RankingWindow ranking;
  private DrawnWindow drawn;
  // Opened by the thread that starts the session, before anything is decoded.
  private volatile LiveDashboard dashboard;
  private volatile boolean stopped;

  private LiveViews(boolean board, boolean ranks, boolean draws, OutputOptions output) {
    this.board = board;
    this.ranks = ranks;
    this.draws = draws;
    this.output = output;
  }

  /**
   * Opens the windows.
   *
   * @param kind which
   * @param ranks whether there are answers
   * @param draws whether there are pictures
   * @param output for remarks
   * @throws org.efferent.core.UnavailableException if there is no display
   */
  static LiveViews open(Kind kind, boolean ranks, boolean draws, OutputOptions output) {
    LiveViews views = new LiveViews(kind == Kind.DASHBOARD, ranks, draws, output);
    boolean whole = false;
    try {
      if (kind == Kind.WINDOWS && ranks) {
        views.ranking = new RankingWindow("Efferent: encoder run", Look.DARK, views::stop);
      }
      if (kind == Kind.WINDOWS && draws) {
        views.drawn = new DrawnWindow("Efferent: pictures", Look.DARK, views::stop);
      }
      whole = true;
      return views;
    } finally {
      if (!whole) {
        views.close();
      }
    }
  }

  private void stop() {
    stopped = true;
  }

  /** Whether the user wants an end. */
  boolean stopped() {
    LiveDashboard open = dashboard;
    return stopped || (open != null && open.stopped());
  }

  /** Shows answers; returns at once. */
  void ranking(RankingView view) {
    LiveDashboard open = dashboard;
    if (ranking != null) {
      ranking.update(view);
    } else if (open != null) {
      open.ranking(view);
    }
  }

  /** Shows a picture; returns at once. */
  void drawn(DrawnView view) {
    LiveDashboard open = dashboard;
    if (drawn != null) {
      drawn.update(view);
    } else if (open != null) {
      open.drawn(view);
    }
  }

  /**
   * Starts a session whose first pipeline decodes; a dashboard has a pipeline of its own beside it.
   *
   * @param source owned by the session
   * @param options how it runs
   * @param pipeline decodes
   * @param to hears of embeddings
   */
  Session start(
      Source source, SessionOptions options, Pipeline<Embedding> pipeline, Sink<Embedding> to) {
    if (!board) {
      return Session.start(source, options, pipeline, to);
    }
    List<Panel> more = new ArrayList<>(List.of(Panel.EVOKED));
    if (ranks) {
      more.add(Panel.RANKING);
    }
    if (draws) {
      more.add(Panel.PICTURES);
    }
    LiveDashboard open;
    try {
      open = new LiveDashboard(source.info(), more, words -> output.note("%s", words));
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
    dashboard = open;
    Sink<Embedding> marks = (Decoded<Embedding> decoded) -> open.decoded(decoded);
    return Session.start(
        source,
        options.withListener(open::event),
        List.of(new Session.Branch<>(pipeline, List.of(to, marks)), open.branch()));
  }

  /** Takes the session's counters, now and then. */
  void counts(Session session) {
    LiveDashboard open = dashboard;
    if (open != null) {
      open.counts(session);
    }
  }

  /** What a dashboard showed; empty without one. */
  Map<String, Object> figures() {
    LiveDashboard open = dashboard;
    return open == null ? new LinkedHashMap<>() : open.figures();
  }

  @Override
  public void close() {
    if (ranking != null) {
      ranking.close();
    }
    if (drawn != null) {
      drawn.close();
    }
    LiveDashboard open = dashboard;
    if (open != null) {
      open.close();
    }
  }
}
