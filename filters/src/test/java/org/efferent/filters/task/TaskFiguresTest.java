package org.efferent.filters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures against paths worked out by hand. */
class TaskFiguresTest {
  private static final double NEAR = 1e-12;

  private static Trial trial(Trial.Outcome outcome, double[] x, double[] y) {
    return new Trial(Target.disc(4, 0, 2), outcome, 0.5, 1, x, y);
  }

  /** In, out again, in for good; a bin on either side of the axis. */
  private static Trial wandering() {
    return trial(
        Trial.Outcome.ACQUIRED,
        new double[] {0, 1, 2, 3, 6, 4, 4, 4},
        new double[] {0, 1, -1, 0, 0, 0.5, 0.5, 0.5});
  }

  @Test
  void aTrialByHand() {
    TrialFigures f = TrialFigures.of(wandering());
    assertThat(f.seconds()).isEqualTo(3.5);
    assertThat(f.firstTouchSeconds()).as("bin 3").isEqualTo(1.5);
    assertThat(f.movementSeconds()).as("bin 5").isEqualTo(2.5);
    assertThat(f.dialInSeconds()).isEqualTo(1);
    assertThat(f.reentries()).isEqualTo(1);
    assertThat(f.distance()).isEqualTo(4);
    assertThat(f.difficulty())
        .as("log2(4 / 2 + 1)")
        .isCloseTo(Math.log(3) / Math.log(2), within(NEAR));
    double length = Math.sqrt(2) + Math.sqrt(5) + Math.sqrt(2) + 3 + Math.sqrt(4.25);
    assertThat(f.pathEfficiency()).isCloseTo(Math.sqrt(16.25) / length, within(NEAR));
    // off the axis: 0 1 -1 0 0 0.5
    assertThat(f.axisCrossings()).as("1 to -1, -1 to 0.5").isEqualTo(2);
    assertThat(f.directionChanges()).as("up, down, up").isEqualTo(2);
    assertThat(f.orthogonalChanges()).as("ahead, then back from 6 to 4").isEqualTo(1);
    assertThat(f.error()).isCloseTo(2.5 / 6, within(NEAR));
    assertThat(f.offset()).isCloseTo(0.5 / 6, within(NEAR));
    assertThat(f.variability()).isCloseTo(Math.sqrt((2.25 - 0.25 / 6) / 5), within(NEAR));
    assertThat(f.endAlong()).isEqualTo(4);
  }

  @Test
  void theAngleIsTakenOutsideTheTargetWhileTheCursorMoves() {
    // Straight, at a right angle, standing still, then into the target; one step from within.
    Trial trial =
        trial(
            Trial.Outcome.ACQUIRED,
            new double[] {0, 1, 1, 1, 4, 3.5},
            new double[] {0, 0, 3, 3, 0, 0});
    double last = 0;
    assertThat(TrialFigures.of(trial).angularError())
        .isCloseTo((0 + Math.PI / 2 + last) / 3, within(NEAR));
  }

  @Test
  void aMovementThatIsEndedByAClickRunsToTheClick() {
    double[] x = {0, 2, 4, 4, 4};
    Trial trial = new Trial(Target.disc(4, 0, 2), Trial.Outcome.ACQUIRED, 0.5, 0, x, new double[5]);
    TrialFigures f = TrialFigures.of(trial);
    assertThat(f.firstTouchSeconds()).isEqualTo(1);
    assertThat(f.movementSeconds()).isEqualTo(2);
    assertThat(f.dialInSeconds()).as("from the entry to the click").isEqualTo(1);
    assertThat(f.pathEfficiency()).isEqualTo(1);
  }

  @Test
  void aTrialThatAcquiredNothingHasNoMovementTime() {
    TrialFigures f =
        TrialFigures.of(
            trial(Trial.Outcome.TIMEOUT, new double[] {0, 4, 0}, new double[] {0, 0, 0}));
    assertThat(f.firstTouchSeconds()).isEqualTo(0.5);
    assertThat(f.movementSeconds()).isNaN();
    assertThat(f.dialInSeconds()).isNaN();
    assertThat(f.pathEfficiency()).isNaN();
    assertThat(f.seconds()).isEqualTo(1);
  }

  @Test
  void bitRateOfAGrid() {
    assertThat(TaskFigures.bitRate(36, 30, 10, 60))
        .isCloseTo(Math.log(35) / Math.log(2) * 20 / 60, within(NEAR));
    assertThat(TaskFigures.bitRate(36, 3, 10, 60)).as("not below nothing").isZero();
    assertThat(TaskFigures.bitRate(3, 1, 0, 1)).isEqualTo(1);
  }

  @Test
  void aBlockByHand() {
    Trial quick = trial(Trial.Outcome.ACQUIRED, new double[] {0, 4, 4}, new double[] {0, 0, 0});
    Trial wrong = trial(Trial.Outcome.WRONG, new double[] {0, 9, 9}, new double[] {0, 9, 9});
    Trial late = trial(Trial.Outcome.TIMEOUT, new double[] {0, 0, 1}, new double[] {0, 0, 0});
    List<Trial> trials = List.of(quick, wandering(), wrong, late);
    TaskFigures f = TaskFigures.of(trials, 1);
    assertThat(f.trials()).isEqualTo(4);
    assertThat(f.acquired()).isEqualTo(2);
    assertThat(f.wrong()).isEqualTo(1);
    assertThat(f.timeouts()).isEqualTo(1);
    assertThat(f.success()).isEqualTo(0.5);
    assertThat(f.seconds()).isEqualTo(6.5);
    assertThat(f.medianAcquisitionSeconds()).as("of 1 and 3.5").isEqualTo(2.25);
    assertThat(f.firstTouchSeconds()).isEqualTo(1);
    assertThat(f.dialInSeconds()).isEqualTo(0.5);
    double id = Math.log(3) / Math.log(2);
    assertThat(f.throughput()).isCloseTo((id / 0.5 + id / 2.5) / 2, within(NEAR));
    assertThat(f.bitsPerSecond()).isCloseTo(2 * id / 6.5, within(NEAR));
    assertThat(f.effectiveThroughput()).as("two ends are too few").isNaN();
    assertThat(TaskFigures.of(trials, 36).bitsPerSecond())
        .isCloseTo(Math.log(35) / Math.log(2) / 6.5, within(NEAR));
  }

  @Test
  void effectiveThroughputByHand() {
    // Ends at 3.5, 4, 4.5 along the axis: De = 4, SD = 0.5; each entered at the first bin.
    List<Trial> trials =
        List.of(
            trial(Trial.Outcome.ACQUIRED, new double[] {0, 4, 3.5}, new double[3]),
            trial(Trial.Outcome.ACQUIRED, new double[] {0, 4, 4}, new double[3]),
            trial(Trial.Outcome.ACQUIRED, new double[] {0, 4, 4.5}, new double[3]));
    double width = 4.133 * 0.5;
    assertThat(TaskFigures.of(trials, 1).effectiveThroughput())
        .isCloseTo(Math.log(4 / width + 1) / Math.log(2) / 0.5, within(NEAR));
  }

  @Test
  void noTrialsHaveNoFigures() {
    TaskFigures f = TaskFigures.of(List.of(), 1);
    assertThat(f.trials()).isZero();
    assertThat(f.success()).isNaN();
    assertThat(f.medianAcquisitionSeconds()).isNaN();
    assertThat(f.byName()).hasSize(21).containsKeys("bitsPerSecond", "angularError");
  }

  @Test
  void aTrialNeedsABin() {
    assertThatThrownBy(() -> trial(Trial.Outcome.TIMEOUT, new double[1], new double[1]))
        .hasMessage("a trial has a start and at least one bin; x=1, y=1");
  }
}
