package org.efferent.decoders.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Pictures that are drawn by numbers. */
class SimulatedPicturesTest {
  private static float[] planes(long seed, long concept, long image) {
    float[] made = new float[3 * 32 * 32];
    new SimulatedPictures(seed, 32).draw(concept, image, made, 0);
    return made;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  @Test
  void aNumberGivesTheSamePictureAndItsColoursAreInRange() {
    for (int concept = -3; concept < 30; concept++) {
      float[] made = planes(4, concept, 1);
      assertThat(Arrays.equals(made, planes(4, concept, 1))).isTrue();
      for (float value : made) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
    assertThat(Arrays.equals(planes(4, 0, 1), planes(5, 0, 1))).isFalse();
  }

  @Test
  void imagesOfAConceptAreMoreAlikeThanOthers() {
    double same = 0;
    double other = 0;
    for (int concept = 0; concept < 40; concept++) {
      same += distance(planes(4, concept, 0), planes(4, concept, 1));
      other += distance(planes(4, concept, 0), planes(4, concept + 1, 1));
    }
    assertThat(same).isPositive().isLessThan(0.6 * other);
  }

  @Test
  void aPictureHasTheColoursOfItsPlanes() {
    float[] planes = planes(4, 2, 3);
    int rgb = new SimulatedPictures(4, 32).picture(2, 3).getRGB(5, 7) & 0xFFFFFF;
    int wanted = 0;
    for (int c = 0; c < 3; c++) {
      wanted = wanted << 8 | Math.round(planes[(c * 32 + 7) * 32 + 5] * 255);
    }
    assertThat(rgb).isEqualTo(wanted);
  }
}
