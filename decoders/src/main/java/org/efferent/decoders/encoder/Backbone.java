package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * What both brain modules share: from sensors to features, sample by sample.
 *
 * <table>
 *   <caption>Blocks in order; those with a question mark may be left out</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>{@link SpatialAttention}?</td><td>virtual channels × time</td></tr>
 *   <tr><td>{@link ChannelMix}?</td><td>mixed channels × time</td></tr>
 *   <tr><td>{@link SubjectLayer}?</td><td>aligned channels × time</td></tr>
 *   <tr><td>{@link ConvStack}</td><td>width × time</td></tr>
 *   <tr><td>{@link Head}</td><td>outputs × time</td></tr>
 * </table>
 *
 * @param inputChannels sensors
 * @param attention null for none
 * @param mix null for none
 * @param subject null for none
 * @param stack the convolutions
 * @param head what follows
 * @param outputs channels of the output
 * @param prefix of the weights of the convolutions
 */
record Backbone(
    int inputChannels,
    SpatialAttention attention,
    ChannelMix mix,
    SubjectLayer subject,
    ConvStack stack,
    Head head,
    int outputs,
    String prefix) {

  Backbone {
    Checks.positive("inputChannels", inputChannels);
    Checks.positive("outputs", outputs);
    int width = inputChannels;
    width = attention == null ? width : attention.outputChannels();
    follows("channelMix.inputChannels", mix == null ? width : mix.inputChannels(), width);
    width = mix == null ? width : mix.outputChannels();
    follows("subjectLayer.inputDim", subject == null ? width : subject.inputDim(), width);
    width = subject == null ? width : subject.outputDim();
    follows("convStack.inputChannels", stack.inputChannels(), width);
    if (head == Head.NONE) {
      follows("convStack's last convolution", stack.outputChannels(), outputs);
    }
  }

  private static void follows(String name, int value, int before) {
    if (value != before) {
      throw new IllegalArgumentException(
          "%s must be what comes out of the block before, %d; value=%d"
              .formatted(name, before, value));
    }
  }

  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    Optional.ofNullable(attention).ifPresent(a -> specs.addAll(a.weights()));
    Optional.ofNullable(mix).ifPresent(m -> specs.addAll(m.weights()));
    Optional.ofNullable(subject).ifPresent(s -> specs.addAll(s.weights()));
    specs.addAll(head.weights(stack.outputChannels(), outputs));
    specs.addAll(stack.weights(prefix));
    return specs;
  }

  /** Everything before the convolutions: it acts on each sample alone. */
  NDArray beforeStack(Weights weights, Batch batch, Pass pass) {
    NDArray y = batch.signals();
    if (attention != null) {
      y = pass.block("spatial_attention", attention.apply(y, weights, batch, pass));
    }
    if (mix != null) {
      y = pass.block("channel_mix", mix.apply(y, weights, stack.activation()));
    }
    if (subject != null) {
      y = pass.block("subject_layer", subject.apply(y, weights, batch, pass));
    }
    return y;
  }

  /** Whether everything before the convolutions is affine. */
  boolean affineBeforeStack() {
    return mix == null || (mix.layers() == 1 && !mix.activationAfterLast());
  }

  /**
   * Everything before the convolutions as one matrix, where it is affine: what it says of zero and
   * of the unit vectors is all of it.
   *
   * @param weights of the module
   * @param layout positions of the sensors; null where the module attends to none
   * @param subject whose signals they are
   * @return {@code [channels × (sensors + 1)]}; the last column is the bias
   */
  NDArray matrixBeforeStack(Weights weights, SensorLayout layout, long subject) {
    double[] probes = new double[inputChannels * (inputChannels + 1)];
    for (int c = 0; c < inputChannels; c++) {
      probes[c * (inputChannels + 1) + c] = 1;
    }
    Batch batch = Batch.of(weights.compute().array(probes, 1, inputChannels, inputChannels + 1));
    batch = layout == null ? batch : batch.layouts(List.of(layout));
    batch = this.subject == null ? batch : batch.subjects(subject);
    NDArray said = beforeStack(weights, batch, Pass.evaluation()).squeeze(0);
    NDArray bias = said.get(":, " + inputChannels).expandDims(1);
    return said.get(":, :" + inputChannels).sub(bias).concat(bias, 1);
  }

  /** The same as {@link #beforeStack} of one window by one product instead of three. */
  private NDArray ofOneWindow(Weights weights, Batch batch) {
    SensorLayout layout = attention == null ? null : batch.layouts().get(0);
    long of = subject == null ? 0 : batch.subjects()[0];
    NDArray matrix =
        weights.derived(
            Arrays.asList("before stack", layout, of),
            () -> matrixBeforeStack(weights, layout, of).get(":, :" + inputChannels).flatten());
    NDArray bias =
        weights.derived(
            Arrays.asList("before stack, bias", layout, of),
            () -> matrixBeforeStack(weights, layout, of).get(":, " + inputChannels).flatten());
    NDArray rows = matrix.reshape(-1, inputChannels).expandDims(0);
    return Layers.products(rows, batch.signals()).addi(bias.reshape(1, -1, 1));
  }

  /** {@code [batch × sensors × time]} to {@code [batch × outputs × time]}. */
  NDArray apply(Weights weights, Batch batch, Pass pass) {
    boolean one =
        batch.size() == 1
            && pass.isPlainEvaluation()
            && affineBeforeStack()
            && (attention != null || mix != null || subject != null);
    NDArray front = one ? ofOneWindow(weights, batch) : beforeStack(weights, batch, pass);
    NDArray y = stack.apply(front, weights, prefix, pass);
    y = front == batch.signals() ? y : pass.then(front, y);
    NDArray out = head.apply(y, weights, stack.activation(), pass);
    return out == y ? y : pass.then(y, out);
  }

  /** The options of the blocks. */
  Map<String, Object> options() {
    return Options.map(
        "spatialAttention", attention == null ? null : attention.options(),
        "channelMix", mix == null ? null : mix.options(),
        "subjectLayer", subject == null ? null : subject.options(),
        "convStack", stack.options(),
        "head", head.word());
  }

  /**
   * Reads the blocks.
   *
   * @param in where they are
   * @param inputChannels sensors
   * @param outputs channels of the output
   * @param prefix of the weights of the convolutions
   * @param defaultHead where the options name none
   */
  static Backbone of(
      OptionReader in, int inputChannels, int outputs, String prefix, Head defaultHead) {
    Context context = context(in);
    int width = inputChannels;
    SpatialAttention attention =
        in.has("spatialAttention") ? SpatialAttention.of(in.map("spatialAttention")) : null;
    width = attention == null ? width : attention.outputChannels();
    ChannelMix mix = in.has("channelMix") ? ChannelMix.of(in.map("channelMix"), width) : null;
    width = mix == null ? width : mix.outputChannels();
    SubjectLayer subject =
        in.has("subjectLayer") ? SubjectLayer.of(in.map("subjectLayer"), width) : null;
    width = subject == null ? width : subject.outputDim();
    Head head = Head.of(in, defaultHead.word());
    ConvStack stack =
        ConvStack.of(in.map("convStack"), width, context, head == Head.NONE ? outputs : 0);
    in.ignore("spatialAttention", "channelMix", "subjectLayer");
    return new Backbone(inputChannels, attention, mix, subject, stack, head, outputs, prefix);
  }

  private static Context context(OptionReader in) {
    String word = in.word("context", Context.CENTRED.word());
    in.ignore("lookAheadCap");
    try {
      return Context.of(word);
    } catch (IllegalArgumentException e) {
      throw in.wrong("context", "centred, causal or look-ahead-N");
    }
  }

  Backbone with(Context context) {
    return new Backbone(
        inputChannels, attention, mix, subject, stack.with(context), head, outputs, prefix);
  }
}
