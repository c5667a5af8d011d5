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
 * The shallow network (Schirrmeister et al.: Deep learning with convolutional neural networks for
 * EEG decoding and visualization, Human Brain Mapping 38, 2017, figure 2), with an embedding in the
 * place of classes.
 *
 * <table>
 *   <caption>Blocks, C channels of T samples, F filters</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>convolution over time, kernel 25</td><td>F × C × T − 24</td></tr>
 *   <tr><td>convolution over channels, no bias; batch normalisation</td><td>F × 1 × T − 24</td></tr>
 *   <tr><td>square, mean over 75 every 15, logarithm of at least 10⁻⁶, dropout</td><td>F × 1 × T'</td></tr>
 *   <tr><td>flatten, linear</td><td>outputs</td></tr>
 * </table>
 */
public final class ShallowNet extends WindowEncoder implements PooledEncoder {
  /** Its name in files. */
  public static final String ARCHITECTURE = "shallownet";

  private final int filters;
  private final int kernel;
  private final int poolKernel;
  private final int poolStride;
  private final double dropout;
  private final int outputs;

  private ShallowNet(OptionReader in) {
    super(in.whole("channels"), in.whole("time"));
    filters = in.whole("temporalFilters", 40);
    kernel = in.whole("temporalKernel", 25);
    poolKernel = in.whole("poolKernel", 75);
    poolStride = in.whole("poolStride", 15);
    dropout = in.number("dropout", 0.5);
    outputs = in.whole("projectionDim");
    in.end();
    Checks.positive("temporalFilters", filters);
    Checks.positive("temporalKernel", kernel);
    Checks.positive("poolKernel", poolKernel);
    Checks.positive("poolStride", poolStride);
    Checks.positive("projectionDim", outputs);
    Checks.probability("dropout", dropout);
    if (time < kernel + poolKernel - 1) {
      throw new IllegalArgumentException(
          "time must be at least temporalKernel + poolKernel − 1 = %d; time=%d"
              .formatted(kernel + poolKernel - 1, time));
    }
  }

  static ShallowNet of(OptionReader in) {
    return new ShallowNet(in);
  }

  private int flat() {
    return filters * frames();
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
        "temporalKernel", kernel,
        "poolKernel", poolKernel,
        "poolStride", poolStride,
        "dropout", dropout,
        "projectionDim", outputs);
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.addAll(WeightSpec.layer("temporal", filters, kernel, filters, 1, 1, kernel));
    specs.add(
        WeightSpec.parameter(
            "spatial.weight",
            Initial.fanIn((long) filters * channels),
            filters,
            filters,
            channels,
            1));
    specs.addAll(WeightSpec.batchNorm("norm", filters, Initial.one()));
    specs.addAll(WeightSpec.linear("output", flat(), outputs));
    return specs;
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    check(batch);
    NDArray x = Layers.dropout(frames(weights, batch.signals(), pass), dropout, pass);
    return Layers.linear(x.reshape(batch.size(), flat()), weights, "output");
  }

  /** {@code [batch × channels × samples]} to {@code [batch × filters × 1 × frames]}. */
  private NDArray frames(Weights weights, NDArray signals, Pass pass) {
    NDArray x = Layers.conv2d(signals.expandDims(1), weights, "temporal");
    x = Layers.grouped(x, weights.get("spatial.weight"), 0, 1);
    x = Layers.batchNorm(x, weights, "norm", pass).square();
    return Layers.atLeast(Layers.averagePool(x, poolKernel, poolStride), 1e-6).log();
  }

  @Override
  public int stride() {
    return poolStride;
  }

  @Override
  public int reach() {
    return kernel + poolKernel - 1;
  }

  @Override
  public int frames() {
    return (time - reach()) / poolStride + 1;
  }

  @Override
  public int dimensions() {
    return outputs;
  }

  @Override
  public NDArray pooled(Weights weights, NDArray signals) {
    return frames(weights, signals, Pass.evaluation()).squeeze(2).squeeze(0).transpose();
  }

  @Override
  public NDArray project(Weights weights, NDArray frames) {
    return Layers.linear(frames.transpose().reshape(1, flat()), weights, "output");
  }
}
