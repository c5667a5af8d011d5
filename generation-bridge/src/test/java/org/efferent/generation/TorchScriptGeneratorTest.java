package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.efferent.core.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are those of {@code make_torchscript.py}. */
class TorchScriptGeneratorTest {
  private static final String CONFIG =
      """
      kind: torchscript
      latent:
        shape: [3, 2, 2]
      decoder:
        module: decoder.pt
      encoder:
        module: encoder.pt
      range: [0, 255]
      """;

  private static final float[] LATENT = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110};

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name : new String[] {"decoder.pt", "encoder.pt"}) {
      try (InputStream in = TorchScriptGeneratorTest.class.getResourceAsStream(name)) {
        Files.copy(in, folder.resolve(name));
      }
    }
  }

  private Generator open(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.yaml"), config);
    return Generators.open(GeneratorConfig.read(file), folder, 1);
  }

  @Test
  void aLatentBecomesAPictureAndAPictureALatent() throws IOException {
    try (Generator generator = open(CONFIG)) {
      Picture picture = generator.generate(LATENT, 0);
      BufferedImage image = picture.image();
      assertThat(image.getWidth()).isEqualTo(4);
      // Twice the number and 1, 2 or 3.
      assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(1 << 16 | 82 << 8 | 163);
      assertThat(image.getRGB(3, 0) & 0xFFFFFF).isEqualTo(21 << 16 | 102 << 8 | 183);
      assertThat(picture.provenance())
          .containsEntry("Decoder", "decoder.pt")
          .containsKey("Encoder SHA-256")
          .doesNotContainKey("Seed");
      // Each pixel is there four times, so their mean is the pixel.
      float[] back = generator.encoder().orElseThrow().encode(image);
      assertThat(back).containsExactly(1, 21, 41, 61, 82, 102, 122, 142, 163, 183, 203, 223);
      assertThat(generator.generate(LATENT, 0).image().getRGB(0, 0)).isEqualTo(image.getRGB(0, 0));
    }
  }

  @Test
  void outputsHavePositions() throws IOException {
    String second = CONFIG.replace("module: decoder.pt", "module: decoder.pt\n  output: 1");
    try (Generator generator = open(second)) {
      assertThat(generator.generate(LATENT, 0).image().getRGB(1, 0) & 0xFFFFFF)
          .isEqualTo(5 << 16 | 25 << 8 | 45);
    }
    try (Generator generator = open(second.replace("output: 1", "output: [0, 2]"))) {
      assertThatThrownBy(() -> generator.generate(LATENT, 0))
          .isInstanceOf(InputException.class)
          .hasMessage("tiny.yaml: line 5: decoder.module: decoder.pt has no output 2; it gives 2");
    }
    assertThatThrownBy(() -> open(second.replace("output: 1", "output: -1")))
        .isInstanceOf(InputException.class)
        .hasMessage("tiny.yaml: line 6: decoder.output must be from 0 to 1000; it is -1");
  }

  @Test
  void shapesThatTheNetworkDoesNotTakeAreShown() throws IOException {
    try (Generator generator = open(CONFIG.replace("[3, 2, 2]", "[2, 2, 2]"))) {
      assertThatThrownBy(() -> generator.generate(new float[8], 0))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "tiny.yaml: line 5: decoder.module: decoder.pt cannot be run on [1 × 2 × 2 × 2]: ")
          .hasMessageContaining("expected input[1, 2, 2, 2] to have 3 channels");
    }
  }

  @Test
  void whatIsNoTorchScriptIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("decoder.pt"));
    String place = "tiny.yaml: line 5: decoder.module: decoder.pt ";
    for (byte[] bytes :
        new byte[][] {"no zip".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, 900)}) {
      Files.write(folder.resolve("decoder.pt"), bytes);
      assertThatThrownBy(() -> open(CONFIG))
          .isInstanceOf(InputException.class)
          .hasMessage(
              place
                  + "is no TorchScript file, which is a zip; write it with torch.jit.trace(…).save");
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("decoder.pt"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.closeEntry();
    }
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessage(
            place
                + "holds no program: weights alone (torch.save) are not enough; write it with"
                + " torch.jit.trace(…).save");
    try (OutputStream out = Files.newOutputStream(folder.resolve("decoder.pt"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("decoder/code/__torch__.py"));
      zip.write("damaged".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "tiny.yaml: line 5: decoder.module: decoder.pt: cannot be loaded as TorchScript: ");
    Files.delete(folder.resolve("decoder.pt"));
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny.yaml: line 5: decoder.module: %s: there is no such file; check the path"
                .formatted(folder.resolve("decoder.pt")));
  }
}
