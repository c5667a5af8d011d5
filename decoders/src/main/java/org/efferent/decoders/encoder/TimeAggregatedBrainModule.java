package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * The brain module of vision: MEG to one embedding a window, or to several by groups of time
 * (Benchetrit, Banville, King: Brain decoding: toward real-time reconstruction of visual
 * perception, 2023).
 *
 * <table>
 *   <caption>Blocks in order</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>attention, mix, subject layer, convolutions, head: as in {@link BrainModule}</td><td>backboneOut × T</td></tr>
 *   <tr><td>time groups?: T into n consecutive stretches, the first T mod n one longer, shorter ones padded with zeros</td>
 *       <td>backboneOut × T/n, n times</td></tr>
 *   <tr><td>time aggregation: mean; learned affine over time; or additive attention</td><td>backboneOut</td></tr>
 *   <tr><td>output heads: none, one, or several with names (contrastive, regression)</td><td>outputs</td></tr>
 * </table>
 *
 * <p>Longer than 300 lines, so that groups, aggregation and heads are read beside the table that
 * they follow.
 */
public final class TimeAggregatedBrainModule implements Encoder {
  /** Its name in files. */
  public static final String ARCHITECTURE = "brain-module-time-aggregated";

  /** How time is taken together. */
  public enum Aggregation {
    /** The mean. */
    MEAN("mean"),
    /** Σ_t w_t x_t + b, the same for all features. */
    AFFINE("learned affine over time"),
    /** Weighted by the softmax over time of v · tanh(W x_t + b) + v₀, 256 hidden. */
    ATTENTION("additive attention");

    private final String word;

    Aggregation(String word) {
      this.word = word;
    }

    /** Its word in files. */
    public String word() {
      return word;
    }
  }

  private static final String PREFIX = "encoder";
  private static final String AGGREGATION = "time_agg_out";
  private static final int HIDDEN = 256;

  private final Backbone backbone;
  private final Aggregation aggregation;
  private final int time;
  private final int groups;
  private final List<Mlp> heads;

  TimeAggregatedBrainModule(
      Backbone backbone, Aggregation aggregation, int time, int groups, List<Mlp> heads) {
    this.backbone = backbone;
    this.aggregation = aggregation;
    this.time = time;
    this.groups = groups;
    this.heads = List.copyOf(heads);
    Checks.notNegative("timeGroups", groups);
    if (aggregation == Aggregation.AFFINE && time < 1) {
      throw new IllegalArgumentException(
          "time must be known for an affine map over time; time=" + time);
    }
    if (time > 0 && groups > time) {
      throw new IllegalArgumentException(
          "timeGroups must not be more than time; timeGroups=%d, time=%d".formatted(groups, time));
    }
  }

  /**
   * The size that is shipped for images.
   *
   * @param inputChannels sensors
   * @param time samples of a window
   * @param outputs numbers of an embedding
   * @return a module without subject layer; 4,958,699 parameters for 120 samples and 1536 outputs
   */
  public static TimeAggregatedBrainModule published(int inputChannels, int time, int outputs) {
    Backbone backbone =
        new Backbone(
            inputChannels,
            new SpatialAttention(270, 3, 10, 0.2, 0.2),
            new ChannelMix(270, 270, 1, false),
            null,
            new ConvStack(
                270, 320, 4, 3, 2, 5, true, Activation.GELU, true, 2, 1, Context.CENTRED, 512),
            Head.NONE,
            512,
            PREFIX);
    return new TimeAggregatedBrainModule(
        backbone,
        Aggregation.AFFINE,
        time,
        0,
        List.of(new Mlp("", List.of(outputs), false, false, 0)));
  }

  /**
   * Reads its options.
   *
   * @param in options
   * @param time samples of a window where the options do not say
   */
  static TimeAggregatedBrainModule of(OptionReader in, int time) {
    int inputChannels = in.whole("inputChannels");
    int samples = in.whole("time", time);
    int backboneOut = in.whole("backboneOut", in.whole("outputs", 0));
    String word = in.word("timeAggregation", Aggregation.MEAN.word());
    Aggregation aggregation =
        java.util.Arrays.stream(Aggregation.values())
            .filter(a -> a.word().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    in.wrong(
                        "timeAggregation", "mean, learned affine over time or additive attention"));
    Backbone backbone = Backbone.of(in, inputChannels, backboneOut, PREFIX, Head.NONE);
    List<Mlp> heads = new ArrayList<>();
    if (in.has("outputHeads")) {
      OptionReader several = in.map("outputHeads");
      if (several.has("layers")) {
        heads.add(Mlp.of("", several));
      } else {
        several.names().forEach(name -> heads.add(Mlp.of(name, several.map(name))));
      }
    }
    TimeAggregatedBrainModule made =
        new TimeAggregatedBrainModule(
            backbone, aggregation, samples, in.whole("timeGroups", 0), heads);
    in.mustBe("outputs", made.outputs());
    in.ignore("outputHeads");
    in.end();
    return made;
  }

  private int outputs() {
    return heads.isEmpty() ? backbone.outputs() : heads.get(0).outputs();
  }

  /** Samples of the longest group. */
  private int groupTime() {
    return groups == 0 ? time : (time + groups - 1) / groups;
  }

  @Override
  public String architecture() {
    return ARCHITECTURE;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("inputChannels", backbone.inputChannels());
    out.put("outputs", outputs());
    out.put("time", time);
    out.putAll(backbone.options());
    out.put("context", backbone.stack().context().word());
    out.put("backboneOut", backbone.outputs());
    out.put("timeAggregation", aggregation.word());
    out.put("timeGroups", groups == 0 ? null : groups);
    if (heads.isEmpty()) {
      out.put("outputHeads", null);
    } else if (heads.get(0).name().isEmpty()) {
      out.put("outputHeads", heads.get(0).options());
    } else {
      Map<String, Object> named = new LinkedHashMap<>();
      heads.forEach(head -> named.put(head.name(), head.options()));
      out.put("outputHeads", named);
    }
    return out;
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>(backbone.weights());
    if (aggregation == Aggregation.AFFINE) {
      specs.addAll(WeightSpec.linear(AGGREGATION, groupTime(), 1));
    } else if (aggregation == Aggregation.ATTENTION) {
      specs.addAll(WeightSpec.linear(AGGREGATION + ".Wa", backbone.outputs(), HIDDEN));
      specs.addAll(WeightSpec.linear(AGGREGATION + ".Va", HIDDEN, 1));
    }
    heads.forEach(head -> specs.addAll(head.weights(backbone.outputs())));
    return specs;
  }

  @Override
  public int channels() {
    return backbone.inputChannels();
  }

  @Override
  public int time() {
    return time;
  }

  @Override
  public int subjects() {
    return backbone.subject() == null ? 0 : backbone.subject().subjects();
  }

  /** The number of the average subject, where the module has one: {@link #subjects()}. */
  public boolean hasAverageSubject() {
    return backbone.subject() != null && backbone.subject().subjectDropout() >= 0;
  }

  @Override
  public boolean needsLayout() {
    return backbone.attention() != null;
  }

  @Override
  public void check(Batch batch) {
    Encoder.super.check(hasAverageSubject() ? batch.subjects(known(batch.subjects())) : batch);
  }

  /** The average subject counts as known. */
  private long[] known(long[] subjects) {
    for (int i = 0; i < subjects.length; i++) {
      subjects[i] = subjects[i] == subjects() ? 0 : subjects[i];
    }
    return subjects;
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    return heads(weights, batch, pass).values().iterator().next();
  }

  @Override
  public Map<String, NDArray> heads(Weights weights, Batch batch, Pass pass) {
    check(batch);
    NDArray features = backbone.apply(weights, batch, pass);
    if (backbone.head() != Head.NONE) {
      pass.block("head_pointwise", features);
    }
    return pooled(features, weights, pass);
  }

  /** {@code [batch × features × time]} to an embedding a head. */
  private Map<String, NDArray> pooled(NDArray features, Weights weights, Pass pass) {
    NDArray windows = groups == 0 ? features : grouped(features);
    NDArray pooled = pass.block("time_aggregation", aggregate(windows, weights)).squeeze(2);
    Map<String, NDArray> out = new LinkedHashMap<>();
    if (heads.isEmpty()) {
      out.put("", ungrouped(pooled));
    }
    for (Mlp head : heads) {
      out.put(head.name(), ungrouped(head.apply(pooled, weights, pass)));
    }
    return out;
  }

  /** {@code [batch × features × time]} to {@code [groups · batch × features × longest group]}. */
  private NDArray grouped(NDArray x) {
    int samples = Math.toIntExact(x.getShape().get(2));
    int longest = (samples + groups - 1) / groups;
    NDList parts = new NDList();
    int begin = 0;
    for (int g = 0; g < groups; g++) {
      int length = samples / groups + (g < samples % groups ? 1 : 0);
      NDArray part = x.get(":, :, " + begin + ":" + (begin + length));
      parts.add(Layers.pad(part, 0, longest - length));
      begin += length;
    }
    return NDArrays.concat(parts, 0);
  }

  /**
   * {@code [groups · batch × outputs]} to {@code [batch × outputs × groups]}; nothing without
   * groups.
   */
  private NDArray ungrouped(NDArray y) {
    if (groups == 0) {
      return y;
    }
    long outputs = y.getShape().get(1);
    return y.reshape(groups, -1, outputs).transpose(1, 2, 0);
  }

  /** {@code [n × features × time]} to {@code [n × features × 1]}. */
  private NDArray aggregate(NDArray x, Weights weights) {
    return switch (aggregation) {
      case MEAN -> x.mean(new int[] {2}, true);
      case AFFINE -> Layers.linear(x, weights, AGGREGATION);
      case ATTENTION -> {
        NDArray hidden = Layers.linear(x.transpose(0, 2, 1), weights, AGGREGATION + ".Wa").tanh();
        NDArray scores = Layers.linear(hidden, weights, AGGREGATION + ".Va").transpose(0, 2, 1);
        yield x.matMul(Layers.softmax(scores).transpose(0, 2, 1));
      }
    };
  }

  /**
   * The embedding of a window of features, of the first head.
   *
   * @param weights of this module
   * @param features {@code [time × features]}
   * @return {@code [1 × outputs]}, or {@code [1 × outputs × groups]}
   */
  public NDArray pooled(Weights weights, NDArray features) {
    return pooled(features.transpose().expandDims(0), weights, Pass.evaluation())
        .values()
        .iterator()
        .next();
  }

  /** Numbers of an embedding, all groups together. */
  public int dimensions() {
    return outputs() * Math.max(1, groups);
  }

  /** Samples that a feature looks ahead. */
  public int lookAhead() {
    return backbone.stack().lookAhead();
  }

  /**
   * The module up to its features taken apart for a stream.
   *
   * @param weights of the module
   * @param layout positions of the sensors; null where the module attends to none
   * @param subject whose signals they are
   * @return its parts; they own arrays
   */
  public Streamed streamed(Weights weights, SensorLayout layout, int subject) {
    return weights.compute().step(() -> Streamed.of(backbone, weights, layout, subject));
  }
}
