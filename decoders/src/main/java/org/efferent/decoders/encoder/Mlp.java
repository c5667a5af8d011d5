package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * A head of linear layers: Linear → layer normalisation? → GELU → dropout, …, Linear → dropout. The
 * weights of layer i are called by its place among linear layers, normalisations, activations and
 * dropouts; a single Linear without name.
 *
 * @param name of the head; empty for the only one
 * @param layers widths, the last the output's
 * @param layerNorm whether hidden layers are normalised
 * @param activation whether hidden layers are followed by GELU
 * @param dropout rate
 */
record Mlp(
    String name, List<Integer> layers, boolean layerNorm, boolean activation, double dropout) {
  Mlp {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("outputHeads.layers must name a width; layers=[]");
    }
    layers.forEach(width -> Checks.positive("outputHeads.layers", width));
    Checks.probability("outputHeads.dropout", dropout);
  }

  private String prefix() {
    return name.isEmpty() ? "output_head" : "output_head." + name;
  }

  private String linear(int layer) {
    if (layers.size() == 1 && name.isEmpty()) {
      return prefix();
    }
    return prefix() + "." + layer * step();
  }

  /** Modules a hidden layer: linear, normalisation?, activation?, dropout (at rate 0 too). */
  private int step() {
    return 2 + (layerNorm ? 1 : 0) + (activation ? 1 : 0);
  }

  private String norm(int layer) {
    return prefix() + "." + (layer * step() + 1);
  }

  List<WeightSpec> weights(int inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    int in = inputs;
    for (int layer = 0; layer < layers.size(); layer++) {
      specs.addAll(WeightSpec.linear(linear(layer), in, layers.get(layer)));
      if (layerNorm && layer < layers.size() - 1) {
        specs.addAll(WeightSpec.layerNorm(norm(layer), layers.get(layer)));
      }
      in = layers.get(layer);
    }
    return specs;
  }

  int outputs() {
    return layers.get(layers.size() - 1);
  }

  /** {@code [… × inputs]} to {@code [… × outputs]}. */
  NDArray apply(NDArray x, Weights weights, Pass pass) {
    NDArray y = x;
    for (int layer = 0; layer < layers.size(); layer++) {
      y = Layers.linear(y, weights, linear(layer));
      if (layer < layers.size() - 1) {
        y = layerNorm ? Layers.layerNorm(y, weights, norm(layer)) : y;
        y = activation ? Layers.gelu(y) : y;
      }
      y = Layers.dropout(y, dropout, pass);
    }
    return y;
  }

  Map<String, Object> options() {
    return Options.map(
        "layers",
        layers,
        "norm",
        layerNorm ? "layer" : null,
        "activation",
        activation ? "gelu" : null,
        "dropout",
        dropout);
  }

  static Mlp of(String name, OptionReader in) {
    String norm = in.word("norm", "none");
    String activation = in.word("activation", "none");
    if (!norm.equals("layer") && !norm.equals("none")) {
      throw in.wrong("norm", "layer or none");
    }
    if (!activation.equals("gelu") && !activation.equals("none")) {
      throw in.wrong("activation", "gelu or none");
    }
    Mlp made =
        new Mlp(
            name,
            in.wholes("layers"),
            norm.equals("layer"),
            activation.equals("gelu"),
            in.number("dropout", 0));
    in.end();
    return made;
  }
}
