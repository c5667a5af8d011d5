package org.efferent.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.UsageException;
import org.efferent.filters.calibration.Assist;
import org.efferent.filters.loop.CalibrationBlock;
import org.efferent.filters.loop.ClosedLoop.Finished;
import org.efferent.filters.loop.LoopSetup;
import org.efferent.filters.task.CopyTyping;
import org.efferent.filters.task.GridTargets;
import org.efferent.filters.task.Keyboard;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.RandomTargets;
import org.efferent.filters.task.TaskOptions;
import org.efferent.filters.task.Trial;
import org.efferent.filters.task.TrialBlock;
import picocli.CommandLine.Option;

/**
 * What is played: the task, and the calibration before it. Lengths in centimetres.
 *
 * <p>Longer than 300 lines, most of them options.
 */
final class SimulatedTaskOptions {
  private static final double MOST_CALIBRATION_SECONDS = 180;
  private static final double[] FITTS_DIAMETERS = {1.6, 3.5, 5.6};

  /** The tasks. */
  enum Kind {
    /** Eight targets on a circle, the centre after each. */
    RADIAL8(0.3, 5),
    /** Keys of a grid, any of which can be selected. */
    GRID(0.45, 10),
    /** Targets anywhere. */
    RANDOM(0.3, 5),
    /** Targets anywhere, of several sizes. */
    FITTS(0.5, 10),
    /** Keys that type a text. */
    KEYBOARD(0.45, 10);

    private final double hold;
    private final double timeout;

    Kind(double hold, double timeout) {
      this.hold = hold;
      this.timeout = timeout;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether several places can be selected, so that the cursor must not jump onto one. */
    private boolean choosing() {
      return this == GRID || this == KEYBOARD;
    }
  }

  @Option(
      names = "--task",
      required = true,
      paramLabel = "radial8|grid|random|fitts|keyboard",
      description =
          "radial8: eight targets on a circle, returns to the centre counted; grid: n × n keys, a"
              + " wrong one counts against; random: targets anywhere; fitts: of several sizes;"
              + " keyboard: a text is copied key by key.")
  private Kind task;

  @Option(
      names = "--hold",
      paramLabel = "S",
      description =
          "How long a target must be held; on keys the dwell (default: 0.3; grid and keyboard"
              + " 0.45, fitts 0.5).")
  private Double hold;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "When a trial has failed (default: 5; grid, fitts and keyboard 10).")
  private Double timeout;

  @Option(
      names = "--target-diameter",
      paramLabel = "CM",
      description = "Of radial8 and random (default: ${DEFAULT-VALUE}).")
  private double diameter = 2.4;

  @Option(
      names = "--target-distance",
      paramLabel = "CM",
      description = "Of radial8's targets from the centre (default: ${DEFAULT-VALUE}).")
  private double distance = 12.1;

  @Option(
      names = "--diameters",
      paramLabel = "CM",
      split = ",",
      description = "Of fitts (default: 1.6,3.5,5.6).")
  private double[] diameters = FITTS_DIAMETERS.clone();

  @Option(
      names = "--least-distance",
      paramLabel = "CM",
      description =
          "Of random and fitts: from the cursor to a new target (default: ${DEFAULT-VALUE}).")
  private double leastDistance = 4;

  @Option(
      names = "--side",
      paramLabel = "CM",
      description =
          "Of grid and keyboard, and of where random and fitts place (default: ${DEFAULT-VALUE}).")
  private double side = 24.2;

  @Option(
      names = "--layout",
      paramLabel = "alphabetic|opti",
      description =
          "Of the keyboard: letters in order, or frequent pairs near each other (default: opti).")
  private Keyboard.Layout layout = Keyboard.Layout.OPTI;

  @Option(
      names = "--text",
      description =
          "What the keyboard's user copies, again and again: letters, spaces and , . ' ? (default:"
              + " ${DEFAULT-VALUE}).")
  private String text = "the quick brown fox jumps over the lazy dog.";

  @Option(names = "--keys", description = "Keys a side of the grid (default: ${DEFAULT-VALUE}).")
  private int keys = 6;

  @Option(
      names = "--leave-first",
      negatable = true,
      fallbackValue = "true",
      description =
          "A key on which the cursor rests after a selection must be left before it can be selected"
              + " again (default: ${DEFAULT-VALUE}).")
  private boolean leaveFirst = true;

  @Option(
      names = "--edge",
      paramLabel = "CM",
      description = "Greatest x and y of the cursor (default: ${DEFAULT-VALUE}).")
  private double edge = 18;

  @Option(
      names = "--open-seconds",
      paramLabel = "S",
      description =
          "The calibration's first block, in which the cursor moves by itself (default:"
              + " ${DEFAULT-VALUE}).")
  private double openSeconds = 60;

  @Option(
      names = "--closed-seconds",
      paramLabel = "S",
      description =
          "Each of the calibration's three further blocks, with less and less help (default:"
              + " ${DEFAULT-VALUE}).")
  private double closedSeconds = 40;

  @Option(
      names = "--assist",
      paramLabel = "perpendicular|blend",
      description =
          "Help in these blocks: 80, 50 and 20 %% of the decoded component off the line to the target"
              + " are taken away; or 75, 50 and 25 %% of the velocity point straight at the target"
              + " (default: perpendicular).")
  private Assist.Kind assist = Assist.Kind.PERPENDICULAR;

  Kind kind() {
    return task;
  }

  /** Places that can be selected; 1 where only the cued one can. */
  int choices() {
    return switch (task) {
      case GRID -> keys * keys;
      case KEYBOARD -> keyboard().symbols();
      default -> 1;
    };
  }

  private Keyboard keyboard() {
    return new Keyboard(layout, side);
  }

  /** What is typed on; empty where the task is not typing. */
  Optional<Keyboard> typedOn() {
    return task == Kind.KEYBOARD ? Optional.of(keyboard()) : Optional.empty();
  }

  /** The text with nothing typed yet; empty where the task is not typing. */
  Optional<CopyTyping> typing() {
    return typedOn().map(k -> new CopyTyping(k, text));
  }

  /** Half the side of the square that holds all targets. */
  double reach() {
    return 1.03 * (task == Kind.RADIAL8 ? distance + diameter / 2 : side / 2);
  }

  /** Finished trials, all from the first on, with what they typed where the task is typing. */
  TrialBlock block(String name, List<Finished> finished) {
    List<Trial> trials = finished.stream().map(Finished::trial).toList();
    return new TrialBlock(
        name,
        true,
        choices(),
        finished.stream().map(f -> new TrialBlock.Ended(f.trial(), f.endSeconds())).toList(),
        task == Kind.KEYBOARD ? CopyTyping.keystrokes(keyboard(), text, trials) : List.of());
  }

  double hold() {
    return hold == null ? task.hold : hold;
  }

  double timeout() {
    return timeout == null ? task.timeout : timeout;
  }

  /** The blocks of the calibration. */
  List<CalibrationBlock> calibration() {
    List<CalibrationBlock> blocks = CalibrationBlock.standard(openSeconds, closedSeconds, assist);
    double seconds = blocks.stream().mapToDouble(CalibrationBlock::seconds).sum();
    if (seconds > MOST_CALIBRATION_SECONDS + 1e-9) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "a calibration may last %.0f s at the most; --open-seconds=%s, three times"
                  + " --closed-seconds=%s",
              MOST_CALIBRATION_SECONDS,
              openSeconds,
              closedSeconds));
    }
    return blocks;
  }

  /** What is played while calibrating: always radial-8. */
  LoopSetup calibrationSetup(double binSeconds, double topSpeed) {
    TaskOptions options =
        new TaskOptions(binSeconds, Kind.RADIAL8.hold, Kind.RADIAL8.timeout, true, false);
    return new LoopSetup(
        options, seed -> new RadialTargets(8, distance, diameter, seed), edge, topSpeed);
  }

  /** What is played after it. */
  LoopSetup setup(double binSeconds, double topSpeed) {
    TaskOptions options =
        new TaskOptions(
            binSeconds, hold(), timeout(), !task.choosing(), task.choosing() && leaveFirst);
    return new LoopSetup(
        options,
        seed ->
            switch (task) {
              case RADIAL8 -> new RadialTargets(8, distance, diameter, seed);
              case GRID -> new GridTargets(keys, side, seed);
              case RANDOM -> new RandomTargets(side, new double[] {diameter}, leastDistance, seed);
              case FITTS -> new RandomTargets(side, diameters, leastDistance, seed);
              case KEYBOARD -> new CopyTyping(keyboard(), text);
            },
        edge,
        topSpeed);
  }

  /** What of it has a say in the task at hand, by name, as it was used. */
  void describe(Map<String, Object> all) {
    all.put("hold", hold());
    all.put("timeout", timeout());
    switch (task) {
      case GRID -> {
        all.put("keys", keys);
        all.put("side", side);
        all.put("leaveFirst", leaveFirst);
      }
      case KEYBOARD -> {
        all.put("layout", layout.id());
        all.put("text", keyboard().typeable(text));
        all.put("side", side);
        all.put("leaveFirst", leaveFirst);
      }
      case RANDOM, FITTS -> {
        all.put("side", side);
        all.put("leastDistance", leastDistance);
      }
      case RADIAL8 -> {
        // Its diameter and distance are the calibration's too, and said below.
      }
    }
    if (task == Kind.FITTS) {
      all.put("diameters", diameters);
    }
    all.put("targetDiameter", diameter);
    all.put("targetDistance", distance);
    all.put("edge", edge);
    all.put("assist", assist.name().toLowerCase(Locale.ROOT));
    all.put("openSeconds", openSeconds);
    all.put("closedSeconds", closedSeconds);
  }
}
