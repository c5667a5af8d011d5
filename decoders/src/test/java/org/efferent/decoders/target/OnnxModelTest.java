package org.efferent.decoders.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  /** Red 1, 3; green 5, 7; blue 0, 1: means 2, 6, 1/2. */
  private static final float[] TWO_PIXELS = {1, 3, 5, 7, 0, 1};

  @TempDir private Path folder;

  private Path file(byte[] model) throws IOException {
    return Files.write(folder.resolve("tiny.onnx"), model);
  }

  private OnnxModel open(byte[] model, String input, String... outputs) throws IOException {
    return OnnxModel.open(file(model), input, List.of(outputs), 1);
  }

  private static Path shared(String name) {
    Path path = Path.of(System.getProperty("efferent.root"), "../shared/data/generators", name);
    Assumptions.assumeTrue(Files.exists(path), "needs ../shared/data/generators/" + name);
    return path;
  }

  @Test
  void aNetworkRuns() throws IOException {
    try (OnnxModel model = open(TinyOnnx.imageMeans(), "pixel_values", "image_embeds")) {
      Tensor out = model.run(TWO_PIXELS, 1, 3, 1, 2);
      assertThat(out.shape()).containsExactly(1, 2);
      assertThat(out.floats()).containsExactly(-4, 1);
      assertThat(model.inputShape()).containsExactly(-1, 3, -1, -1);
    }
  }

  @Test
  void tensorsInsideItAreHadByTheirNamesAndAveraged() throws IOException {
    try (OnnxModel model = open(TinyOnnx.imageMeans(), "pixel_values", "means")) {
      assertThat(model.run(TWO_PIXELS, 1, 3, 1, 2).floats()).containsExactly(2, 6, 0.5f);
    }
    float[] audio = new float[640];
    Arrays.fill(audio, 320, 640, 5);
    try (OnnxModel model =
        open(TinyOnnx.audioMeans(), "input_values", "layers.0", "last_hidden_state")) {
      Tensor mean = model.run(audio, 1, 640);
      assertThat(mean.shape()).containsExactly(1, 2, 2);
      assertThat(mean.floats()).containsExactly(0, 0, 10, -10);
    }
  }

  @Test
  void namesThatAreNotThereAreNamedWithThoseThatAre() {
    byte[] tiny = TinyOnnx.imageMeans();
    assertThatThrownBy(() -> open(tiny, "pixels", "image_embeds"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny.onnx: has no input 'pixels'; it has 'pixel_values' FLOAT [? × 3 × ? × ?]");
    assertThatThrownBy(() -> open(tiny, "pixel_values", "image_embeds", "mean"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny.onnx: has no output 'mean'; it has 'image_embeds' FLOAT [? × 2]; of 3 tensors"
                + " inside the nearest names are [means, pooled, image_embeds]");
  }

  @Test
  void shapesThatDoNotFitAreRefused() throws IOException {
    try (OnnxModel model = open(TinyOnnx.imageMeans(), "pixel_values", "image_embeds")) {
      assertThatThrownBy(() -> model.run(new float[4], 1, 1, 2, 2))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "tiny.onnx: its input 'pixel_values' is [? × 3 × ? × ?], the description makes"
                  + " [1 × 1 × 2 × 2]; change the description");
      assertThatThrownBy(() -> model.run(new float[3], 1, 3))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("the description makes [1 × 3]");
    }
    try (OnnxModel model = open(TinyOnnx.imageMeans(), "pixel_values", "image_embeds", "means")) {
      assertThatThrownBy(() -> model.run(TWO_PIXELS, 1, 3, 1, 2))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "tiny.onnx: outputs must be of one shape to be averaged; 'image_embeds' is [1 × 2],"
                  + " 'means' is [1 × 3]");
    }
    byte[] three =
        TinyOnnx.graph()
            .node("Add", List.of("x", "three"), "y")
            .constant("three", Tensor.of(new float[3], 3))
            .input("x", TensorType.F32, TinyOnnx.axes("x", -1))
            .output("y", TensorType.F32, TinyOnnx.axes("y", -1))
            .bytes();
    try (OnnxModel model = open(three, "x", "y")) {
      assertThatThrownBy(() -> model.run(new float[2], 2))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("tiny.onnx: cannot be run on an input of [2]: ");
    }
  }

  @Test
  void otherNumbersAndMoreInputsAreUnsupported() {
    byte[] doubles =
        TinyOnnx.graph()
            .node("Abs", List.of("x"), "y")
            .input("x", TensorType.F64, TinyOnnx.axes("x", 2))
            .output("y", TensorType.F64, TinyOnnx.axes("y", 2))
            .bytes();
    assertThatThrownBy(() -> open(doubles, "x", "y"))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage("tiny.onnx: its input must be of 32-bit floats; input is 'x' DOUBLE [2]");
    byte[] two =
        TinyOnnx.graph()
            .node("Add", List.of("x", "mask"), "y")
            .input("x", TensorType.F32, TinyOnnx.axes("x", 2))
            .input("mask", TensorType.F32, TinyOnnx.axes("mask", 2))
            .output("y", TensorType.F32, TinyOnnx.axes("y", 2))
            .bytes();
    assertThatThrownBy(() -> open(two, "x", "y"))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage("tiny.onnx: must have one input alone, 'x'; it also wants ['mask']");
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    byte[] whole = TinyOnnx.imageMeans();
    for (int length : new int[] {0, 1, 10, whole.length / 2, whole.length - 1}) {
      assertThatThrownBy(() -> open(Arrays.copyOf(whole, length), "pixel_values", "image_embeds"))
          .as("of %d bytes", length)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("tiny.onnx: ");
    }
    assertThatThrownBy(
            () -> open("not a model".getBytes(java.nio.charset.StandardCharsets.UTF_8), "x", "y"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("tiny.onnx: cannot be loaded as an ONNX model: ");
    assertThatThrownBy(() -> OnnxModel.open(folder.resolve("none.onnx"), "x", List.of("y"), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no such file");
  }

  /** A file that is damaged anywhere gives an error of the house or runs; never another one. */
  @Test
  void damagedBytesAreErrorsOfTheHouse() throws IOException {
    byte[] whole = TinyOnnx.imageMeans();
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      try (OnnxModel model = open(damaged, "pixel_values", "image_embeds", "means")) {
        model.run(TWO_PIXELS, 1, 3, 1, 2);
      } catch (InputException | UnsupportedInputException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 2);
  }

  @Test
  void aTruncatedGraphIsNoGraph() {
    byte[] whole = TinyOnnx.imageMeans();
    assertThat(new OnnxGraph("x", whole).inner())
        .containsExactly("pooled", "means", "image_embeds");
    assertThatThrownBy(() -> new OnnxGraph("x", Arrays.copyOf(whole, whole.length - 1)).inner())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("x: is no ONNX model: it breaks off or is damaged at byte ");
  }

  @Test
  void networksOfOthersRun() {
    try (OnnxModel digits =
        OnnxModel.open(shared("mnist.onnx"), "Input3", List.of("Plus214_Output_0"), 1)) {
      Tensor scores = digits.run(new float[784], 1, 1, 28, 28);
      assertThat(scores.shape()).containsExactly(1, 10);
      assertThat(scores.floats()).doesNotContain(Float.NaN);
    }
    assertThatThrownBy(
            () -> OnnxModel.open(shared("silero_vad_16k.onnx"), "input", List.of("output"), 1))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessageStartingWith(
            "silero_vad_16k.onnx: must have one input alone, 'input'; it also wants [");
  }

  /** Tests of the command and of data have copies, since modules do not share what tests make. */
  @Test
  void theCopiesOfOtherTestsAreThese() throws IOException {
    Path copies =
        Path.of(
            System.getProperty("efferent.root"), "cli/src/test/resources/org/efferent/cli/onnx");
    assertThat(copies.resolve("image.onnx")).hasBinaryContent(TinyOnnx.imageMeans());
    assertThat(
            Path.of(
                System.getProperty("efferent.root"),
                "data/src/test/resources/org/efferent/data/onnx/image.onnx"))
        .hasBinaryContent(TinyOnnx.imageMeans());
    assertThat(copies.resolve("audio.onnx")).hasBinaryContent(TinyOnnx.audioMeans());
  }
}
