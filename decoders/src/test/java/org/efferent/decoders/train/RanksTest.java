package org.efferent.decoders.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RanksTest {
  @Test
  void cosinesRankAndEqualsShareTheirPlaces() {
    // The third and the fourth candidate point the same way.
    float[] candidates = {1, 0, 0, 2, 2, 2, 1, 1, 0, 0};
    float[] queries = {2, 0.1f, 1, 1, 0, -1};
    Ranks ranks = Ranks.of(queries, new int[] {0, 3, 1}, candidates, 2);
    assertThat(ranks.candidates()).isEqualTo(5);
    assertThat(ranks.middle()).containsExactly(0, 0.5, 4);
    assertThat(ranks.within(1)).containsExactly(1, 0.5, 0);
    assertThat(ranks.within(5)).containsExactly(1, 1, 1);
    RankScore score = ranks.score();
    assertThat(score.top1()).isCloseTo(0.5, within(1e-12));
    assertThat(score.relativeMedianRank()).isCloseTo(0.5 / 4, within(1e-12));
  }
}
