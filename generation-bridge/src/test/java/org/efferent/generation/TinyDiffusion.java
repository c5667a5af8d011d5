package org.efferent.generation;

import static org.efferent.generation.TinyGraph.axes;

import java.nio.file.Path;
import java.util.List;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.npy.Npy;
import org.efferent.data.onnx.OnnxWriter;
import org.efferent.data.onnx.OnnxWriter.Attribute;

/**
 * A latent diffusion of a few numbers, in a folder: latents {@code [2 × 3 × 4]}, embeddings of 6,
 * which become 2 tokens of 5 behind 3 of a text. Weights are sines of their position, as in {@code
 * make_diffusion.py}, which computes the same.
 */
final class TinyDiffusion {
  static final String CONFIG =
      """
      kind: latent-diffusion
      embedding:
        width: 6
      adapter:
        graph: adapter.onnx
        input: image_embeds
        output: ip_tokens
      unet:
        graph: unet.onnx
        latent: sample
        timestep: timestep
        text:
          input: encoder_hidden_states
          tokens: {file: text.npy}
          imageTokens: true
        adapterScale: {input: scale, value: 1}
        constants:
          time_ids: {numbers: [0.5, -1], shape: [1, 2]}
        output: out_sample
      latent:
        shape: [2, 3, 4]
        scale: 40
        shift: 0.25
      decoder:
        graph: decoder.onnx
        input: latent_sample
        output: image
      scheduler:
        kind: euler
        steps: 4
      range: [-1, 1]
      """;

  private TinyDiffusion() {}

  static float[] sines(double factor, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (factor * Math.sin(i + 1));
    }
    return values;
  }

  private static Tensor weights(double factor, long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return Tensor.of(sines(factor, (int) count), shape);
  }

  /** All files of {@link #CONFIG}, the denoiser with a step of whole numbers. */
  static void write(Path folder) {
    adapter().write(folder.resolve("adapter.onnx"), true);
    unet(TensorType.F32, TensorType.I64, 1).write(folder.resolve("unet.onnx"), true);
    decoder().write(folder.resolve("decoder.onnx"), true);
    Npy.write(folder.resolve("text.npy"), weights(0.4, 1, 3, 5), true);
    new Safetensors(
            java.util.Map.of(),
            java.util.Map.of("prompt_embeds", weights(0.4, 1, 3, 5), "pooled", weights(1, 1, 2)))
        .write(folder.resolve("text.safetensors"), true);
  }

  /** {@code tanh(e A)} as two tokens. */
  static OnnxWriter adapter() {
    return TinyGraph.graph()
        .input("image_embeds", TensorType.F32, axes("image_embeds", -1, 6))
        .constant("A", weights(0.5, 6, 10))
        .constant("shape", Tensor.of(new long[] {1, 2, 5}, 3))
        .node("MatMul", List.of("image_embeds", "A"), "flat")
        .node("Tanh", List.of("flat"), "bounded")
        .node("Reshape", List.of("bounded", "shape"), "ip_tokens")
        .output("ip_tokens", TensorType.F32, axes("ip_tokens", 1, 2, 5));
  }

  /**
   * {@code tanh(x W + scale · Σ (tokens · P) V + t / 2000 + time_ids U)}, in 32 bits inside.
   *
   * @param type of latent, tokens and output
   * @param stepType of the step
   * @param stepShape sizes of the step; none for a scalar
   */
  static OnnxWriter unet(TensorType type, TensorType stepType, long... stepShape) {
    int code = type == TensorType.F16 ? 10 : 1;
    return TinyGraph.graph()
        .input("sample", type, axes("sample", -1, 2, 3, 4))
        .input("timestep", stepType, axes("timestep", stepShape))
        .input("encoder_hidden_states", type, axes("encoder_hidden_states", -1, -1, 5))
        .input("scale", TensorType.F32)
        .input("time_ids", TensorType.F32, axes("time_ids", 1, 2))
        .constant("W", weights(0.2, 24, 24))
        .constant("V", weights(0.3, 5, 24))
        .constant("P", weights(1, 1, 5, 5))
        .constant("U", weights(0.1, 2, 24))
        .constant("step", Tensor.of(new float[] {0.0005f}, 1))
        .constant("row", Tensor.of(new long[] {1, 24}, 2))
        .constant("planes", Tensor.of(new long[] {1, 2, 3, 4}, 4))
        .constant("one", Tensor.of(new long[] {1}, 1))
        .node("Cast", List.of("sample"), "x32", Attribute.of("to", 1))
        .node("Cast", List.of("encoder_hidden_states"), "tokens", Attribute.of("to", 1))
        .node("Cast", List.of("timestep"), "t32", Attribute.of("to", 1))
        .node("Reshape", List.of("x32", "row"), "x")
        .node("MatMul", List.of("x", "W"), "fromLatent")
        .node("Mul", List.of("tokens", "P"), "placed")
        .node("ReduceSum", List.of("placed", "one"), "sum", Attribute.of("keepdims", 0))
        .node("Mul", List.of("sum", "scale"), "scaled")
        .node("MatMul", List.of("scaled", "V"), "fromTokens")
        .node("Mul", List.of("t32", "step"), "fromStep")
        .node("MatMul", List.of("time_ids", "U"), "fromIds")
        .node("Sum", List.of("fromLatent", "fromTokens", "fromStep", "fromIds"), "all")
        .node("Tanh", List.of("all"), "bounded")
        .node("Reshape", List.of("bounded", "planes"), "out32")
        .node("Cast", List.of("out32"), "out_sample", Attribute.of("to", code))
        .output("out_sample", type, axes("out_sample", 1, 2, 3, 4));
  }

  /** A 1 × 1 convolution to three colours. */
  static OnnxWriter decoder() {
    return TinyGraph.graph()
        .input("latent_sample", TensorType.F32, axes("latent_sample", -1, 2, -1, -1))
        .constant("C", weights(0.8, 3, 2, 1, 1))
        .node("Conv", List.of("latent_sample", "C"), "image")
        .output("image", TensorType.F32, axes("image", -1, 3, -1, -1));
  }
}
