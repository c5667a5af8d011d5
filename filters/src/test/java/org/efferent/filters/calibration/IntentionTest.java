package org.efferent.filters.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class IntentionTest {
  private static final double[] TARGET = {3, 4};

  @Test
  void aVelocityIsRotatedToTheTargetAndKeepsItsSpeed() {
    double[] out = {-2, 0};
    Intention.relabel(out, new double[] {0, 0}, TARGET, 1, out);
    assertThat(out).containsExactly(new double[] {1.2, 1.6}, within(1e-15));
  }

  @Test
  void onTheTargetNothingIsIntended() {
    double[] out = {7, 7};
    Intention.relabel(new double[] {1, 1}, new double[] {3, 3}, TARGET, 1, out);
    assertThat(out).containsExactly(0, 0);
    Intention.relabel(new double[] {1, 1}, TARGET, TARGET, 0, out);
    assertThat(out).containsExactly(0, 0);
    Intention.relabel(new double[] {1, 1}, new double[] {3, 2.9}, TARGET, 1, out);
    assertThat(out[1]).isCloseTo(Math.sqrt(2), within(1e-15));
  }

  @Test
  void theSpeedByRuleFallsNearTheTarget() {
    double[] out = new double[2];
    Intention.towards(new double[] {0, 0}, TARGET, 1, 15, 4, out);
    assertThat(out).containsExactly(new double[] {9, 12}, within(1e-14));
    Intention.towards(new double[] {3, 2}, TARGET, 1, 15, 4, out);
    assertThat(out).containsExactly(new double[] {0, 7.5}, within(1e-14));
    Intention.towards(new double[] {3, 2}, TARGET, 1, 15, 0, out);
    assertThat(out).containsExactly(new double[] {0, 15}, within(1e-14));
    assertThatThrownBy(() -> Intention.towards(TARGET, TARGET, 1, 0, 4, out))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "an intention needs a speed above 0 and a ramp of 0 or more; speed=0.0, ramp=4.0");
  }

  @Test
  void manyBinsAtOnce() {
    double[][] labels =
        Intention.relabel(
            new double[][] {{0, 5}, {1, 0}},
            new double[][] {{0, 0}, {3, 4}},
            new double[][] {TARGET, TARGET},
            new double[] {1, 1});
    assertThat(labels[0]).containsExactly(new double[] {3, 4}, within(1e-14));
    assertThat(labels[1]).containsExactly(0, 0);
    assertThatThrownBy(
            () ->
                Intention.relabel(
                    new double[2][2], new double[1][2], new double[2][2], new double[2]))
        .isInstanceOf(InputException.class)
        .hasMessage("decoded velocities and cursor positions must have as many rows; rows=2 and 1");
  }

  @Test
  void attenuationTakesAwayWhatLeadsPastTheTarget() {
    double[] out = new double[2];
    Assist.perpendicular(0.8)
        .apply(new double[] {2, 1}, new double[] {0, 0}, new double[] {10, 0}, 1, Double.NaN, out);
    assertThat(out).containsExactly(new double[] {2, 0.2}, within(1e-15));
    Assist.perpendicular(1)
        .apply(new double[] {-2, 1}, new double[] {0, 0}, new double[] {10, 0}, 1, Double.NaN, out);
    assertThat(out).as("backwards stays").containsExactly(-2, 0);
    Assist.perpendicular(0.8)
        .apply(new double[] {2, 1}, new double[] {9.5, 0}, new double[] {10, 0}, 1, 9, out);
    assertThat(out).as("on the target").containsExactly(2, 1);
  }

  @Test
  void aBlendLeadsToTheTarget() {
    double[] from = {0, 0};
    double[] to = {10, 0};
    double[] out = {0, 5};
    Assist.blend(0.5).apply(out, from, to, 1, Double.NaN, out);
    assertThat(out).containsExactly(2.5, 2.5);
    Assist.blend(1).apply(new double[] {0, 0}, from, to, 1, 15, out);
    assertThat(out).as("whatever is decoded").containsExactly(15, 0);
    Assist.blend(0.75).apply(new double[] {4, 4}, to, to, 1, 15, out);
    assertThat(out).as("slows on the target").containsExactly(1, 1);
    Assist.NONE.apply(new double[] {4, 3}, from, to, 1, 15, out);
    assertThat(out).containsExactly(4, 3);
  }

  @Test
  void aBlendFades() {
    assertThat(Assist.fading(-1, 60).amount()).isEqualTo(1);
    assertThat(Assist.fading(45, 60).amount()).isEqualTo(0.25);
    assertThat(Assist.fading(61, 60).amount()).isEqualTo(0);
    assertThat(Assist.PERPENDICULAR_BLOCKS.stream().map(Assist::amount))
        .containsExactly(0.8, 0.5, 0.2);
    assertThatThrownBy(() -> Assist.blend(1.5))
        .isInstanceOf(UsageException.class)
        .hasMessage("an assist needs a kind and an amount of 0 to 1; kind=BLEND, amount=1.5");
    assertThatThrownBy(() -> Assist.fading(1, 0))
        .hasMessage("a fading assist needs a duration above 0; duration=0.0");
  }
}
