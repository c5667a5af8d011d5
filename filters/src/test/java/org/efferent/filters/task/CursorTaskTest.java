package org.efferent.filters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class CursorTaskTest {
  private static final double BIN = 0.1;
  private final Cursor cursor = new Cursor(100);

  /** Targets one after the other, each 2 wide, at x = 10, 20, 10, 20, … */
  private static final class Alternating implements TargetSequence {
    private final List<Target> choices;
    private boolean far;

    Alternating(boolean several) {
      choices = several ? List.of(Target.disc(10, 0, 2), Target.disc(20, 0, 2)) : List.<Target>of();
    }

    @Override
    public Target next(double cursorX, double cursorY) {
      Target target = Target.disc(far ? 20 : 10, 0, 2);
      far = !far;
      return target;
    }

    @Override
    public List<Target> choices() {
      return choices;
    }
  }

  private CursorTask task(boolean several, boolean jump, boolean leaveFirst) {
    return new CursorTask(
        new TaskOptions(BIN, 0.3, 1, jump, leaveFirst), new Alternating(several), cursor);
  }

  private Optional<Trial> at(CursorTask task, double x) {
    cursor.place(x, 0);
    return task.step(false);
  }

  @Test
  void aTargetIsAcquiredInTheBinThatCompletesTheHold() {
    CursorTask task = task(false, false, false);
    assertThat(at(task, 5)).isEmpty();
    assertThat(at(task, 9)).as("the edge belongs to the disc").isEmpty();
    assertThat(task.held()).isEqualTo(1.0 / 3);
    assertThat(at(task, 10)).isEmpty();
    Trial trial = at(task, 11).orElseThrow();
    assertThat(trial.outcome()).isEqualTo(Trial.Outcome.ACQUIRED);
    assertThat(trial.bins()).isEqualTo(4);
    assertThat(trial.x(0)).isZero();
    assertThat(trial.x(4)).isEqualTo(11);
    assertThat(task.target().x()).as("the next one is cued").isEqualTo(20);
    assertThat(task.bins()).isZero();
  }

  @Test
  void aHoldThatIsInterruptedBeginsAnew() {
    CursorTask task = task(false, false, false);
    at(task, 10);
    at(task, 10);
    assertThat(at(task, 8.9)).isEmpty();
    assertThat(task.held()).isZero();
    at(task, 10);
    at(task, 10);
    assertThat(at(task, 10)).isPresent();
  }

  @Test
  void timeoutEndsATrialAndPutsTheCursorOnTheTargetWhereAsked() {
    CursorTask task = task(false, true, false);
    for (int i = 0; i < 9; i++) {
      assertThat(at(task, 0)).isEmpty();
    }
    Trial trial = at(task, 0).orElseThrow();
    assertThat(trial.outcome()).isEqualTo(Trial.Outcome.TIMEOUT);
    assertThat(trial.seconds()).isEqualTo(1);
    assertThat(trial.x(10)).as("the jump is not a part of the trial").isZero();
    assertThat(cursor.x()).isEqualTo(10);

    CursorTask still = task(false, false, false);
    for (int i = 0; i < 10; i++) {
      at(still, 0);
    }
    assertThat(cursor.x()).isZero();
  }

  @Test
  void theLastBinBeforeTheTimeoutCanStillAcquire() {
    CursorTask task = task(false, false, false);
    for (int i = 0; i < 7; i++) {
      at(task, 0);
    }
    at(task, 10);
    at(task, 10);
    assertThat(at(task, 10).orElseThrow().outcome()).isEqualTo(Trial.Outcome.ACQUIRED);
  }

  @Test
  void stayingOnAnotherPlaceIsWrongWhereSeveralCanBeSelected() {
    CursorTask task = task(true, false, false);
    at(task, 20);
    at(task, 20);
    assertThat(at(task, 20).orElseThrow().outcome()).isEqualTo(Trial.Outcome.WRONG);

    CursorTask one = task(false, false, false);
    for (int i = 0; i < 9; i++) {
      assertThat(at(one, 20)).as("only the cued one counts").isEmpty();
    }
  }

  @Test
  void crossingAnotherPlaceDoesNotAddToTheHold() {
    CursorTask task = task(true, false, false);
    at(task, 20);
    at(task, 20);
    at(task, 10);
    assertThat(task.held()).isEqualTo(1.0 / 3);
    at(task, 10);
    assertThat(at(task, 10).orElseThrow().outcome()).isEqualTo(Trial.Outcome.ACQUIRED);
  }

  @Test
  void aCursorThatRestsSelectsAgainUnlessItMustLeaveFirst() {
    CursorTask again = task(true, false, false);
    cursor.place(10, 0);
    for (int i = 0; i < 3; i++) {
      again.step(false);
    }
    again.step(false);
    again.step(false);
    assertThat(again.step(false).orElseThrow().outcome()).isEqualTo(Trial.Outcome.WRONG);

    CursorTask task = task(true, false, true);
    for (int i = 0; i < 3; i++) {
      at(task, 10);
    }
    assertThat(task.target().x()).isEqualTo(20);
    for (int i = 0; i < 5; i++) {
      assertThat(at(task, 10)).isEmpty();
    }
    assertThat(task.held()).isZero();
    at(task, 15);
    at(task, 10);
    at(task, 10);
    assertThat(at(task, 10).orElseThrow().outcome())
        .as("left and entered again")
        .isEqualTo(Trial.Outcome.WRONG);
  }

  @Test
  void aClickSelectsAtOnceAndNothingWhereTheCursorIsOnNothing() {
    CursorTask task = task(true, false, false);
    cursor.place(15, 0);
    assertThat(task.step(true)).isEmpty();
    cursor.place(10, 0);
    Trial trial = task.step(true).orElseThrow();
    assertThat(trial.acquired()).isTrue();
    assertThat(trial.holdSeconds()).isZero();
    cursor.place(10, 0);
    assertThat(task.step(true).orElseThrow().outcome()).isEqualTo(Trial.Outcome.WRONG);
  }

  @Test
  void anAbandonedTrialCountsForNothing() {
    CursorTask task = task(false, false, false);
    at(task, 10);
    at(task, 10);
    task.abandon();
    assertThat(task.target().x()).isEqualTo(20);
    assertThat(task.bins()).isZero();
    assertThat(at(task, 10)).isEmpty();
  }

  @Test
  void theCursorStaysWithinItsSquareAndIgnoresVelocitiesThatAreNoNumbers() {
    Cursor small = new Cursor(1);
    small.move(5, Double.NaN, 0.1);
    assertThat(small.x()).isEqualTo(0.5);
    assertThat(small.y()).isZero();
    small.move(50, -50, 0.1);
    assertThat(small.x()).isEqualTo(1);
    assertThat(small.y()).isEqualTo(-1);
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> new TaskOptions(0.02, 0, 5, true, false))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a task needs bins of at most 1 s, a positive hold and a timeout of a bin to an hour;"
                + " binSeconds=0.02, holdSeconds=0.0, timeoutSeconds=5.0");
    assertThatThrownBy(() -> Target.disc(0, Double.NaN, 1))
        .hasMessage(
            "a target has a place and a positive size; x=0.0, y=NaN, width=1.0, height=1.0");
    assertThatThrownBy(() -> new Cursor(0)).hasMessage("the cursor needs room; edge=0.0");
  }
}
