package org.efferent.filters.click;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClickTest {
  private static final double BIN = 0.02;
  private static final int UNITS = 96;

  /** Cosine-tuned units whose rates change while a click is meant, 0.5 s every 5 s. */
  private static final class Session {
    final double[][] counts;
    final boolean[] click;

    Session(int bins, long tuning, long seed) {
      SplittableRandom units = new SplittableRandom(tuning);
      double[] base = new double[UNITS];
      double[][] depth = new double[UNITS][2];
      double[] clicks = new double[UNITS];
      for (int u = 0; u < UNITS; u++) {
        base[u] = 5 + 10 * units.nextDouble();
        double angle = 2 * Math.PI * units.nextDouble();
        double size = 6 * units.nextDouble();
        depth[u][0] = size * Math.cos(angle);
        depth[u][1] = size * Math.sin(angle);
        clicks[u] = u % 4 == 0 ? 40 * units.nextDouble() - 20 : 0;
      }
      SplittableRandom random = new SplittableRandom(seed);
      counts = new double[bins][UNITS];
      click = new boolean[bins];
      for (int t = 0; t < bins; t++) {
        click[t] = t % 250 >= 200 && t % 250 < 225;
        double angle = Math.floorDiv(t, 250) * 2.4;
        double speed = click[t] ? 0 : 1;
        for (int u = 0; u < UNITS; u++) {
          double rate =
              base[u]
                  + speed * (depth[u][0] * Math.cos(angle) + depth[u][1] * Math.sin(angle))
                  + (click[t] ? clicks[u] : 0);
          counts[t][u] = poisson(BIN * Math.max(0, rate), random);
        }
      }
    }

    private static int poisson(double mean, SplittableRandom random) {
      int count = 0;
      for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
        count++;
      }
      return count;
    }
  }

  /** Shares of bins: missed clicks and false ones. */
  private static double[] errors(ClickDecoder decoder, Session session) {
    double[] wrong = new double[2];
    double[] all = new double[2];
    decoder.reset();
    for (int t = 0; t < session.counts.length; t++) {
      boolean said = decoder.step(session.counts[t]) >= decoder.threshold();
      int k = session.click[t] ? 0 : 1;
      all[k]++;
      wrong[k] += said == session.click[t] ? 0 : 1;
    }
    return new double[] {wrong[0] / all[0], wrong[1] / all[1]};
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aMarkovModelMissesLessThanSingleBins(long seed) {
    Session training = new Session(9_000, seed, seed + 100);
    Session test = new Session(9_000, seed, seed + 200);
    ClickDecoder lda =
        ClickTraining.train(ClickDecoder.Kind.LDA, training.counts, training.click, 0.01);
    ClickDecoder hmm =
        ClickTraining.train(ClickDecoder.Kind.HMM, training.counts, training.click, 0.01);
    double[] single = errors(lda, test);
    double[] markov = errors(hmm, test);
    assertThat(single[1]).isLessThan(0.03);
    assertThat(markov[1]).isLessThan(0.03);
    assertThat(markov[0]).isLessThan(0.5 * single[0]).isLessThan(0.35);
  }

  @Test
  void clicksAreEventsOneEach() {
    Session training = new Session(9_000, 5, 6);
    Session test = new Session(9_000, 5, 7);
    ClickDecoder hmm =
        ClickTraining.train(ClickDecoder.Kind.HMM, training.counts, training.click, 0.01);
    ClickTrigger trigger = new ClickTrigger(hmm.threshold(), 3, 0.6);
    int hits = 0;
    int wrong = 0;
    for (int t = 0; t < test.counts.length; t++) {
      if (trigger.step(hmm.step(test.counts[t]), t * BIN)) {
        // A click is still one just after its end.
        if (test.click[t] || test.click[Math.max(0, t - 5)]) {
          hits++;
        } else {
          wrong++;
        }
      }
    }
    assertThat(hits).as("of 36").isBetween(34, 36);
    assertThat(wrong).isLessThanOrEqualTo(2);
  }

  @Test
  void theDiscriminantIsTheRatioOfTwoGaussians() {
    SplittableRandom random = new SplittableRandom(8);
    double[][] x = new double[40_000][2];
    boolean[] click = new boolean[x.length];
    for (int t = 0; t < x.length; t++) {
      click[t] = t % 4 == 0;
      double a = random.nextGaussian();
      x[t][0] = 100 + 2 * a + (click[t] ? 1 : 0);
      x[t][1] = 0.01 * (0.6 * a + 0.8 * random.nextGaussian() + (click[t] ? 2 : 0));
    }
    LinearDiscriminant found = LinearDiscriminant.fit(x, click);
    // Σ⁻¹ δ with Σ = [4, .012; .012, 1e-4] and δ = (1, .02)
    assertThat(found.weights()[0]).isCloseTo(-0.546875, within(0.03));
    assertThat(found.weights()[1]).isCloseTo(265.625, within(8.0));
    assertThat(found.logRatio(new double[] {100.5, 0.01})).isCloseTo(0, within(0.1));
    assertThat(found.logRatio(new double[] {Double.NaN, 0})).as("says nothing").isZero();
  }

  @Test
  void fewRowsOfManyFeaturesAreBorneByShrinkage() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] x = new double[60][80];
    boolean[] click = new boolean[60];
    double[][] test = new double[400][80];
    int right = 0;
    for (double[][] rows : new double[][][] {x, test}) {
      for (int t = 0; t < rows.length; t++) {
        for (int c = 0; c < 79; c++) {
          rows[t][c] = random.nextGaussian() + (t % 2 == 0 && c < 20 ? 1 : 0);
        }
        rows[t][79] = 7; // constant
      }
    }
    for (int t = 0; t < 60; t++) {
      click[t] = t % 2 == 0;
    }
    LinearDiscriminant found = LinearDiscriminant.fit(x, click);
    for (int t = 0; t < 400; t++) {
      right += found.logRatio(test[t]) > 0 == (t % 2 == 0) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(360);
  }

  @Test
  void theForwardRecursionByHand() {
    LinearDiscriminant coin = new LinearDiscriminant(new double[] {1}, 0);
    ClickDecoder hmm = new ClickDecoder(ClickDecoder.Kind.HMM, coin, 0.1, 0.3, 0.9);
    assertThat(hmm.posterior()).isEqualTo(0.25);
    double prior = 0.25 * 0.7 + 0.75 * 0.1;
    double expected = prior * 2 / (prior * 2 + 1 - prior);
    assertThat(hmm.step(new double[] {Math.log(2)})).isCloseTo(expected, within(1e-12));
    ClickDecoder lda = new ClickDecoder(ClickDecoder.Kind.LDA, coin, 0.1, 0.3, 0.9);
    assertThat(lda.step(new double[] {Math.log(3)})).isCloseTo(0.5, within(1e-12));
    assertThat(lda.step(new double[] {Math.log(3)})).isCloseTo(0.5, within(1e-12));
    hmm.step(new double[] {1e9});
    for (int i = 0; i < 20; i++) {
      hmm.step(new double[] {-3});
    }
    assertThat(hmm.posterior()).as("no bin settles all that follow").isLessThan(0.05);
    hmm.reset();
    assertThat(hmm.posterior()).isEqualTo(0.25);
  }

  @Test
  void aLongSqueezeIsOneClickAndNoneComesTooSoon() {
    ClickTrigger trigger = new ClickTrigger(0.8, 2, 0.5);
    double[] posterior = {0.9, 0.9, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.1, 0.9, 0.79, 0.9};
    StringBuilder events = new StringBuilder();
    for (int t = 0; t < posterior.length; t++) {
      events.append(trigger.step(posterior[t], 0.1 * t) ? 'x' : '.');
    }
    assertThat(events).hasToString(".x....x......");
    assertThat(trigger.step(Double.NaN, 2)).isFalse();
    trigger.reset();
    trigger.step(0.8, 2);
    assertThat(trigger.step(0.8, 2)).as("at the threshold").isTrue();
  }

  @Test
  void dwellingSelectsOnce() {
    Dwell dwell = new Dwell(0.3);
    int[] on = {3, 3, 3, 3, 3, -1, 3, 3, 4, 4, 4, 4, -1, -1, -1, -1, -1};
    StringBuilder events = new StringBuilder();
    for (int t = 0; t < on.length; t++) {
      events.append(dwell.step(on[t], 0.1 * t) ? 'x' : '.');
    }
    assertThat(events).hasToString("...x.......x.....");
    dwell.step(5, 2);
    assertThat(dwell.progress(2.15)).isCloseTo(0.5, within(1e-12));
    dwell.reset();
    assertThat(dwell.progress(2.15)).isZero();
    assertThatThrownBy(() -> new Dwell(0))
        .isInstanceOf(UsageException.class)
        .hasMessage("a dwell must be longer than 0 s; dwell=0.0");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.5, 1", "0.7, 0.5", "0.9, 0", "1, 0"})
  void theGateHoldsTheCursor(double posterior, double factor) {
    double[] velocity = {2, -4};
    new ClickGate(0.5, 0.9).apply(velocity, posterior);
    assertThat(velocity).containsExactly(new double[] {2 * factor, -4 * factor}, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(ClickDecoder.Kind.class)
  void aFileGivesTheSameBits(ClickDecoder.Kind kind, @TempDir Path folder) {
    Session training = new Session(2_000, 5, 6);
    ClickDecoder one = ClickTraining.train(kind, training.counts, training.click, 0.01);
    Path file = folder.resolve("clicks");
    ClickFile.save(one, file, false);
    ClickDecoder other = ClickFile.load(file);
    for (double[] row : training.counts) {
      assertThat(other.step(row)).isEqualTo(one.step(row));
    }
    assertThat(other.threshold()).isEqualTo(one.threshold());
    assertThat(other.kind()).isEqualTo(kind);
  }

  @Test
  void refusesFilesThatAreNot(@TempDir Path folder) {
    Path file = folder.resolve("x");
    Tensor one = Tensor.of(new double[] {1}, 1);
    new Safetensors(Map.of("format", "efferent-cursor-decoder"), Map.of("a", one))
        .write(file, true);
    assertThatThrownBy(() -> ClickFile.load(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "x: a click decoder's format must be 'efferent-click-decoder';"
                + " format=efferent-cursor-decoder");
    Map<String, String> good =
        Map.of("format", "efferent-click-decoder", "version", "1", "kind", "hmm");
    new Safetensors(good, Map.of("weights", one)).write(file, true);
    assertThatThrownBy(() -> ClickFile.load(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "x: a click decoder must have the tensor 'bias', F64 of one dimension; tensors=[weights]");
    new Safetensors(
            good, Map.of("weights", one, "bias", one, "enter", one, "leave", one, "threshold", one))
        .write(file, true);
    assertThatThrownBy(() -> ClickFile.load(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "x: a click decoder's enter, leave and threshold must lie between 0 and 1; enter=1.0,"
                + " leave=1.0, threshold=1.0");
  }

  @Test
  void refusesRowsItCannotUse() {
    boolean[] never = new boolean[100];
    assertThatThrownBy(() -> LinearDiscriminant.fit(new double[100][2], never))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a click needs at least 10 rows of either class; rows of moves=100, of clicks=0");
    boolean[] early = new boolean[100];
    Arrays.fill(early, 0, 20, true);
    double[][] x = new double[100][2];
    assertThatThrownBy(() -> ClickTraining.train(ClickDecoder.Kind.LDA, x, early, 0.01))
        .hasMessage(
            "the last 30 % of the rows must hold bins with and without a click; rows=30, without"
                + " 30");
    x[7][1] = Double.NaN;
    assertThatThrownBy(() -> LinearDiscriminant.fit(x, early))
        .hasMessage("features must be finite (at most 1e100 in size); row=7, column=1, value=NaN");
    assertThatThrownBy(() -> LinearDiscriminant.fit(x, new boolean[3]))
        .hasMessage("features and click labels must have as many rows, at least 1; rows=100 and 3");
    assertThatThrownBy(() -> new ClickTrigger(1, 2, 0))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a click needs a threshold between 0 and 1, at least one bin and a refractory time of 0"
                + " or more; threshold=1.0, bins=2, refractory=0.0");
    assertThatThrownBy(() -> new ClickGate(0.9, 0.5))
        .hasMessage("a gate needs 0 ≤ from < to ≤ 1; from=0.9, to=0.5");
    LinearDiscriminant two = new LinearDiscriminant(new double[2], 0);
    assertThatThrownBy(() -> two.logRatio(new double[3]))
        .hasMessage(
            "a bin must have as many features as the click decoder was trained on; features=3,"
                + " trained on 2");
  }
}
