package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Random numbers by position, and noise of a given spectrum. */
class NoiseTest {

  @Test
  void deviatesAreTheSameInARowAndOneByOne() {
    for (long from : new long[] {-7, -2, 0, 3, 1L << 40}) {
      double[] row = new double[12];
      Draws.gaussians(5, from, row, 1, 10);
      for (int i = 0; i < 10; i++) {
        assertThat(row[1 + i]).isEqualTo(Draws.gaussian(5, from + i));
      }
      assertThat(row[0]).isZero();
      assertThat(row[11]).isZero();
    }
    assertThat(Draws.gaussian(5, 0)).isNotEqualTo(Draws.gaussian(6, 0));
    assertThat(Draws.key(1, "a")).isNotEqualTo(Draws.key(1, "b")).isNotEqualTo(Draws.key(2, "a"));
  }

  /** Kept so that a seed means the same tomorrow. */
  @Test
  void aSeedMeansTheSameForEver() {
    assertThat(Draws.uniform(Draws.key(7, "blinks"), 3)).isEqualTo(0.8011900120276823);
    assertThat(Draws.gaussian(Draws.key(7, "blinks"), 3)).isEqualTo(-0.6629456701260764);
  }

  @Test
  void deviatesAreNormalAndIndependent() {
    int n = 200_000;
    double[] x = new double[n];
    Draws.gaussians(Draws.key(3, "test"), -n / 2, x, 0, n);
    assertThat(Signals.mean(x)).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(Signals.rms(x)).isCloseTo(1, within(4 / Math.sqrt(2 * n)));
    double fourth = Arrays.stream(x).map(v -> v * v * v * v).average().orElseThrow();
    assertThat(fourth).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
    assertThat(Arrays.stream(x).filter(v -> v > 1.959964).count() / (double) n)
        .isCloseTo(0.025, within(0.0015));
    double[] later = Arrays.copyOfRange(x, 1, n);
    assertThat(Signals.correlation(Arrays.copyOf(x, n - 1), later))
        .isCloseTo(0, within(4 / Math.sqrt(n)));
    double[] other = new double[n];
    Draws.gaussians(Draws.key(4, "test"), -n / 2, other, 0, n);
    assertThat(Signals.correlation(x, other)).isCloseTo(0, within(4 / Math.sqrt(n)));
  }

  @Test
  void theTransformIsThatOfItsDefinition() {
    double[] re = new double[32];
    double[] im = new double[32];
    Draws.gaussians(1, 0, re, 0, 32);
    Draws.gaussians(2, 0, im, 0, 32);
    double[] a = re.clone();
    double[] b = im.clone();
    Fft fft = new Fft(32);
    fft.forward(a, b);
    for (int k = 0; k < 32; k++) {
      double x = 0;
      double y = 0;
      for (int n = 0; n < 32; n++) {
        double angle = -2 * Math.PI * k * n / 32;
        x += re[n] * Math.cos(angle) - im[n] * Math.sin(angle);
        y += re[n] * Math.sin(angle) + im[n] * Math.cos(angle);
      }
      assertThat(a[k]).isCloseTo(x, within(1e-12));
      assertThat(b[k]).isCloseTo(y, within(1e-12));
    }
    fft.inverse(a, b);
    assertThat(a).containsExactly(re, within(1e-13));
    assertThat(b).containsExactly(im, within(1e-13));
  }

  private static double[] fill(ColouredNoise noise, long from, int count) {
    double[] x = new double[count];
    noise.fill(from, count, x, null);
    return x;
  }

  @Test
  void aSampleOfNoiseDoesNotDependOnWhatElseIsRead() {
    ColouredNoise whole = ColouredNoise.of(9, 200, 1, hz -> 1 / (1 + hz));
    ColouredNoise parts = ColouredNoise.of(9, 200, 1, hz -> 1 / (1 + hz));
    double[] all = fill(whole, -300, 1500);
    for (int i = 1499; i >= 0; i -= 7) {
      assertThat(fill(parts, i - 300, 1)[0]).isEqualTo(all[i]);
    }
    assertThat(fill(parts, -100, 900)).containsExactly(Arrays.copyOfRange(all, 200, 1100));
  }

  @Test
  void twoNoisesAreTwo() {
    ColouredNoise two = ColouredNoise.twoOf(9, 200, 1, hz -> 1 / (1 + hz));
    double[] first = new double[20_000];
    double[] second = new double[20_000];
    two.fill(-300, 20_000, first, second);
    ColouredNoise one = ColouredNoise.of(9, 200, 1, hz -> 1 / (1 + hz));
    assertThat(first).containsExactly(fill(one, -300, 20_000), within(1e-12));
    assertThat(Signals.rms(second)).isCloseTo(1, within(0.1));
    assertThat(Signals.correlation(first, second)).isCloseTo(0, within(0.1));
    double[] late = new double[5];
    ColouredNoise.twoOf(9, 200, 1, hz -> 1 / (1 + hz)).fill(9_000, 5, new double[5], late);
    assertThat(late).containsExactly(Arrays.copyOfRange(second, 9_300, 9_305));
  }

  @Test
  void noiseIsWhiteNoiseThroughOneFilterAcrossItsBlocks() {
    // A flat spectrum leaves white noise alone.
    ColouredNoise flat = ColouredNoise.of(4, 100, 1, hz -> 1);
    double[] white = new double[1000];
    Draws.gaussians(4, 0, white, 0, 1000);
    double[] noise = fill(flat, 0, 1000 + 64);
    // Its filter is as long as a block and its centre is in the middle.
    assertThat(Arrays.copyOfRange(noise, 64, 1064)).containsExactly(white, within(1e-9));
  }

  @Test
  void powerFallsWithTheExponent() {
    int rate = 256;
    double[] x =
        fill(
            ColouredNoise.of(11, rate, 8, hz -> Math.pow(Math.max(hz, 0.5), -0.85)), 0, rate * 400);
    assertThat(Signals.rms(x)).isCloseTo(1, within(0.06));
    double[] power = Signals.spectrum(x, rate);
    double slope =
        Math.log10((power[99] + power[100] + power[101]) / (power[9] + power[10] + power[11]))
            / Math.log10(10);
    assertThat(slope).isCloseTo(-1.7, within(0.08));
  }

  @Test
  void aNarrowBandHasItsFrequencyItsWidthAndItsEnvelope() {
    int rate = 128;
    int n = rate * 2000;
    ColouredNoise band = ColouredNoise.narrow(2, rate, 10, 3);
    double[] re = new double[n];
    double[] im = new double[n];
    band.fill(0, n, re, im);
    assertThat(Signals.rms(re)).isCloseTo(1, within(0.03));
    assertThat(Signals.rms(im)).isCloseTo(1, within(0.03));
    assertThat(Signals.correlation(re, im)).isCloseTo(0, within(0.02));
    double[] power = Signals.spectrum(re, rate);
    // The Hann window of a second widens the peak by a variance of 0.33 Hz².
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int hz = 1; hz < 25; hz++) {
      sum += power[hz];
      first += hz * power[hz];
      second += hz * hz * power[hz];
    }
    double centre = first / sum;
    assertThat(centre).isCloseTo(10, within(0.05));
    double variance = second / sum - centre * centre;
    double sigma = 3 / (2 * Math.sqrt(2 * Math.log(2)));
    assertThat(variance).isCloseTo(sigma * sigma + 1 / 3.0, within(0.15));
    // Rayleigh: the mean of the envelope is √(π/2).
    double envelope = 0;
    for (int i = 0; i < n; i++) {
      envelope += Math.hypot(re[i], im[i]) / n;
    }
    assertThat(envelope).isCloseTo(Math.sqrt(Math.PI / 2), within(0.03));
  }

  @Test
  void burstsKeepTheirRateAndTheirPauses() {
    Bursts bursts = new Bursts(Draws.key(1, "b"), 0.5, 0.2, 0.3, 0.7, 0.3);
    int n = bursts.firstAfter(20_000);
    assertThat(n / 20_000.0).isCloseTo(0.5, within(0.01));
    double size = 0;
    for (int i = 0; i < n; i++) {
      assertThat(bursts.seconds(i)).isBetween(0.3, 0.7);
      assertThat(bursts.start(i + 1) - bursts.start(i) - bursts.seconds(i))
          .isGreaterThanOrEqualTo(0.2);
      size += bursts.size(i) / n;
      double middle = bursts.start(i) + bursts.seconds(i) / 2;
      assertThat(bursts.firstAfter(middle)).isEqualTo(i);
      assertThat(bursts.firstAfter(bursts.start(i) - 0.1)).isEqualTo(i);
    }
    assertThat(size).isCloseTo(1, within(0.01));
    // What is asked for first makes no difference.
    Bursts same = new Bursts(Draws.key(1, "b"), 0.5, 0.2, 0.3, 0.7, 0.3);
    assertThat(same.start(0)).isEqualTo(bursts.start(0));
    Bursts never = new Bursts(1, 0, 0.2, 0.3, 0.7, 0.3);
    assertThat(never.start(never.firstAfter(1e9))).isInfinite();
  }

  @Test
  void aWanderJoinsItsKnotsSmoothly() {
    assertThat(Wander.at(3, 20, 10)).isEqualTo(Draws.gaussian(3, 2));
    assertThat(Wander.at(3, 25, 10))
        .isCloseTo((Draws.gaussian(3, 2) + Draws.gaussian(3, 3)) / 2, within(1e-12));
    double before = Wander.at(3, 19.999, 10);
    assertThat(before).isCloseTo(Wander.at(3, 20.001, 10), within(1e-6));
  }
}
