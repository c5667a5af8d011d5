package org.efferent.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.Session;
import org.efferent.core.SessionEvent;
import org.efferent.core.Sink;
import org.efferent.core.StreamInfo;
import org.efferent.filters.CursorDecoder;
import org.efferent.viz.CursorIntegrator;
import org.efferent.viz.CursorState;
import org.efferent.viz.CursorStatus;
import org.efferent.viz.CursorStatus.Mode;
import org.efferent.viz.CursorWindow;
import org.efferent.viz.Disc;
import org.efferent.viz.Look;
import org.efferent.viz.dashboard.Panel;

/**
 * Shows a live run in a window, or nowhere; hears of it on several threads. The decoded velocity
 * moves the cursor; where the truth is known, the target is where the true velocity would have
 * brought it. Speeds are scaled so that the mean decoded speed so far crosses a seventh of the
 * workspace a second.
 */
final class CursorDisplay implements Sink<Gaussian>, AutoCloseable {
  private static final double CURSOR_RADIUS = 0.02;
  private static final double TARGET_RADIUS = 0.05;
  private static final double MEAN_SPEED = 0.15;
  private static final double EDGE = 0.5;

  private final CursorIntegrator cursor = new CursorIntegrator(1, EDGE, EDGE);
  private final CursorIntegrator target = new CursorIntegrator(1, EDGE, EDGE);
  private CursorWindow window;
  private Consumer<String> boardNotes;
  private volatile LiveDashboard board;
  private double[][] truth;
  private double binSeconds = Double.NaN;
  private double lastStamp = Double.NaN;
  private double speedSum;
  private long bins;
  private volatile Session session;
  private volatile LatencyHistogram latency;
  private volatile boolean stale;
  private volatile boolean paused;
  private volatile boolean recentre;
  private volatile boolean stopped;

  private CursorDisplay() {}

  /** Opens a window, unless headless. */
  static CursorDisplay open(boolean headless, CursorDecoder decoder) {
    CursorDisplay display = new CursorDisplay();
    if (!headless && decoder.outputs() >= 2) {
      display.window =
          new CursorWindow(
              "Efferent: " + decoder.kind().id(),
              Look.LIGHT,
              new CursorWindow.Keys(
                  () -> display.paused = !display.paused,
                  () -> display.recentre = true,
                  () -> display.stopped = true));
    }
    return display;
  }

  /** A dashboard, which opens with the stream. */
  static CursorDisplay dashboard(Consumer<String> notes) {
    CursorDisplay display = new CursorDisplay();
    display.boardNotes = notes;
    return display;
  }

  /**
   * What runs beside the pipeline that decodes: the dashboard's, which opens now, or nothing.
   *
   * @param info the stream
   */
  List<Session.Branch<?>> beside(StreamInfo info) {
    if (boardNotes == null) {
      return List.of();
    }
    LiveDashboard opened = new LiveDashboard(info, List.of(Panel.STATE), boardNotes);
    board = opened;
    return List.of(opened.branch());
  }

  /** The true velocities, bin by bin. */
  void truth(double[][] velocities, double seconds) {
    truth = velocities;
    binSeconds = seconds;
  }

  /** What the status line counts. */
  void watch(Session running, LatencyHistogram latencies) {
    session = running;
    latency = latencies;
  }

  /** Whether the operator has stopped the run. */
  boolean stopped() {
    LiveDashboard open = board;
    return stopped || (open != null && open.stopped());
  }

  /** Says how often the window was drawn, where there is one. */
  void describe(Map<String, Object> result) {
    if (window != null) {
      result.put("frames", window.frames());
      result.put("framesPerSecond", window.framesPerSecond());
    }
    if (board != null) {
      result.put("dashboard", board.figures());
    }
  }

  /** Hears the watchdog. */
  synchronized void event(SessionEvent event) {
    stale = event == SessionEvent.STALE || (stale && event != SessionEvent.RESUMED);
    if (board != null) {
      board.event(event);
    }
    if (window != null && event == SessionEvent.STALE) {
      show(lastStamp);
    }
  }

  @Override
  public synchronized void accept(Decoded<Gaussian> decoded) {
    LiveDashboard open = board;
    if (open != null) {
      open.state(decoded);
      Session running = session;
      if (running != null) {
        open.counts(running);
      }
    }
    if (window == null) {
      return;
    }
    if (recentre) {
      recentre = false;
      cursor.recentre();
      target.recentre();
    }
    double vx = decoded.estimate().mean(0);
    double vy = decoded.estimate().mean(1);
    int bin = (int) decoded.firstIndex();
    bins++;
    speedSum += Math.hypot(vx, vy);
    double gain = speedSum > 0 ? MEAN_SPEED * bins / speedSum : 0;
    double seconds = Double.isNaN(binSeconds) ? decoded.stamp() - lastStamp : binSeconds;
    lastStamp = decoded.stamp();
    if (!paused) {
      cursor.step(gain * vx, gain * vy, seconds);
      if (truth != null && bin < truth.length) {
        target.step(gain * truth[bin][0], gain * truth[bin][1], seconds);
      }
    }
    show(decoded.stamp());
  }

  private void show(double stamp) {
    Mode mode = paused ? Mode.PAUSED : stale ? Mode.STALE : Mode.RUNNING;
    Session running = session;
    LatencyHistogram latencies = latency;
    boolean known = latencies != null && latencies.count() > 0;
    CursorStatus status =
        new CursorStatus(
            mode,
            bins,
            running == null ? 0 : running.lost(),
            known ? latencies.quantileNanos(0.5) / 1e6 : Double.NaN,
            known ? latencies.quantileNanos(0.99) / 1e6 : Double.NaN);
    window.update(
        new CursorState(
            Double.isNaN(stamp) ? 0 : stamp,
            new Disc(cursor.x(), cursor.y(), CURSOR_RADIUS),
            truth == null ? null : new Disc(target.x(), target.y(), TARGET_RADIUS),
            status));
  }

  @Override
  public void close() {
    if (window != null) {
      window.close();
    }
    if (board != null) {
      board.close();
    }
  }
}
