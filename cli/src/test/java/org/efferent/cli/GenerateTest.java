package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.generation.GeneratorConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateTest {
  @TempDir private Path folder;

  /** The graphs are those of generation-bridge's tests, which check that they are. */
  @BeforeEach
  void models() throws IOException {
    for (String name : new String[] {"decoder.onnx", "encoder.onnx"}) {
      try (var in = GenerateTest.class.getResourceAsStream("onnx/" + name)) {
        Files.copy(in, folder.resolve(name));
      }
    }
    config("3, 2, 2", "small");
  }

  private void config(String shape, String output) throws IOException {
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        kind: onnx
        latent: {shape: [%s]}
        decoder: {graph: decoder.onnx, input: z, output: %s}
        encoder: {graph: encoder.onnx, input: x, output: z}
        range: [0, 255]
        """
            .formatted(shape, output));
  }

  private Object[] call(Object... more) {
    Object[] words = {"generate", "--generator", folder.resolve("tiny.yaml"), "--json"};
    return Cli.words(words, more);
  }

  private Path embeddings(float[] values, long... shape) {
    Path file = folder.resolve("E.npy");
    Npy.write(file, Tensor.of(values, shape), true);
    return file;
  }

  @Test
  void eachRowBecomesAPicture() throws IOException {
    float[] rows = new float[24];
    rows[0] = 200;
    rows[12 + 4] = 100;
    Path out = folder.resolve("out");
    Path file = embeddings(rows, 2, 3, 2, 2);
    JsonNode json = Cli.run(call("--embeddings", file, "--out", out)).json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("images", "generator", "millisPerImage");
    assertThat(json.get("generator").asText()).isEqualTo("tiny");
    assertThat(json.get("millisPerImage").asDouble()).isPositive();
    assertThat(json.get("images")).hasSize(2);
    BufferedImage first = ImageIO.read(new java.io.File(json.get("images").get(0).asText()));
    BufferedImage second = ImageIO.read(new java.io.File(json.get("images").get(1).asText()));
    assertThat(first.getRGB(0, 0)).isEqualTo(0xFFC80000);
    assertThat(second.getRGB(0, 0)).isEqualTo(0xFF006400);
    assertThat(Files.readString(out.resolve("00001.png"), StandardCharsets.ISO_8859_1))
        .contains("tEXtSource\0E.npy row 1", "tEXtGenerator\0tiny", "tEXtDecoder SHA-256\0");
    assertThat(out.resolve("run.json")).content().contains("\"seed\":0", "E.npy", "tiny.yaml");
  }

  @Test
  void whatCannotBeDrawnIsSaidBeforeAnythingIsWritten() {
    float[] rows = new float[24];
    rows[12 + 5] = Float.NaN;
    Path out = folder.resolve("out");
    Cli.run(call("--embeddings", embeddings(rows, 2, 12), "--out", out))
        .failed(3, "E.npy: row 1: an embedding must be finite; number 5 is NaN");
    Cli.run(call("--embeddings", embeddings(rows, 3, 8), "--out", out))
        .failed(3, "E.npy: embeddings for tiny must be [n × 12], one row at least; shape=[3, 8]");
    Cli.run(call("--embeddings", embeddings(new float[12], 1, 12), "--models", out, "--out", out))
        .failed(
            3,
            "tiny.yaml: line 3: decoder.graph: %s: there is no such file; check the path"
                .formatted(out.resolve("decoder.onnx")));
    assertThat(out).doesNotExist();
  }

  @Test
  void aRoundTripIsCompared() throws IOException {
    config("3, 128, 128", "[small, large]");
    BufferedImage image = new BufferedImage(300, 280, BufferedImage.TYPE_INT_RGB);
    image.setRGB(299, 0, 0xFFFFFF);
    ImageIO.write(image, "png", folder.resolve("black.png").toFile());
    Path out = folder.resolve("out");
    // The square is black, and so is what comes back: no difference, which JSON has no number for.
    JsonNode json =
        Cli.run(call("--reconstruct", folder.resolve("black.png"), "--out", out)).json();
    assertThat(json.get("psnr").isNull()).isTrue();
    assertThat(json.get("ssim").asDouble()).isEqualTo(1);
    assertThat(json.get("images").get(0).asText()).isEqualTo(out.resolve("black.png").toString());
    assertThat(ImageIO.read(out.resolve("black.square.png").toFile()).getWidth()).isEqualTo(256);
    Cli.Result again = Cli.run(call("--reconstruct", folder.resolve("black.png"), "--out", out));
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("is not empty");
  }

  @Test
  void aRoundTripNeedsTheSizeAndTheWayBack() throws IOException {
    ImageIO.write(
        new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("i.png").toFile());
    Object[] call = call("--reconstruct", folder.resolve("i.png"), "--out", folder.resolve("o"));
    Cli.run(call)
        .failed(
            3,
            "tiny.yaml: line 2: latent.shape is [1 × 3 × 2 × 2], but a picture of 256 × 256 pixels"
                + " is encoded to [1 × 3 × 128 × 128]");
    config("3, 128, 128", "small");
    Cli.run(call).failed(3, "tiny: a round trip must give 256 × 256 pixels; it gives 128 × 128");
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(file, Files.readString(file).replaceFirst("encoder: .*", ""));
    Cli.run(call)
        .failed(
            2, "--reconstruct needs an encoder; %s has none: give --embeddings".formatted(file));
  }

  @ParameterizedTest
  @CsvSource({"taef2, 30", "vaelight, 18"})
  void roundTripsOfOthersReachTheirFigures(String name, double decibel) {
    Path models = Cli.shared("data/generators");
    Path root = Path.of(System.getProperty("efferent.root"));
    JsonNode json =
        Cli.run(
                "generate",
                "--generator",
                root.resolve("configs/generators/" + name + ".yaml"),
                "--models",
                models,
                "--reconstruct",
                models.resolve("example1.jpg"),
                "--out",
                folder.resolve("out"),
                "--json")
            .json();
    assertThat(json.get("generator").asText()).isEqualTo(name);
    assertThat(json.get("psnr").asDouble()).isGreaterThan(decibel);
    assertThat(Path.of(json.get("images").get(0).asText())).exists();
  }

  @Test
  void everyGeneratorThatIsShippedIsOne() throws IOException {
    Path shipped = Path.of(System.getProperty("efferent.root"), "configs", "generators");
    try (var files = Files.list(shipped)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".yaml"))
                  .map(GeneratorConfig::read)
                  .map(GeneratorConfig::name))
          .contains("taef2", "vaelight", "sdxl-turbo-ip-adapter");
    }
  }
}
