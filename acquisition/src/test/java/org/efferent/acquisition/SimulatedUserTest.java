package org.efferent.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SimulatedUserTest {

  @Test
  void theSameSeedGivesTheSameSpikesAndAnotherSeedOthers() {
    double[] one = new double[30];
    double[] two = new double[30];
    double[] other = new double[30];
    SimulatedUnits first = new SimulatedUnits(30, 0.05, 4);
    SimulatedUnits second = new SimulatedUnits(30, 0.05, 4);
    SimulatedUnits third = new SimulatedUnits(30, 0.05, 5);
    for (int bin = 0; bin < 10; bin++) {
      first.fire(0.5, -0.5, one);
      second.fire(0.5, -0.5, two);
      third.fire(0.5, -0.5, other);
      assertThat(two).containsExactly(one);
    }
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void spikesFollowTheRateOfTheTuning() {
    SimulatedUnits units = new SimulatedUnits(5, 0.1, 1);
    double[] counts = new double[5];
    double[] sum = new double[5];
    int bins = 20_000;
    for (int bin = 0; bin < bins; bin++) {
      units.fire(1, 0, counts);
      for (int i = 0; i < 5; i++) {
        sum[i] += counts[i];
      }
    }
    for (int i = 0; i < 5; i++) {
      double expected = units.rateHz(i, 1, 0) * 0.1;
      double fourErrors = 4 * Math.sqrt(Math.max(expected, 1e-3) / bins);
      assertThat(sum[i] / bins).isCloseTo(expected, within(fourErrors));
    }
  }

  @Test
  void theUserSeesTheCursorLateAndSlowsDownOnArrival() {
    SimulatedUser user = new SimulatedUser(2, 0.2);
    double[] velocity = new double[2];
    user.intend(0, 0, 1, 0, velocity);
    assertThat(velocity).containsExactly(1, 0);
    user.intend(2, 0, 1, 0, velocity);
    user.intend(2, 0, 1, 0, velocity);
    assertThat(velocity).as("still the first glance").containsExactly(1, 0);
    user.intend(2, 0, 1, 0, velocity);
    assertThat(velocity).as("now the second").containsExactly(-1, 0);
    user.intend(1, 0.1, 1, 0, velocity);
    user.intend(1, 0.1, 1, 0, velocity);
    user.intend(1, 0.1, 1, 0, velocity);
    assertThat(velocity[1]).isCloseTo(-0.5, within(1e-12));
  }

  private static double[] intend(SimulatedUser user, double x, double targetX) {
    double[] velocity = new double[2];
    user.intend(x, 0, targetX, 0, velocity);
    return velocity;
  }

  @Test
  void aNewTargetIsReactedToLate() {
    SimulatedUser user = new SimulatedUser(new UserOptions(0.3, 0, 10, 4, false, 0), 0.1);
    intend(user, 0, 0);
    for (int bin = 0; bin < 3; bin++) {
      assertThat(intend(user, 0, 8)[0]).as("bin %d", bin).isZero();
    }
    assertThat(intend(user, 0, 8)[0]).isEqualTo(1);
  }

  @Test
  void theForwardModelKnowsWhatTheEyesDoNotSeeYet() {
    // The cursor obeys at once: 1 a bin at top speed. Eyes are four bins late.
    SimulatedUser knowing = new SimulatedUser(new UserOptions(0, 0.4, 10, 4, true, 0), 0.1);
    SimulatedUser seeing = new SimulatedUser(new UserOptions(0, 0.4, 10, 4, false, 0), 0.1);
    double x = 0;
    double y = 0;
    double furthest = 0;
    for (int bin = 0; bin < 40; bin++) {
      double before = x;
      double wanted = intend(knowing, x, 10)[0];
      assertThat(wanted).isCloseTo(Math.min(1, (10 - before) / 4), within(1e-9));
      x += wanted;
      y += intend(seeing, y, 10)[0];
      furthest = Math.max(furthest, y);
    }
    assertThat(x).as("arrives without overshoot").isBetween(9.9, 10.0);
    assertThat(furthest).as("late eyes alone overshoot").isGreaterThan(11);
  }

  @Test
  void theInternalLagPredictsACursorThatLags() {
    // A cursor that follows commands with a time constant of 0.2 s.
    double follow = 1 - Math.exp(-0.1 / 0.2);
    SimulatedUser user = new SimulatedUser(new UserOptions(0, 0.4, 10, 4, true, 0.2), 0.1);
    double x = 0;
    double v = 0;
    for (int bin = 0; bin < 40; bin++) {
      double before = x;
      double wanted = intend(user, x, 10)[0];
      double expected = Math.max(-1, Math.min(1, (10 - before) / 4));
      assertThat(wanted).isCloseTo(expected, within(1e-9));
      v += follow * (wanted - v);
      x += v;
    }
  }

  @Test
  void badHabitsAreRefused() {
    assertThatThrownBy(() -> new UserOptions(-1, 0.2, 15, 4, true, 0))
        .hasMessage(
            "the user's delays must lie in 0 to 60 s; reactionSeconds=-1.0, visualDelaySeconds=0.2,"
                + " internalLagSeconds=0.0");
    assertThatThrownBy(() -> new UserOptions(0.2, 0.2, 0, 4, true, 0))
        .hasMessage("topSpeed and slowRadius must be positive; topSpeed=0.0, slowRadius=4.0");
  }

  @Test
  void badSizesAreRefused() {
    assertThatThrownBy(() -> new SimulatedUnits(0, 0.05, 1))
        .hasMessage("units must be at least 1 and binSeconds positive; units=0, binSeconds=0.05");
    assertThatThrownBy(() -> new SimulatedUser(-1, 1))
        .hasMessage(
            "delayBins must not be negative and slowRadius must be positive; delayBins=-1,"
                + " slowRadius=1.0");
  }
}
