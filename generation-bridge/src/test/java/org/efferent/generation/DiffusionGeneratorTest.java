package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.npy.Npy;
import org.efferent.data.onnx.OnnxWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiffusionGeneratorTest {
  private static final String CONFIG = TinyDiffusion.CONFIG;
  private static final float[] EMBEDDING = TinyDiffusion.sines(0.9, 6);
  private static final float[] START = TinyDiffusion.sines(1.5, 24);

  @TempDir private Path folder;

  @BeforeEach
  void files() {
    TinyDiffusion.write(folder);
  }

  private GeneratorConfig read(String config) throws IOException {
    return GeneratorConfig.read(Files.writeString(folder.resolve("tiny.yaml"), config));
  }

  private DiffusionGenerator open(String config) throws IOException {
    return (DiffusionGenerator) Generators.open(read(config), folder, 1);
  }

  private static List<JsonNode> golden() throws IOException {
    try (InputStream in = DiffusionGeneratorTest.class.getResourceAsStream("diffusion.json")) {
      JsonNode all = new ObjectMapper().readTree(in);
      return StreamSupport.stream(all.spliterator(), false).toList();
    }
  }

  private static String scheduled(JsonNode golden) {
    String spacing = golden.get("spacing").asText();
    return CONFIG.replace(
        "  kind: euler\n  steps: 4\n",
        "  {kind: %s, spacing: %s, prediction: %s, steps: %s, guidance: %s}\n"
            .formatted(
                golden.get("kind").asText(),
                spacing,
                golden.get("prediction").asText(),
                golden.get("steps"),
                golden.get("guidance")));
  }

  private static Optional<InitialLatent> start(JsonNode golden) {
    double strength = golden.get("strength").asDouble();
    return strength == 0 ? Optional.empty() : Optional.of(new InitialLatent(START, strength));
  }

  private static void compare(double[] latent, JsonNode golden, double tolerance) {
    assertThat(latent).hasSize(24);
    for (int i = 0; i < 24; i++) {
      assertThat(latent[i]).isCloseTo(golden.get("latent").get(i).asDouble(), within(tolerance));
    }
  }

  /** Every sampler, spacing and prediction, guidance, and a start from a latent. */
  @ParameterizedTest
  @MethodSource("golden")
  void latentsAndPicturesAreThoseOfThePapersEquations(JsonNode golden) throws IOException {
    long seed = golden.get("seed").asLong();
    try (DiffusionGenerator generator = open(scheduled(golden))) {
      compare(generator.denoise(EMBEDDING, start(golden), seed), golden, 1e-3);
      Picture picture = generator.generate(EMBEDDING, start(golden), seed);
      BufferedImage image = picture.image();
      assertThat(image.getWidth()).isEqualTo(4);
      assertThat(image.getHeight()).isEqualTo(3);
      for (int i = 0; i < 36; i++) {
        int level = image.getRGB(i % 4, i / 4 % 3) >> (16 - 8 * (i / 12)) & 0xFF;
        assertThat(level).isCloseTo(golden.get("levels").get(i).asInt(), within(1));
      }
    }
  }

  @Test
  void aPictureSaysHowItWasMade() throws IOException {
    try (Generator generator = open(CONFIG)) {
      assertThat(generator.name()).isEqualTo("tiny");
      assertThat(generator.width()).isEqualTo(6);
      assertThat(generator.startsFrom()).contains(List.of(2, 3, 4));
      Picture picture = generator.generate(EMBEDDING, 7);
      assertThat(picture.provenance())
          .containsEntry("Generator", "tiny")
          .containsEntry("Adapter", "adapter.onnx")
          .containsEntry("Denoiser", "unet.onnx")
          .containsEntry("Decoder", "decoder.onnx")
          .containsEntry("Constants 4", "text.npy")
          .containsEntry("Sampler", "euler, 4 steps, trailing, epsilon, guidance 0.0")
          .containsEntry("Seed", "7")
          .containsKeys("Adapter SHA-256", "Denoiser SHA-256", "Constants 4 SHA-256")
          .doesNotContainKey("Start");
      Optional<InitialLatent> start = Optional.of(new InitialLatent(START, 0.5));
      assertThat(generator.generate(EMBEDDING, start, 7).provenance())
          .containsEntry("Start", "a latent, strength 0.5");
    }
  }

  @Test
  void theSameSeedIsTheSamePicture() throws IOException {
    try (DiffusionGenerator generator = open(CONFIG.replace("euler", "euler-ancestral"))) {
      double[] first = generator.denoise(EMBEDDING, Optional.empty(), 1);
      assertThat(generator.denoise(EMBEDDING, Optional.empty(), 2)).isNotEqualTo(first);
      assertThat(generator.denoise(EMBEDDING, Optional.empty(), 1)).isEqualTo(first);
    }
  }

  /** All types of numbers that exports have: the step whole or not, 16 bits in and out. */
  @ParameterizedTest
  @CsvSource({"F32,I32,1e-3", "F32,F32,1e-3", "F32,F64,1e-3", "F16,I64,0.05", "F16,F16,0.05"})
  void typesAreThoseOfTheGraph(TensorType type, TensorType step, double tolerance)
      throws IOException {
    for (long[] shape : new long[][] {{}, {1}, {-1}}) {
      TinyDiffusion.unet(type, step, shape).write(folder.resolve("unet.onnx"), true);
      try (DiffusionGenerator generator = open(CONFIG)) {
        compare(generator.denoise(EMBEDDING, Optional.empty(), 7), golden().get(0), tolerance);
      }
    }
  }

  @Test
  void tokensMayComeFromSafetensors() throws IOException {
    String config =
        CONFIG.replace(
            "{file: text.npy}",
            "{file: text.safetensors, tensor: prompt_embeds, shape: [1, 3, 5]}");
    try (DiffusionGenerator generator = open(config)) {
      compare(generator.denoise(EMBEDDING, Optional.empty(), 7), golden().get(0), 1e-3);
    }
  }

  /** The scale steers: with none of it, all embeddings give the same. */
  @Test
  void theAdaptersScaleIsGivenToTheGraph() throws IOException {
    try (DiffusionGenerator generator = open(CONFIG.replace("value: 1", "value: 0"))) {
      double[] one = generator.denoise(EMBEDDING, Optional.empty(), 7);
      assertThat(generator.denoise(new float[6], Optional.empty(), 7)).isEqualTo(one);
    }
  }

  /** An embedding straight into the denoiser, which holds its adapter. */
  @Test
  void theAdapterMayBeInsideTheDenoiser() throws IOException {
    OnnxWriter inside =
        TinyGraph.graph()
            .input("sample", TensorType.F32, TinyGraph.axes("sample", -1, 2, 3, 4))
            .input("t", TensorType.I64)
            .input("embeds", TensorType.F32, TinyGraph.axes("embeds", -1, 1, 6))
            .constant("mean", Tensor.of(new long[] {1, 2}, 2))
            .constant("planes", Tensor.of(new long[] {-1, 1, 1, 1}, 4))
            .node("ReduceSum", List.of("embeds"), "sum")
            .node("Reshape", List.of("sum", "planes"), "s")
            .node("Sub", List.of("sample", "s"), "out")
            .output("out", TensorType.F32, TinyGraph.axes("out", -1, 2, 3, 4));
    inside.write(folder.resolve("inside.onnx"), true);
    String config =
        """
        kind: latent-diffusion
        embedding: {width: 6, unit: true}
        unet: {graph: inside.onnx, latent: sample, timestep: t, image: embeds, output: out}
        latent: {shape: [2, 3, 4]}
        decoder: {graph: decoder.onnx, input: latent_sample, output: image}
        scheduler: {kind: ddim, steps: 1}
        """;
    try (DiffusionGenerator generator = open(config)) {
      float[] unit = {0.6f, 0.8f, 0, 0, 0, 0};
      // One step from x: eps = x − 1.4, and x0 = (x − √(1 − ᾱ) eps) / √ᾱ.
      double[] y = generator.denoise(unit, Optional.empty(), 3);
      double sigma = 14.6146;
      double first = new java.util.Random(3).nextGaussian();
      double expected = first * Math.sqrt(1 + sigma * sigma) - sigma * (first - 1.4);
      assertThat(y[0]).isCloseTo(expected, within(1e-3));
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 3))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "an embedding for tiny must have length 1; length=1.5910; divide it by its length");
    }
  }

  private static final String UNET =
      "it takes 'sample' FLOAT [? × 2 × 3 × 4], 'timestep' INT64 [1], 'encoder_hidden_states'"
          + " FLOAT [? × ? × 5], 'scale' FLOAT [], 'time_ids' FLOAT [1 × 2] and gives 'out_sample'"
          + " FLOAT [1 × 2 × 3 × 4]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "latent: sample|latent: x|tiny.yaml: line 10: unet.latent: unet.onnx has no input 'x'; UNET",
        "timestep: timestep|timestep: t|tiny.yaml: line 11: unet.timestep: unet.onnx has no input 't'; UNET",
        "output: out_sample|output: out|tiny.yaml: line 19: unet.output: unet.onnx has no output 'out'; UNET",
        "input: scale|input: strength|tiny.yaml: line 16: unet.adapterScale.input: unet.onnx has no input 'strength'; UNET",
        "adapterScale: {input: scale, value: 1}~  constants:|constants:|tiny.yaml: line 9: unet.graph: unet.onnx wants more inputs than the configuration names, [scale]; UNET",
        "shape: [2, 3, 4]|shape: [2, 4, 4]|tiny.yaml: line 10: unet.latent: unet.onnx would be given [1 × 2 × 4 × 4]; UNET",
        "shape: [1, 2]|shape: [2]|tiny.yaml: line 18: unet.constants.time_ids: unet.onnx would be given [2]; UNET",
        "width: 6|width: 7|tiny.yaml: line 6: adapter.input: adapter.onnx would be given [1 × 7]; it takes 'image_embeds' FLOAT [? × 6] and gives 'ip_tokens' FLOAT [1 × 2 × 5]",
        "output: ip_tokens|output: tokens|tiny.yaml: line 7: adapter.output: adapter.onnx has no output 'tokens'; it takes 'image_embeds' FLOAT [? × 6] and gives 'ip_tokens' FLOAT [1 × 2 × 5]",
        "input: latent_sample|input: z|tiny.yaml: line 26: decoder.input: decoder.onnx has no input 'z'; it takes 'latent_sample' FLOAT [? × 2 × ? × ?] and gives 'image' FLOAT [? × 3 × ? × ?]",
        "{file: text.npy}|{file: wide.npy}|tiny.yaml: line 13: unet.text.input: tokens of text and image must both be [1 × tokens × width], of one width; text=[1 × 3 × 4], image=[1 × 2 × 5]",
        "{file: text.npy}|{file: text.safetensors}|tiny.yaml: line 14: unet.text.tokens.file: text.safetensors has 2 tensors; name one by 'tensor': pooled, prompt_embeds",
        "{file: text.npy}|{file: text.safetensors, tensor: prompt}|tiny.yaml: line 14: unet.text.tokens.tensor: text.safetensors has no tensor 'prompt'; it has pooled, prompt_embeds",
        "{file: text.npy}|{file: text.npy, tensor: prompt}|tiny.yaml: line 14: unet.text.tokens.tensor: only a .safetensors file has tensors by name; file=text.npy",
        "{file: text.npy}|{file: text.npy, shape: [1, 4, 5]}|tiny.yaml: line 14: unet.text.tokens must have as many numbers as its shape; shape=[1 × 4 × 5], file=[1 × 3 × 5]",
        "{file: text.npy}|{file: nan.npy}|tiny.yaml: line 14: unet.text.tokens must be finite; number 2 is NaN",
        "{file: text.npy}|{file: none.npy}|tiny.yaml: line 14: unet.text.tokens.file: FOLDER/none.npy: there is no such file; check the path",
        "graph: unet.onnx|graph: none.onnx|tiny.yaml: line 9: unet.graph: FOLDER/none.onnx: there is no such file; check the path",
      })
  void whatDoesNotFitIsShownWithItsLineAndTheGraphsSignature(
      String from, String to, String message) {
    Npy.write(folder.resolve("wide.npy"), Tensor.of(new float[12], 1, 3, 4), true);
    Npy.write(folder.resolve("nan.npy"), Tensor.of(new float[] {0, 1, Float.NaN}, 1, 3, 1), true);
    String text = CONFIG.replace(from.replace("~", "\n"), to == null ? "" : to);
    assertThat(text).isNotEqualTo(CONFIG);
    assertThatThrownBy(() -> open(text))
        .isInstanceOfAny(InputException.class, UnsupportedInputException.class)
        .hasMessage(
            message
                .replace("UNET", UNET)
                .replace("FOLDER/", folder + folder.getFileSystem().getSeparator()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kind: euler|kind: heun|tiny.yaml: line 29: scheduler.kind must be one of euler, euler-ancestral, ddim; it is heun",
        "steps: 4|steps: 0|tiny.yaml: line 30: scheduler.steps must be 1 at least; it is 0",
        "steps: 4|steps: 1001|tiny.yaml: line 28: scheduler: steps must be from 1 to those of the training; steps=1001, training=1000",
        "steps: 4|steps: 4~  offset: 1|tiny.yaml: line 28: scheduler: offset must be 0 at least, with leading steps alone, and leave the last step within the training; offset=1, spacing=trailing",
        "steps: 4|steps: 4~  guidance: -1|tiny.yaml: line 28: scheduler: guidance must be from 0 to 1000, and up to 1 for none; guidance=-1.0",
        "steps: 4|steps: 4~  betas: {first: 0.5, last: 0.1}|tiny.yaml: line 28: scheduler: a noise schedule needs 2 steps at least and 0 < first <= last < 1; steps=1000, first=0.5, last=0.1",
        "steps: 4|step: 4|tiny.yaml: line 30: scheduler.step is unknown; known are kind, steps, spacing, offset, prediction, guidance, betas",
        "imageTokens: true|imageTokens: false|tiny.yaml: line 9: unet.graph: image tokens go in once: by 'image', or behind the text by 'text.imageTokens'; given: neither",
        "timestep: timestep|timestep: sample|tiny.yaml: line 11: unet.timestep: input 'sample' is given twice",
        "shape: [2, 3, 4]|shape: [24]|tiny.yaml: line 21: latent.shape must be [channels × height × width]; shape=[24]",
        "numbers: [0.5, -1], |numbers: [0.5], |tiny.yaml: line 18: unet.constants.time_ids: must have as many numbers as its shape; shape=[1, 2], numbers=1",
        "numbers: [0.5, -1], ||tiny.yaml: line 18: unet.constants.time_ids: must have either a file or numbers",
        "output: image|output: [image, more]|tiny.yaml: line 27: decoder.output[0]: an autoencoder's decoder must have one output and no noise; outputs=2",
      })
  void whatIsWrongInTheFileIsShownWithItsLine(String from, String to, String message) {
    String text = CONFIG.replace(from, to == null ? "" : to.replace("~", "\n"));
    assertThat(text).isNotEqualTo(CONFIG);
    assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessage(message);
  }

  @Test
  void outputsOfAnotherShapeAreShown() throws IOException {
    OnnxWriter wrong =
        TinyGraph.graph()
            .input("sample", TensorType.F32, TinyGraph.axes("sample", -1, 2, 3, 4))
            .input("timestep", TensorType.I64)
            .input("image", TensorType.F32, TinyGraph.axes("image", -1, -1, -1))
            .node("Concat", List.of("sample", "sample"), "out", OnnxWriter.Attribute.of("axis", 0))
            .output("out", TensorType.F32, TinyGraph.axes("out", -1, 2, 3, 4));
    wrong.write(folder.resolve("unet.onnx"), true);
    String config =
        CONFIG.replaceFirst("(?s)  text:.*  output: out_sample", "  image: image\n  output: out");
    try (Generator generator = open(config)) {
      assertThatThrownBy(() -> generator.generate(EMBEDDING, 0))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "tiny.yaml: line 13: unet.output: unet.onnx gives [2 × 2 × 3 × 4] where the latent is"
                  + " [1 × 2 × 3 × 4]; it takes 'sample' FLOAT [? × 2 × 3 × 4], 'timestep' INT64 [],"
                  + " 'image' FLOAT [? × ? × ?] and gives 'out' FLOAT [? × 2 × 3 × 4]");
    }
  }

  @Test
  void embeddingsAndLatentsThatCannotBeUsedAreRefused() throws IOException {
    try (Generator generator = open(CONFIG)) {
      assertThatThrownBy(() -> generator.generate(new float[5], 0))
          .isInstanceOf(InputException.class)
          .hasMessage("an embedding for tiny must have 6 numbers, [6]; numbers=5");
      float[] bad = EMBEDDING.clone();
      bad[3] = Float.POSITIVE_INFINITY;
      assertThatThrownBy(() -> generator.generate(bad, 0))
          .hasMessage("an embedding must be finite; number 3 is Infinity");
      assertThatThrownBy(
              () ->
                  generator.generate(
                      EMBEDDING, Optional.of(new InitialLatent(new float[23], 1)), 0))
          .isInstanceOf(InputException.class)
          .hasMessage("a latent that tiny starts from must have 24 numbers, [2, 3, 4]; numbers=23");
      float[] start = START.clone();
      start[1] = Float.NaN;
      assertThatThrownBy(
              () -> generator.generate(EMBEDDING, Optional.of(new InitialLatent(start, 1)), 0))
          .hasMessage("a latent that tiny starts from must be finite; number 1 is NaN");
    }
    for (double strength : new double[] {0, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new InitialLatent(START, strength))
          .hasMessage("strength must be above 0 and at most 1; strength=" + strength);
    }
  }
}
