package org.efferent.decoders.picture;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * An autoencoder of small pictures, without weights of its own.
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

  private final AutoencoderOptions options;

  PictureAutoencoder(AutoencoderOptions options) {
    this.options = options;
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
      specs.addAll(convolution(encoderStage(stage), encoderInputs(stage), its));
      if (stage > 0) {
        specs.addAll(convolution(decoderStage(stage), its, options.channels().get(stage - 1)));
      }
    }
    specs.addAll(WeightSpec.linear(LATENT, options.bottom(), options.width()));
    specs.addAll(WeightSpec.linear(FIRST, options.width(), options.bottom()));
    specs.addAll(convolution(LAST, options.channels().get(0), 12));
    return specs;
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
  NDArray encode(Weights weights, NDArray pictures) {
    NDArray x = pictures;
    for (int stage = 0; stage < options.stages(); stage++) {
      x = Layers.relu(Layers.plane(x, weights, encoderStage(stage), 2));
    }
    return Layers.linear(x.reshape(x.getShape().get(0), options.bottom()), weights, LATENT);
  }

  /**
   * Latents to pictures.
   *
   * @param latents {@code [n × width]}
   * @return {@code [n × 3 × side × side]}, from 0 to 1
   */
  NDArray decode(Weights weights, NDArray latents) {
    int side = options.smallest();
    NDArray x =
        Layers.relu(Layers.linear(latents, weights, FIRST))
            .reshape(
                latents.getShape().get(0),
                options.channels().get(options.stages() - 1),
                side,
                side);
    for (int stage = options.stages() - 1; stage > 0; stage--) {
      x = Layers.relu(Layers.plane(Layers.upsampled(x), weights, decoderStage(stage), 1));
    }
    return Layers.logistic(Layers.spread(Layers.plane(x, weights, LAST, 1)));
  }
}
