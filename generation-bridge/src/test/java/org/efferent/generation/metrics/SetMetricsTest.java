package org.efferent.generation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetMetricsTest {
  private static final Resampling FEW = new Resampling(500, 2000, 0.95, 7);

  private static Features noise(int rows, int dimensions, double shift, double scale, long seed) {
    Random random = new Random(seed);
    double[] values = new double[rows * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = shift + scale * random.nextGaussian();
    }
    return new Features(rows, dimensions, values);
  }

  private static Features mix(Features a, Features b, double share) {
    double[] values = new double[a.rows() * a.dimensions()];
    for (int i = 0; i < values.length; i++) {
      int r = i / a.dimensions();
      int d = i % a.dimensions();
      values[i] = share * a.get(r, d) + (1 - share) * b.get(r, d);
    }
    return new Features(a.rows(), a.dimensions(), values);
  }

  @Test
  void identificationCountsAsItsDefinition() {
    Features stimuli = noise(12, 6, 0, 1, 1);
    Features pictures = mix(stimuli, noise(12, 6, 0, 1, 2), 0.4);
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      double own = Correlation.of(stimuli.row(i), pictures.row(i));
      for (int j = 0; j < 12; j++) {
        sum += j != i && Correlation.of(stimuli.row(j), pictures.row(i)) < own ? 1 : 0;
      }
    }
    TwoWayIdentification result = TwoWayIdentification.of(stimuli, pictures, FEW);
    assertThat(result.accuracy().value()).isCloseTo(sum / (12 * 11), within(1e-12));
    assertThat(result.accuracy().value()).isBetween(0.55, 0.99);
    assertThat(result.accuracy().low()).isLessThan(result.accuracy().value());
    assertThat(result.accuracy().high()).isGreaterThan(result.accuracy().value());
    assertThat(result.pictures()).isEqualTo(12);
    assertThat(TwoWayIdentification.of(stimuli, pictures, FEW)).isEqualTo(result);
  }

  @Test
  void goodPicturesAreIdentifiedAndNoiseIsNot() {
    Features stimuli = noise(60, 32, 0, 1, 3);
    TwoWayIdentification good =
        TwoWayIdentification.of(stimuli, mix(stimuli, noise(60, 32, 0, 1, 4), 0.4), FEW);
    assertThat(good.accuracy().low()).isGreaterThan(0.9);
    assertThat(good.pValue()).isCloseTo(1 / 2001.0, within(1e-12));
    TwoWayIdentification none = TwoWayIdentification.of(stimuli, noise(60, 32, 0, 1, 5), FEW);
    assertThat(none.chance().value()).isCloseTo(0.5, within(0.01));
    assertThat(none.chance().low()).isLessThan(none.accuracy().value());
    assertThat(none.pValue()).isGreaterThan(0.05);
  }

  @Test
  void aTieIsWrong() {
    Features one = new Features(2, 2, new double[] {0, 1, 0, 1});
    TwoWayIdentification result = TwoWayIdentification.of(one, one, FEW);
    assertThat(result.accuracy().value()).isZero();
    assertThat(result.pValue()).isEqualTo(1);
  }

  @Test
  void refusesVectorsThatCorrelateWithNothing() {
    Features flat = new Features(2, 2, new double[] {0, 1, 3, 3});
    assertThatThrownBy(() -> TwoWayIdentification.of(flat, flat, FEW))
        .hasMessage("a vector with one value everywhere correlates with nothing; row=1, value=3.0");
    assertThatThrownBy(
            () -> TwoWayIdentification.of(flat, new Features(1, 2, new double[] {0, 1}), FEW))
        .hasMessage(
            "two-way identification needs two pictures or more, each with its stimulus;"
                + " stimuli=2, pictures=1");
    assertThatThrownBy(() -> new Features(1, 2, new double[] {0, Double.NaN}))
        .hasMessage("features must be finite; row=0, dimension=1, value=NaN");
  }

  @Test
  void frechetOfNormalsInOneDimensionFollowsTheClosedForm() {
    // (μ₁ − μ₂)² + (σ₁ − σ₂)²
    Features a = new Features(4, 1, new double[] {1, 2, 3, 6});
    Features b = new Features(3, 1, new double[] {10, 14, 18});
    double sigmaA = Math.sqrt(14.0 / 3);
    double expected = 11 * 11 + (4 - sigmaA) * (4 - sigmaA);
    assertThat(FrechetDistance.squared(a, b)).isCloseTo(expected, within(1e-9));
    assertThat(FrechetDistance.squared(a, a)).isCloseTo(0, within(1e-9));
  }

  @Test
  void frechetTurnsWithTheAxesAndAgreesBetweenFewAndManyRows() {
    Features many = noise(40, 5, 0, 1, 8);
    Features moved = noise(50, 5, 0.7, 2, 9);
    double distance = FrechetDistance.squared(many, moved);
    // The same points in twelve dimensions, seven of them empty and all turned: for forty rows the
    // covariance is taken apart, for ten its centred rows stand for it.
    assertThat(FrechetDistance.squared(turned(many), turned(moved)))
        .isCloseTo(distance, within(1e-8));
    Features ten = noise(10, 5, 0, 1, 10);
    double small = FrechetDistance.squared(ten, moved);
    assertThat(FrechetDistance.squared(turned(ten), turned(moved))).isCloseTo(small, within(1e-8));
    assertThat(FrechetDistance.squared(moved, ten)).isCloseTo(small, within(1e-8));
  }

  @Test
  void frechetInTwoDimensionsFollowsTheClosedForm() {
    Features a = new Features(4, 2, new double[] {0, 0, 4, 1, 1, 3, 7, 2});
    Features b = new Features(5, 2, new double[] {1, 9, 2, 4, 5, 5, 3, 1, 0, 2});
    double[] s = covariance(a);
    double[] t = covariance(b);
    // Of two by two, tr M^½ = √(tr M + 2 √det M).
    double trace = s[0] * t[0] + 2 * s[1] * t[1] + s[2] * t[2];
    double det = (s[0] * s[2] - s[1] * s[1]) * (t[0] * t[2] - t[1] * t[1]);
    double means = Math.pow(3 - 2.2, 2) + Math.pow(1.5 - 4.2, 2);
    double expected = means + s[0] + s[2] + t[0] + t[2] - 2 * Math.sqrt(trace + 2 * Math.sqrt(det));
    assertThat(FrechetDistance.squared(a, b)).isCloseTo(expected, within(1e-9));
  }

  /** xx, xy, yy. */
  private static double[] covariance(Features in) {
    double[] mean = new double[2];
    for (int r = 0; r < in.rows(); r++) {
      mean[0] += in.get(r, 0) / in.rows();
      mean[1] += in.get(r, 1) / in.rows();
    }
    double[] out = new double[3];
    for (int r = 0; r < in.rows(); r++) {
      double x = in.get(r, 0) - mean[0];
      double y = in.get(r, 1) - mean[1];
      out[0] += x * x / (in.rows() - 1);
      out[1] += x * y / (in.rows() - 1);
      out[2] += y * y / (in.rows() - 1);
    }
    return out;
  }

  /** Twelve dimensions, by turns in planes. */
  private static Features turned(Features in) {
    double[] out = new double[in.rows() * 12];
    for (int r = 0; r < in.rows(); r++) {
      double[] row = new double[12];
      System.arraycopy(in.row(r), 0, row, 0, in.dimensions());
      for (int i = 0; i < 11; i++) {
        double c = Math.cos(0.3 + i);
        double s = Math.sin(0.3 + i);
        double kept = row[i];
        row[i] = c * kept - s * row[i + 1];
        row[i + 1] = s * kept + c * row[i + 1];
      }
      System.arraycopy(row, 0, out, r * 12, 12);
    }
    return new Features(in.rows(), 12, out);
  }

  @Test
  void randomPairingsAverageOverAllPairsAndAskEachOnce() {
    Set<Integer> asked = new HashSet<>();
    Interval baseline =
        RandomPairings.of(
            5,
            (stimulus, picture) -> {
              assertThat(asked.add(5 * stimulus + picture)).isTrue();
              return stimulus == picture ? 1 : 0;
            },
            FEW);
    // A random permutation has one fixed point on average: a fifth.
    assertThat(baseline.value()).isCloseTo(0.2, within(0.02));
    assertThat(baseline.low()).isZero();
    assertThat(baseline.high()).isBetween(0.4, 0.8);
    assertThat(asked).hasSize(25);
    assertThatThrownBy(() -> RandomPairings.of(2, (s, p) -> Double.NaN, FEW))
        .hasMessageStartingWith("the figure of a pair must be finite; stimulus=");
  }
}
