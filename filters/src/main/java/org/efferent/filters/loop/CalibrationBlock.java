package org.efferent.filters.loop;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.UsageException;
import org.efferent.filters.calibration.Assist;

/**
 * A stretch of a calibration. After each a decoder is trained on all bins so far.
 *
 * @param seconds how long it lasts
 * @param open whether the cursor goes to the targets by itself and the user imagines steering it
 * @param assist how a decoded velocity is helped; no matter to an open block
 */
public record CalibrationBlock(double seconds, boolean open, Assist assist) {
  /** A calibration may not last longer, seconds. */
  public static final double LONGEST = 3600;

  /** Checks the length. */
  public CalibrationBlock {
    if (!(seconds > 0 && seconds <= LONGEST) || assist == null) {
      throw new UsageException(
          "a block of a calibration lasts above 0 to 3600 s and has an assist; seconds="
              + seconds
              + ", assist="
              + assist);
    }
  }

  /**
   * An open block and one of closed loop for each of the assists 80, 50 and 20 % off the
   * perpendicular component (Brandman et al. 2018).
   *
   * @param openSeconds of the first block
   * @param closedSeconds of each further block
   * @return four blocks
   */
  public static List<CalibrationBlock> standard(double openSeconds, double closedSeconds) {
    return standard(openSeconds, closedSeconds, Assist.Kind.PERPENDICULAR);
  }

  /**
   * An open block and three of closed loop with less and less help.
   *
   * @param openSeconds of the first block
   * @param closedSeconds of each further block
   * @param kind of the help: 80, 50 and 20 % off the perpendicular component, or 75, 50 and 25 % of
   *     the velocity straight to the target
   * @return four blocks
   */
  public static List<CalibrationBlock> standard(
      double openSeconds, double closedSeconds, Assist.Kind kind) {
    List<CalibrationBlock> blocks = new ArrayList<>();
    blocks.add(new CalibrationBlock(openSeconds, true, Assist.NONE));
    for (Assist assist : kind.blocks()) {
      blocks.add(new CalibrationBlock(closedSeconds, false, assist));
    }
    return List.copyOf(blocks);
  }
}
