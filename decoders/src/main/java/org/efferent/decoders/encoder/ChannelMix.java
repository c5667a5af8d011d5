package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * Convolutions with a kernel of one over channels.
 *
 * @param inputChannels in
 * @param outputChannels out, of every layer
 * @param layers 1, or 2 with an activation between
 * @param activationAfterLast whether one more activation follows
 */
public record ChannelMix(
    int inputChannels, int outputChannels, int layers, boolean activationAfterLast) {
  /** Checks the numbers. */
  public ChannelMix {
    Checks.positive("channelMix.inputChannels", inputChannels);
    Checks.positive("channelMix.outputChannels", outputChannels);
    if (layers != 1 && layers != 2) {
      throw new IllegalArgumentException("channelMix.layers must be 1 or 2; layers=" + layers);
    }
  }

  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      long in = layer == 0 ? inputChannels : outputChannels;
      specs.addAll(WeightSpec.layer(name(layer), outputChannels, in, outputChannels, in, 1));
    }
    return specs;
  }

  private static String name(int layer) {
    return "initial_linear." + 2 * layer;
  }

  NDArray apply(NDArray x, Weights weights, Activation activation) {
    NDArray y = Layers.conv1d(x, weights, name(0), 0, 0, 1);
    if (layers == 2) {
      y = Layers.conv1d(activation.apply(y), weights, name(1), 0, 0, 1);
    }
    return activationAfterLast ? activation.apply(y) : y;
  }

  Map<String, Object> options() {
    return Options.map(
        "inputChannels", inputChannels,
        "outputChannels", outputChannels,
        "layers", layers,
        "activationAfterLast", activationAfterLast);
  }

  static ChannelMix of(OptionReader in, int inputChannels) {
    ChannelMix made =
        new ChannelMix(
            in.whole("inputChannels", inputChannels),
            in.whole("outputChannels"),
            in.whole("layers", 1),
            in.yes("activationAfterLast", false));
    in.end();
    return made;
  }
}
