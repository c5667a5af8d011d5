package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * EEGNet (Lawhern et al.: EEGNet: a compact convolutional neural network for EEG-based
 * brain–computer interfaces, J. Neural Eng. 15, 2018, table 2), with an embedding in the place of
 * classes.
 *
 * <table>
 *   <caption>Blocks, C channels of T samples</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>convolution over time, F₁ filters, zeros to the same length, no bias; batch normalisation</td><td>F₁ × C × T</td></tr>
 *   <tr><td>depthwise convolution over channels, D a filter, norm at most 1; batch normalisation, ELU, mean over 4, dropout</td>
 *       <td>D F₁ × 1 × T/4</td></tr>
 *   <tr><td>separable convolution over 16 samples, F₂ filters; batch normalisation, ELU, mean over 8, dropout</td>
 *       <td>F₂ × 1 × T/32</td></tr>
 *   <tr><td>flatten, linear</td><td>outputs</td></tr>
 * </table>
 */
public final class EegNet extends WindowEncoder {
  /** Its name in files. */
  public static final String ARCHITECTURE = "eegnet";

  private static final int SEPARABLE_KERNEL = 16;
  private static final int FIRST_POOL = 4;
  private static final int SECOND_POOL = 8;

  private final int filters;
  private final int depth;
  private final int kernel;
  private final double dropout;
  private final int outputs;

  private EegNet(OptionReader in) {
    super(in.whole("channels"), in.whole("time"));
    filters = in.whole("temporalFilters", 8);
    depth = in.whole("depthMultiplier", 2);
    kernel = in.whole("temporalKernel", 64);
    dropout = in.number("dropout", 0.5);
    outputs = in.whole("projectionDim");
    in.end();
    Checks.positive("temporalFilters", filters);
    Checks.positive("depthMultiplier", depth);
    Checks.positive("temporalKernel", kernel);
    Checks.positive("projectionDim", outputs);
    Checks.probability("dropout", dropout);
    if (time < FIRST_POOL * SECOND_POOL) {
      throw new IllegalArgumentException("time must be at least 32; time=" + time);
    }
  }

  static EegNet of(OptionReader in) {
    return new EegNet(in);
  }

  private int maps() {
    return filters * depth;
  }

  private int flat() {
    return maps() * (time / FIRST_POOL / SECOND_POOL);
  }

  @Override
  public String architecture() {
    return ARCHITECTURE;
  }

  @Override
  public Map<String, Object> options() {
    return Options.map(
        "channels", channels,
        "time", time,
        "temporalFilters", filters,
        "depthMultiplier", depth,
        "temporalKernel", kernel,
        "dropout", dropout,
        "projectionDim", outputs);
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(
        WeightSpec.parameter("temporal.weight", Initial.fanIn(kernel), filters, 1, 1, kernel));
    specs.addAll(WeightSpec.batchNorm("temporal_norm", filters, Initial.one()));
    specs.add(
        WeightSpec.parameter("spatial.weight", Initial.fanIn(channels), maps(), 1, channels, 1));
    specs.addAll(WeightSpec.batchNorm("spatial_norm", maps(), Initial.one()));
    specs.add(
        WeightSpec.parameter(
            "depthwise.weight", Initial.fanIn(SEPARABLE_KERNEL), maps(), 1, 1, SEPARABLE_KERNEL));
    specs.add(
        WeightSpec.parameter("pointwise.weight", Initial.fanIn(maps()), maps(), maps(), 1, 1));
    specs.addAll(WeightSpec.batchNorm("separable_norm", maps(), Initial.one()));
    specs.addAll(WeightSpec.linear("output", flat(), outputs));
    return specs;
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    check(batch);
    NDArray x = same(batch.signals().expandDims(1), kernel);
    x = Layers.grouped(x, weights.get("temporal.weight"), 0, 1);
    x = Layers.batchNorm(x, weights, "temporal_norm", pass);
    x = Layers.grouped(x, atMostOne(weights.get("spatial.weight")), 0, filters);
    x = Layers.elu(Layers.batchNorm(x, weights, "spatial_norm", pass));
    x = Layers.dropout(Layers.averagePool(x, FIRST_POOL, FIRST_POOL), dropout, pass);
    x = Layers.grouped(same(x, SEPARABLE_KERNEL), weights.get("depthwise.weight"), 0, maps());
    x = Layers.grouped(x, weights.get("pointwise.weight"), 0, 1);
    x = Layers.elu(Layers.batchNorm(x, weights, "separable_norm", pass));
    x = Layers.dropout(Layers.averagePool(x, SECOND_POOL, SECOND_POOL), dropout, pass);
    return Layers.linear(x.reshape(batch.size(), flat()), weights, "output");
  }

  /** Zeros that keep the length of a convolution. */
  private static NDArray same(NDArray x, int kernel) {
    return Layers.pad(x, (kernel - 1) / 2, kernel / 2);
  }

  /** The norm of each filter at most 1: longer ones are scaled, which their gradient knows of. */
  private NDArray atMostOne(NDArray weight) {
    NDArray norms = weight.reshape(maps(), channels).square().sum(new int[] {1}).add(1e-12).sqrt();
    return weight.div(norms.maximum(1).reshape(maps(), 1, 1, 1));
  }
}
