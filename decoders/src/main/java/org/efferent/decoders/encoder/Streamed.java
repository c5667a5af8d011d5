package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Weights;

/**
 * A brain module taken apart for a stream. Frames are rows, {@code [frames × channels]}. What
 * precedes the convolutions is one matrix where it is linear; batch normalisation, which is affine
 * with running statistics, is part of the convolution before it.
 */
public final class Streamed implements AutoCloseable {
  /**
   * A convolution.
   *
   * @param weight {@code [out × in × kernel]}
   * @param bias {@code [out]}
   * @param dilation frames from tap to tap
   * @param left zeros before the first frame
   * @param right frames that it looks ahead
   */
  public record Taps(NDArray weight, NDArray bias, int dilation, int left, int right) {}

  /**
   * One convolution of the stack.
   *
   * @param convolution with its normalisation
   * @param gate null for none
   * @param activated whether the activation follows the convolution
   * @param residual whether the input is added
   */
  public record Layer(Taps convolution, Taps gate, boolean activated, boolean residual) {}

  private final Backbone backbone;
  private final NDArray frontWeight;
  private final NDArray frontBias;
  private final List<Layer> layers;
  private final NDList head;

  private Streamed(
      Backbone backbone, NDArray frontWeight, NDArray frontBias, List<Layer> layers, NDList head) {
    this.backbone = backbone;
    this.frontWeight = frontWeight;
    this.frontBias = frontBias;
    this.layers = List.copyOf(layers);
    this.head = head;
  }

  static Streamed of(Backbone backbone, Weights weights, SensorLayout layout, int subject) {
    ChannelMix mix = backbone.mix();
    if (!backbone.affineBeforeStack()) {
      throw new IllegalArgumentException(
          "a module is streamed whose channel mix is one layer without activation; layers=%d, activationAfterLast=%s"
              .formatted(mix.layers(), mix.activationAfterLast()));
    }
    int channels = backbone.inputChannels();
    NDArray front = backbone.matrixBeforeStack(weights, layout, subject);
    NDArray bias = front.get(":, " + channels);
    NDArray matrix = front.get(":, :" + channels);
    List<Layer> layers = new ArrayList<>();
    for (ConvStack.Convolution c : backbone.stack().convolutions()) {
      layers.add(layer(backbone, c, weights));
    }
    NDList head = new NDList();
    if (backbone.head() == Head.TWO_LAYER) {
      head.add(own(weights.get("final.0.weight").squeeze(2)));
      head.add(own(weights.get("final.0.bias")));
      head.add(own(weights.get("final.2.weight").squeeze(2).transpose()));
      head.add(own(weights.get("final.2.bias")));
    } else if (backbone.head() == Head.POINTWISE) {
      head.add(own(weights.get("final.weight").squeeze(2).transpose()));
      head.add(own(weights.get("final.bias")));
    }
    return new Streamed(backbone, own(matrix), own(bias), layers, head);
  }

  private static Layer layer(Backbone backbone, ConvStack.Convolution c, Weights weights) {
    ConvStack stack = backbone.stack();
    String name = c.name(backbone.prefix());
    NDArray weight = weights.get(name + ".weight");
    NDArray bias = weights.get(name + ".bias");
    if (stack.batchNorm() && !c.plain()) {
      String norm = c.norm(backbone.prefix());
      NDArray scale =
          weights
              .get(norm + ".weight")
              .div(weights.get(norm + ".running_var").add(Layers.EPSILON).sqrt());
      weight = weight.mul(scale.reshape(-1, 1, 1));
      bias =
          bias.sub(weights.get(norm + ".running_mean")).mul(scale).add(weights.get(norm + ".bias"));
    }
    int d = c.dilation();
    Taps taps =
        new Taps(
            own(weight),
            own(bias),
            d,
            stack.context().left(stack.kernel(), d),
            stack.context().right(stack.kernel(), d));
    Taps gate = null;
    if (c.gated()) {
      String gateName = c.gate(backbone.prefix());
      gate =
          new Taps(
              own(weights.get(gateName + ".weight")),
              own(weights.get(gateName + ".bias")),
              1,
              stack.context().left(stack.gateKernel(), 1),
              stack.context().right(stack.gateKernel(), 1));
    }
    return new Layer(taps, gate, !c.plain(), stack.residual() && c.in() == c.out());
  }

  /**
   * A copy that lives longer than the step, without gradient, its rows one after the other in
   * memory.
   */
  private static NDArray own(NDArray array) {
    NDArray copy = array.stopGradient().duplicate();
    NDScope.unregister(copy);
    return copy;
  }

  /** Numbers of an embedding. */
  public int outputs() {
    return backbone.outputs();
  }

  /** The convolutions in order. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * Everything before the convolutions.
   *
   * @param frames {@code [n × sensors]}
   * @return {@code [n × channels]}
   */
  public NDArray front(NDArray frames) {
    return Layers.linear(frames, frontWeight, frontBias);
  }

  /**
   * The activation of the stack.
   *
   * @param frames {@code [n × width]}
   * @return the same shape
   */
  public NDArray activate(NDArray frames) {
    return backbone.stack().activation().apply(frames);
  }

  /**
   * What follows the convolutions.
   *
   * @param frames {@code [n × width]}
   * @return {@code [n × outputs]}
   */
  public NDArray head(NDArray frames) {
    NDArray y = frames;
    for (int i = 0; i < head.size(); i += 2) {
      y = i == 0 ? y : activate(y);
      y = Layers.linear(y, head.get(i), head.get(i + 1));
    }
    return y;
  }

  /** Closes the arrays of {@link #layers()}, once they were copied. */
  public void closeLayers() {
    for (Layer layer : layers) {
      close(layer.convolution());
      if (layer.gate() != null) {
        close(layer.gate());
      }
    }
  }

  private static void close(Taps taps) {
    taps.weight().close();
    taps.bias().close();
  }

  @Override
  public void close() {
    frontWeight.close();
    frontBias.close();
    head.close();
  }
}
