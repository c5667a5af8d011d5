package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CursorDecoderTest {
  private static final Simulated DATA = new Simulated(400, 4, 2, 0.8, 11);

  private static CursorDecoder train(FilterSpec spec) {
    return FilterTraining.train(spec, DATA.x, DATA.z);
  }

  @ParameterizedTest
  @EnumSource(value = FilterKind.class, mode = EnumSource.Mode.EXCLUDE, names = "BEST")
  void beatsPredictingZeroAndLearnsWhatIsNotGiven(FilterKind kind) {
    Simulated test = DATA;
    CursorDecoder decoder = train(FilterSpec.of(kind));
    double[][] means = new double[test.x.length][];
    for (int t = 0; t < means.length; t++) {
      means[t] = decoder.decode(test.x[t]).mean();
    }
    assertThat(Figures.of(means, test.z).nrmse()).isBetween(0.05, 0.75);
    assertThat(decoder.repairs()).isZero();
    assertThat(decoder.inputs()).isEqualTo(4);
    assertThat(decoder.outputs()).isEqualTo(2);
    assertThat(decoder.hyperparameters().keySet())
        .containsExactly(
            switch (kind) {
              case KALMAN, DKF_LINEAR, GRU, BEST -> new String[0];
              case KALMAN_PV, REFIT -> new String[] {"positionDecay"};
              case DKF_MK -> new String[] {"logLength", "logNoise"};
              case DKF_NN, EKF, UKF ->
                  decoder.hyperparameters().get("bayesian") == 1
                      ? new String[] {"hidden", "bayesian", "effectiveParameters"}
                      : new String[] {"hidden", "bayesian"};
              case DKF_NW -> new String[] {"bandwidth", "qBandwidth"};
              case DKF_KNN -> new String[] {"k"};
              case DKF_GP ->
                  new String[] {
                    "logLength.0", "logSignal.0", "logNoise.0",
                    "logLength.1", "logSignal.1", "logNoise.1"
                  };
            });
  }

  @ParameterizedTest
  @CsvSource({
    "KALMAN, CONSTANT, 1",
    "KALMAN, CONSTANT, 3",
    "DKF_LINEAR, LOCAL, 2",
    "DKF_NW, LOCAL, 1",
    "DKF_NW, CONSTANT, 2",
    "DKF_KNN, LOCAL, 1",
    "DKF_GP, CONSTANT, 1",
    "DKF_GP, LOCAL, 2",
    "KALMAN_PV, CONSTANT, 2",
    "REFIT, CONSTANT, 1",
    "EKF, CONSTANT, 1",
    "UKF, CONSTANT, 2",
    "DKF_MK, CONSTANT, 2",
    "DKF_MK, LOCAL, 1",
    "DKF_NN, CONSTANT, 1",
    "GRU, CONSTANT, 1"
  })
  void aStateRoundTripsToTheSameBits(FilterKind kind, NoiseKind noise, int lags) {
    FilterSpec spec =
        FilterSpec.of(kind)
            .withNoise(noise)
            .withLags(lags)
            .withPolicy(FallbackPolicy.CLIP)
            .withSteadyState(true);
    CursorDecoder one = train(spec);
    CursorDecoder other = CursorDecoder.fromState(one.toState());
    Flint.assertSame(Flint.decode(other, DATA.x), Flint.decode(one, DATA.x), 0);
    assertThat(other.kind()).isEqualTo(kind);
    assertThat(other.policy()).isEqualTo(FallbackPolicy.CLIP);
    assertThat(other.noise()).isEqualTo(noise);
    assertThat(other.lags()).isEqualTo(lags);
    assertThat(other.fallbacks()).isEqualTo(one.fallbacks());
    assertThat(other.hyperparameters()).isEqualTo(one.hyperparameters());
    assertThat(other.toState().metadata()).isEqualTo(one.toState().metadata());
  }

  private static DecoderState changed(DecoderState state, String entry, String value) {
    Map<String, String> metadata = new LinkedHashMap<>(state.metadata());
    metadata.put(entry, value);
    return new DecoderState(state.tensors(), metadata);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version | 2 | a saved decoder's version must be at most 1; version=2: it was saved by a"
            + " newer Efferent, use that one",
        "format | png | a saved decoder's format must be 'efferent-cursor-decoder'; format=png",
        "filter | dkf-xy | a saved decoder's filter must be one that this version knows;"
            + " filter=dkf-xy",
        "policy | bold | a saved decoder's 'policy' must be one of [code, thesis, clip, robust];"
            + " policy=bold",
        "lags | 0 | a saved decoder's 'lags' must be a whole number from 1 to 1000; lags=0",
        "lags | many | a saved decoder's 'lags' must be a whole number from 1 to 1000; lags=many",
        "inputs | 5 | a saved decoder's tensor 'kalman.H' must have the shape [5, 2]; shape=[4, 2]",
        "filter | dkf-nw | a saved decoder must have the tensor 'f.rows'; tensors=[model.A,"
            + " model.Gamma, model.S, kalman.H, kalman.L]",
      })
  void refusesAStateThatIsNotWhatItClaims(String entry, String value, String message) {
    DecoderState state = changed(train(FilterSpec.of(FilterKind.KALMAN)).toState(), entry, value);
    assertThatThrownBy(() -> CursorDecoder.fromState(state))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource(value = FilterKind.class, mode = EnumSource.Mode.EXCLUDE, names = "BEST")
  void valuesThatAreNotFiniteAreHeldAndCounted(FilterKind kind) {
    CursorDecoder decoder = train(FilterSpec.of(kind).withLags(2));
    CursorDecoder clean = CursorDecoder.fromState(decoder.toState());
    double[] bad = {Double.NaN, DATA.x[0][1], Double.POSITIVE_INFINITY, -1e200};
    double[] repaired = {0, DATA.x[0][1], 0, 0};
    double[] later = {1, Double.NaN, 2, 3};
    double[] held = {1, DATA.x[0][1], 2, 3};
    assertThat(decoder.decode(bad).mean()).containsExactly(clean.decode(repaired).mean());
    assertThat(decoder.repairs()).isEqualTo(3);
    assertThat(decoder.decode(later).mean()).containsExactly(clean.decode(held).mean());
    assertThat(decoder.repairs()).isEqualTo(4);
    assertThat(clean.repairs()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = FilterKind.class, mode = EnumSource.Mode.EXCLUDE, names = "BEST")
  void neverSaysWhatIsNotFinite(FilterKind kind) {
    CursorDecoder decoder = train(FilterSpec.of(kind));
    for (double size : new double[] {1e100, -1e100, 1e80, 0, 1e10, 1}) {
      var estimate = decoder.decode(new double[] {size, -size, size, size});
      assertThat(SmallMatrix.isFinite(estimate.mean())).isTrue();
      assertThat(SmallMatrix.isFinite(estimate.covariance())).isTrue();
    }
  }

  @Test
  void historyHoldsTheFirstRowAndGoesBackNewestFirst() {
    InputHistory history = new InputHistory(2, 3);
    assertThat(history.push(new double[] {1, 2}, 0, 0)).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(history.push(new double[] {3, 4}, 0, 0)).containsExactly(3, 4, 1, 2, 1, 2);
    assertThat(history.push(new double[] {9, 5, 6}, 1, 1)).containsExactly(5, 6, 3, 4, 3, 4);
    assertThat(history.push(new double[] {7, 8}, 0, Long.MAX_VALUE))
        .containsExactly(7, 8, 5, 6, 5, 6);
    history.reset();
    assertThat(history.push(new double[] {1, 1}, 0, 5)).containsExactly(1, 1, 1, 1, 1, 1);
  }

  @Test
  void decodesTheLastRowOfAWindow() {
    CursorDecoder a = train(FilterSpec.of(FilterKind.KALMAN));
    CursorDecoder b = train(FilterSpec.of(FilterKind.KALMAN));
    Window window = new Window(2, 4);
    System.arraycopy(DATA.x[7], 0, window.values(), 4, 4);
    assertThat(a.decode(window).mean()).containsExactly(b.decode(DATA.x[7]).mean());
  }

  @Test
  void refusesABinOfAnotherWidth() {
    CursorDecoder decoder = train(FilterSpec.of(FilterKind.KALMAN));
    assertThatThrownBy(() -> decoder.decode(new double[5]))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a bin must have as many features as the decoder was trained on; features=5, trained"
                + " on 4");
  }
}
