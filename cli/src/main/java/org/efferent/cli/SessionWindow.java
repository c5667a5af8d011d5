package org.efferent.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.filters.calibration.Assist;
import org.efferent.filters.calibration.Versions;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.session.Command;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.SessionDriver;
import org.efferent.filters.session.SessionState;
import org.efferent.filters.task.CopyTyping;
import org.efferent.filters.task.Target;
import org.efferent.filters.task.Trial;
import org.efferent.viz.DisplayChoice;
import org.efferent.viz.Look;
import org.efferent.viz.Operator;
import org.efferent.viz.TaskPhase;
import org.efferent.viz.TaskProgress;
import org.efferent.viz.TaskText;
import org.efferent.viz.TaskView;
import org.efferent.viz.TaskWindow;

/**
 * The windows of a live session: what the session's thread hands over every bin, and what the
 * operator asks for. The session's thread calls it and never waits for it.
 */
final class SessionWindow implements AutoCloseable {
  private static final double CURSOR_RADIUS = 0.75;

  private final SessionPlan plan;
  private final TaskWindow window;
  private final TaskScreen screen;
  private final Optional<CopyTyping> typing;
  private int trials;
  private int acquired;

  SessionWindow(SessionPlan plan, String display, boolean fullScreen, SessionDriver driver) {
    this.plan = plan;
    screen = new TaskScreen(plan.task().reach(), CURSOR_RADIUS, plan.task().typedOn());
    typing = plan.task().typing();
    window =
        TaskWindow.open(
            "Efferent: " + plan.task().kind().id(),
            DisplayChoice.parse(display),
            fullScreen,
            Look.DARK,
            what -> driver.command(command(what)));
  }

  private static Command command(Operator what) {
    return switch (what) {
      case PAUSE -> Command.PAUSE;
      case RESUME -> Command.RESUME;
      case STOP -> Command.STOP;
      case EMERGENCY_STOP -> Command.EMERGENCY_STOP;
      case RECENTRE -> Command.RECENTRE;
      case FREEZE -> Command.FREEZE;
      case UNFREEZE -> Command.UNFREEZE;
      case ROLLBACK -> Command.ROLLBACK;
      case NEXT -> Command.NEXT_BLOCK;
    };
  }

  /** Where the task is shown, a sentence. */
  String placement() {
    return window.placement();
  }

  /** Hands over a bin; does not wait for anything to be painted. */
  void accept(CursorSession session) {
    ClosedLoop loop = session.loop();
    loop.ended().filter(t -> loop.phase() == ClosedLoop.Phase.RUNNING).ifPresent(this::count);
    List<Target> choices = loop.choices();
    double x = loop.cursorX();
    double y = loop.cursorY();
    Optional<Target> on = choices.stream().filter(c -> c.contains(x, y)).findFirst();
    boolean running = loop.phase() == ClosedLoop.Phase.RUNNING;
    TaskText text = running ? typing.map(TaskScreen::text).orElse(null) : null;
    window.update(
        new TaskView(
            phase(session.state()),
            detail(session),
            screen.scene(choices, loop.target(), on, loop.held(), x, y),
            text,
            progress(session)));
  }

  /** A warning about features does not hide why nothing moves. */
  private static String detail(CursorSession session) {
    return switch (session.state()) {
      case FAULT -> session.faultReason();
      case EMERGENCY, STALE, STOPPED -> "";
      default -> session.warning();
    };
  }

  private void count(Trial trial) {
    trials++;
    acquired += trial.acquired() ? 1 : 0;
    typing.ifPresent(t -> trial.selected().ifPresent(t::selected));
  }

  private TaskProgress progress(CursorSession session) {
    ClosedLoop loop = session.loop();
    int blocks = plan.task().calibration().size();
    boolean running = loop.phase() == ClosedLoop.Phase.RUNNING;
    return new TaskProgress(
        running ? plan.task().kind().id() : name(loop),
        running ? 0 : loop.block() + 1,
        running ? 0 : blocks,
        Double.NaN,
        trials,
        acquired,
        Double.NaN,
        loop.versions().map(v -> v.current().number()).orElse(0L),
        loop.versions().map(Versions::isFrozen).orElse(false));
  }

  private static String name(ClosedLoop loop) {
    Assist assist = loop.assist();
    return loop.phase() == ClosedLoop.Phase.ASSISTED
        ? String.format(Locale.ROOT, "assist %.1f", assist.amount())
        : "open loop";
  }

  private static TaskPhase phase(SessionState state) {
    return switch (state) {
      case IDLE -> TaskPhase.IDLE;
      case CALIBRATING_OPEN -> TaskPhase.CALIBRATING_OPEN;
      case CALIBRATING_CLOSED -> TaskPhase.CALIBRATING_ASSISTED;
      case TRAINING -> TaskPhase.TRAINING;
      case PAUSED -> TaskPhase.PAUSED;
      case RUNNING -> TaskPhase.RUNNING;
      case EMERGENCY -> TaskPhase.EMERGENCY;
      case STALE -> TaskPhase.STALE;
      case STOPPED -> TaskPhase.STOPPED;
      case FAULT -> TaskPhase.FAULT;
    };
  }

  /** What was drawn. */
  void describe(Map<String, Object> result) {
    result.put("framesQueued", window.queued());
    result.put("framesPainted", window.painted());
    result.put("framesPerSecond", window.framesPerSecond());
  }

  @Override
  public void close() {
    window.close();
  }
}
