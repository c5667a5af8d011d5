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
 * Dilated convolutions with residuals and gates (Défossez et al. 2023).
 *
 * <table>
 *   <caption>One convolution</caption>
 *   <tr><th>step</th><th>exactly</th></tr>
 *   <tr><td>convolution</td><td>kernel K, dilation d, zeros left and right by the context, bias</td></tr>
 *   <tr><td>normalisation</td><td>over batch and time, where there is one</td></tr>
 *   <tr><td>activation</td><td></td></tr>
 *   <tr><td>residual</td><td>plus the input, if the shapes are equal</td></tr>
 *   <tr><td>gate, after every gateEvery-th</td><td>convolution to twice the width, kernel 1 + 2 gateContext, then GLU</td></tr>
 * </table>
 *
 * @param inputChannels channels in
 * @param width channels of every convolution
 * @param depth convolutions
 * @param kernel taps, odd
 * @param dilationGrowth factor of the dilation from one convolution to the next
 * @param dilationPeriod convolutions after which the dilation is 1 again; 0 for never
 * @param batchNorm whether each is normalised
 * @param activation of each
 * @param residual whether inputs are added
 * @param gateEvery convolutions from gate to gate; 0 for no gates
 * @param gateContext samples that a gate looks to either side
 * @param context how far convolutions and gates look ahead
 * @param plainLast channels of the last convolution where it has neither normalisation nor
 *     activation; 0 where it is as the others
 */
public record ConvStack(
    int inputChannels,
    int width,
    int depth,
    int kernel,
    int dilationGrowth,
    int dilationPeriod,
    boolean batchNorm,
    Activation activation,
    boolean residual,
    int gateEvery,
    int gateContext,
    Context context,
    int plainLast) {

  /** Checks the numbers. */
  public ConvStack {
    Checks.positive("convStack.inputChannels", inputChannels);
    Checks.positive("convStack.width", width);
    Checks.positive("convStack.depth", depth);
    Checks.positive("convStack.kernel", kernel);
    Checks.positive("convStack.dilationGrowth", dilationGrowth);
    Checks.notNegative("convStack.dilationPeriod", dilationPeriod);
    Checks.notNegative("convStack.gateEvery", gateEvery);
    Checks.notNegative("convStack.gateContext", gateContext);
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException("convStack.kernel must be odd; kernel=" + kernel);
    }
    long widest = 1;
    for (int k = 1; k < (dilationPeriod == 0 ? depth : Math.min(depth, dilationPeriod)); k++) {
      widest *= dilationGrowth;
      if (widest > 1 << 20) {
        throw new IllegalArgumentException(
            "convStack dilations must stay below 2^20 samples; dilationGrowth=%d, dilationPeriod=%d, depth=%d"
                .formatted(dilationGrowth, dilationPeriod, depth));
      }
    }
  }

  /**
   * One convolution of the stack.
   *
   * @param index from 0
   * @param in channels in
   * @param out channels out
   * @param dilation samples from tap to tap
   * @param plain whether it has neither normalisation nor activation
   * @param gated whether a gate follows
   */
  record Convolution(int index, int in, int out, int dilation, boolean plain, boolean gated) {
    /** Name of the convolution's weights. */
    String name(String prefix) {
      return prefix + ".sequence." + index + ".0";
    }

    /** Name of the normalisation's weights. */
    String norm(String prefix) {
      return prefix + ".sequence." + index + ".1";
    }

    /** Name of the gate's weights. */
    String gate(String prefix) {
      return prefix + ".glus." + index + ".0";
    }
  }

  /** All convolutions in order. */
  List<Convolution> convolutions() {
    List<Convolution> all = new ArrayList<>();
    int dilation = 1;
    for (int k = 0; k < depth; k++) {
      dilation =
          k > 0 && (dilationPeriod == 0 || k % dilationPeriod != 0) ? dilation * dilationGrowth : 1;
      boolean plain = plainLast > 0 && k == depth - 1;
      all.add(
          new Convolution(
              k,
              k == 0 ? inputChannels : width,
              plain ? plainLast : width,
              dilation,
              plain,
              gateEvery > 0 && (k + 1) % gateEvery == 0));
    }
    return all;
  }

  /** Channels of its output. */
  int outputChannels() {
    return plainLast > 0 ? plainLast : width;
  }

  /** Samples that the output looks ahead. */
  public int lookAhead() {
    int total = 0;
    for (Convolution c : convolutions()) {
      total += context.right(kernel, c.dilation());
      total += c.gated() ? context.right(gateKernel(), 1) : 0;
    }
    return total;
  }

  /** Samples of input that one sample of output depends on. */
  public int receptiveField() {
    int total = 1;
    for (Convolution c : convolutions()) {
      total += (kernel - 1) * c.dilation();
      total += c.gated() ? gateKernel() - 1 : 0;
    }
    return total;
  }

  /** Taps of a gate. */
  int gateKernel() {
    return 1 + 2 * gateContext;
  }

  /** The same with another context. */
  public ConvStack with(Context other) {
    return new ConvStack(
        inputChannels,
        width,
        depth,
        kernel,
        dilationGrowth,
        dilationPeriod,
        batchNorm,
        activation,
        residual,
        gateEvery,
        gateContext,
        other,
        plainLast);
  }

  List<WeightSpec> weights(String prefix) {
    List<WeightSpec> specs = new ArrayList<>();
    for (Convolution c : convolutions()) {
      specs.addAll(
          WeightSpec.layer(
              c.name(prefix), c.out(), (long) c.in() * kernel, c.out(), c.in(), kernel));
      if (batchNorm && !c.plain()) {
        specs.addAll(WeightSpec.batchNorm(c.norm(prefix), c.out(), Initial.one()));
      }
    }
    for (Convolution c : convolutions()) {
      if (c.gated()) {
        int taps = gateKernel();
        specs.addAll(
            WeightSpec.layer(
                c.gate(prefix), 2L * c.out(), (long) c.out() * taps, 2L * c.out(), c.out(), taps));
      }
    }
    return specs;
  }

  /** {@code [batch × inputChannels × time]} to {@code [batch × outputChannels × time]}. */
  NDArray apply(NDArray x, Weights weights, String prefix, Pass pass) {
    NDArray y = x;
    for (Convolution c : convolutions()) {
      NDArray next = pass.block("conv" + (c.index() + 1), one(c, y, weights, prefix, pass));
      y = y == x ? next : pass.then(y, next);
    }
    return y;
  }

  private NDArray one(Convolution c, NDArray x, Weights weights, String prefix, Pass pass) {
    int d = c.dilation();
    NDArray y =
        Layers.conv1d(
            x, weights, c.name(prefix), context.left(kernel, d), context.right(kernel, d), d);
    if (!c.plain()) {
      y = batchNorm ? pass.then(y, Layers.batchNorm(y, weights, c.norm(prefix), pass)) : y;
      y = pass.then(y, activation.apply(y));
    }
    if (residual && c.in() == c.out()) {
      // In place where nothing else needs what the activation says: GELU's gradient does not,
      // ReLU's does.
      y = activation == Activation.GELU && !c.plain() ? y.addi(x) : pass.then(y, y.add(x));
    }
    if (c.gated()) {
      int taps = gateKernel();
      int left = context.left(taps, 1);
      y = pass.then(y, Layers.conv1d(y, weights, c.gate(prefix), left, context.right(taps, 1), 1));
      y = pass.then(y, Layers.glu(y, pass));
    }
    return y;
  }

  Map<String, Object> options() {
    return Options.map(
        "inputChannels", inputChannels,
        "width", width,
        "depth", depth,
        "kernel", kernel,
        "dilationGrowth", dilationGrowth,
        "dilationPeriod", dilationPeriod,
        "batchNorm", batchNorm,
        "activation", activation.word(),
        "residual", residual,
        "gateEvery", gateEvery,
        "gateContext", gateContext);
  }

  static ConvStack of(OptionReader in, int inputChannels, Context context, int plainLast) {
    String activation = in.word("activation", Activation.GELU.word());
    Activation kind =
        java.util.Arrays.stream(Activation.values())
            .filter(a -> a.word().equals(activation))
            .findFirst()
            .orElseThrow(() -> in.wrong("activation", "gelu-erf or relu"));
    ConvStack made =
        new ConvStack(
            in.whole("inputChannels", inputChannels),
            in.whole("width"),
            in.whole("depth"),
            in.whole("kernel", 3),
            in.whole("dilationGrowth", 2),
            in.whole("dilationPeriod", 5),
            in.yes("batchNorm", true),
            kind,
            in.yes("residual", true),
            in.whole("gateEvery", 2),
            in.whole("gateContext", 1),
            context,
            plainLast);
    in.ignore("dilations", "gatedAfterConv");
    in.end();
    return made;
  }
}
