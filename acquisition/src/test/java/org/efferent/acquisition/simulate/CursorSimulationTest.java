package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.acquisition.SimulatedUnits;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class CursorSimulationTest {
  private static final SteeringOptions OPTIONS = new SteeringOptions("Test", 6, 0.05, 3, 0.6, 0.5);

  @Test
  void rowsDoNotDependOnHowTheyAreRead() {
    CursorSimulation one = new CursorSimulation(OPTIONS, 5);
    CursorSimulation two = new CursorSimulation(OPTIONS, 5);
    Signals.sameInWhateverPortions(one.states(), two.states(), 1500);
    assertThat(Signals.rows(two.signal(), 700, 3))
        .containsExactly(
            java.util.Arrays.copyOfRange(Signals.rows(one.signal(), 0, 800), 700 * 6, 703 * 6));
  }

  @Test
  void countsFollowTheIntentionThatIsTold() {
    CursorSimulation cursor = new CursorSimulation(OPTIONS, 2);
    SimulatedUnits units = new SimulatedUnits(6, 0.05, 2);
    int rows = 40_000;
    double[] states = Signals.rows(cursor.states(), 0, rows);
    double[] counts = Signals.rows(cursor.signal(), 0, rows);
    for (int u = 0; u < 6; u++) {
      double expected = 0;
      double square = 0;
      double seen = 0;
      for (int i = 0; i < rows; i++) {
        double mean = units.rateHz(u, states[i * 6], states[i * 6 + 1]) * 0.05;
        expected += mean;
        double off = counts[i * 6 + u] - mean;
        square += off * off;
        seen += counts[i * 6 + u];
      }
      // Poisson: sum and squared deviations are both the sum of the means.
      assertThat(seen).isCloseTo(expected, within(4 * Math.sqrt(expected)));
      assertThat(square).isCloseTo(expected, within(0.05 * expected));
    }
  }

  @Test
  void theCursorReachesItsTargets() {
    CursorSimulation cursor = new CursorSimulation(OPTIONS, 1);
    int rows = 20 * 300;
    double[] s = Signals.rows(cursor.states(), 0, rows);
    int reached = 0;
    for (int i = 1; i < rows; i++) {
      int at = i * 6;
      double x = s[at + 2] - s[at - 4];
      double y = s[at + 3] - s[at - 3];
      assertThat(x).isCloseTo(s[at] * 0.6 * 0.05, within(1e-12));
      assertThat(y).isCloseTo(s[at + 1] * 0.6 * 0.05, within(1e-12));
      if (s[at + 4] != s[at - 2] || s[at + 5] != s[at - 1]) {
        reached++;
        assertThat(Math.hypot(s[at - 4] - s[at - 2], s[at - 3] - s[at - 1])).isLessThan(0.075);
      }
    }
    assertThat(reached).isGreaterThan(100);
  }

  @Test
  void theDescriptionHasTheTuning() {
    SimulatedUnits units = new SimulatedUnits(6, 0.05, 3);
    double along =
        units.rateHz(0, Math.cos(units.preferredRadians(0)), Math.sin(units.preferredRadians(0)));
    assertThat(along).isCloseTo(units.baselineHz(0) + units.modulationHz(0), within(1e-9));
    String xml = new CursorSimulation(OPTIONS, 3).signal().lsl().fullXml();
    assertThat(xml)
        .contains(
            "<baseline>" + Double.toString(units.baselineHz(0)).substring(0, 5),
            "<topSpeed>0.6</topSpeed>");
    assertThatThrownBy(() -> new SteeringOptions("Test", 0, 0.05, 3, 0.6, 0.5))
        .isInstanceOf(UsageException.class)
        .hasMessage("units must lie in 1 to 10000; units=0.0");
  }
}
