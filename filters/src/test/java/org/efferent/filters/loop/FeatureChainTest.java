package org.efferent.filters.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.efferent.filters.FilterKind;
import org.efferent.filters.task.Target;
import org.junit.jupiter.api.Test;

class FeatureChainTest {

  @Test
  void smoothingIsTheRecursionThatItsDocumentationGives() {
    FeatureSmoothing smoothing = new FeatureSmoothing(1, 0.02, 0.1);
    double share = 1 - Math.exp(-0.2);
    assertThat(smoothing.apply(new double[] {1})[0]).isCloseTo(share, within(1e-15));
    assertThat(smoothing.apply(new double[] {Double.NaN})[0]).isCloseTo(share, within(1e-15));
    assertThat(smoothing.apply(new double[] {2})[0])
        .isCloseTo(share + share * (2 - share), within(1e-15));
    smoothing.reset();
    assertThat(smoothing.apply(new double[] {1})[0]).isCloseTo(share, within(1e-15));
    assertThat(new FeatureSmoothing(1, 0.02, 0).apply(new double[] {7})[0]).isEqualTo(7);
  }

  @Test
  void componentsPointWhereRowsVaryMostAndUpwards() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] rows = new double[2000][3];
    for (double[] row : rows) {
      double large = 3 * random.nextGaussian();
      row[0] = 1 - 0.6 * large + 0.1 * random.nextGaussian();
      row[1] = 2 - 0.8 * large + 0.1 * random.nextGaussian();
      row[2] = 3 + random.nextGaussian();
    }
    Projection projection = Projection.fit(rows, 2);
    assertThat(projection.apply(new double[] {1.6, 2.8, 3})[0]).isCloseTo(1, within(0.1));
    assertThat(projection.apply(new double[] {1, 2, 4})[1]).isCloseTo(1, within(0.1));
  }

  @Test
  void relevanceShrinksWhatSaysNothingAboutTheIntention() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] rows = new double[4000][2];
    double[][] intended = new double[4000][2];
    for (int t = 0; t < rows.length; t++) {
      double angle = 2 * Math.PI * random.nextDouble();
      intended[t][0] = Math.cos(angle);
      intended[t][1] = Math.sin(angle);
      rows[t][0] = 5 * random.nextGaussian();
      rows[t][1] = 2 * Math.cos(angle) + 0.5 * random.nextGaussian();
    }
    Projection plain = Projection.fit(rows, 2);
    double[] at = {1, 1};
    double[] before = plain.apply(at).clone();
    double[] after = plain.byRelevance(rows, intended, 0.3, 2).apply(at).clone();
    // The most relevant comes first, whatever varies most.
    assertThat(Math.abs(after[0] / before[1])).isBetween(0.8, 1.0);
    assertThat(Math.abs(after[1] / before[0])).as("large, but noise").isLessThan(0.1);
    assertThat(plain.byRelevance(rows, intended, 0.3, 1).apply(at)).containsExactly(after[0]);
  }

  /** Bins of one target; channel 1 jumps by 100 at bin 300, channel 2 is dead from there on. */
  private static LoopRows rows() {
    LoopRows rows = new LoopRows();
    SplittableRandom random = new SplittableRandom(2);
    for (int t = 0; t < 600; t++) {
      double[] row = {
        random.nextGaussian(),
        random.nextGaussian() + (t < 300 ? 0 : 100),
        t < 300 ? random.nextGaussian() : 0
      };
      rows.add(row, t * 0.01, 0, Target.disc(10, 0, 2), t % 50 * 0.02, new double[] {3, 4});
    }
    return rows;
  }

  @Test
  void rowsAreStandardisedBlockByBlockAndSortedByWhenTheUserCanHaveReacted() {
    LoopRows recorded = rows();
    boolean[] used = new boolean[600];
    java.util.Arrays.fill(used, 100, 600, true);
    TrainingRows ready =
        new TrainingRows(
            recorded,
            new TrainingRows.Plan(used, 400, 500, new int[] {0, 300}, recorded.alive(300, 600)),
            DecoderRecipe.of(FilterKind.KALMAN, 4),
            15);
    double[][] all = ready.before(600);
    double early = 0;
    double late = 0;
    for (int t = 0; t < 300; t++) {
      early += all[t][1] / 300;
      late += all[t + 300][1] / 300;
    }
    assertThat(early).isCloseTo(0, within(0.05));
    assertThat(late).isCloseTo(0, within(0.05));
    assertThat(ready.alive()).containsExactly(true, true, false);
    assertThat(ready.training(all)).as("35 of 50 bins of 500").hasDimensions(350, 3);
    assertThat(ready.trainingLabels(400)).hasDimensions(210, 2);
    assertThat(ready.meantLabels(500)).hasDimensions(70, 2);
    assertThat(ready.next().mean()[1]).as("of the last block").isCloseTo(100, within(0.3));
    assertThat(recorded.features(0)[1]).as("recorded bins stay as they were").isLessThan(10);
  }

  @Test
  void labelsPointAtTheTargetByRuleOrKeepTheDecodedSpeed() {
    LoopRows recorded = rows();
    DecoderRecipe towards = DecoderRecipe.of(FilterKind.KALMAN, 20);
    assertThat(recorded.label(0, towards, 15)).containsExactly(0.5, 0);
    DecoderRecipe rotated =
        new DecoderRecipe(
            towards.filter(),
            0,
            List.of(0.0),
            0,
            10,
            DecoderRecipe.Labels.ROTATED,
            20,
            0.3,
            20_000);
    assertThat(recorded.label(0, rotated, 10)).containsExactly(0.5, 0);
  }

  @Test
  void onlyTheLastBinsAreKept() {
    LoopRows recorded = rows();
    recorded.keepLast(10);
    assertThat(recorded.size()).isEqualTo(10);
    assertThat(recorded.distance(9)).isCloseTo(10 - 5.99, within(1e-9));
  }
}
