package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** {@code [batch × sensors × time]} to {@code [batch × outputs × time]}. */
  NDArray apply(Weights weights, Batch batch, Pass pass) {
    NDArray y = stack.apply(beforeStack(weights, batch, pass), weights, prefix, pass);
    return head.apply(y, weights, stack.activation());
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
