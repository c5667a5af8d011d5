package org.efferent.decoders.picture;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.onnx.OnnxWriter;
import org.efferent.data.onnx.OnnxWriter.Attribute;
import org.efferent.data.onnx.OnnxWriter.Axis;

/**
 * A trained autoencoder of pictures, to be written as two ONNX files.
 *
 * <table>
 *   <caption>The files</caption>
 *   <tr><th>half</th><th>takes</th><th>gives</th></tr>
 *   <tr><td>decoder</td><td>{@code latent [n × width]}</td><td>{@code picture [n × 3 × side × side]}, from 0 to 1</td></tr>
 *   <tr><td>encoder</td><td>{@code picture}</td><td>{@code latent}, of mean 0 and variance 1 over the training's pictures</td></tr>
 * </table>
 */
public final class TrainedAutoencoder {
  /** Its tensor of latents. */
  public static final String LATENT = "latent";

  /** Its tensor of pictures. */
  public static final String PICTURE = "picture";

  private static final int OPSET = 13;

  private final AutoencoderOptions options;
  private final Map<String, Tensor> weights;

  TrainedAutoencoder(AutoencoderOptions options, Map<String, Tensor> weights) {
    this.options = options;
    this.weights = new LinkedHashMap<>(weights);
  }

  /** Its shape. */
  public AutoencoderOptions options() {
    return options;
  }

  /** All weights by name. */
  public Map<String, Tensor> weights() {
    return new LinkedHashMap<>(weights);
  }

  /** Numbers that were learnt. */
  public long parameters() {
    return weights.values().stream().mapToLong(t -> t.floats().length).sum();
  }

  /**
   * The decoder as a graph.
   *
   * @return to be written
   */
  public OnnxWriter decoder() {
    OnnxWriter graph =
        new OnnxWriter("decoder of small pictures", OPSET)
            .input(LATENT, TensorType.F32, Axis.free("n"), Axis.of(options.width()))
            .constant(
                "sizes",
                Tensor.of(
                    new long[] {
                      0,
                      options.channels().get(options.stages() - 1),
                      options.smallest(),
                      options.smallest()
                    },
                    4))
            .constant("scales", Tensor.of(new float[] {1, 1, 2, 2}, 4));
    linear(graph, PictureAutoencoder.first(), LATENT, "first");
    graph
        .node("Relu", List.of("first"), "positive")
        .node("Reshape", List.of("positive", "sizes"), "x");
    String x = "x";
    for (int stage = options.stages() - 1; stage > 0; stage--) {
      String large = "large" + stage;
      graph.node(
          "Resize",
          List.of(x, "", "scales"),
          large,
          Attribute.of("mode", "nearest"),
          Attribute.of("coordinate_transformation_mode", "asymmetric"),
          Attribute.of("nearest_mode", "floor"));
      x = convolution(graph, PictureAutoencoder.decoderStage(stage), large, 1);
    }
    String last = plane(graph, PictureAutoencoder.last(), x, 1);
    return graph
        .node(
            "DepthToSpace",
            List.of(last),
            "spread",
            Attribute.of("blocksize", 2L),
            Attribute.of("mode", "CRD"))
        .node("Sigmoid", List.of("spread"), PICTURE)
        .output(PICTURE, TensorType.F32, pictures());
  }

  /**
   * The encoder as a graph.
   *
   * @return to be written
   */
  public OnnxWriter encoder() {
    OnnxWriter graph =
        new OnnxWriter("encoder of small pictures", OPSET)
            .input(PICTURE, TensorType.F32, pictures());
    String x = PICTURE;
    for (int stage = 0; stage < options.stages(); stage++) {
      x = convolution(graph, PictureAutoencoder.encoderStage(stage), x, 2);
    }
    graph.node("Flatten", List.of(x), "flat");
    linear(graph, PictureAutoencoder.latent(), "flat", LATENT);
    return graph.output(LATENT, TensorType.F32, Axis.free("n"), Axis.of(options.width()));
  }

  private Axis[] pictures() {
    return new Axis[] {
      Axis.free("n"), Axis.of(3), Axis.of(options.side()), Axis.of(options.side())
    };
  }

  private String convolution(OnnxWriter graph, String layer, String from, int stride) {
    String made = plane(graph, layer, from, stride);
    graph.node("Relu", List.of(made), layer + ".relu");
    return layer + ".relu";
  }

  private String plane(OnnxWriter graph, String layer, String from, int stride) {
    constants(graph, layer);
    graph.node(
        "Conv",
        List.of(from, layer + ".weight", layer + ".bias"),
        layer,
        Attribute.list("kernel_shape", 3, 3),
        Attribute.list("pads", 1, 1, 1, 1),
        Attribute.list("strides", stride, stride));
    return layer;
  }

  private void linear(OnnxWriter graph, String layer, String from, String to) {
    constants(graph, layer);
    graph.node(
        "Gemm", List.of(from, layer + ".weight", layer + ".bias"), to, Attribute.of("transB", 1L));
  }

  private void constants(OnnxWriter graph, String layer) {
    graph.constant(layer + ".weight", weights.get(layer + ".weight"));
    graph.constant(layer + ".bias", weights.get(layer + ".bias"));
  }

  /**
   * Writes both halves.
   *
   * @param folder that is there
   * @param name of the files: {@code NAME-decoder.onnx}, {@code NAME-encoder.onnx}
   * @param version of the program that made them
   * @param about words for the files' metadata, such as the licence
   * @param overwrite whether existing files may be replaced
   */
  public void write(
      Path folder, String name, String version, Map<String, String> about, boolean overwrite) {
    for (boolean decoder : new boolean[] {true, false}) {
      OnnxWriter graph = (decoder ? decoder() : encoder()).producer("efferent", version);
      about.forEach(graph::metadata);
      graph.write(folder.resolve(name + (decoder ? "-decoder.onnx" : "-encoder.onnx")), overwrite);
    }
  }
}
