package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryGeneratorTest {
  private static final String CONFIG =
      """
      kind: nearest
      embedding:
        width: 2
      gallery:
        embeddings: gallery.npy
        pictures: pictures
      """;

  @TempDir private Path folder;

  @BeforeEach
  void gallery() throws IOException {
    Files.createDirectory(folder.resolve("pictures"));
    picture("pictures/b.png", 0x00FF00);
    picture("pictures/a.PNG", 0xFF0000);
    Files.writeString(folder.resolve("pictures/notes.txt"), "no picture");
    embeddings(new float[] {3, 0, 0, 5}, 2, 2);
  }

  private void picture(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, rgb);
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private void embeddings(float[] values, long... shape) {
    Npy.write(folder.resolve("gallery.npy"), Tensor.of(values, shape), true);
  }

  private Generator open(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("near.yaml"), config);
    return Generators.open(GeneratorConfig.read(file), folder, 1);
  }

  @Test
  void theNearestPictureIsShown() throws IOException {
    try (Generator generator = open(CONFIG)) {
      assertThat(generator.width()).isEqualTo(2);
      Picture picture = generator.generate(new float[] {0.1f, 2}, 0);
      assertThat(picture.image().getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x00FF00);
      assertThat(picture.provenance())
          .containsEntry("Generator", "near")
          .containsEntry("Gallery", "gallery.npy")
          .containsKey("Gallery SHA-256")
          .containsEntry("Nearest", "row 1, b.png")
          .containsEntry("Cosine", "0.9988");
      assertThat(generator.generate(new float[] {1, 0}, 0).provenance())
          .containsEntry("Nearest", "row 0, a.PNG");
    }
  }

  @Test
  void aListSaysWhichPicturesAndInWhichOrder() throws IOException {
    Files.writeString(folder.resolve("list.txt"), "pictures/b.png\n\n  pictures/a.PNG\n");
    String config = CONFIG.replace("pictures: pictures", "pictures: list.txt");
    try (Generator generator = open(config)) {
      assertThat(generator.generate(new float[] {1, 0}, 0).provenance())
          .containsEntry("Nearest", "row 0, b.png");
    }
    Files.writeString(folder.resolve("list.txt"), "none.png\n");
    assertThatThrownBy(() -> open(config))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "near.yaml: line 6: gallery.pictures: %s: there is no such file; check the path"
                .formatted(folder.resolve("none.png")));
  }

  @Test
  void whatIsNoGalleryIsRefused() throws IOException {
    Files.delete(folder.resolve("pictures/b.png"));
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "near.yaml: line 6: gallery.pictures: a gallery has a picture for each embedding;"
                + " embeddings=2, pictures=1");
    embeddings(new float[] {1, 0, 0, 5}, 1, 4);
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "near.yaml: line 5: gallery.embeddings: gallery.npy must be [pictures × 2], as"
                + " near.yaml: line 3: embedding.width says; shape=[1, 4]");
    embeddings(new float[] {1, Float.NaN}, 1, 2);
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "near.yaml: line 5: gallery.embeddings: row 0 of the gallery must be finite;"
                + " values[1]=NaN");
    Files.delete(folder.resolve("gallery.npy"));
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "near.yaml: line 5: gallery.embeddings: %s: there is no such file; check the path"
                .formatted(folder.resolve("gallery.npy")));
    assertThatThrownBy(() -> open(CONFIG.replace("pictures: pictures", "pictures: none")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void embeddingsAndPicturesThatAreNoneAreRefused() throws IOException {
    try (Generator generator = open(CONFIG)) {
      assertThatThrownBy(() -> generator.generate(new float[3], 0))
          .isInstanceOf(InputException.class)
          .hasMessage("an embedding for near must have 2 numbers, [2]; numbers=3");
      assertThatThrownBy(() -> generator.check(new float[] {1, Float.NaN}))
          .hasMessage("an embedding must be finite; number 1 is NaN");
      assertThatThrownBy(() -> generator.check(new float[2]))
          .hasMessage("an embedding must not be zero: it points nowhere");
      Files.writeString(folder.resolve("pictures/a.PNG"), "text");
      assertThatThrownBy(() -> generator.generate(new float[] {1, 0}, 0))
          .isInstanceOf(InputException.class)
          .hasMessage("a.PNG: is no PNG, JPEG, BMP or GIF");
      byte[] whole = Files.readAllBytes(folder.resolve("pictures/b.png"));
      Files.write(folder.resolve("pictures/b.png"), java.util.Arrays.copyOf(whole, 30));
      assertThatThrownBy(() -> generator.generate(new float[] {0, 1}, 0))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("b.png: is damaged, or no picture: ");
    }
    try (Generator generator = open(CONFIG.replace("width: 2", "width: 2\n  unit: true"))) {
      assertThatThrownBy(() -> generator.check(new float[] {1, 1}))
          .hasMessage(
              "an embedding for near must have length 1; length=1.4142; divide it by its length");
    }
  }
}
