package org.efferent.decoders.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.efferent.decoders.encoder.SensorLayout;
import org.junit.jupiter.api.Test;

class RegionsTest {
  @Test
  void namesOfTheTenTwentySystemSayWhere() {
    Map<String, boolean[]> regions =
        Regions.of(
            List.of("Fp1", "AFz", "Cz", "T7", "FT10", "CP3", "PO7", "Oz", "Iz", "FC5", "TP9"),
            null);
    assertThat(regions.keySet())
        .containsExactly("frontal", "central", "temporal", "parietal", "occipital");
    assertThat(regions.get("frontal")).containsExactly(at(11, 0, 1));
    assertThat(regions.get("central")).containsExactly(at(11, 2, 9));
    assertThat(regions.get("temporal")).containsExactly(at(11, 3, 4, 10));
    assertThat(regions.get("parietal")).containsExactly(at(11, 5));
    assertThat(regions.get("occipital")).containsExactly(at(11, 6, 7, 8));
  }

  @Test
  void otherNamesLeaveItToPlaces() {
    List<String> labels = List.of("MEG0111", "MEG0112", "Cz");
    SensorLayout layout =
        SensorLayout.scaled(3, 2, new double[] {0.2, 0.9, 0.8, 0.1, Double.NaN, Double.NaN});
    Map<String, boolean[]> regions = Regions.of(labels, layout);
    assertThat(regions.keySet()).containsExactly("front left", "back right");
    assertThat(regions.get("front left")).containsExactly(at(3, 0));
    assertThat(regions.get("back right")).containsExactly(at(3, 1));
    assertThat(Regions.of(labels, null)).isEmpty();
  }

  private static boolean[] at(int channels, int... which) {
    boolean[] out = new boolean[channels];
    for (int c : which) {
      out[c] = true;
    }
    return out;
  }
}
