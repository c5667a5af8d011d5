package org.efferent.filters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.filters.task.TrialBlock.Ended;
import org.junit.jupiter.api.Test;

class FittsFiguresTest {
  private static final double NEAR = 1e-12;

  /** Straight along x into a target at {@code distance}, entered after {@code bins} of 0.5 s. */
  private static Trial trial(double distance, double width, int bins, double end) {
    double[] x = new double[bins + 2];
    Arrays.fill(x, bins, bins + 2, distance);
    x[bins + 1] = end;
    return new Trial(
        Target.disc(distance, 0, width), Trial.Outcome.ACQUIRED, 0.5, 0.5, x, new double[bins + 2]);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  @Test
  void aConditionASizeByHand() {
    List<Trial> trials = new ArrayList<>();
    // W = 2, D = 6: ID = 2 bits; MT 1, 1, 2 s; ends at 5.5, 6, 6.5: De = 6, SD = 0.5.
    trials.add(trial(6, 2, 2, 5.5));
    trials.add(trial(6, 2, 2, 6));
    trials.add(trial(6, 2, 4, 6.5));
    trials.add(
        new Trial(
            Target.disc(6, 0, 2),
            Trial.Outcome.TIMEOUT,
            0.5,
            0.5,
            new double[] {0, 1},
            new double[2]));
    // W = 1, D = 7: ID = 3 bits; MT 1.5 s; two are too few for an effective width.
    trials.add(trial(7, 1, 3, 7));
    trials.add(trial(7, 1, 3, 7.25));
    FittsFigures f = FittsFigures.of(trials);
    assertThat(f.conditions()).hasSize(2);
    FittsCondition small = f.conditions().get(0);
    assertThat(small.width()).isEqualTo(1);
    assertThat(small.throughput()).isCloseTo(2, within(NEAR));
    assertThat(small.effectiveWidth()).isNaN();
    assertThat(small.effectiveThroughput()).isNaN();
    FittsCondition large = f.conditions().get(1);
    assertThat(large.trials()).isEqualTo(4);
    assertThat(large.acquired()).isEqualTo(3);
    assertThat(large.distance()).isEqualTo(6);
    assertThat(large.difficulty()).isCloseTo(2, within(NEAR));
    assertThat(large.movementSeconds()).isCloseTo(4.0 / 3, within(NEAR));
    assertThat(large.throughput()).as("2, 2, 1").isCloseTo(5.0 / 3, within(NEAR));
    assertThat(large.effectiveDistance()).isEqualTo(6);
    assertThat(large.effectiveWidth()).isCloseTo(4.133 * 0.5, within(NEAR));
    double bits = log2(6 / (4.133 * 0.5) + 1);
    assertThat(large.effectiveDifficulty()).isCloseTo(bits, within(NEAR));
    assertThat(large.effectiveThroughput()).isCloseTo(bits / (4.0 / 3), within(NEAR));
    assertThat(f.throughput()).isCloseTo((2 + 5.0 / 3) / 2, within(NEAR));
    assertThat(f.effectiveThroughput()).isEqualTo(large.effectiveThroughput());
    assertThat(TaskFigures.of(trials, 1).effectiveThroughput()).isEqualTo(f.effectiveThroughput());
    assertThat(f.byName()).containsKeys("slopeSecondsPerBit", "conditions");
  }

  @Test
  void theLineThroughTheTrials() {
    // ID 1, 2, 3 bits in 1, 1.5, 2 s: a = 0.5 s, b = 0.5 s/bit.
    FittsFigures f =
        FittsFigures.of(List.of(trial(2, 2, 2, 2), trial(6, 2, 3, 6), trial(14, 2, 4, 14)));
    assertThat(f.interceptSeconds()).isCloseTo(0.5, within(NEAR));
    assertThat(f.slopeSecondsPerBit()).isCloseTo(0.5, within(NEAR));
    assertThat(f.r2()).isCloseTo(1, within(NEAR));
    // All of one difficulty have no line.
    assertThat(
            FittsFigures.of(List.of(trial(6, 2, 2, 6), trial(6, 2, 3, 6), trial(6, 2, 4, 6)))
                .slopeSecondsPerBit())
        .isNaN();
    assertThat(FittsFigures.of(List.of()).throughput()).isNaN();
  }

  @Test
  void theSessionIsTheBlocksThatCount() {
    Ended first = new Ended(trial(6, 2, 2, 6), 10);
    Ended second = new Ended(trial(6, 2, 4, 6), 20);
    Keystroke key = new Keystroke(60, Keystroke.Effect.RIGHT_TYPED, "a");
    List<TrialBlock> blocks =
        List.of(
            new TrialBlock("open", false, 1, List.of(first, first, first)),
            new TrialBlock("running 1", true, 32, List.of(first), List.of(key)),
            new TrialBlock("running 2", true, 32, List.of(second), List.of(key)));
    TrialBlock session = TrialBlock.session("all", blocks);
    assertThat(session.figures().trials()).isEqualTo(2);
    assertThat(session.choices()).isEqualTo(32);
    assertThat(session.fitts().conditions()).hasSize(1);
    assertThat(session.typing().orElseThrow().correctCharactersPerMinute()).isEqualTo(1);
    assertThat(session.byName()).hasSize(28);
    TrialBlock part = session.between("part", 10, 20);
    assertThat(part.trials()).as("after 10 s, up to 20 s").containsExactly(second);
    assertThat(part.keystrokes()).hasSize(1);
    assertThat(part.choices()).isEqualTo(32);
    assertThat(blocks.get(0).typing()).isEmpty();
    assertThat(blocks.get(0).byName()).hasSize(21);
    assertThatThrownBy(() -> new TrialBlock("x", true, 32, List.of(), List.of(key)))
        .hasMessage("a block of typing has a keystroke a trial; trials=0, keystrokes=1");
  }
}
