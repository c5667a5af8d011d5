package org.efferent.filters.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.efferent.filters.calibration.Acceptance;
import org.efferent.filters.calibration.Assist;
import org.efferent.filters.calibration.Intention;
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
 * <p>Training happens within a step, after the last bin of a block. Used by one thread.
 */
public final class ClosedLoop {
  private static final int VERSIONS = 10;

  /** What the session is doing. */
  public enum Phase {
    /** The cursor moves by itself. */
    OPEN,
    /** The decoder steers with help. */
    ASSISTED,
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

  private final LoopOptions options;
  private final DecoderTraining training;
  private final DecoderRecipe recipe;
  private final SplittableRandom random;
  private final double bin;
  private final LoopRows rows = new LoopRows();
  private final List<Finished> finished = new ArrayList<>();
  private final double[] velocity = new double[2];
  private final double[] moved = new double[2];
  private final double[] place = new double[2];
  private final double[] goal = new double[2];
  private Cursor cursor;
  private CursorTask task;
  private Versions<Trained> versions;
  private Memory memory;
  private OpenLoopQuality quality;
  private int block;
  private long blockEnd;
  private long bins;
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
    this.options = options;
    this.training = training;
    this.recipe = recipe;
    random = new SplittableRandom(seed);
    bin = options.setup().task().binSeconds();
    blockEnd = bins(options.calibration().get(0).seconds());
    play(options.calibrationSetup());
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
    double[] row = finite(features);
    place[0] = cursor.x();
    place[1] = cursor.y();
    Target target = task.target();
    goal[0] = target.x();
    goal[1] = target.y();
    double sinceCue = task.bins() * bin;
    Arrays.fill(velocity, 0);
    if (versions != null) {
      System.arraycopy(versions.current().value().decoder().step(row, place), 0, velocity, 0, 2);
    }
    drive(target, sinceCue);
    if (phase() != Phase.RUNNING || memory != null) {
      rows.add(row, place[0], place[1], target, sinceCue, velocity);
    }
    cursor.move(moved[0], moved[1], bin);
    bins++;
    ended = task.step(false);
    if (phase() == Phase.RUNNING) {
      ended.ifPresent(trial -> finished.add(new Finished(trial, seconds())));
      if (memory != null) {
        memory.step();
      }
    } else if (bins == blockEnd) {
      endBlock();
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
  private void drive(Target target, double sinceCue) {
    switch (phase()) {
      case OPEN -> {
        if (sinceCue < options.reactionSeconds() - 1e-9) {
          Arrays.fill(moved, 0);
        } else {
          Intention.towards(
              place, goal, 0, options.setup().topSpeed(), options.rampDistance(), moved);
        }
      }
      case ASSISTED ->
          assist().apply(velocity, place, goal, target.diameter() / 2, Double.NaN, moved);
      case RUNNING -> System.arraycopy(velocity, 0, moved, 0, 2);
    }
  }

  private void endBlock() {
    if (quality == null) {
      quality = OpenLoopQuality.of(rows, recipe, options.setup().topSpeed());
    }
    block++;
    Trained trained = training.train(rows);
    if (versions == null) {
      versions = new Versions<>(trained, "calibration, block 1", VERSIONS);
    } else {
      versions.offer(trained, "calibration, block " + block);
    }
    if (phase() == Phase.RUNNING) {
      options.adaptation().ifPresent(a -> memory = new Memory(a));
      play(options.setup());
    } else {
      blockEnd += bins(options.calibration().get(block).seconds());
      task.abandon();
    }
  }

  /** What adaptation remembers, and when it trains. */
  private final class Memory {
    private static final double STRETCH_SECONDS = 5;
    private static final double HELD_OUT_STEPS = 2;
    private static final double HALF_LIVES = 4;

    private final Adaptation adaptation;
    private final int every;
    private final int most;
    private int since;

    Memory(Adaptation adaptation) {
      this.adaptation = adaptation;
      every = (int) bins(adaptation.everySeconds());
      most = (int) bins(Math.max(300, HALF_LIVES * adaptation.halfLifeSeconds()));
    }

    void step() {
      since++;
      if (since < every) {
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
      Trained candidate = training.train(rows, plan, smoothing);
      Acceptance.Verdict verdict =
          Acceptance.DEFAULTS.judge(training.liveError(rows, plan), candidate.angularError());
      if (verdict.accepted()) {
        versions.offer(candidate, "adaptation; " + verdict.reason());
      } else {
        versions.refuse();
      }
    }
  }

  /** What the session is doing. */
  public Phase phase() {
    if (block >= options.calibration().size()) {
      return Phase.RUNNING;
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

  /** What was decoded in the last bin, without help, {@code [2]}, lengths a second; a copy. */
  public double[] velocity() {
    return velocity.clone();
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
