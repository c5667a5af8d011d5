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
 * Convolution over time, pooling, convolution over channels (Song et al. 2024, NICE).
 *
 * <table>
 *   <caption>Blocks, C channels of T samples, F filters</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>convolution over time and mean over stretches of time, as one convolution</td><td>F × C × T'</td></tr>
 *   <tr><td>batch normalisation, ELU</td><td>F × C × T'</td></tr>
 *   <tr><td>convolution over all channels</td><td>F × 1 × T'</td></tr>
 *   <tr><td>batch normalisation, ELU, dropout</td><td>F × 1 × T'</td></tr>
 * </table>
 *
 * <p>The mean of a convolution is a convolution with the mean of shifted kernels: computed so, the
 * first block has a third of the products and a sixth of the memory, and the same output but for
 * rounding.
 *
 * @param prefix of the weights
 * @param channels C
 * @param time T
 * @param filters F
 * @param kernel samples of a filter
 * @param poolKernel samples of a mean
 * @param poolStride samples from mean to mean
 * @param dropout rate
 * @param deviation of the convolutions' weights and of the normalisations' at the start; 0 for the
 *     usual rule
 */
record TemporalSpatial(
    String prefix,
    int channels,
    int time,
    int filters,
    int kernel,
    int poolKernel,
    int poolStride,
    double dropout,
    double deviation) {
  TemporalSpatial {
    Checks.positive("channels", channels);
    Checks.positive("time", time);
    Checks.positive("temporalFilters", filters);
    Checks.positive("temporalKernel", kernel);
    Checks.positive("poolKernel", poolKernel);
    Checks.positive("poolStride", poolStride);
    Checks.probability("convDropout", dropout);
    if (time < kernel + poolKernel - 1) {
      throw new IllegalArgumentException(
          "time must be at least temporalKernel + poolKernel − 1 = %d; time=%d"
              .formatted(kernel + poolKernel - 1, time));
    }
  }

  /** T'. */
  int pooledTime() {
    return (time - kernel + 1 - poolKernel) / poolStride + 1;
  }

  List<WeightSpec> weights() {
    Initial temporal = deviation == 0 ? Initial.fanIn(kernel) : new Initial.Normal(0, deviation);
    long fanIn = (long) filters * channels;
    Initial spatial = deviation == 0 ? Initial.fanIn(fanIn) : new Initial.Normal(0, deviation);
    Initial norm = deviation == 0 ? Initial.one() : new Initial.Normal(1, deviation);
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.parameter(prefix + ".0.weight", temporal, filters, 1, 1, kernel));
    specs.add(WeightSpec.parameter(prefix + ".0.bias", Initial.fanIn(kernel), filters));
    specs.addAll(WeightSpec.batchNorm(prefix + ".2", filters, norm));
    specs.add(WeightSpec.parameter(prefix + ".4.weight", spatial, filters, filters, channels, 1));
    specs.add(WeightSpec.parameter(prefix + ".4.bias", Initial.fanIn(fanIn), filters));
    specs.addAll(WeightSpec.batchNorm(prefix + ".5", filters, norm));
    return specs;
  }

  /** {@code [batch × C × T]} to {@code [batch × F × 1 × T']}. */
  NDArray apply(NDArray x, Weights weights, Pass pass) {
    NDArray pooled =
        pass.block(
            "pool",
            Layers.pooledConvolution(
                x.expandDims(1), weights, prefix + ".0", poolKernel, poolStride));
    NDArray first =
        pass.block("elu1", Layers.elu(Layers.batchNorm(pooled, weights, prefix + ".2", pass)));
    NDArray spatial = pass.block("spatial", Layers.conv2d(first, weights, prefix + ".4"));
    NDArray second =
        pass.block("elu2", Layers.elu(Layers.batchNorm(spatial, weights, prefix + ".5", pass)));
    return Layers.dropout(second, dropout, pass);
  }

  Map<String, Object> options() {
    return Options.map(
        "temporalFilters", filters,
        "temporalKernel", kernel,
        "poolKernel", poolKernel,
        "poolStride", poolStride,
        "spatialKernel", channels);
  }

  static TemporalSpatial of(
      OptionReader in, String prefix, int channels, int time, String dropout, double deviation) {
    in.mustBe("spatialKernel", channels);
    return new TemporalSpatial(
        prefix,
        channels,
        time,
        in.whole("temporalFilters", 40),
        in.whole("temporalKernel", 25),
        in.whole("poolKernel", 51),
        in.whole("poolStride", 5),
        in.number(dropout, 0.5),
        deviation);
  }
}
