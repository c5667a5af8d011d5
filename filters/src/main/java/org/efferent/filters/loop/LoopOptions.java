package org.efferent.filters.loop;

import java.util.List;
import java.util.Optional;
import org.efferent.core.UsageException;

/**
 * How a session goes.
 *
 * @param calibration its blocks, the first one open
 * @param calibrationSetup what is played while calibrating
 * @param setup what is played after it
 * @param rampDistance distance to the target below which the cursor of an open block slows down
 * @param reactionSeconds after a cue for which that cursor waits
 * @param adaptation after the calibration; empty for none
 * @param upkeep after the calibration, without new decoders
 */
public record LoopOptions(
    List<CalibrationBlock> calibration,
    LoopSetup calibrationSetup,
    LoopSetup setup,
    double rampDistance,
    double reactionSeconds,
    Optional<Adaptation> adaptation,
    Upkeep upkeep) {
  /** Checks that it can begin. */
  public LoopOptions {
    calibration = List.copyOf(calibration);
    if (calibration.isEmpty() || !calibration.get(0).open()) {
      throw new UsageException(
          "a calibration begins with an open block: nothing can be decoded before; blocks="
              + calibration.size());
    }
    if (!(rampDistance > 0) || !(reactionSeconds >= 0)) {
      throw new UsageException(
          "the cursor of an open block needs a ramp above 0 and a wait of 0 or more; rampDistance="
              + rampDistance
              + ", reactionSeconds="
              + reactionSeconds);
    }
    if (calibrationSetup.task().binSeconds() != setup.task().binSeconds()) {
      throw new UsageException(
          "calibration and task must have bins of one length; binSeconds="
              + calibrationSetup.task().binSeconds()
              + " and "
              + setup.task().binSeconds());
    }
    if (upkeep.standardises() && adaptation.filter(Adaptation::followsParameters).isPresent()) {
      throw new UsageException(
          "adaptation by "
              + adaptation.get().kind().id()
              + " follows baselines itself, which z-scores by block would move under it; zScoreSeconds="
              + upkeep.zScoreSeconds()
              + ": choose one of them");
    }
  }

  /**
   * A session in which nothing is set right without a new decoder.
   *
   * @param calibration its blocks, the first one open
   * @param calibrationSetup what is played while calibrating
   * @param setup what is played after it
   * @param rampDistance distance to the target below which the cursor of an open block slows down
   * @param reactionSeconds after a cue for which that cursor waits
   * @param adaptation after the calibration; empty for none
   */
  public LoopOptions(
      List<CalibrationBlock> calibration,
      LoopSetup calibrationSetup,
      LoopSetup setup,
      double rampDistance,
      double reactionSeconds,
      Optional<Adaptation> adaptation) {
    this(
        calibration,
        calibrationSetup,
        setup,
        rampDistance,
        reactionSeconds,
        adaptation,
        Upkeep.NONE);
  }

  /** How long the calibration takes, seconds. */
  public double calibrationSeconds() {
    return calibration.stream().mapToDouble(CalibrationBlock::seconds).sum();
  }
}
