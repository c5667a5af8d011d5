package org.efferent.filters.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetSequenceTest {

  private static List<Target> draw(TargetSequence sequence, int n) {
    List<Target> drawn = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      drawn.add(sequence.next(0, 0));
    }
    return drawn;
  }

  @Test
  void radialTargetsComeInRoundsWithTheCentreAfterEach() {
    List<Target> drawn = draw(new RadialTargets(8, 12.1, 2.4, 3), 32);
    for (int round = 0; round < 2; round++) {
      Set<Target> seen = new HashSet<>();
      for (int i = 0; i < 8; i++) {
        Target out = drawn.get(16 * round + 2 * i);
        assertThat(out.distance(0, 0)).isCloseTo(12.1, within(1e-9));
        seen.add(out);
        assertThat(drawn.get(16 * round + 2 * i + 1)).isEqualTo(Target.disc(0, 0, 2.4));
      }
      assertThat(seen).hasSize(8);
    }
    assertThat(draw(new RadialTargets(8, 12.1, 2.4, 3), 32)).isEqualTo(drawn);
    assertThat(draw(new RadialTargets(8, 12.1, 2.4, 4), 32)).isNotEqualTo(drawn);
  }

  @Test
  void gridKeysTileTheSquareAndNoneFollowsItself() {
    GridTargets grid = new GridTargets(6, 24.2, 1);
    assertThat(grid.choices()).hasSize(36);
    for (int i = 0; i < 500; i++) {
      double x = 24.2 * ((i + 1) * 0.61803 % 1 - 0.5);
      double y = 24.2 * ((i + 1) * 0.41421 % 1 - 0.5);
      assertThat(grid.choices().stream().filter(key -> key.contains(x, y))).hasSize(1);
    }
    List<Target> drawn = draw(grid, 2000);
    assertThat(new HashSet<>(drawn)).hasSize(36);
    for (int i = 1; i < drawn.size(); i++) {
      assertThat(drawn.get(i)).isNotEqualTo(drawn.get(i - 1));
    }
  }

  @Test
  void randomTargetsLieWholeInTheSquareAndKeepTheirDistance() {
    RandomTargets random = new RandomTargets(20, new double[] {1, 4}, 6, 2);
    Set<Double> sizes = new HashSet<>();
    for (Target target : draw(random, 300)) {
      double half = target.diameter() / 2;
      assertThat(Math.abs(target.x()) + half).isLessThanOrEqualTo(10);
      assertThat(Math.abs(target.y()) + half).isLessThanOrEqualTo(10);
      assertThat(target.distance(0, 0)).isGreaterThanOrEqualTo(6);
      sizes.add(target.diameter());
    }
    assertThat(sizes).containsExactlyInAnyOrder(1.0, 4.0);
  }

  @Test
  void whereThereIsNoRoomForTheDistanceATargetComesAllTheSame() {
    assertThat(new RandomTargets(2, new double[] {1}, 50, 2).next(0, 0)).isNotNull();
  }

  @Test
  void badSequencesAreRefused() {
    assertThatThrownBy(() -> new RadialTargets(0, 1, 1, 0))
        .hasMessage("radial targets are 1 to 1000 at a positive distance; targets=0, distance=1.0");
    assertThatThrownBy(() -> new GridTargets(1, 1, 0))
        .hasMessage("a grid has 2 to 40 keys a side and a positive side; keys=1, side=1.0");
    assertThatThrownBy(() -> new RandomTargets(2, new double[] {3}, 0, 0))
        .hasMessage("a target must fit into the square; diameter=3.0, side=2.0");
    assertThatThrownBy(() -> new RandomTargets(2, new double[0], 0, 0))
        .hasMessage(
            "random targets need a diameter and a least distance that is not negative; diameters=0,"
                + " least=0.0");
  }
}
