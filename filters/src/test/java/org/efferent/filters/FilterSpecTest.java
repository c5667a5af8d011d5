package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.RowRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KALMAN | bandwidth | 1 | a setting must be one of none; filter=kalman, bandwidth=1.0",
        "DKF_NW | k | 1 | a setting must be one of bandwidth (above 0, at most 1e100), qBandwidth"
            + " (above 0, at most 1e100); filter=dkf-nw, k=1.0",
        "DKF_KNN | k | 2.5 | a setting lies out of its range; allowed: k (a whole number from 1),"
            + " qBandwidth (above 0, at most 1e100); k=2.5",
        "DKF_LINEAR | qBandwidth | 0 | a setting lies out of its range; allowed: qBandwidth (above"
            + " 0, at most 1e100); qBandwidth=0.0",
        "DKF_GP | logNoise.0 | NaN | a setting lies out of its range; allowed: logLength.J,"
            + " logSignal.J, logNoise.J (-20 to 20, J the state's dimension from 0), qBandwidth"
            + " (above 0, at most 1e100); logNoise.0=NaN",
        "REFIT | positionDecay | 0.4 | a setting lies out of its range; allowed: positionDecay (0.5"
            + " to 1); positionDecay=0.4",
        "EKF | hidden | 1001 | a setting lies out of its range; allowed: hidden (a whole number from"
            + " 1 to 1000); hidden=1001.0",
        "DKF_MK | bandwidth | 1 | a setting must be one of logLength, logNoise (-20 to 20),"
            + " qBandwidth (above 0, at most 1e100); filter=dkf-mk, bandwidth=1.0",
        "DKF_NN | k | 1 | a setting must be one of hidden (a whole number from 1 to 1000), qBandwidth"
            + " (above 0, at most 1e100); filter=dkf-nn, k=1.0",
      })
  void refusesSettings(FilterKind kind, String name, double value, String message) {
    assertThatThrownBy(() -> FilterSpec.of(kind).with(name, value))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatDoesNotFitTheRows() {
    Simulated data = new Simulated(100, 3, 2, 0, 1);
    FilterSpec knn = FilterSpec.of(FilterKind.DKF_KNN);
    assertUsage(knn.with("k", 71), data, "k must not exceed the f rows; k=71, f rows=70");
    assertUsage(
        knn.withRows(new RowRange(0, 50), new RowRange(50, 101)),
        data,
        "q-rows must be some rows within the training rows; q-rows=50:101, rows=100");
    assertUsage(
        FilterSpec.of(FilterKind.DKF_GP).with("logNoise.2", 0),
        data,
        "a setting's dimension must be below the number of states; setting=logNoise.2, states=2");
    assertUsage(
        knn.withRows(new RowRange(5, 5), new RowRange(50, 100)),
        data,
        "f-rows must be some rows within the training rows; f-rows=5:5, rows=100");
    assertThatThrownBy(() -> FilterKind.of("kalmann"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the filter must be one of kalman, kalman-pv, refit, ekf, ukf, dkf-linear, dkf-nw, dkf-knn,"
                + " dkf-gp, dkf-mk, dkf-nn, gru, best; filter=kalmann");
    assertThat(FilterKind.of("dkf-nw")).isEqualTo(FilterKind.DKF_NW);
  }

  private static void assertUsage(FilterSpec spec, Simulated data, String message) {
    assertThatThrownBy(() -> FilterTraining.train(spec, data.x, data.z))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void refusesTrainingRowsThatCannotBeUsed() {
    FilterSpec kalman = FilterSpec.of(FilterKind.KALMAN);
    Simulated data = new Simulated(50, 3, 2, 0, 1);
    data.x[12][1] = Double.NaN;
    assertInput(
        kalman,
        data,
        "features must be finite (at most 1e100 in size); row=12, column=1, value=NaN; leave such"
            + " rows out of the training rows");
    assertInput(
        kalman,
        new Simulated(3, 3, 2, 0, 1),
        "the state model needs at least 4 rows of 2 states; rows=3");
    Simulated still = new Simulated(50, 3, 2, 0, 1);
    for (double[] row : still.z) {
      row[1] = 2 * row[0];
    }
    assertThatThrownBy(() -> FilterTraining.train(kalman, still.x, still.z))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "the state covariance S must be positive definite: a state that never changes, or that"
                + " follows from the others, cannot be filtered; diagonal=[");
    assertThatThrownBy(() -> FilterTraining.train(kalman, new double[4][3], new double[5][2]))
        .isInstanceOf(InputException.class)
        .hasMessage("features and states must have as many rows; rows=4 and 5");
  }

  private static void assertInput(FilterSpec spec, Simulated data, String message) {
    assertThatThrownBy(() -> FilterTraining.train(spec, data.x, data.z))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
