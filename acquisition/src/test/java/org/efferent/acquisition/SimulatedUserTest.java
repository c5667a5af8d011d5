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
