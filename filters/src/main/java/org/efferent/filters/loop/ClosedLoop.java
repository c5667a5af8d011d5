package org.efferent.filters.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.filters.calibration.Acceptance;
import org.efferent.filters.calibration.Assist;
import org.efferent.filters.calibration.Intention;
import org.efferent.filters.calibration.RecursiveMaximumLikelihood;
import org.efferent.filters.calibration.Versions;
import org.efferent.filters.loop.DecoderTraining.Trained;
import org.efferent.filters.task.Cursor;
import org.efferent.filters.task.CursorTask;
import org.efferent.filters.task.Target;
import org.efferent.filters.task.Trial;

/**
 * A cursor session from the first target of its calibration to the last of its task: decodes,
 * assists, moves the cursor, plays the task, trains and adapts the decoder. A state machine that is
 * stepped once a bin; whoever drives it looks at {@link #cursorX}, {@link #cursorY} and {@link
 * #target} before each step.
 *
 * <p>Training happens in a {@link Workshop}: after the last bin of a block the cursor stands until
 * the decoder is there, which in simulated time is within the same step. Used by one thread.
 *
 * <p>Longer than 300 lines, so that all that a bin does is read in one place.
 */
public final class ClosedLoop implements AutoCloseable {
  private static final int VERSIONS = 10;

  /** A decoder that wants to move faster than so many top speeds has diverged. */
  private static final double RUNAWAY = 10;

  /** What the session is doing. */
  public enum Phase {
    /** The cursor moves by itself. */
    OPEN,
    /** The decoder steers with help. */
    ASSISTED,
    /** The cursor stands while a decoder is trained of the block that ended. */
    TRAINING,
    /** The decoder steers alone; trials count. */
    RUNNING
  }

  /**
   * A trial that counts.
   *
   * @param trial itself
   * @param endSeconds when it ended, since the session began
   */
  public record Finished(Trial trial, double endSeconds) {}

  /** What a training made. */
  record Made(
      Trained trained,
      Acceptance.Verdict verdict,
      OpenLoopQuality quality,
      RecursiveMaximumLikelihood statistics,
      KalmanFollowing.Proposal proposal) {}

  private final Workshop<Made> workshop;
  private final LoopOptions options;
  private final DecoderTraining training;
  private final DecoderRecipe recipe;
  private final SplittableRandom random;
  private final double bin;
  private final LoopRows rows = new LoopRows();
  private final List<Finished> finished = new ArrayList<>();
  private final double[] velocity = new double[2];
  private final double[] uncorrected = new double[2];
  private final double[] moved = new double[2];
  private final double[] place = new double[2];
  private final double[] goal = new double[2];
  private Cursor cursor;
  private CursorTask task;
  private Versions<Trained> versions;
  private final KalmanFollowing following;
  private Memory memory;
  private Maintenance maintenance;
  private OpenLoopQuality quality;
  private int block;
  private long blockEnd;
  private long bins;
  private long steps;
  private long guards;
  private boolean taken;
  private Optional<Trial> ended = Optional.empty();

  /**
   * A session whose first target is cued.
   *
   * @param options how it goes
   * @param training makes decoders for the task
   * @param recipe how the training makes them
   * @param seed of the targets
   */
  public ClosedLoop(
      LoopOptions options, DecoderTraining training, DecoderRecipe recipe, long seed) {
    this(options, training, recipe, seed, Workshop.immediate(), null);
  }

  private ClosedLoop(
      LoopOptions options,
      DecoderTraining training,
      DecoderRecipe recipe,
      long seed,
      Workshop<Made> workshop,
      Start start) {
    this.workshop = workshop;
    this.options = options;
    this.training = training;
    this.recipe = recipe;
    random = new SplittableRandom(seed);
    bin = options.setup().task().binSeconds();
    following =
        options
            .adaptation()
            .filter(Adaptation::followsParameters)
            .map(a -> new KalmanFollowing(a, recipe, bin, VERSIONS))
            .orElse(null);
    if (start == null) {
      blockEnd = bins(options.calibration().get(0).seconds());
      play(options.calibrationSetup());
    } else {
      if (options.adaptation().filter(a -> a.kind() == Adaptation.Kind.RML).isPresent()) {
        throw new UsageException(
            "adaptation by rml goes on from the statistics of a calibration, and a decoder that was"
                + " loaded has none; adapt by rows or smooth-batch, or calibrate");
      }
      block = options.calibration().size();
      versions = new Versions<>(start.decoder(), start.note(), VERSIONS);
      if (following != null) {
        following.learned(versions.current().number(), null);
      }
      beginTask();
    }
  }

  private void beginTask() {
    maintenance = new Maintenance(options.upkeep(), rows, bin);
    options.adaptation().filter(a -> !a.followsParameters()).ifPresent(a -> memory = new Memory(a));
    play(options.setup());
  }

  /**
   * A decoder to begin with, so that there is no calibration.
   *
   * @param decoder itself
   * @param note where it came from
   */
  public record Start(Trained decoder, String note) {}

  /**
   * A session that begins with its task, since there is a decoder already; its first step is {@link
   * Phase#RUNNING}. The calibration of the options is not played, and counts as over.
   *
   * @param options how it goes
   * @param training makes decoders for the task, where it adapts
   * @param recipe how the training makes them
   * @param seed of the targets
   * @param start the decoder
   * @return the session, whose first target is cued
   */
  public static ClosedLoop live(
      LoopOptions options, DecoderTraining training, DecoderRecipe recipe, long seed, Start start) {
    return new ClosedLoop(options, training, recipe, seed, Workshop.background(), start);
  }

  /**
   * A session that began with its task and was recorded, once more.
   *
   * @param options how it went
   * @param training made its decoders
   * @param recipe how the training made them
   * @param seed of its targets
   * @param start the decoder that it began with
   * @param taken whether a decoder came into use, or was refused, at a step, from 1
   * @return the session, whose first target is cued
   */
  public static ClosedLoop recorded(
      LoopOptions options,
      DecoderTraining training,
      DecoderRecipe recipe,
      long seed,
      Start start,
      LongPredicate taken) {
    return new ClosedLoop(options, training, recipe, seed, Workshop.recorded(taken), start);
  }

  /**
   * A session that goes on while decoders are trained.
   *
   * @param options how it goes
   * @param training makes decoders for the task
   * @param recipe how the training makes them
   * @param seed of the targets
   * @return the session, whose first target is cued
   */
  public static ClosedLoop live(
      LoopOptions options, DecoderTraining training, DecoderRecipe recipe, long seed) {
    return new ClosedLoop(options, training, recipe, seed, Workshop.background(), null);
  }

  /**
   * A session that was recorded, once more: decoders come into use at the steps at which they did.
   *
   * @param options how it went
   * @param training made its decoders
   * @param recipe how the training made them
   * @param seed of its targets
   * @param taken whether a decoder came into use, or was refused, at a step, from 1
   * @return the session, whose first target is cued
   */
  public static ClosedLoop recorded(
      LoopOptions options,
      DecoderTraining training,
      DecoderRecipe recipe,
      long seed,
      LongPredicate taken) {
    return new ClosedLoop(options, training, recipe, seed, Workshop.recorded(taken), null);
  }

  private void play(LoopSetup setup) {
    cursor = new Cursor(setup.edge());
    task = new CursorTask(setup.task(), setup.targets(random.nextLong()), cursor);
  }

  private long bins(double seconds) {
    return Math.round(seconds / bin);
  }

  /**
   * Takes one bin.
   *
   * @param features of the bin, {@code [channels]}; values that are not finite count as 0
   */
  public void step(double[] features) {
    step(features, false, 1);
  }

  /**
   * Takes one bin in which the user may have clicked.
   *
   * @param features of the bin, {@code [channels]}; values that are not finite count as 0
   * @param click whether what the cursor is on is selected
   * @param share of the decoded velocity that moves the cursor, 0 to 1: less while a click is
   *     likely
   */
  public void step(double[] features, boolean click, double share) {
    Phase phase = phase();
    if (phase == Phase.TRAINING) {
      hold(features);
      return;
    }
    steps++;
    taken = false;
    double[] row = finite(features);
    look();
    Target target = task.target();
    double sinceCue = task.bins() * bin;
    decode(row, true);
    drive(target, sinceCue, share);
    if (phase != Phase.RUNNING || memory != null || following != null) {
      rows.add(row, place[0], place[1], target, sinceCue, uncorrected);
    }
    cursor.move(moved[0], moved[1], bin);
    bins++;
    ended = task.step(click);
    if (phase == Phase.RUNNING) {
      ended.ifPresent(trial -> finished.add(new Finished(trial, seconds())));
      if (memory != null) {
        memory.step();
      }
      if (following != null) {
        follow(sinceCue);
      }
      maintenance.step(versions);
    } else if (bins >= blockEnd) {
      endBlock();
    }
    collect();
  }

  /**
   * Takes a bin in which nothing moves: a pause. The decoder hears the features all the same, so
   * that it has a past when the session goes on; the session's time stands.
   *
   * @param features of the bin, {@code [channels]}; null if there are none
   */
  public void hold(double[] features) {
    steps++;
    taken = false;
    ended = Optional.empty();
    look();
    if (features == null) {
      Arrays.fill(velocity, 0);
    } else {
      decode(finite(features), false);
      if (maintenance != null) {
        maintenance.interrupt(versions);
      }
    }
    Arrays.fill(moved, 0);
    collect();
  }

  /**
   * Takes a bin whose features did not come: where a decoder steers, the cursor goes on as it last
   * did, or slower; the session's time stands.
   *
   * @param share of the last velocity, 0 to 1
   */
  public void coast(double share) {
    steps++;
    taken = false;
    ended = Optional.empty();
    look();
    if (phase() == Phase.OPEN || phase() == Phase.TRAINING) {
      Arrays.fill(moved, 0);
    } else {
      moved[0] = share * velocity[0];
      moved[1] = share * velocity[1];
      assist().apply(moved, place, goal, task.target().diameter() / 2, Double.NaN, moved);
      cursor.move(moved[0], moved[1], bin);
    }
    collect();
  }

  /** Forgets what the decoder heard: after a silence its past is of no use. */
  public void forget() {
    if (versions != null) {
      versions.current().value().decoder().reset();
    }
    if (maintenance != null) {
      maintenance.interrupt(versions);
    }
    Arrays.fill(velocity, 0);
  }

  /** Puts the cursor into the centre; the present trial counts for nothing. */
  public void recentre() {
    cursor.place(0, 0);
    task.abandon();
  }

  /** Ends the present block of the calibration with the next bin. */
  public void nextBlock() {
    if (phase() == Phase.OPEN || phase() == Phase.ASSISTED) {
      blockEnd = bins + 1;
    }
  }

  private void look() {
    place[0] = cursor.x();
    place[1] = cursor.y();
    goal[0] = task.target().x();
    goal[1] = task.target().y();
  }

  /** Decodes; a decoder that runs away is set back to its start, and nothing moves in this bin. */
  private void decode(double[] row, boolean steering) {
    Arrays.fill(velocity, 0);
    Arrays.fill(uncorrected, 0);
    if (versions == null) {
      return;
    }
    VelocityDecoder decoder = versions.current().value().decoder();
    double[] decoded = decoder.step(row, place);
    boolean sound = Math.hypot(decoded[0], decoded[1]) <= RUNAWAY * options.setup().topSpeed();
    Estimate.Gaussian estimate = decoder.estimate().orElseThrow();
    for (int i = 0; i < estimate.dimensions(); i++) {
      sound &= Double.isFinite(estimate.mean(i)) && Double.isFinite(estimate.covariance(i, i));
    }
    if (sound) {
      System.arraycopy(decoded, 0, velocity, 0, 2);
      System.arraycopy(decoded, 0, uncorrected, 0, 2);
      if (maintenance != null) {
        maintenance.correct(velocity, versions, steering);
      }
    } else {
      decoder.reset();
      guards++;
    }
  }

  private static double[] finite(double[] features) {
    double[] row = features.clone();
    for (int c = 0; c < row.length; c++) {
      row[c] = Math.abs(row[c]) <= 1e9 ? row[c] : 0;
    }
    return row;
  }

  /** What moves the cursor in this bin. */
  private void drive(Target target, double sinceCue, double share) {
    switch (phase()) {
      case OPEN -> {
        if (sinceCue < options.reactionSeconds() - 1e-9) {
          Arrays.fill(moved, 0);
        } else {
          Intention.towards(
              place, goal, 0, options.setup().topSpeed(), options.rampDistance(), moved);
        }
      }
      case ASSISTED -> {
        assist().apply(velocity, place, goal, target.diameter() / 2, Double.NaN, moved);
        moved[0] *= share;
        moved[1] *= share;
      }
      case RUNNING -> {
        moved[0] = share * velocity[0];
        moved[1] = share * velocity[1];
      }
      case TRAINING -> Arrays.fill(moved, 0);
    }
  }

  /** Nobody adds to the rows until the decoder is there. */
  private void endBlock() {
    boolean first = quality == null;
    double top = options.setup().topSpeed();
    workshop.begin(
        () -> {
          Trained trained = training.train(rows);
          RecursiveMaximumLikelihood statistics = null;
          if (following != null) {
            statistics = following.statistics(trained, rows, recipe, top);
            DecoderTraining.warm(trained.decoder(), rows, bin);
          }
          return new Made(
              trained,
              null,
              first ? OpenLoopQuality.of(rows, recipe, top) : null,
              statistics,
              null);
        });
  }

  /** A bin for whoever follows a Kalman filter's parameters. */
  private void follow(double sinceCue) {
    if (versions.isFrozen()) {
      following.interrupt();
      return;
    }
    rows.keepLast(1);
    following
        .step(
            versions.current(),
            versions.current().value().decoder().input(),
            rows.label(0, recipe, options.setup().topSpeed()),
            KalmanFollowing.heard(sinceCue, recipe),
            workshop.busy())
        .ifPresent(
            proposal ->
                workshop.begin(
                    () -> {
                      KalmanFollowing.Proposal made = proposal.get();
                      return new Made(null, made.verdict(), null, null, made);
                    }));
  }

  /**
   * A filter that goes on from another decoder than the one in use, which was rolled back to, is
   * refused.
   */
  private void collect(KalmanFollowing.Proposal proposal) {
    Versions.Version<Trained> current = versions.current();
    if (!proposal.verdict().accepted() || proposal.from() != current.number()) {
      versions.refuse();
      return;
    }
    Trained present = current.value();
    Trained next =
        new Trained(
            present.decoder().with(proposal.filter()),
            present.featureSmoothing(),
            proposal.verdict().candidate(),
            proposal.rows());
    if (versions.offer(
        next,
        options.adaptation().orElseThrow().kind().id() + "; " + proposal.verdict().reason())) {
      following.taken(versions.current().number(), proposal);
    }
  }

  /** Puts what a training made into use, if it is there. */
  private void collect() {
    boolean calibrating = phase() == Phase.TRAINING;
    Optional<Made> made;
    try {
      made = workshop.poll(steps);
    } catch (InputException e) {
      if (calibrating) {
        throw e;
      }
      // The memory was too short, or said nothing: the decoder in use stays.
      taken = true;
      versions.refuse();
      return;
    }
    if (made.isEmpty()) {
      return;
    }
    taken = true;
    if (calibrating) {
      nextBlock(made.get());
    } else if (made.get().proposal() != null) {
      collect(made.get().proposal());
    } else if (made.get().verdict().accepted()) {
      versions.offer(made.get().trained(), "adaptation; " + made.get().verdict().reason());
    } else {
      versions.refuse();
    }
  }

  private void nextBlock(Made made) {
    quality = made.quality() == null ? quality : made.quality();
    block++;
    if (versions == null) {
      versions = new Versions<>(made.trained(), "calibration, block 1", VERSIONS);
    } else {
      versions.offer(made.trained(), "calibration, block " + block);
    }
    if (following != null) {
      following.learned(versions.current().number(), made.statistics());
    }
    if (phase() == Phase.RUNNING) {
      beginTask();
    } else {
      blockEnd = bins + bins(options.calibration().get(block).seconds());
      task.abandon();
    }
  }

  /** What adaptation remembers, and when it trains. */
  private final class Memory {
    private static final double STRETCH_SECONDS = 5;
    private static final double HELD_OUT_STEPS = 2;
    private static final double HALF_LIVES = 4;

    /**
     * A new decoder must err by a tenth less: what is merely as good comes from bins that the
     * present one steered, and in an hour of such changes errors of labels near the target add up.
     * Not for a while after channels have fallen silent, when there is need.
     */
    private static final double LEAST_BETTER = 0.9;

    private static final double NEED_SECONDS = 180;

    private final Adaptation adaptation;
    private final int every;
    private final int most;
    private int since;
    private int alive;
    private double needUntil;

    Memory(Adaptation adaptation) {
      this.adaptation = adaptation;
      every = (int) bins(adaptation.everySeconds());
      most = (int) bins(Math.max(300, HALF_LIVES * adaptation.halfLifeSeconds()));
      alive = rows.size() == 0 ? 0 : count(rows.alive(0, rows.size()));
    }

    private static int count(boolean[] marked) {
      int n = 0;
      for (boolean one : marked) {
        n += one ? 1 : 0;
      }
      return n;
    }

    void step() {
      since++;
      if (since < every || workshop.busy() || versions.isFrozen()) {
        return;
      }
      since = 0;
      rows.keepLast(most);
      int n = rows.size();
      int judged = n - every;
      int heldOut = Math.max(n / 2, (int) (n - HELD_OUT_STEPS * every));
      boolean[] used = new boolean[n];
      int stretch = (int) bins(STRETCH_SECONDS);
      for (int end = n; end > 0; end -= stretch) {
        int from = Math.max(0, end - stretch);
        double age = (n - end) * bin;
        boolean kept =
            random.nextDouble() < Math.exp(-Math.log(2) * age / adaptation.halfLifeSeconds());
        Arrays.fill(used, from, end, kept);
      }
      int count = Math.max(1, n / every);
      int[] blocks = new int[count];
      for (int b = 1; b < count; b++) {
        blocks[b] = n - (count - b) * every;
      }
      TrainingRows.Plan plan =
          new TrainingRows.Plan(used, heldOut, judged, blocks, rows.alive(judged, n));
      List<Double> smoothing = List.of(versions.current().value().featureSmoothing());
      int now = count(plan.alive());
      needUntil = now < alive ? seconds() + NEED_SECONDS : needUntil;
      boolean need = seconds() < needUntil;
      double margin = need ? 1 : LEAST_BETTER;
      alive = now;
      LoopRows seen = rows.snapshot();
      Optional<VelocityDecoder.Control> kept =
          need ? Optional.empty() : Optional.of(versions.current().value().decoder().control());
      workshop.begin(
          () -> {
            Trained candidate = training.train(seen, plan, smoothing, kept);
            return new Made(
                candidate,
                Acceptance.DEFAULTS.judge(
                    margin * training.liveError(seen, plan), candidate.angularError()),
                null,
                null,
                null);
          });
    }
  }

  /** What the session is doing. */
  public Phase phase() {
    if (block >= options.calibration().size()) {
      return Phase.RUNNING;
    }
    if (workshop.busy()) {
      return Phase.TRAINING;
    }
    return options.calibration().get(block).open() ? Phase.OPEN : Phase.ASSISTED;
  }

  /** The help in force. */
  public Assist assist() {
    return phase() == Phase.ASSISTED ? options.calibration().get(block).assist() : Assist.NONE;
  }

  /** Where the cursor is. */
  public double cursorX() {
    return cursor.x();
  }

  /** Where the cursor is. */
  public double cursorY() {
    return cursor.y();
  }

  /** What is asked for now. */
  public Target target() {
    return task.target();
  }

  /** All places that can be selected now. */
  public List<Target> choices() {
    return task.choices();
  }

  /** Seconds since the session began. */
  public double seconds() {
    return bins * bin;
  }

  /** The trial that the last bin ended. */
  public Optional<Trial> ended() {
    return ended;
  }

  /** Steps so far, pauses and missing bins among them. */
  public long steps() {
    return steps;
  }

  /** Whether what a training made came into use, or was refused, in the last step. */
  public boolean taken() {
    return taken;
  }

  /** The block of the calibration, from 0; the number of its blocks when it is over. */
  public int block() {
    return block;
  }

  /** Share of the hold that is done, 0 to 1. */
  public double held() {
    return task.held();
  }

  /** How often a decoder that ran away was set back. */
  public long guards() {
    return guards;
  }

  /** What moved the cursor in the last step, {@code [2]}, lengths a second; a copy. */
  public double[] moved() {
    return moved.clone();
  }

  /** Where the cursor was as the last step began, {@code [2]}; a copy. */
  public double[] place() {
    return place.clone();
  }

  /** What was decoded in the last bin, without help, {@code [2]}, lengths a second; a copy. */
  public double[] velocity() {
    return velocity.clone();
  }

  /** Ends what trains in the background. */
  @Override
  public void close() {
    workshop.close();
  }

  /** The trials after the calibration. */
  public List<Finished> finished() {
    return List.copyOf(finished);
  }

  /** The decoders; empty in the first block. */
  public Optional<Versions<Trained>> versions() {
    return Optional.ofNullable(versions);
  }

  /** What single bins say about the intention; empty in the first block. */
  public Optional<OpenLoopQuality> openLoopQuality() {
    return Optional.ofNullable(quality);
  }
}
