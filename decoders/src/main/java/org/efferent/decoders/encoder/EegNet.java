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
 *
 * <p>Published, its convolutions look as far ahead as back, with zeros around a window. By the
 * option {@code context} they look ahead less, or not at all, with more zeros before. Over a stream
 * ({@link #pooled}) there is the signal in the place of these zeros.
 */
public final class EegNet extends WindowEncoder implements PooledEncoder {
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
  private final Context context;

  private EegNet(OptionReader in) {
    super(in.whole("channels"), in.whole("time"));
    filters = in.whole("temporalFilters", 8);
    depth = in.whole("depthMultiplier", 2);
    kernel = in.whole("temporalKernel", 64);
    dropout = in.number("dropout", 0.5);
    outputs = in.whole("projectionDim");
    try {
      context = Context.of(in.word("context", Context.CENTRED.word()));
    } catch (IllegalArgumentException e) {
      throw in.wrong("context", "centred, causal or look-ahead-N");
    }
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
        "projectionDim", outputs,
        "context", context.word());
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
    NDArray x = frames(weights, batch.signals(), pass, true);
    return Layers.linear(x.reshape(batch.size(), flat()), weights, "output");
  }

  /** {@code [batch × channels × samples]} to {@code [batch × maps × 1 × frames]}. */
  private NDArray frames(Weights weights, NDArray signals, Pass pass, boolean padded) {
    int ahead = firstAhead();
    NDArray x = signals.expandDims(1);
    x = padded ? Layers.pad(x, kernel - 1 - ahead, ahead) : x;
    x = Layers.grouped(x, weights.get("temporal.weight"), 0, 1);
    x = Layers.batchNorm(x, weights, "temporal_norm", pass);
    x = Layers.grouped(x, atMostOne(weights.get("spatial.weight")), 0, filters);
    x = Layers.elu(Layers.batchNorm(x, weights, "spatial_norm", pass));
    x = Layers.dropout(Layers.averagePool(x, FIRST_POOL, FIRST_POOL), dropout, pass);
    int later = secondAhead();
    x = padded ? Layers.pad(x, SEPARABLE_KERNEL - 1 - later, later) : x;
    x = Layers.grouped(x, weights.get("depthwise.weight"), 0, maps());
    x = Layers.grouped(x, weights.get("pointwise.weight"), 0, 1);
    x = Layers.elu(Layers.batchNorm(x, weights, "separable_norm", pass));
    return Layers.dropout(Layers.averagePool(x, SECOND_POOL, SECOND_POOL), dropout, pass);
  }

  private int firstAhead() {
    return context.cap() < 0 ? kernel / 2 : Math.min(context.cap(), kernel / 2);
  }

  /** In pooled samples. */
  private int secondAhead() {
    int half = SEPARABLE_KERNEL / 2;
    return context.cap() < 0 ? half : Math.min(context.cap() / FIRST_POOL, half);
  }

  /** Samples behind a window that its embedding over a stream waits for. */
  public int lookAhead() {
    return firstAhead() + FIRST_POOL * secondAhead();
  }

  @Override
  public int stride() {
    return FIRST_POOL * SECOND_POOL;
  }

  @Override
  public int reach() {
    return (SECOND_POOL + SEPARABLE_KERNEL - 1) * FIRST_POOL + kernel - 1;
  }

  @Override
  public int frames() {
    return time / stride();
  }

  @Override
  public int dimensions() {
    return outputs;
  }

  @Override
  public NDArray pooled(Weights weights, NDArray signals) {
    NDArray y = frames(weights, signals, Pass.evaluation(), false);
    return y.squeeze(2).squeeze(0).transpose();
  }

  @Override
  public NDArray project(Weights weights, NDArray frames) {
    return Layers.linear(frames.transpose().reshape(1, flat()), weights, "output");
  }

  /** The norm of each filter at most 1: longer ones are scaled, which their gradient knows of. */
  private NDArray atMostOne(NDArray weight) {
    NDArray norms = weight.reshape(maps(), channels).square().sum(new int[] {1}).add(1e-12).sqrt();
    return weight.div(Layers.atLeast(norms, 1).reshape(maps(), 1, 1, 1));
  }
}
