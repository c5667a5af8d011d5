package org.efferent.filters.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.calibration.Assist;
import org.efferent.filters.calibration.Versions;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderTraining.Trained;
import org.efferent.filters.loop.VelocityDecoder;
import org.efferent.filters.task.Target;
import org.efferent.filters.task.Trial;

/**
 * A closed-loop session stepped once a bin: the state machine around a {@link ClosedLoop}, with the
 * operator's commands, the watchdog and clicks. It knows no clock but the one that it is given for
 * latencies, which have no effect on it: the same bins with the same commands, and decoders that
 * come into use at the same steps, give the same session to the last bit.
 *
 * <p>Used by one thread.
 *
 * <p>Longer than 300 lines, so that what a bin does and what is recorded of it stand together.
 */
@SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
public final class CursorSession implements AutoCloseable {
  /** Stamps that run ahead of arrivals by more are of another clock, seconds. */
  private static final double LEAP_SECONDS = 10;

  private final ClosedLoop loop;
  private final WatchdogOptions watchdog;
  private final Optional<Clicks> clicks;
  private final double bin;
  private final int channels;
  private final DoubleSupplier clock;
  private final FeatureWatch features;
  private final double[] row;
  private final List<String> events = new ArrayList<>();
  private final Set<SessionState> halted = EnumSet.noneOf(SessionState.class);
  private volatile SessionState state = SessionState.IDLE;
  private boolean started;
  private int late;
  private int fresh;
  private long bins;
  private long lateBins;
  private long stops;
  private long version;
  private boolean click;
  private Target cued;
  private volatile String fault = "";
  private volatile String warning = "";
  private boolean known;
  private double stamp = Double.NaN;
  private double arrival;
  private long clockResets;

  /**
   * A session in IDLE.
   *
   * @param loop what it plays and decodes with; closed with the session
   * @param watchdog what happens when data are late
   * @param clicks how clicks are decoded; empty where staying selects
   * @param binSeconds length of a bin
   * @param labels of the features of a bin
   * @param clock seconds, for latencies alone; the clock of {@link BinInput#arrivalSeconds}
   */
  public CursorSession(
      ClosedLoop loop,
      WatchdogOptions watchdog,
      Optional<Clicks> clicks,
      double binSeconds,
      List<String> labels,
      DoubleSupplier clock) {
    this.loop = loop;
    this.watchdog = watchdog;
    this.clicks = clicks;
    bin = binSeconds;
    channels = labels.size();
    features = new FeatureWatch(labels, binSeconds);
    this.clock = clock;
    row = new double[BinColumns.count() + channels];
  }

  /**
   * Takes a bin.
   *
   * @param input the bin, or the news that none came
   * @return what is recorded of it, {@code [columns]}; overwritten by the next
   * @throws InputException where it has another number of features than the session, or a
   *     calibration's bins do not make a decoder
   */
  public double[] step(BinInput input) {
    if (input.features() != null && input.features().length != channels) {
      throw new InputException(
          "a bin must have as many features as the session began with; features="
              + input.features().length
              + ", session "
              + channels);
    }
    double begun = clock.getAsDouble();
    events.clear();
    input.commands().stream().sorted().forEach(this::obey);
    Target before = loop.target();
    click = false;
    boolean came = input.features() != null;
    watch(came);
    if (came) {
      keepTime(input);
      look(input.features());
    }
    move(input.features());
    double decoded = clock.getAsDouble();
    SessionState was = state;
    state = now();
    tell(was, before);
    record(input, came, before, begun, decoded);
    bins++;
    return row;
  }

  private void obey(Command command) {
    events.add("operator " + command.id());
    switch (command) {
      case START -> started = true;
      case PAUSE -> halted.add(SessionState.PAUSED);
      case RESUME -> halted.removeAll(Set.of(SessionState.PAUSED, SessionState.EMERGENCY));
      case STOP -> halted.add(SessionState.STOPPED);
      case EMERGENCY_STOP -> halted.add(SessionState.EMERGENCY);
      case RECENTRE -> loop.recentre();
      case FREEZE -> loop.versions().ifPresent(v -> v.freeze(true));
      case UNFREEZE -> loop.versions().ifPresent(v -> v.freeze(false));
      case ROLLBACK ->
          loop.versions()
              .filter(Versions::canRollBack)
              .ifPresentOrElse(this::rollBack, () -> events.add("no earlier decoder"));
      case NEXT_BLOCK -> loop.nextBlock();
    }
  }

  private void rollBack(Versions<Trained> versions) {
    versions.rollback().value().decoder().reset();
  }

  /** Counts bins that did not come, and those that came since. */
  private void watch(boolean came) {
    if (!came) {
      late++;
      lateBins++;
      if (watchdog.isStale(late, bin) && !watchdog.isStale(late - 1, bin)) {
        stops++;
      }
      return;
    }
    if (late > 0 && watchdog.isStale(late, bin)) {
      loop.forget();
      clicks.ifPresent(Clicks::reset);
      fresh = (int) Math.round(watchdog.freshSeconds() / bin);
    }
    late = 0;
  }

  /** Counts stamps that went back, or ran ahead of what has passed since the bin before. */
  private void keepTime(BinInput input) {
    double ahead = input.stamp() - stamp;
    if (ahead < -bin || ahead - (input.arrivalSeconds() - arrival) > LEAP_SECONDS) {
      clockResets++;
      events.add(
          String.format(
              Locale.ROOT,
              "clock reset: stamps went %s by %.3f s; the session goes on",
              ahead < 0 ? "back" : "ahead",
              Math.abs(ahead)));
    }
    stamp = input.stamp();
    arrival = input.arrivalSeconds();
  }

  /** Unusable features pause the session once; an operator who resumes it wants it so. */
  private void look(double[] row) {
    boolean unusable =
        features.step(row, loop.versions().map(v -> v.current().value().decoder().zScore()));
    features.news().forEach(news -> events.add("features: " + news));
    known &= unusable;
    if (unusable && !known && started && halted.isEmpty()) {
      known = true;
      halted.add(SessionState.PAUSED);
      events.add("paused: " + features.reason() + ", then resume");
    }
    warning = features.reason().isEmpty() ? features.warning() : features.reason();
  }

  private void move(double[] features) {
    if (!started || !halted.isEmpty()) {
      loop.hold(features);
    } else if (features == null) {
      loop.coast(watchdog.share(late, bin));
    } else if (fresh > 0) {
      fresh--;
      loop.hold(features);
    } else {
      clicks.ifPresent(c -> click = c.step(features, bins * bin));
      boolean running = loop.phase() == ClosedLoop.Phase.RUNNING;
      double share = running && clicks.isPresent() ? clicks.get().share() : 1;
      loop.step(features, click && running, share);
    }
  }

  private SessionState now() {
    if (halted.contains(SessionState.FAULT)) {
      return SessionState.FAULT;
    }
    if (halted.contains(SessionState.STOPPED)) {
      return SessionState.STOPPED;
    }
    if (halted.contains(SessionState.EMERGENCY)) {
      return SessionState.EMERGENCY;
    }
    if (!started) {
      return SessionState.IDLE;
    }
    if (halted.contains(SessionState.PAUSED)) {
      return SessionState.PAUSED;
    }
    if (fresh > 0 || (late > 0 && watchdog.isStale(late, bin))) {
      return SessionState.STALE;
    }
    return switch (loop.phase()) {
      case OPEN -> SessionState.CALIBRATING_OPEN;
      case ASSISTED -> SessionState.CALIBRATING_CLOSED;
      case TRAINING -> SessionState.TRAINING;
      case RUNNING -> SessionState.RUNNING;
    };
  }

  /** What a listener on the marker stream should know. */
  private void tell(SessionState was, Target before) {
    if (was != state) {
      events.add("state " + state.id());
      Assist assist = loop.assist();
      if (state == SessionState.CALIBRATING_CLOSED) {
        events.add(
            String.format(
                Locale.ROOT,
                "assist %s %.2f",
                assist.kind().name().toLowerCase(Locale.ROOT),
                assist.amount()));
      }
    }
    loop.ended()
        .ifPresent(trial -> events.add("trial " + trial.outcome().name().toLowerCase(Locale.ROOT)));
    if (click) {
      events.add("click");
    }
    Target target = loop.target();
    if (started && (!target.equals(before) || cued == null)) {
      cued = target;
      events.add(
          String.format(Locale.ROOT, "target %s %s %s", target.x(), target.y(), target.diameter()));
    }
    long current = loop.versions().map(v -> v.current().number()).orElse(0L);
    if (current != version) {
      version = current;
      events.add("decoder " + current + " " + loop.versions().orElseThrow().current().note());
    } else if (loop.taken()) {
      events.add("decoder refused");
    }
  }

  private void record(BinInput in, boolean came, Target target, double begun, double decoded) {
    Arrays.fill(row, Double.NaN);
    put(BinColumns.BIN, bins);
    put(BinColumns.STAMP, in.stamp());
    put(BinColumns.ARRIVAL, in.arrivalSeconds());
    put(BinColumns.CAME, came ? 1 : 0);
    put(BinColumns.LOST, in.lost());
    put(BinColumns.COMMANDS, Command.bits(in.commands()));
    put(BinColumns.STATE, state.ordinal());
    put(BinColumns.BLOCK, loop.block());
    put(BinColumns.VERSION, version);
    put(BinColumns.TAKEN, loop.taken() ? 1 : 0);
    put(BinColumns.TARGET_X, target.x());
    put(BinColumns.TARGET_Y, target.y());
    put(BinColumns.TARGET_DIAMETER, target.diameter());
    pair(BinColumns.CURSOR_X, loop.place());
    pair(BinColumns.VELOCITY_X, loop.velocity());
    pair(BinColumns.MOVED_X, loop.moved());
    loop.versions().ifPresent(v -> decoder(v.current().value().decoder()));
    put(BinColumns.GUARDS, loop.guards());
    put(BinColumns.ASSIST_KIND, loop.assist().kind() == Assist.Kind.PERPENDICULAR ? 1 : 0);
    put(BinColumns.ASSIST, loop.assist().amount());
    clicks.ifPresent(c -> put(BinColumns.CLICK_POSTERIOR, c.posterior()));
    put(BinColumns.CLICK, click ? 1 : 0);
    put(BinColumns.FROZEN, loop.versions().map(Versions::isFrozen).orElse(false) ? 1 : 0);
    put(BinColumns.WAIT_SECONDS, came ? begun - in.arrivalSeconds() : Double.NaN);
    put(BinColumns.DECODE_SECONDS, decoded - begun);
    put(BinColumns.OUTCOME, loop.ended().map(t -> t.outcome().ordinal() + 1).orElse(0));
    if (came) {
      System.arraycopy(in.features(), 0, row, BinColumns.count(), channels);
    }
  }

  private void decoder(VelocityDecoder decoder) {
    CursorDecoder filter = decoder.decoder();
    decoder.estimate().ifPresent(e -> gaussian(BinColumns.MEAN_X, BinColumns.COVARIANCE_XX, e));
    if (decoder.estimate().isPresent()) {
      filter.regression().ifPresent(f -> gaussian(BinColumns.F_X, BinColumns.Q_XX, f));
    }
    put(BinColumns.FALLBACKS, filter.fallbacks());
    put(BinColumns.REPAIRS, filter.repairs());
  }

  private void gaussian(BinColumns mean, BinColumns covariance, Estimate.Gaussian estimate) {
    for (int i = 0; i < 2; i++) {
      row[mean.ordinal() + i] = estimate.mean(i);
      for (int j = 0; j < 2; j++) {
        row[covariance.ordinal() + 2 * i + j] = estimate.covariance(i, j);
      }
    }
  }

  private void put(BinColumns column, long value) {
    row[column.ordinal()] = (double) value;
  }

  private void put(BinColumns column, double value) {
    row[column.ordinal()] = value;
  }

  private void pair(BinColumns first, double[] values) {
    row[first.ordinal()] = values[0];
    row[first.ordinal() + 1] = values[1];
  }

  /**
   * Ends the session because something broke: the velocity is zero from the next bin on.
   *
   * @param reason one line
   */
  public void fault(String reason) {
    fault = fault.isEmpty() ? reason : fault;
    halted.add(SessionState.FAULT);
    state = SessionState.FAULT;
  }

  /** Why the session is in FAULT; empty otherwise. */
  public String faultReason() {
    return fault;
  }

  /** What is wrong with the features now, one line; empty for nothing. From any thread. */
  public String warning() {
    return warning;
  }

  /** How often the stamps went back, or leapt ahead. */
  public long clockResets() {
    return clockResets;
  }

  /** What it is doing. */
  public SessionState state() {
    return state;
  }

  /** What happened in the last bin, in order: markers for a stream. */
  public List<String> events() {
    return List.copyOf(events);
  }

  /** The trial that the last bin ended. */
  public Optional<Trial> ended() {
    return loop.ended();
  }

  /** The loop, to be looked at between bins. */
  public ClosedLoop loop() {
    return loop;
  }

  /** Bins so far, those that did not come among them. */
  public long bins() {
    return bins;
  }

  /** Bins that did not come. */
  public long lateBins() {
    return lateBins;
  }

  /** How often the watchdog brought the cursor to a stand. */
  public long watchdogStops() {
    return stops;
  }

  @Override
  public void close() {
    loop.close();
  }
}
