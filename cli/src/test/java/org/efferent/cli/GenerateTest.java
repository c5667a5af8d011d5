package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.npy.Npy;
import org.efferent.data.onnx.OnnxWriter;
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
                + " is encoded to [1 × 3 × 128 × 128]; --side sets the square, now 256");
    config("3, 128, 128", "small");
    Cli.run(call).failed(3, "tiny: a round trip must give 256 × 256 pixels; it gives 128 × 128");
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(file, Files.readString(file).replaceFirst("encoder: .*", ""));
    Cli.run(call)
        .failed(
            2, "--reconstruct needs an encoder; %s has none: give --embeddings".formatted(file));
  }

  private static void picture(Path file, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, rgb);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private static int corner(JsonNode json, int row) throws IOException {
    BufferedImage image = ImageIO.read(new java.io.File(json.get("images").get(row).asText()));
    return image.getRGB(0, 0) & 0xFFFFFF;
  }

  @Test
  void theNearestPictureOfAGallery() throws IOException {
    Npy.write(folder.resolve("g.npy"), Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), true);
    picture(folder.resolve("pictures/a.png"), 0xFF0000);
    picture(folder.resolve("pictures/b.png"), 0x00FF00);
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        kind: nearest
        embedding: {width: 2}
        gallery: {embeddings: g.npy, pictures: pictures}
        """);
    Path out = folder.resolve("out");
    Path file = embeddings(new float[] {0.1f, 3, 2, 1}, 2, 2);
    JsonNode json = Cli.run(call("--embeddings", file, "--out", out)).json();
    assertThat(corner(json, 0)).isEqualTo(0x00FF00);
    assertThat(corner(json, 1)).isEqualTo(0xFF0000);
    assertThat(Files.readString(out.resolve("00000.png"), StandardCharsets.ISO_8859_1))
        .contains("tEXtNearest\0row 1, b.png", "tEXtCosine\0");
    Cli.run(call("--embeddings", embeddings(new float[2], 1, 2), "--out", folder.resolve("o")))
        .failed(3, "E.npy: row 0: an embedding must not be zero: it points nowhere");
  }

  @Test
  void twoBranchesAreMixed() throws IOException {
    Files.writeString(
        folder.resolve("mix.yaml"),
        """
        kind: mix
        semantic: tiny.yaml
        lowLevel: tiny.yaml
        share: 0.25
        """);
    float[] first = new float[12];
    first[0] = 200;
    float[] second = new float[12];
    second[0] = 100;
    Path low = folder.resolve("L.npy");
    Npy.write(low, Tensor.of(second, 1, 3, 2, 2), true);
    Object[] words = {"generate", "--generator", folder.resolve("mix.yaml"), "--json"};
    Path embeddings = embeddings(first, 1, 12);
    Path out = folder.resolve("out");
    Object[] call = Cli.words(words, "--embeddings", embeddings, "--low-level", low, "--out", out);
    assertThat(corner(Cli.run(call).json(), 0)).isEqualTo(175 << 16);
    assertThat(out.resolve("run.json")).content().contains("E.npy", "L.npy");
    Cli.run(Cli.words(words, "--embeddings", embeddings, "--out", folder.resolve("o")))
        .failed(3, "E.npy: embeddings for mix must be [n × 24], one row at least; shape=[1, 12]");
    Npy.write(low, Tensor.of(new float[22], 2, 11), true);
    Object[] again =
        Cli.words(
            words, "--embeddings", embeddings, "--low-level", low, "--out", folder.resolve("o"));
    Cli.run(again)
        .failed(
            3,
            "E.npy and L.npy: rows of both for mix must have 24 numbers, one row at least;"
                + " shapes=[1, 12] and [2, 11]");
    Npy.write(low, Tensor.of(new float[24], 2, 12), true);
    Cli.run(again).failed(3, "L.npy must have a row for each of E.npy; rows=2 and 1");
    Npy.write(low, Tensor.of(new float[0], 0, 12), true);
    Cli.run(again)
        .failed(
            3,
            "E.npy and L.npy: rows of both for mix must have 24 numbers, one row at least;"
                + " shapes=[1, 12] and [0, 12]");
    Cli.run(
            call(
                "--reconstruct",
                folder.resolve("x.png"),
                "--low-level",
                low,
                "--out",
                folder.resolve("o")))
        .failed(2, "--low-level goes with --embeddings; give those, or leave it out");
  }

  /** One step of DDIM from noise, its adapter in the denoiser. */
  @Test
  void aDiffusionIsSteeredByAnEmbedding() throws IOException {
    new OnnxWriter("denoiser", 13)
        .input("sample", TensorType.F32, axes(1, 3, 2, 2))
        .input("t", TensorType.I64)
        .input("embeds", TensorType.F32, axes(1, 3))
        .constant("shape", Tensor.of(new long[] {1, 3, 1, 1}, 4))
        .constant("scale", Tensor.of(new float[] {1 / 14.6146f}, 1))
        .node("Reshape", List.of("embeds", "shape"), "planes")
        .node("Mul", List.of("planes", "scale"), "small")
        .node("Sub", List.of("sample", "small"), "out")
        .output("out", TensorType.F32, axes(1, 3, 2, 2))
        .write(folder.resolve("denoiser.onnx"), true);
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        kind: latent-diffusion
        embedding: {width: 3}
        unet: {graph: denoiser.onnx, latent: sample, timestep: t, image: embeds, output: out}
        latent: {shape: [3, 2, 2]}
        decoder: {graph: decoder.onnx, input: z, output: small}
        scheduler: {kind: ddim, steps: 1}
        range: [-1, 1]
        """);
    Path out = folder.resolve("out");
    // x0 = y − σ (x − e / σ) = e + (√(1 + σ²) − σ) x: the embedding, and a little of the noise.
    Path file = embeddings(new float[] {0.5f, 0, -1}, 1, 3);
    JsonNode json = Cli.run(call("--embeddings", file, "--out", out, "--seed", 5)).json();
    int rgb = corner(json, 0);
    assertThat(rgb >> 16).isCloseTo(191, within(20));
    assertThat(rgb >> 8 & 0xFF).isCloseTo(128, within(20));
    assertThat(rgb & 0xFF).isCloseTo(0, within(20));
    assertThat(Files.readString(out.resolve("00000.png"), StandardCharsets.ISO_8859_1))
        .contains("tEXtSampler\0ddim, 1 steps, trailing, epsilon, guidance 0.0", "tEXtSeed\0" + 5);
  }

  private static OnnxWriter.Axis[] axes(long... sizes) {
    return java.util.Arrays.stream(sizes)
        .mapToObj(OnnxWriter.Axis::of)
        .toArray(OnnxWriter.Axis[]::new);
  }

  /** The Open Inference Protocol on loopback. */
  @Test
  void aServerDraws() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String target = exchange.getRequestURI().getPath();
          exchange.getRequestBody().readAllBytes();
          String answer =
              target.endsWith("/ready")
                  ? "{\"ready\":true}"
                  : target.endsWith("/infer")
                      ? "{\"outputs\":[{\"name\":\"i\",\"datatype\":\"UINT8\",\"shape\":[1,1,3],\"data\":[9,8,7]}]}"
                      : "{\"name\":\"painter\",\"inputs\":[{\"name\":\"e\",\"datatype\":\"FP32\",\"shape\":[1,2]}],\"outputs\":[{\"name\":\"i\",\"datatype\":\"UINT8\",\"shape\":[-1,-1,3]}]}";
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      Files.writeString(
          folder.resolve("tiny.yaml"),
          """
          kind: remote
          embedding: {width: 2}
          server: {url: 'http://127.0.0.1:%d', model: painter}
          tensors: {embedding: e, picture: i, layout: nhwc}
          range: [0, 255]
          """
              .formatted(server.getAddress().getPort()));
      Path file = embeddings(new float[] {1, 2}, 1, 2);
      JsonNode json = Cli.run(call("--embeddings", file, "--out", folder.resolve("out"))).json();
      assertThat(corner(json, 0)).isEqualTo(0x090807);
      assertThat(json.get("generator").asText()).isEqualTo("tiny");
    } finally {
      server.stop(0);
    }
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
                  .filter(file -> file.toString().matches(".*(?<!-target)[.]yaml"))
                  .map(GeneratorConfig::read)
                  .map(GeneratorConfig::name))
          .contains("taef2", "vaelight", "sdxl-turbo-ip-adapter", "shapes", "remote", "nearest");
    }
  }
}
