package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class PictureTest {
  @TempDir private Path folder;

  private static Picture picture() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0x123456);
    return new Picture(image, Map.of("Generator", "tiny")).with("Source", "é.npy row 1");
  }

  /** Words of text chunks, as a reader finds them. */
  private static Map<String, String> words(Path file) throws IOException {
    Map<String, String> words = new HashMap<>();
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      Node root = reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
      for (Node kind = root.getFirstChild(); kind != null; kind = kind.getNextSibling()) {
        NodeList entries = kind.getChildNodes();
        for (int i = 0; kind.getNodeName().endsWith("Xt") && i < entries.getLength(); i++) {
          var attributes = entries.item(i).getAttributes();
          Node value = attributes.getNamedItem("value");
          words.put(
              attributes.getNamedItem("keyword").getNodeValue(),
              kind.getNodeName()
                  + " "
                  + (value == null ? attributes.getNamedItem("text") : value).getNodeValue());
        }
      }
    } finally {
      reader.dispose();
    }
    return words;
  }

  @Test
  void aPngSaysWhereItCameFrom() throws IOException {
    Path file = folder.resolve("p.png");
    picture().with("Subject", "λ").writePng(file, false);
    assertThat(ImageIO.read(file.toFile()).getRGB(1, 0)).isEqualTo(0xFF123456);
    assertThat(words(file))
        .containsOnly(
            Map.entry("Generator", "tEXt tiny"),
            Map.entry("Source", "tEXt é.npy row 1"),
            Map.entry("Subject", "iTXt λ"));
  }

  @Test
  void aFileIsReplacedOnlyIfAllowed() throws IOException {
    Path file = Files.writeString(folder.resolve("p.png"), "mine");
    assertThatThrownBy(() -> picture().writePng(file, false)).isInstanceOf(UsageException.class);
    assertThat(file).hasContent("mine");
    picture().writePng(file, true);
    assertThat(words(file)).containsKey("Source");
  }

  @Test
  void keysAreThoseOfPng() {
    assertThatThrownBy(() -> picture().with("λ", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key must have 1 to 79 characters of ASCII; key='λ'");
  }
}
