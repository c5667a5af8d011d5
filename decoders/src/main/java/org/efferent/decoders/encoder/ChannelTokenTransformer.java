package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * Attention between channels, then temporal–spatial convolutions (ATM; Li et al.: Visual decoding
 * and reconstruction via EEG embeddings with guided diffusion, NeurIPS 2024).
 *
 * <table>
 *   <caption>Blocks, C channels of T samples</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>a token a channel: its samples through one linear layer</td><td>C × T</td></tr>
 *   <tr><td>before them the subject's token</td><td>(C + 1) × T</td></tr>
 *   <tr><td>attention with residual and normalisation; feed-forward with the same; normalisation</td><td>(C + 1) × T</td></tr>
 *   <tr><td>C of the tokens</td><td>C × T</td></tr>
 *   <tr><td>{@link TsConv} form a: convolutions, tokens, projector</td><td>P</td></tr>
 * </table>
 *
 * <p><b>As published</b> ({@value #PUBLISHED}) the first C tokens are kept: the subject's token
 * takes a channel's place and the last channel is lost. <b>Repaired</b> ({@value #REPAIRED}) the
 * channels are kept. A batch with any subject beyond the table ({@code subjectTable}) uses the
 * shared token for all of its examples, in both forms.
 */
public final class ChannelTokenTransformer extends WindowEncoder {
  /** Name of the published form. */
  public static final String PUBLISHED = "channel-token-transformer";

  /** Name of the repaired form. */
  public static final String REPAIRED = "channel-token-transformer-fixed";

  private static final String EMBEDDING = "encoder.enc_embedding.";
  private static final String SUBJECT = EMBEDDING + "subject_embedding.";
  private static final String LAYERS = "encoder.encoder.attn_layers.";

  private final boolean repaired;
  private final int heads;
  private final int feedForward;
  private final int layers;
  private final double dropout;
  private final int table;
  private final TemporalSpatial convolutions;
  private final int pointwise;
  private final Projector projector;

  private ChannelTokenTransformer(String architecture, OptionReader in) {
    super(in.whole("channels"), in.whole("time"));
    repaired = architecture.equals(REPAIRED);
    in.mustBe("width", time);
    heads = in.whole("heads", 4);
    in.mustBe("headWidth", time / heads);
    feedForward = in.whole("feedForward", 256);
    layers = in.whole("layers", 1);
    dropout = in.number("dropout", 0.25);
    table = in.whole("subjectTable", 10);
    in.mustBe("activation", Activation.GELU.word());
    convolutions = TemporalSpatial.of(in, "enc_eeg.0.tsconv", channels, time, "convDropout", 0);
    pointwise = in.whole("pointwiseOut", 40);
    projector =
        new Projector(
            "proj_eeg.0",
            "proj_eeg.1.fn.1",
            "proj_eeg.2",
            pointwise * convolutions.pooledTime(),
            in.whole("projectionDim"),
            in.number("projectionDropout", 0.5),
            0);
    in.ignore("keptTokens", "flattenOrder");
    in.end();
    Checks.positive("heads", heads);
    Checks.positive("layers", layers);
    Checks.positive("subjectTable", table);
    Checks.positive("feedForward", feedForward);
    Checks.probability("dropout", dropout);
    if (time % 2 != 0 || time < heads) {
      throw new IllegalArgumentException(
          "time must be even and at least heads; time=%d, heads=%d".formatted(time, heads));
    }
  }

  /**
   * The published size.
   *
   * @param repaired whether all channels are kept
   * @param channels C
   * @param time T
   * @param projectionDim numbers of an embedding
   * @return 3,202,413 parameters for 63 × 250 and 1024 with those that nothing uses and its loss's
   *     scale
   */
  public static ChannelTokenTransformer published(
      boolean repaired, int channels, int time, int projectionDim) {
    String name = repaired ? REPAIRED : PUBLISHED;
    return of(
        name,
        new OptionReader(
            name, Options.map("channels", channels, "time", time, "projectionDim", projectionDim)));
  }

  static ChannelTokenTransformer of(String architecture, OptionReader in) {
    return new ChannelTokenTransformer(architecture, in);
  }

  @Override
  public String architecture() {
    return repaired ? REPAIRED : PUBLISHED;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out =
        Options.map(
            "channels", channels,
            "time", time,
            "width", time,
            "heads", heads,
            "headWidth", time / heads,
            "feedForward", feedForward,
            "layers", layers,
            "activation", Activation.GELU.word(),
            "dropout", dropout,
            "subjectTable", table);
    Map<String, Object> all = new LinkedHashMap<>(out);
    all.putAll(convolutions.options());
    all.put("pointwiseOut", pointwise);
    all.put("projectionDim", projector.outputs());
    all.put("projectionDropout", projector.dropout());
    all.put("convDropout", convolutions.dropout());
    return all;
  }

  @Override
  public List<WeightSpec> weights() {
    Initial normal = new Initial.Normal(0, 1);
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.unused(EMBEDDING + "mask_token", normal, 1, time));
    specs.addAll(WeightSpec.linear(EMBEDDING + "value_embedding", time, time));
    specs.add(
        WeightSpec.unused(
            EMBEDDING + "temporal_embedding.embed.weight", Initial.fanIn(4), time, 4));
    specs.add(WeightSpec.parameter(SUBJECT + "shared_embedding", normal, 1, time));
    specs.add(WeightSpec.unused(SUBJECT + "mask_embedding", normal, 1, time));
    specs.add(WeightSpec.parameter(SUBJECT + "subject_embedding.weight", normal, table, time));
    for (int layer = 0; layer < layers; layer++) {
      specs.addAll(layerWeights(LAYERS + layer));
    }
    specs.addAll(WeightSpec.layerNorm("encoder.encoder.norm", time));
    specs.addAll(subjectWise());
    specs.addAll(convolutions.weights());
    specs.addAll(
        TsConv.Tokens.weights("enc_eeg.0.projection.0", convolutions.filters(), pointwise, 0));
    specs.addAll(projector.weights());
    return specs;
  }

  /** Of the reference's files, without use: one linear layer a subject. */
  private List<WeightSpec> subjectWise() {
    List<WeightSpec> specs = new ArrayList<>();
    for (int s = 0; s < 2; s++) {
      specs.add(
          WeightSpec.unused(
              "subject_wise_linear." + s + ".weight", Initial.fanIn(time), time, time));
      specs.add(WeightSpec.unused("subject_wise_linear." + s + ".bias", Initial.fanIn(time), time));
    }
    return specs;
  }

  private List<WeightSpec> layerWeights(String name) {
    int width = time / heads * heads;
    List<WeightSpec> specs = new ArrayList<>();
    for (String which : List.of("query", "key", "value")) {
      specs.addAll(WeightSpec.linear(name + ".attention." + which + "_projection", time, width));
    }
    specs.addAll(WeightSpec.linear(name + ".attention.out_projection", width, time));
    specs.addAll(WeightSpec.layer(name + ".conv1", feedForward, time, feedForward, time, 1));
    specs.addAll(WeightSpec.layer(name + ".conv2", time, feedForward, time, feedForward, 1));
    specs.addAll(WeightSpec.layerNorm(name + ".norm1", time));
    specs.addAll(WeightSpec.layerNorm(name + ".norm2", time));
    return specs;
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    check(batch);
    NDArray values =
        pass.block(
            "value_embedding",
            Layers.linear(batch.signals(), weights, EMBEDDING + "value_embedding"));
    NDArray tokens =
        pass.block("tokens", NDArrays.concat(new NDList(subjectTokens(weights, batch), values), 1));
    NDArray x = Layers.dropout(tokens, dropout, pass);
    for (int layer = 0; layer < layers; layer++) {
      x = layer(x, weights, LAYERS + layer, pass);
    }
    x = pass.block("encoder_norm", Layers.layerNorm(x, weights, "encoder.encoder.norm"));
    NDArray kept = pass.block("kept_tokens", x.get(repaired ? ":, 1:" : ":, :" + channels));
    NDArray y = convolutions.apply(kept, weights, pass);
    NDArray pooled = TsConv.Tokens.apply(y, weights, "enc_eeg.0.projection.0");
    NDArray flat = pass.block("flat", pooled.reshape(batch.size(), -1));
    return projector.apply(flat, weights, pass);
  }

  /** {@code [batch × 1 × time]}. */
  private NDArray subjectTokens(Weights weights, Batch batch) {
    long[] subjects = batch.subjects();
    boolean known = subjects.length > 0;
    for (long subject : subjects) {
      known &= subject < table;
    }
    if (!known) {
      return weights
          .get(SUBJECT + "shared_embedding")
          .expandDims(0)
          .broadcast(new Shape(batch.size(), 1, time));
    }
    NDArray which = weights.compute().indices(subjects, subjects.length);
    return Layers.rows(weights.get(SUBJECT + "subject_embedding.weight"), which).expandDims(1);
  }

  private NDArray layer(NDArray x, Weights weights, String name, Pass pass) {
    NDArray attended = pass.block("attention", attention(x, weights, name + ".attention", pass));
    NDArray first = x.add(Layers.dropout(attended, dropout, pass));
    first = pass.block("norm1", Layers.layerNorm(first, weights, name + ".norm1"));
    NDArray hidden = Layers.gelu(pointwise(first, weights, name + ".conv1"));
    NDArray out = pointwise(Layers.dropout(hidden, dropout, pass), weights, name + ".conv2");
    NDArray second = first.add(Layers.dropout(out, dropout, pass));
    return pass.block("norm2", Layers.layerNorm(second, weights, name + ".norm2"));
  }

  /** A convolution with a kernel of one over tokens is a linear layer. */
  private static NDArray pointwise(NDArray x, Weights weights, String name) {
    return Layers.linear(x, weights.get(name + ".weight").squeeze(2), weights.get(name + ".bias"));
  }

  private NDArray attention(NDArray x, Weights weights, String name, Pass pass) {
    int width = time / heads;
    NDArray q = split(Layers.linear(x, weights, name + ".query_projection"), width);
    NDArray k = split(Layers.linear(x, weights, name + ".key_projection"), width);
    NDArray v = split(Layers.linear(x, weights, name + ".value_projection"), width);
    NDArray scores = Layers.times(q.matMul(k.transpose(0, 1, 3, 2)), 1 / Math.sqrt(width));
    NDArray shares = Layers.dropout(Layers.softmax(scores), dropout, pass);
    NDArray mixed = shares.matMul(v).transpose(0, 2, 1, 3);
    long[] shape = x.getShape().getShape();
    NDArray flat = mixed.reshape(shape[0], shape[1], (long) heads * width);
    return Layers.linear(flat, weights, name + ".out_projection");
  }

  /** {@code [batch × tokens × heads · width]} to {@code [batch × heads × tokens × width]}. */
  private NDArray split(NDArray x, int width) {
    long[] shape = x.getShape().getShape();
    return x.reshape(shape[0], shape[1], heads, width).transpose(0, 2, 1, 3);
  }

  @Override
  public void check(Batch batch) {
    super.check(batch);
    for (long subject : batch.subjects()) {
      if (subject < 0) {
        throw new IllegalArgumentException("subjects count from 0; subject=" + subject);
      }
    }
  }
}
