package org.efferent.decoders.picture;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * An autoencoder of small pictures, without weights of its own.
 *
 * <p>In training every convolution but the last is followed by batch normalisation: without it the
 * loss stays for thousands of steps where pictures have their mean colours and nothing else. The
 * weights that are kept have it folded in.
 *
 * <table>
 *   <caption>Layers</caption>
 *   <tr><th>half</th><th>layers</th></tr>
 *   <tr><td>encoder</td><td>a stage: 3 × 3 convolution, stride 2, ReLU; then a linear layer to the latent</td></tr>
 *   <tr><td>decoder</td><td>a linear layer, ReLU; a stage but for the last: nearest upsampling × 2, 3 × 3
 *   convolution, ReLU; then a 3 × 3 convolution to 12 channels, four a colour, which are spread over 2 × 2 pixels
 *   (Shi et al. 2016), and the logistic function</td></tr>
 * </table>
 */
final class PictureAutoencoder {
  private static final String LATENT = "encoder.latent";
  private static final String FIRST = "decoder.first";
  private static final String LAST = "decoder.last";
  private static final int KERNEL = 3;

  private static final String NORM = ".norm";

  private final AutoencoderOptions options;
  private final boolean normalised;

  /**
   * A network.
   *
   * @param normalised whether batch normalisation stands before every ReLU of a convolution, as in
   *     training; without it the same pictures come of {@link #folded} weights
   */
  PictureAutoencoder(AutoencoderOptions options, boolean normalised) {
    this.options = options;
    this.normalised = normalised;
  }

  /** A stage's convolution, stages counted from the largest plane. */
  static String encoderStage(int stage) {
    return "encoder." + stage;
  }

  /** A stage's convolution, from the planes of that stage of the encoder to those before it. */
  static String decoderStage(int stage) {
    return "decoder." + stage;
  }

  /** The linear layer to the latent. */
  static String latent() {
    return LATENT;
  }

  /** The linear layer from the latent. */
  static String first() {
    return FIRST;
  }

  /** The convolution to red, green and blue. */
  static String last() {
    return LAST;
  }

  /** Channels that a stage of the encoder takes. */
  int encoderInputs(int stage) {
    return stage == 0 ? 3 : options.channels().get(stage - 1);
  }

  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    for (int stage = 0; stage < options.stages(); stage++) {
      int its = options.channels().get(stage);
      stage(specs, encoderStage(stage), encoderInputs(stage), its);
      if (stage > 0) {
        stage(specs, decoderStage(stage), its, options.channels().get(stage - 1));
      }
    }
    specs.addAll(WeightSpec.linear(LATENT, options.bottom(), options.width()));
    specs.addAll(WeightSpec.linear(FIRST, options.width(), options.bottom()));
    specs.addAll(convolution(LAST, options.channels().get(0), 12));
    return specs;
  }

  private void stage(List<WeightSpec> specs, String name, int in, int out) {
    specs.addAll(convolution(name, in, out));
    if (normalised) {
      specs.addAll(WeightSpec.batchNorm(name + NORM, out, Initial.one()));
    }
  }

  private static List<WeightSpec> convolution(String name, int in, int out) {
    return WeightSpec.layer(name, out, (long) in * KERNEL * KERNEL, out, in, KERNEL, KERNEL);
  }

  /**
   * Pictures to latents.
   *
   * @param pictures {@code [n × 3 × side × side]}
   * @return {@code [n × width]}
   */
  NDArray encode(Weights weights, NDArray pictures, Pass pass) {
    NDArray x = pictures;
    for (int stage = 0; stage < options.stages(); stage++) {
      x = stage(x, weights, encoderStage(stage), 2, pass);
    }
    return Layers.linear(x.reshape(x.getShape().get(0), options.bottom()), weights, LATENT);
  }

  /**
   * Latents to pictures.
   *
   * @param latents {@code [n × width]}
   * @return {@code [n × 3 × side × side]}, from 0 to 1
   */
  NDArray decode(Weights weights, NDArray latents, Pass pass) {
    int side = options.smallest();
    NDArray x =
        Layers.relu(Layers.linear(latents, weights, FIRST))
            .reshape(
                latents.getShape().get(0),
                options.channels().get(options.stages() - 1),
                side,
                side);
    for (int stage = options.stages() - 1; stage > 0; stage--) {
      x = stage(Layers.upsampled(x), weights, decoderStage(stage), 1, pass);
    }
    return Layers.logistic(Layers.spread(Layers.plane(x, weights, LAST, 1)));
  }

  private NDArray stage(NDArray x, Weights weights, String name, int stride, Pass pass) {
    NDArray made = Layers.plane(x, weights, name, stride);
    return Layers.relu(normalised ? Layers.batchNorm(made, weights, name + NORM, pass) : made);
  }

  /**
   * Weights of the network without normalisation that computes what this one does with its running
   * statistics.
   *
   * @param tensors of this network
   * @return of the same network without normalisation
   */
  Map<String, Tensor> folded(Map<String, Tensor> tensors) {
    Map<String, Tensor> out = new LinkedHashMap<>(tensors);
    for (String name : tensors.keySet()) {
      if (name.contains(NORM + ".")) {
        out.remove(name);
      }
    }
    for (int stage = 0; stage < options.stages(); stage++) {
      fold(tensors, out, encoderStage(stage));
      if (stage > 0) {
        fold(tensors, out, decoderStage(stage));
      }
    }
    return out;
  }

  private static void fold(Map<String, Tensor> from, Map<String, Tensor> to, String name) {
    Tensor kernel = from.get(name + ".weight");
    float[] weight = kernel.floats();
    float[] bias = from.get(name + ".bias").floats();
    float[] gain = from.get(name + NORM + ".weight").floats();
    float[] shift = from.get(name + NORM + ".bias").floats();
    float[] mean = from.get(name + NORM + ".running_mean").floats();
    float[] variance = from.get(name + NORM + ".running_var").floats();
    int each = weight.length / bias.length;
    for (int c = 0; c < bias.length; c++) {
      double factor = gain[c] / Math.sqrt(variance[c] + Layers.EPSILON);
      for (int i = 0; i < each; i++) {
        weight[c * each + i] *= (float) factor;
      }
      bias[c] = (float) ((bias[c] - mean[c]) * factor + shift[c]);
    }
    to.put(name + ".weight", Tensor.of(weight, kernel.shape()));
    to.put(name + ".bias", Tensor.of(bias, bias.length));
  }
}
