package org.efferent.cli;

import java.util.Map;
import org.efferent.acquisition.Disturbances;
import org.efferent.acquisition.UnitsOptions;
import org.efferent.acquisition.UserOptions;
import org.efferent.core.UsageException;
import picocli.CommandLine.Option;

/** Who steers: simulated units, what goes wrong with them, and the person they belong to. */
final class SimulatedUserOptions {
  /** Presets of units. */
  enum Preset {
    /** Baselines of 5 to 15, depths of 0 to 6 spikes a second. */
    DEFAULT,
    /** Baselines of 5 to 20, depths of 0 to 12 spikes a second. */
    HIGH;

    UnitsOptions units() {
      return this == HIGH ? UnitsOptions.HIGH : UnitsOptions.DEFAULTS;
    }
  }

  @Option(
      names = "--preset",
      paramLabel = "default|high",
      description =
          "default: baselines of 5 to 15, depths of 0 to 6 spikes a second; high: 5 to 20, 0 to 12.")
  private Preset preset = Preset.DEFAULT;

  @Option(names = "--units", description = "Poisson units (default: ${DEFAULT-VALUE}).")
  private int units = UnitsOptions.DEFAULTS.units();

  @Option(
      names = "--bin-seconds",
      paramLabel = "S",
      description = "Length of a bin (default: ${DEFAULT-VALUE}).")
  private double binSeconds = UnitsOptions.DEFAULTS.binSeconds();

  @Option(
      names = "--baseline",
      paramLabel = "LOW:HIGH",
      description = "Baselines, uniform, spikes a second (default: the preset's).")
  private String baseline;

  @Option(
      names = "--depth",
      paramLabel = "LOW:HIGH",
      description = "Depths of modulation, uniform, spikes a second (default: the preset's).")
  private String depth;

  @Option(
      names = "--saturating-share",
      paramLabel = "SHARE",
      description = "Share of units whose tuning saturates (default: ${DEFAULT-VALUE}).")
  private double saturatingShare;

  @Option(
      names = "--bump-share",
      paramLabel = "SHARE",
      description =
          "Share of units that fire most at a certain velocity along their preferred direction; what"
              + " is left is cosine-tuned (default: ${DEFAULT-VALUE}).")
  private double bumpShare;

  @Option(
      names = "--bump-width",
      description = "Standard deviation of a bump, in top speeds (default: ${DEFAULT-VALUE}).")
  private double bumpWidth = UnitsOptions.DEFAULTS.bumpWidth();

  @Option(
      names = "--bump-reach",
      description =
          "Centres of bumps are uniform between minus and plus this (default: ${DEFAULT-VALUE}).")
  private double bumpReach = UnitsOptions.DEFAULTS.bumpReach();

  @Option(
      names = "--gain-drift",
      description =
          "Random walk of each unit's log depth: standard deviation after a minute (default:"
              + " ${DEFAULT-VALUE}).")
  private double gainDrift;

  @Option(
      names = "--common-noise",
      paramLabel = "HZ",
      description =
          "Fluctuation that all units share, spikes a second (default: ${DEFAULT-VALUE}).")
  private double commonNoise;

  @Option(
      names = "--disturb-at",
      paramLabel = "S",
      description = "When baselines jump and channels fail (default: ${DEFAULT-VALUE}).")
  private double disturbAt;

  @Option(
      names = "--baseline-jump",
      paramLabel = "HZ",
      description = "Standard deviation of the jump, spikes a second (default: ${DEFAULT-VALUE}).")
  private double baselineJump;

  @Option(
      names = "--lost-share",
      paramLabel = "SHARE",
      description = "Share of units that fall silent (default: ${DEFAULT-VALUE}).")
  private double lostShare;

  @Option(
      names = "--saturated-share",
      paramLabel = "SHARE",
      description = "Share of units that stick at a rate (default: ${DEFAULT-VALUE}).")
  private double saturatedShare;

  @Option(
      names = "--saturated-rate",
      paramLabel = "HZ",
      description = "That rate, spikes a second (default: ${DEFAULT-VALUE}).")
  private double saturatedRate = Disturbances.NONE.saturatedHz();

  @Option(
      names = "--reaction",
      paramLabel = "S",
      description = "From a cue to the first intention towards it (default: ${DEFAULT-VALUE}).")
  private double reaction = UserOptions.DEFAULTS.reactionSeconds();

  @Option(
      names = "--visual-delay",
      paramLabel = "S",
      description = "From a movement to its being seen (default: ${DEFAULT-VALUE}).")
  private double visualDelay = UserOptions.DEFAULTS.visualDelaySeconds();

  @Option(
      names = "--top-speed",
      paramLabel = "CM/S",
      description = "The user's greatest intended speed (default: ${DEFAULT-VALUE}).")
  private double topSpeed = UserOptions.DEFAULTS.topSpeed();

  @Option(
      names = "--slow-radius",
      paramLabel = "CM",
      description = "Distance below which the user slows down (default: ${DEFAULT-VALUE}).")
  private double slowRadius = UserOptions.DEFAULTS.slowRadius();

  @Option(
      names = "--forward-model",
      negatable = true,
      fallbackValue = "true",
      description =
          "The user predicts the cursor over the visual delay from the commands given since"
              + " (default: ${DEFAULT-VALUE}).")
  private boolean forwardModel = true;

  @Option(
      names = "--internal-lag",
      paramLabel = "S",
      description =
          "Time constant with which the user believes the cursor to follow a command (default:"
              + " ${DEFAULT-VALUE}).")
  private double internalLag = UserOptions.DEFAULTS.internalLagSeconds();

  double binSeconds() {
    return binSeconds;
  }

  double topSpeed() {
    return topSpeed;
  }

  UnitsOptions unitsOptions() {
    double[] b = range("--baseline", baseline);
    double[] d = range("--depth", depth);
    UnitsOptions p = preset.units();
    return new UnitsOptions(
        units,
        binSeconds,
        b == null ? p.baselineLowHz() : b[0],
        b == null ? p.baselineHighHz() : b[1],
        d == null ? p.depthLowHz() : d[0],
        d == null ? p.depthHighHz() : d[1],
        saturatingShare,
        bumpShare,
        bumpWidth,
        bumpReach,
        new Disturbances(
            gainDrift,
            commonNoise,
            disturbAt,
            baselineJump,
            lostShare,
            saturatedShare,
            saturatedRate));
  }

  UserOptions userOptions() {
    return new UserOptions(reaction, visualDelay, topSpeed, slowRadius, forwardModel, internalLag);
  }

  private static double[] range(String option, String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 2) {
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(option + " must be two numbers, LOW:HIGH; " + option + "=" + text);
  }

  /** All of it by name, as it was used. */
  void describe(Map<String, Object> all) {
    UnitsOptions u = unitsOptions();
    all.put("preset", preset.name().toLowerCase(java.util.Locale.ROOT));
    all.put("units", u.units());
    all.put("binSeconds", u.binSeconds());
    all.put("baseline", new double[] {u.baselineLowHz(), u.baselineHighHz()});
    all.put("depth", new double[] {u.depthLowHz(), u.depthHighHz()});
    all.put("saturatingShare", u.saturatingShare());
    all.put("bumpShare", u.bumpShare());
    all.put("bumpWidth", u.bumpWidth());
    all.put("bumpReach", u.bumpReach());
    all.put("gainDrift", gainDrift);
    all.put("commonNoise", commonNoise);
    all.put("disturbAt", disturbAt);
    all.put("baselineJump", baselineJump);
    all.put("lostShare", lostShare);
    all.put("saturatedShare", saturatedShare);
    all.put("saturatedRate", saturatedRate);
    all.put("reaction", reaction);
    all.put("visualDelay", visualDelay);
    all.put("topSpeed", topSpeed);
    all.put("slowRadius", slowRadius);
    all.put("forwardModel", forwardModel);
    all.put("internalLag", internalLag);
  }
}
