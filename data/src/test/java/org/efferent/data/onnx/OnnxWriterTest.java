package org.efferent.data.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.onnx.OnnxWriter.Attribute;
import org.efferent.data.onnx.OnnxWriter.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWriterTest {
  private static final Axis N = Axis.free("n");

  @TempDir private Path folder;

  private static OrtSession open(OnnxWriter graph) throws OrtException {
    try (OrtSession.SessionOptions options = Onnx.options(Path.of("x"), 1)) {
      return Onnx.environment().createSession(graph.bytes(), options);
    }
  }

  private static OnnxTensor floats(float[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(Onnx.environment(), FloatBuffer.wrap(values), shape);
  }

  private static Object run(OnnxWriter graph, Map<String, OnnxTensor> given) throws OrtException {
    try (OrtSession session = open(graph);
        OrtSession.Result result = session.run(given)) {
      OnnxValue first = result.get(0);
      return first.getValue();
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxWriter linear() {
    return new OnnxWriter("linear", 13)
        .node("MatMul", List.of("x", "weight"), "product")
        .node("Add", List.of("product", "bias"), "y")
        .constant("weight", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2))
        .constant("bias", Tensor.of(new float[] {-1, 0.5f}, 2))
        .input("x", TensorType.F32, N, Axis.of(3))
        .output("y", TensorType.F32, N, Axis.of(2));
  }

  @Test
  void weightsAndFreeAxesAreThoseThatWereGiven() throws OrtException {
    float[][] y =
        (float[][]) run(linear(), Map.of("x", floats(new float[] {1, 0, 0, 1, 1, 1}, 2, 3)));
    assertThat(y).isDeepEqualTo(new float[][] {{0, 2.5f}, {8, 12.5f}});
    try (OrtSession session = open(linear())) {
      assertThat(Onnx.shown(session.getInputInfo())).isEqualTo("'x' FLOAT [? × 3]");
      var info = (ai.onnxruntime.TensorInfo) session.getOutputInfo().get("y").getInfo();
      assertThat(info.getDimensionNames()).containsExactly("n", "");
    }
  }

  /** A convolution by lists, a softmax by a number, a leaky rectifier by a real, a cast by type. */
  @Test
  void attributesOfEveryKindAreRead() throws OrtException {
    OnnxWriter pooled =
        new OnnxWriter("pooled", 13)
            .input("x", TensorType.F32, Axis.of(1), Axis.of(1), N)
            .node(
                "AveragePool",
                List.of("x"),
                "p",
                Attribute.list("kernel_shape", 2),
                Attribute.list("strides", 2),
                Attribute.of("auto_pad", "VALID"))
            .node("LeakyRelu", List.of("p"), "l", Attribute.of("alpha", 0.25f))
            .node("Flatten", List.of("l"), "f", Attribute.of("axis", 2))
            .node(
                "Constant",
                List.of(),
                "c",
                Attribute.of("value", Tensor.of(new float[] {100, 200}, 2)))
            .node("Add", List.of("f", "c"), "y")
            .output("y", TensorType.F32, Axis.of(1), Axis.free("m"));
    Object y = run(pooled, Map.of("x", floats(new float[] {1, 3, -6, -2}, 1, 1, 4)));
    assertThat((float[][]) y).isDeepEqualTo(new float[][] {{102, 199}});
  }

  @Test
  void operatorsOfSeveralOutputsAndConstantsOfOtherTypes() throws OrtException {
    OnnxWriter split =
        new OnnxWriter("split", 13)
            .constant("sizes", Tensor.of(new long[] {1, -2L + 4}, 2))
            .constant("half", new Tensor(TensorType.F16, new long[] {1}, new byte[] {0, 0x38}))
            .input("i", TensorType.I64, Axis.of(3))
            .node("Split", List.of("i", "sizes"), List.of("first", "rest"))
            .node("Cast", List.of("rest"), "r", Attribute.of("to", 10))
            .node("Mul", List.of("r", "half"), "m")
            .node("Cast", List.of("m"), "y", Attribute.of("to", 1))
            .output("y", TensorType.F32, Axis.of(2))
            .output("first", TensorType.I64, Axis.of(1));
    OnnxTensor longs =
        OnnxTensor.createTensor(
            Onnx.environment(), LongBuffer.wrap(new long[] {-7, 5, -3}), new long[] {3});
    assertThat((float[]) run(split, Map.of("i", longs))).containsExactly(2.5f, -1.5f);
  }

  @Test
  void whoMadeItAndWhatItIsAreKept() throws OrtException {
    OnnxWriter told =
        linear()
            .producer("efferent", "0.1")
            .doc("two sums – of three")
            .metadata("licence", "Apache-2.0")
            .metadata("seed", "7");
    try (OrtSession session = open(told)) {
      var about = session.getMetadata();
      assertThat(about.getProducerName()).isEqualTo("efferent");
      assertThat(about.getGraphName()).isEqualTo("linear");
      assertThat(about.getDescription()).isEqualTo("two sums – of three");
      assertThat(about.getCustomMetadata())
          .containsOnly(Map.entry("licence", "Apache-2.0"), Map.entry("seed", "7"));
    }
    try (OrtSession plain = open(linear())) {
      assertThat(plain.getMetadata().getCustomMetadata()).isEmpty();
    }
  }

  @Test
  void theFileIsThatContentAndIsNotReplacedUnasked() {
    Path file = folder.resolve("linear.onnx");
    linear().write(file, false);
    assertThat(file).hasBinaryContent(linear().bytes());
    assertThatThrownBy(() -> linear().write(file, false))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(
            "linear.onnx: exists already; choose another name, or allow it to be overwritten");
    linear().doc("again").write(file, true);
    assertThat(file).hasBinaryContent(linear().doc("again").bytes());
    assertThat(Files.exists(folder.resolve("linear.onnx"))).isTrue();
  }

  @Test
  void whatIsNoGraphIsRefused() {
    assertThatThrownBy(() -> new OnnxWriter(" ", 13))
        .hasMessage("a graph must have a name and an opset of at least 1; name=' ', opset=13");
    assertThatThrownBy(() -> new OnnxWriter("g", 0))
        .hasMessage("a graph must have a name and an opset of at least 1; name='g', opset=0");
    assertThatThrownBy(() -> linear().node("Abs", List.of("x"), "y"))
        .hasMessage("a tensor must have a name that no other has; name='y'");
    assertThatThrownBy(() -> linear().input("weight", TensorType.F32))
        .hasMessage("a tensor must have a name that no other has; name='weight'");
    assertThatThrownBy(() -> new Axis(-1, ""))
        .hasMessage("an axis has a size of 0 at least, or −1 and a name; size=-1, name=''");
    assertThatThrownBy(() -> new Axis(3, "n"))
        .hasMessage("an axis has a size of 0 at least, or −1 and a name; size=3, name='n'");
  }
}
