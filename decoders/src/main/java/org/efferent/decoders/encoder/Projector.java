package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * From flat features to an embedding: Linear; plus [GELU, Linear, dropout] of it; layer
 * normalisation.
 *
 * @param first name of the first linear layer
 * @param inner name of the second
 * @param norm name of the normalisation
 * @param inputs features
 * @param outputs numbers of an embedding
 * @param dropout rate
 * @param deviation of the linear weights at the start; 0 for the usual rule
 */
record Projector(
    String first,
    String inner,
    String norm,
    int inputs,
    int outputs,
    double dropout,
    double deviation) {
  Projector {
    Checks.positive("projectionDim", outputs);
    Checks.probability("projectionDropout", dropout);
  }

  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.addAll(drawn(WeightSpec.linear(first, inputs, outputs)));
    specs.addAll(drawn(WeightSpec.linear(inner, outputs, outputs)));
    specs.addAll(WeightSpec.layerNorm(norm, outputs));
    return specs;
  }

  private List<WeightSpec> drawn(List<WeightSpec> usual) {
    return deviation == 0
        ? usual
        : List.of(
            WeightSpec.parameter(
                usual.get(0).name(), new Initial.Normal(0, deviation), usual.get(0).sizes()),
            usual.get(1));
  }

  /** {@code [batch × inputs]} to {@code [batch × outputs]}. */
  NDArray apply(NDArray flat, Weights weights, Pass pass) {
    NDArray x = pass.block("linear", Layers.linear(flat, weights, first));
    NDArray activated = pass.block("gelu", Layers.gelu(x));
    NDArray more = Layers.dropout(Layers.linear(activated, weights, inner), dropout, pass);
    NDArray sum = pass.block("residual", x.add(more));
    return Layers.layerNorm(sum, weights, norm);
  }
}
