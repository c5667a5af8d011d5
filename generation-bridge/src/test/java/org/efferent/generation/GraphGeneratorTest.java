package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.TensorType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphGeneratorTest {
  private static final String CONFIG =
      """
      kind: onnx
      latent:
        shape: [3, 2, 2]
      decoder:
        graph: decoder.onnx
        input: z
        output: small
      encoder:
        graph: encoder.onnx
        input: x
        output: z
      range: [0, 255]
      """;

  private static final String SIGNATURE =
      "it takes 'z' FLOAT [? × 3 × ? × ?] and gives 'small' FLOAT [? × 3 × ? × ?], 'large' FLOAT"
          + " [? × 3 × ? × ?]";

  /** Red 0 to 30, green 100 to 130, blue 250 to 280, which is cut off at 255. */
  private static final float[] LATENT = {0, 10, 20, 30, 100, 110, 120, 130, 250, 260, 270, 280};

  @TempDir private Path folder;

  @BeforeEach
  void models() throws IOException {
    Files.write(folder.resolve("decoder.onnx"), TinyGraph.decoder());
    Files.write(folder.resolve("encoder.onnx"), TinyGraph.encoder());
    Files.write(folder.resolve("noisy.onnx"), TinyGraph.noisy());
  }

  private Generator open(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.yaml"), config);
    return Generators.open(GeneratorConfig.read(file), folder, 1);
  }

  private static int[] rgb(BufferedImage image) {
    int[] values =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int i = 0; i < values.length; i++) {
      values[i] &= 0xFFFFFF;
    }
    return values;
  }

  @Test
  void aLatentBecomesAPictureThatSaysWhereItCameFrom() throws IOException {
    try (Generator generator = open(CONFIG)) {
      assertThat(generator.name()).isEqualTo("tiny");
      assertThat(generator.width()).isEqualTo(12);
      Picture picture = generator.generate(LATENT, 0);
      assertThat(rgb(picture.image())).containsExactly(0x0064FA, 0x0A6EFF, 0x1478FF, 0x1E82FF);
      assertThat(picture.provenance())
          .containsEntry("Generator", "tiny")
          .containsEntry("Decoder", "decoder.onnx")
          .containsEntry("Encoder", "encoder.onnx")
          .doesNotContainKey("Seed");
      assertThat(picture.provenance().get("Decoder SHA-256")).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void scaleShiftAndRangeAreThoseOfTheConfiguration() throws IOException {
    String config =
        CONFIG
            .replace("shape: [3, 2, 2]", "{shape: [3, 2, 2], scale: 2, shift: -5}")
            .replace("latent:\n", "latent:")
            .replace("[0, 255]", "[-5, 250]");
    try (Generator generator = open(config)) {
      float[] latent = new float[12];
      latent[1] = 20;
      // 20 / 2 − 5 = 5, which is 10 above black.
      assertThat(rgb(generator.generate(latent, 0).image())).containsExactly(0, 0x0A0000, 0, 0);
      BufferedImage picture = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 16; i++) {
        picture.setRGB(i % 4, i / 4, 0x0A0000);
      }
      // The way back undoes it: (5 + 5) · 2, and (−5 + 5) · 2.
      float[] back = generator.encoder().orElseThrow().encode(picture);
      assertThat(back).containsExactly(20, 20, 20, 20, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  @Test
  void severalOutputsAreAddedInTheSizeOfTheLargest() throws IOException {
    try (Generator generator = open(CONFIG.replace("output: small", "output: [small, large]"))) {
      float[] latent = new float[12];
      latent[0] = 16;
      latent[1] = 32;
      latent[2] = 64;
      latent[3] = 128;
      BufferedImage image = generator.generate(latent, 0).image();
      assertThat(image.getWidth()).isEqualTo(4);
      // Corner: 16, and 16 again; beside it 3/4 · 16 + 1/4 · 32; within, 9/16, 3/16, 3/16, 1/16.
      assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(32 << 16);
      assertThat(image.getRGB(1, 0) & 0xFFFFFF).isEqualTo(20 << 16);
      assertThat(image.getRGB(1, 1) & 0xFFFFFF).isEqualTo((9 + 6 + 12 + 8) << 16);
      assertThat(image.getRGB(3, 3) & 0xFFFFFF).isEqualTo(128 << 16);
    }
  }

  @Test
  void noiseIsThatOfTheSeed() throws IOException {
    String config =
        CONFIG
            .replace("graph: decoder.onnx", "graph: noisy.onnx")
            .replace("output: small", "output: y\n  noise: {input: n, shape: [3, 2, 2]}")
            .replace("[0, 255]", "[-3, 3]");
    try (Generator generator = open(config)) {
      float[] zero = new float[12];
      Picture one = generator.generate(zero, 7);
      assertThat(one.provenance()).containsEntry("Seed", "7");
      assertThat(rgb(generator.generate(zero, 7).image())).isEqualTo(rgb(one.image()));
      assertThat(rgb(generator.generate(zero, 8).image())).isNotEqualTo(rgb(one.image()));
    }
    assertThatThrownBy(() -> open(config.replaceFirst("noise: .*", "")))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage(
            "tiny.yaml: line 6: decoder.input: noisy.onnx wants more inputs than the configuration"
                + " names, [n]; it takes 'z' FLOAT [1 × 3 × 2 × 2], 'n' FLOAT [1 × 3 × 2 × 2] and"
                + " gives 'y' FLOAT [1 × 3 × 2 × 2]");
  }

  @Test
  void namesThatTheGraphDoesNotHaveAreShownWithTheirLines() {
    assertThatThrownBy(() -> open(CONFIG.replace("input: z", "input: latent")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny.yaml: line 6: decoder.input: decoder.onnx has no input 'latent'; " + SIGNATURE);
    assertThatThrownBy(() -> open(CONFIG.replace("output: small", "output: [large,\n    huge]")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny.yaml: line 8: decoder.output[1]: decoder.onnx has no output 'huge'; "
                + SIGNATURE);
    assertThatThrownBy(() -> open(CONFIG.replace("input: x", "input: y")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("tiny.yaml: line 10: encoder.input: encoder.onnx has no input 'y'");
  }

  @Test
  void shapesThatTheGraphDoesNotTakeAreShown() throws IOException {
    assertThatThrownBy(() -> open(CONFIG.replace("[3, 2, 2]", "[4, 2, 2]")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny.yaml: line 6: decoder.input: decoder.onnx would be given [1 × 4 × 2 × 2]; "
                + SIGNATURE);
    try (Generator generator = open(CONFIG)) {
      PictureEncoder encoder = generator.encoder().orElseThrow();
      assertThatThrownBy(() -> encoder.encode(new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB)))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "tiny.yaml: line 3: latent.shape is [1 × 3 × 2 × 2], but a picture of 8 × 4 pixels is"
                  + " encoded to [1 × 3 × 2 × 4]");
    }
  }

  @Test
  void missingFilesAndFilesThatAreNoGraphsAreNamed() throws IOException {
    assertThatThrownBy(() -> open(CONFIG.replace("graph: encoder.onnx", "graph: none.onnx")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny.yaml: line 9: encoder.graph: %s: there is no such file; check the path"
                .formatted(folder.resolve("none.onnx")));
    Files.writeString(folder.resolve("text.onnx"), "no graph");
    assertThatThrownBy(() -> open(CONFIG.replace("graph: decoder.onnx", "graph: text.onnx")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "tiny.yaml: line 5: decoder.graph: text.onnx: cannot be loaded as an ONNX model: ");
    byte[] doubles =
        TinyGraph.one("Identity", TensorType.F64, new long[] {1, 3, 2, 2}, new long[] {1, 3, 2, 2});
    Files.write(folder.resolve("decoder.onnx"), doubles);
    assertThatThrownBy(() -> open(CONFIG))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessageStartingWith(
            "tiny.yaml: line 6: decoder.input: input 'z' of decoder.onnx must be of 32-bit or 16-bit floats");
  }

  @Test
  void embeddingsThatCannotBeDrawnAreRefused() throws IOException {
    try (Generator generator = open(CONFIG)) {
      assertThatThrownBy(() -> generator.generate(new float[11], 0))
          .isInstanceOf(InputException.class)
          .hasMessage("an embedding for tiny must have 12 numbers, [3, 2, 2]; numbers=11");
      float[] bad = new float[12];
      bad[5] = Float.NaN;
      assertThatThrownBy(() -> generator.generate(bad, 0))
          .isInstanceOf(InputException.class)
          .hasMessage("an embedding must be finite; number 5 is NaN");
    }
    String unit = CONFIG.replace("shape: [3, 2, 2]", "shape: [3, 2, 2]\n  unit: true");
    try (Generator generator = open(unit)) {
      float[] embedding = new float[12];
      embedding[0] = 2;
      assertThatThrownBy(() -> generator.generate(embedding, 0))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "an embedding for tiny must have length 1; length=2.0000; divide it by its length");
      embedding[0] = 1;
      assertThat(generator.generate(embedding, 0).image().getWidth()).isEqualTo(2);
    }
  }

  @Test
  void aModelThatGivesNoPictureIsSaid() throws IOException {
    byte[] flat =
        TinyGraph.one("Flatten", TensorType.F32, new long[] {1, 3, 2, 2}, new long[] {1, 12});
    Files.write(folder.resolve("decoder.onnx"), flat);
    try (Generator generator = open(CONFIG)) {
      assertThatThrownBy(() -> generator.generate(LATENT, 0))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "tiny: an output must be [1 × 3 × height × width], or [1 × 1 × height × width] for"
                  + " grey, all of as many channels; it is [1 × 12]");
    }
    byte[] root =
        TinyGraph.one("Sqrt", TensorType.F32, new long[] {1, 3, 2, 2}, new long[] {1, 3, 2, 2});
    Files.write(folder.resolve("decoder.onnx"), root);
    float[] negative = LATENT.clone();
    negative[0] = -1;
    try (Generator generator = open(CONFIG)) {
      assertThatThrownBy(() -> generator.generate(negative, 0))
          .isInstanceOf(InputException.class)
          .hasMessage("tiny: the model gives a picture that is not finite; value=NaN");
    }
  }

  /** The command's tests have copies, since modules do not share what tests make. */
  @Test
  void theCopiesOfTheCommandsTestsAreThese() {
    Path copies =
        Path.of(
            System.getProperty("efferent.root"), "cli/src/test/resources/org/efferent/cli/onnx");
    assertThat(copies.resolve("decoder.onnx")).hasBinaryContent(TinyGraph.decoder());
    assertThat(copies.resolve("encoder.onnx")).hasBinaryContent(TinyGraph.encoder());
  }
}
