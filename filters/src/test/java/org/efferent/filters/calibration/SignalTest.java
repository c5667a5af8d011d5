package org.efferent.filters.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.filters.Octants;
import org.junit.jupiter.api.Test;

/** Z-scores by block, channel selection, bias and speed. */
class SignalTest {
  @Test
  void aBlockIsStandardisedByTheBlockBefore() {
    BlockZScore z = new BlockZScore(new double[][] {{0, 5}, {2, 5}}, BlockZScore.NO_CLIP);
    Chunk chunk = new Chunk(2, 2);
    chunk.append(0, new double[] {10, 5}, 0);
    chunk.append(1, new double[] {14, 7}, 0);
    z.apply(chunk);
    double sd = Math.sqrt(2);
    assertThat(Arrays.copyOf(chunk.values(), 4))
        .containsExactly(new double[] {9 / sd, 0, 13 / sd, 2}, within(1e-12));
    assertThat(z.endBlock(2)).isEqualTo(2);
    double[] row = {12, 6};
    z.apply(row, 0);
    assertThat(row).containsExactly(new double[] {0, 0}, within(1e-12));
    row = new double[] {12 + Math.sqrt(8), 6};
    z.apply(row, 0);
    assertThat(row[0]).isCloseTo(1, within(1e-12));
    assertThat(z.blocks()).isEqualTo(1);
    z.reset();
    row = new double[] {1, 5};
    z.apply(row, 0);
    assertThat(row).containsExactly(0, 0);
  }

  @Test
  void aFrozenZScoreStaysAndShortBlocksChangeNothing() {
    BlockZScore z = new BlockZScore(new double[][] {{0}, {2}}, BlockZScore.NO_CLIP);
    for (double value : new double[] {100, 101, Double.NaN}) {
      double[] row = {value};
      z.apply(row, 0);
    }
    assertThat(z.endBlock(3)).as("NaN is no row").isZero();
    assertThat(z.mean()).containsExactly(1);
    z.freeze(true);
    z.apply(new double[] {100}, 0);
    z.apply(new double[] {102}, 0);
    assertThat(z.endBlock(2)).isZero();
    z.freeze(false);
    assertThat(z.endBlock(2)).as("a frozen block is forgotten").isZero();
    assertThat(z.mean()).containsExactly(1);
  }

  @Test
  void whatIsBeyondTheClipIsHeldAndCounted() {
    BlockZScore z = new BlockZScore(new double[][] {{-1}, {1}}, 2);
    double[] row = {-30, 0};
    z.apply(row, 0);
    assertThat(row).containsExactly(-2, 0);
    assertThat(z.clipped()).isEqualTo(1);
    double[] nan = {Double.NaN};
    z.apply(nan, 0);
    assertThat(nan).containsExactly(Double.NaN);
    assertThatThrownBy(() -> new BlockZScore(new double[][] {{1}}, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("a z-score needs at least two calibration rows; rows=1");
  }

  @Test
  void zScoresDoNotDependOnHowAStreamIsCut() {
    TunedUnits units = new TunedUnits(3, 50, 1);
    BlockZScore one = new BlockZScore(units.counts, 3);
    BlockZScore other = new BlockZScore(units.counts, 3);
    Chunk all = new Chunk(50, 3);
    for (double[] row : units.counts) {
      all.append(0, row, 0);
    }
    one.apply(all);
    for (int t = 0; t < 50; t++) {
      double[] row = units.counts[t].clone();
      other.apply(row, 0);
      assertThat(row).containsExactly(Arrays.copyOfRange(all.values(), 3 * t, 3 * t + 3));
    }
    one.endBlock(2);
    other.endBlock(2);
    assertThat(one.scale()).containsExactly(other.scale());
  }

  @Test
  void octantsAreCentredOnTheAxes() {
    assertThat(Octants.of(1, 0)).isEqualTo(0);
    assertThat(Octants.of(1, -0.3)).isEqualTo(0);
    assertThat(Octants.of(1, -0.5)).isEqualTo(7);
    assertThat(Octants.of(-1, 1e-9)).isEqualTo(4);
    assertThat(Octants.of(-1, -1e-9)).isEqualTo(4);
    assertThat(Octants.of(0, -2)).isEqualTo(6);
    assertThat(Octants.of(0, 0)).isEqualTo(-1);
    assertThat(Octants.of(Double.NaN, 1)).isEqualTo(-1);
    assertThat(Octants.counts(new double[][] {{1, 0}, {0.1, 0}, {0, 1}}, 0.2))
        .containsExactly(1, 0, 1, 0, 0, 0, 0, 0);
    assertThatThrownBy(() -> Octants.counts(new double[][] {{1}}, 0))
        .hasMessage("directions need velocities of at least two columns; columns=1");
  }

  @Test
  void theBestChannelsAreThoseThatAreTuned() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] intended = new TunedUnits(1, 2_000, 2).intended;
    double[][] x = new double[intended.length][6];
    for (int t = 0; t < x.length; t++) {
      double bump = intended[t][0] == 0 && intended[t][1] == 0 ? 1 : 0;
      x[t][0] = random.nextGaussian();
      x[t][1] = 3 * intended[t][0] + random.nextGaussian();
      x[t][2] = 1e6;
      x[t][3] = intended[t][1] + random.nextGaussian();
      x[t][4] = 1000 + 0.01 * (4 * bump + random.nextGaussian());
      x[t][5] = random.nextGaussian();
    }
    double[] ratios = ChannelSelection.signalToNoise(x, intended, 0.1);
    assertThat(ratios[0]).isLessThan(0.02);
    assertThat(ratios[1]).isCloseTo(9 * 0.375, within(0.6));
    assertThat(ratios[2]).isZero();
    assertThat(ratios[4]).as("a bump at rest").isCloseTo(16 * 0.25 * 0.75, within(0.4));
    ChannelSelection best = ChannelSelection.best(x, intended, 0.1, 3);
    assertThat(best.channels()).containsExactly(1, 3, 4);
    assertThat(best.first()).isEqualTo(1);
    assertThat(best.select(x)[7]).containsExactly(x[7][1], x[7][3], x[7][4]);
  }

  @Test
  void channelsWithoutSignalAreNotChosen() {
    double[][] intended = new TunedUnits(1, 100, 2).intended;
    assertThatThrownBy(() -> ChannelSelection.best(new double[100][4], intended, 0.1, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("no channel says anything about the direction; channels=4");
    assertThatThrownBy(
            () -> ChannelSelection.signalToNoise(new double[100][4], new double[100][2], 0.1))
        .hasMessage(
            "signal-to-noise needs bins of at least two directions, more bins than directions;"
                + " bins=100, directions=1");
  }

  @Test
  void aDriftIsFoundFromFastBinsAlone() {
    BiasCorrection correction = new BiasCorrection(2, 0.5, 0.02, 10);
    TunedUnits reach = new TunedUnits(1, 20_000, 8);
    double[] sum = new double[2];
    for (int t = 0; t < reach.intended.length; t++) {
      double[] v = {reach.intended[t][0] + 0.3, reach.intended[t][1] - 0.1};
      correction.apply(v);
      if (t >= 10_000) {
        sum[0] += v[0] / 10_000;
        sum[1] += v[1] / 10_000;
      }
    }
    assertThat(sum).containsExactly(new double[] {0, 0}, within(0.06));
    double[] found = correction.bias();
    correction.freeze(true);
    correction.apply(new double[] {50, 50});
    correction.apply(new double[] {Double.NaN, 50});
    assertThat(correction.bias()).containsExactly(found);
    correction.freeze(false);
    correction.apply(new double[] {0.1, 0.1});
    assertThat(correction.bias()).as("slow bins do not count").containsExactly(found);
    correction.reset();
    double[] v = {1, 0};
    correction.apply(v);
    double share = 1 - Math.pow(2, -0.02 / 10);
    assertThat(correction.bias()[0]).isCloseTo(share, within(1e-15));
    assertThat(v[0]).isCloseTo(1 - share, within(1e-15));
    assertThatThrownBy(() -> new BiasCorrection(2, 0, 0.02, 0))
        .hasMessage(
            "a bias correction needs dimensions, a threshold of 0 or more, a bin and a half-life"
                + " above 0; dimensions=2, threshold=0.0, bin=0.02, half-life=0.0");
  }

  @Test
  void speedsByCentileAndScale() {
    double[][] v = new double[100][2];
    for (int t = 0; t < 100; t++) {
      v[t][t % 2] = t + 1;
    }
    assertThat(BiasCorrection.threshold(v)).isBetween(66.0, 67.0);
    SpeedScale scale = SpeedScale.to(101, v);
    assertThat(scale.factor()).isCloseTo(2, within(1e-12));
    for (double[] row : v) {
      scale.apply(row);
    }
    assertThat(SpeedScale.meanSpeed(v)).isCloseTo(101, within(1e-9));
    assertThatThrownBy(() -> SpeedScale.to(1, new double[5][2]))
        .isInstanceOf(InputException.class)
        .hasMessage("a speed scale needs velocities that are not all zero; rows=5");
  }
}
