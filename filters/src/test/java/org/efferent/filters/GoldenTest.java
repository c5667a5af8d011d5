package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against ../shared/golden/kalman, whose recipe is ../shared/golden/make_kalman.py. */
class GoldenTest {
  private static FilterSpec spec(String name) {
    FilterSpec spec;
    if (name.startsWith("kalman")) {
      return FilterSpec.of(FilterKind.KALMAN);
    } else if (name.startsWith("dkf-nw")) {
      spec = FilterSpec.of(FilterKind.DKF_NW).with("bandwidth", 0.4376).with("qBandwidth", 0.7749);
    } else if (name.startsWith("dkf-knn20")) {
      spec = FilterSpec.of(FilterKind.DKF_KNN).with("k", 20);
    } else if (name.startsWith("dkf-linear")) {
      spec = FilterSpec.of(FilterKind.DKF_LINEAR);
    } else {
      spec =
          FilterSpec.of(FilterKind.DKF_GP)
              .with("logLength.0", 1.319)
              .with("logSignal.0", -2.573)
              .with("logNoise.0", -3.599)
              .with("logLength.1", 1.000)
              .with("logSignal.1", -2.438)
              .with("logNoise.1", -3.463);
    }
    if (name.contains("constq")) {
      spec = spec.withNoise(NoiseKind.CONSTANT);
    }
    String policy = name.substring(name.lastIndexOf('-') + 1).toUpperCase(java.util.Locale.ROOT);
    return spec.withPolicy(FallbackPolicy.valueOf(policy));
  }

  /** The figures are those of expected.json, rounded to five digits. */
  @ParameterizedTest
  @CsvSource({
    "kalman,               0.76469, 0.88821, 0.76367, 0.59870, 0",
    "dkf-nw-code,          0.61844, 0.76326, 0.82946, 0.74809, 69",
    "dkf-nw-thesis,        0.68332, 0.76945, 0.78031, 0.71870, 69",
    "dkf-nw-clip,          0.63403, 0.76274, 0.81892, 0.73043, 69",
    "dkf-nw-robust,        0.72616, 0.77193, 0.80923, 0.74512, 0",
    "dkf-nw-constq-code,   0.60628, 0.77724, 0.82931, 0.76927, 0",
    "dkf-linear-code,      0.80270, 0.91134, 0.74708, 0.60198, 0",
    "dkf-gp-constq-code,   0.58413, 0.79237, 0.84108, 0.79547, 0",
    "dkf-gp-constq-robust, 0.60426, 0.79274, 0.84665, 0.79955, 0",
    "dkf-knn20-constq-code,0.63359, 0.79455, 0.80886, 0.75181, 0",
  })
  void reproducesTrajectoryAndFigures(
      String name, double nrmse, double maae, double r0, double r1, long fallbacks) {
    double[][] expected = Flint.csv("golden/kalman/" + name + ".csv");
    CursorDecoder decoder = Flint.train(spec(name));
    double[][] actual = Flint.decode(decoder, Flint.features(5000, 6000));
    Flint.assertSame(actual, expected, 1e-9);
    Figures figures = Flint.figures(actual);
    assertThat(figures.bins()).isEqualTo(1000);
    assertThat(figures.nrmse()).isCloseTo(nrmse, within(1e-5));
    assertThat(figures.maae()).isCloseTo(maae, within(1e-5));
    assertThat(figures.r()[0]).isCloseTo(r0, within(1e-5));
    assertThat(figures.r()[1]).isCloseTo(r1, within(1e-5));
    assertThat(decoder.fallbacks()).isEqualTo(fallbacks);
    assertThat(decoder.repairs()).isZero();

    decoder.reset();
    Flint.assertSame(Flint.decode(decoder, Flint.features(5000, 6000)), actual, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "dkf-nw-code,    0.63771, 0.81125",
    "dkf-knn20-code, 0.64940, 0.82596",
    "dkf-gp-code,     0.59877, 0.86287",
    "dkf-linear-code,0.75918, 0.94561",
  })
  void reproducesUnfilteredFigures(String name, double nrmse, double maae) {
    DiscriminativeEngine engine = (DiscriminativeEngine) Flint.train(spec(name)).engine();
    double[][] rows = Flint.features(5000, 6000);
    double[][] out = new double[rows.length][2];
    for (int t = 0; t < rows.length; t++) {
      engine.regressor().predict(rows[t], out[t]);
    }
    Figures figures = Flint.figures(out);
    assertThat(figures.nrmse()).isCloseTo(nrmse, within(1e-5));
    assertThat(figures.maae()).isCloseTo(maae, within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"0.8184315678359017, 0.02070607130162912, -0.07131310482401303, 0.7841506159799261"})
  void fitsTheTransitionForwardsInTime(double a, double b, double c, double d) {
    StateModel model = StateModel.fit(Flint.states(0, 5000));
    assertThat(model.transition()).containsExactly(new double[] {a, b, c, d}, within(1e-13));
    assertThat(model.transitionNoise())
        .containsExactly(
            new double[] {
              0.0010277170531791918,
              0.0001325493935515487,
              0.0001325493935515487,
              0.0013797560108055713
            },
            within(1e-15));
    assertThat(model.stateCovariance())
        .containsExactly(
            new double[] {
              0.003120889478977396,
              2.6033856489697978e-05,
              2.6033856489697978e-05,
              0.003616935521585917
            },
            within(1e-15));
  }
}
