package org.efferent.decoders.verify;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.loss.CandidateNormalised;
import org.efferent.decoders.loss.FlattenedContrastive;
import org.efferent.decoders.loss.MeanSquaredError;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.loss.Objective.Term;
import org.efferent.decoders.loss.Scale;
import org.efferent.decoders.loss.SymmetricInfoNce;
import org.efferent.decoders.loss.SymmetricInfoNce.Normalise;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/** Cases of encoders: evaluation, training without dropout, gradients. */
final class EncoderCases {
  private final GoldenCase of;
  private final Compute compute;
  private final Computed computed;
  private final Encoder encoder;
  private final Objective objective;

  EncoderCases(GoldenCase of, Compute compute, Computed computed) {
    this.of = of;
    this.compute = compute;
    this.computed = computed;
    String architecture = of.architecture().replace(" (streaming)", "");
    int time = of.json().path("dims").path("time").asInt(0);
    this.encoder =
        Encoders.of(
            architecture, of.options(), of.folder().resolve("case.json") + ": options", time);
    this.objective = objective();
  }

  Encoder encoder() {
    return encoder;
  }

  Objective objective() {
    JsonNode loss = of.json().path("loss");
    String kind = loss.path("kind").asText("");
    double start = loss.path("log_scale_f32").asDouble(SymmetricInfoNce.START);
    if (loss.isMissingNode()) {
      return Objective.of(new MeanSquaredError());
    }
    if (kind.startsWith("0.99 * InfoNCE(image) + 0.01")) {
      SymmetricInfoNce one = new SymmetricInfoNce(Normalise.NONE, Scale.RAW, start, true);
      return new Objective(
          List.of(new Term("", "image", 0.99, one), new Term("", "text", 0.01, one)));
    }
    if (kind.startsWith("lambda*contrastive")) {
      double lambda = loss.path("lambda").asDouble();
      return new Objective(
          List.of(
              new Term("clip", "clip", lambda, FlattenedContrastive.PUBLISHED),
              new Term("mse", "mse", 1 - lambda, new MeanSquaredError())));
    }
    if (kind.startsWith("symmetric InfoNCE on flattened")) {
      return Objective.of(new FlattenedContrastive(true, true, true, start, false));
    }
    if (kind.startsWith("symmetric InfoNCE")) {
      boolean both = loss.path("normalise").asText().startsWith("both");
      boolean learned = loss.path("scale").asText().contains("learnable");
      return Objective.of(
          new SymmetricInfoNce(
              both ? Normalise.BOTH : Normalise.IMAGE,
              loss.path("scale").asText().startsWith("softplus") ? Scale.SOFTPLUS : Scale.EXP,
              start,
              learned));
    }
    if (kind.startsWith("candidate-normalised") && loss.path("eps").asDouble(0) == 1e-15) {
      return Objective.of(FlattenedContrastive.PUBLISHED);
    }
    if (kind.startsWith("candidate-normalised")) {
      return Objective.of(CandidateNormalised.PUBLISHED);
    }
    throw new InputException(of.folder() + ": this loss is not known here: " + kind);
  }

  Weights weights() {
    List<WeightSpec> specs = new ArrayList<>(objective.weights());
    specs.addAll(encoder.weights());
    return Weights.of(
        compute, specs, of.weights(), of.folder().resolve("weights.safetensors").toString());
  }

  /** The inputs under a prefix, and the leaf of the signals, whose gradient may be asked for. */
  Batch batch(String prefix, NDArray signals) {
    Batch batch = Batch.of(signals);
    if (of.has(prefix + "subject")) {
      batch = batch.subjects(of.io(prefix + "subject").longs());
    }
    if (of.has(prefix + "positions")) {
      batch = batch.layouts(layouts(prefix));
    }
    return batch;
  }

  private List<SensorLayout> layouts(String prefix) {
    Tensor positions = of.io(prefix + "positions");
    int examples = Math.toIntExact(positions.shape()[0]);
    int channels = Math.toIntExact(positions.shape()[1]);
    int axes = Math.toIntExact(positions.shape()[2]);
    double[] all = positions.doubles();
    double[] valid =
        of.has(prefix + "position_valid") ? of.io(prefix + "position_valid").doubles() : null;
    List<SensorLayout> layouts = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] own = Arrays.copyOfRange(all, e * channels * axes, (e + 1) * channels * axes);
      if (valid == null) {
        layouts.add(SensorLayout.stored(channels, axes, own));
      } else {
        boolean[] ownValid = new boolean[channels];
        for (int c = 0; c < channels; c++) {
          ownValid[c] = valid[e * channels + c] != 0;
        }
        layouts.add(new SensorLayout(channels, axes, own, ownValid));
      }
    }
    return layouts;
  }

  /** The signals, as a plane [batch × 1 × channels × time] or as they are. */
  NDArray signals(String prefix) {
    NDArray x = compute.array(of.io(prefix + "x"));
    return x;
  }

  /** Without the axis of one that some references have. */
  static NDArray plain(NDArray x) {
    return x.getShape().dimension() == 4 ? x.squeeze(1) : x;
  }

  Map<String, NDArray> targets(String prefix) {
    Map<String, NDArray> targets = new LinkedHashMap<>();
    for (Term term : objective.terms()) {
      for (String name : List.of("target." + term.target(), term.target(), "target", "image")) {
        if (of.has(prefix + name)) {
          targets.putIfAbsent(term.target(), compute.array(of.io(prefix + name)));
        }
      }
    }
    return targets;
  }

  void run() {
    try (Weights weights = weights()) {
      compute.step(
          () -> {
            evaluate(weights);
            return null;
          });
      compute.differentiable(
          () -> {
            train(weights);
            return null;
          });
    }
  }

  private void evaluate(Weights weights) {
    Batch batch = batch("input.", plain(signals("input.")));
    Pass seen =
        Pass.evaluation()
            .seenBy(
                (name, block) -> {
                  computed.put("eval.block." + name, block);
                  computed.put("eval." + name, broadcastRows(name, block, batch.size()));
                });
    outputs("eval", encoder.heads(weights, batch, seen), weights);
    if (of.has("eval.spatial_attention.embedding")) {
      computed.put("eval.spatial_attention.embedding", code(batch));
    }
    if (of.has("eval_average_subject.output")) {
      long[] average = LongStream.generate(encoder::subjects).limit(batch.size()).toArray();
      computed.put(
          "eval_average_subject.output",
          encoder.encode(weights, batch.subjects(average), Pass.evaluation()));
    }
    if (of.has("spatial_dropout.center")) {
      Pass dropout =
          Pass.spatialDropoutAlone(of.io("spatial_dropout.center").doubles())
              .seenBy(
                  (name, block) -> {
                    if (name.equals("spatial_attention")) {
                      computed.put("spatial_dropout.output", block);
                    } else if (name.equals("spatial_attention.weights")) {
                      computed.put(
                          "spatial_dropout.weights", broadcastRows(name, block, batch.size()));
                    }
                  });
      encoder.encode(weights, batch, dropout);
    }
  }

  /** One layout for all examples has its attention once. */
  private static NDArray broadcastRows(String name, NDArray block, int examples) {
    boolean once = name.equals("spatial_attention.weights") && block.getShape().get(0) == 1;
    return once ? block.repeat(0, examples) : block;
  }

  private double[] code(Batch batch) {
    JsonNode attention = of.json().path("options").path("spatialAttention");
    return batch
        .layouts()
        .get(0)
        .code(attention.path("frequenciesPerAxis").asInt(), attention.path("margin").asDouble());
  }

  private NDArray outputs(String prefix, Map<String, NDArray> heads, Weights weights) {
    heads.forEach(
        (name, head) -> {
          String suffix = name.isEmpty() ? "" : "." + name;
          computed.put(prefix + ".output" + suffix, head);
          computed.put(prefix + ".embedding" + suffix, head);
        });
    NDArray loss =
        objective.of(
            heads,
            targets("input."),
            weights,
            (name, part) -> computed.put(prefix + "." + name, part));
    computed.put(prefix + ".loss", loss);
    return loss;
  }

  private void train(Weights weights) {
    NDArray leaf = signals("input.");
    leaf.setRequiresGradient(true);
    Map<String, NDArray> heads =
        encoder.heads(weights, batch("input.", plain(leaf)), Pass.trainingWithoutDropout());
    Compute.backward(outputs("train", heads, weights));
    computed.put("grad_input.x", leaf.getGradient());
    for (String name : weights.parameters()) {
      computed.put("grad." + name, weights.gradient(name));
    }
    for (WeightSpec spec : weights.specs()) {
      computed.put("train.after." + spec.name(), weights.get(spec.name()));
    }
    if (of.has("grad_embedding")) {
      NDArray embedding = heads.get("").stopGradient().duplicate();
      embedding.setRequiresGradient(true);
      Compute.backward(
          objective.of(Map.of("", embedding), targets("input."), weights, (name, part) -> {}));
      computed.put("grad_embedding", embedding.getGradient());
    }
  }
}
