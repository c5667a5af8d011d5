package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.List;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;

class NearestPictureTest {
  private final BufferedImage a = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
  private final BufferedImage b = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
  private final BufferedImage c = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
  private final NearestPicture nearest =
      NearestPicture.of(new float[][] {{1, 0}, {0, 100}, {0, 1}}, List.of(a, b, c));

  @Test
  void theLargestCosineWinsWhateverTheLengths() {
    assertThat(nearest.generate(new float[] {0.3f, 0.2f})).isSameAs(a);
    NearestPicture.Choice choice = nearest.choose(new float[] {30, 40});
    assertThat(choice.row()).isEqualTo(1);
    assertThat(choice.cosine()).isCloseTo(0.8, within(1e-6));
  }

  @Test
  void ofEqualsTheFirstWins() {
    assertThat(nearest.generate(new float[] {0, 1})).isSameAs(b);
    assertThat(nearest.choose(new float[] {-1, -1}).row()).isZero();
  }

  @Test
  void whatIsNoEmbeddingIsRefused() {
    assertThatThrownBy(() -> nearest.generate(new float[] {1, Float.NaN}))
        .isInstanceOf(InputException.class)
        .hasMessage("the embedding must be finite; values[1]=NaN");
    assertThatThrownBy(() -> nearest.generate(new float[] {0, 0}))
        .hasMessage("the embedding must not be zero: it points nowhere");
    assertThatThrownBy(() -> nearest.generate(new float[] {1, 2, 3}))
        .hasMessage(
            "the embedding must have the gallery's width; values=3, width=2; was it made by"
                + " another encoder?");
    assertThatThrownBy(() -> NearestPicture.of(new float[][] {{1}, {0}}, List.of(a, b)))
        .hasMessage("row 1 of the gallery must not be zero: it points nowhere");
    assertThatThrownBy(() -> NearestPicture.of(new float[][] {{1}}, List.of(a, b)))
        .hasMessage("a gallery has a picture for each embedding; embeddings=1, pictures=2");
    assertThatThrownBy(() -> NearestPicture.of(new float[0][], List.of()))
        .hasMessage("a gallery needs at least one picture and one dimension");
  }
}
