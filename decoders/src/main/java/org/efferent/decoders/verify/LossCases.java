package org.efferent.decoders.verify;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.efferent.core.InputException;
import org.efferent.decoders.loss.CandidateNormalised;
import org.efferent.decoders.loss.FlattenedContrastive;
import org.efferent.decoders.loss.MeanSquaredError;
import org.efferent.decoders.loss.PairwiseSigmoid;
import org.efferent.decoders.loss.Scale;
import org.efferent.decoders.loss.SymmetricInfoNce;
import org.efferent.decoders.loss.SymmetricInfoNce.Normalise;
import org.efferent.decoders.nn.Compute;

/** Cases of losses alone: sub-cases are prefixes of names, {@code b7.input.brain}. */
final class LossCases {
  private final GoldenCase of;
  private final Compute compute;
  private final Computed computed;

  LossCases(GoldenCase of, Compute compute, Computed computed) {
    this.of = of;
    this.compute = compute;
    this.computed = computed;
  }

  void run() {
    for (String sub : names()) {
      compute.differentiable(
          () -> {
            one(sub);
            return null;
          });
    }
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : of.io().keySet()) {
      int at = name.indexOf(".input.");
      if (at > 0) {
        names.add(name.substring(0, at));
      }
    }
    return names;
  }

  private void one(String sub) {
    Map<String, NDArray> in = new LinkedHashMap<>();
    String prefix = sub + ".input.";
    for (String name : of.io().keySet()) {
      if (name.startsWith(prefix)) {
        NDArray array = compute.array(of.io(name));
        array.setRequiresGradient(true);
        in.put(name.substring(prefix.length()), array);
      }
    }
    NDArray loss = loss(sub, in, (name, part) -> computed.put(sub + "." + name, part));
    computed.put(sub + ".loss", loss);
    Compute.backward(loss);
    in.forEach((name, array) -> computed.put(sub + ".grad." + name, array.getGradient()));
  }

  private NDArray loss(String sub, Map<String, NDArray> in, BiConsumer<String, NDArray> parts) {
    String kind = of.architecture();
    if (kind.contains("candidate-normalised")) {
      return new CandidateNormalised(1e-8, sub.contains("mean_over_time"), sub.contains("centred"))
          .of(in.get("estimate"), in.get("candidate"), null, parts);
    }
    if (kind.contains("InfoNCE")) {
      return infoNce(sub).with(in.get("brain"), in.get("image"), in.get("log_scale"), parts);
    }
    if (kind.contains("sigmoid")) {
      return sigmoid(sub)
          .with(in.get("brain"), in.get("image"), in.get("log_scale"), in.get("bias"), parts);
    }
    if (kind.contains("MSE mix")) {
      return mix(sub, in, parts);
    }
    throw new InputException(of.folder() + ": this loss is not known here: " + kind);
  }

  private static SymmetricInfoNce infoNce(String sub) {
    Normalise normalise =
        sub.contains("unnormalised")
            ? Normalise.NONE
            : sub.contains("image_normalised") ? Normalise.IMAGE : Normalise.BOTH;
    Scale scale =
        sub.contains("raw") ? Scale.RAW : normalise == Normalise.IMAGE ? Scale.SOFTPLUS : Scale.EXP;
    return new SymmetricInfoNce(normalise, scale, SymmetricInfoNce.START, true);
  }

  private static PairwiseSigmoid sigmoid(String sub) {
    PairwiseSigmoid.Form form =
        sub.contains("candidate_norm")
            ? PairwiseSigmoid.Form.CANDIDATE
            : sub.contains("both_norm") ? PairwiseSigmoid.Form.BOTH : PairwiseSigmoid.Form.PLAIN;
    PairwiseSigmoid.Duplicates duplicates =
        sub.contains("reweighted")
            ? PairwiseSigmoid.Duplicates.LEFT_OUT
            : sub.contains("duplicates")
                ? PairwiseSigmoid.Duplicates.RIGHT
                : PairwiseSigmoid.Duplicates.WRONG;
    return new PairwiseSigmoid(form, duplicates);
  }

  private static NDArray mix(
      String sub, Map<String, NDArray> in, BiConsumer<String, NDArray> parts) {
    String digits = sub.substring(sub.indexOf("lambda") + "lambda".length());
    int end = digits.indexOf('_');
    double lambda = Double.parseDouble(end < 0 ? digits : digits.substring(0, end));
    boolean both = sub.contains("symmetric_both_scale");
    NDArray clip =
        new FlattenedContrastive(both, both, both, 0, true)
            .with(in.get("brain"), in.get("target"), in.get("log_scale"), parts);
    NDArray error = new MeanSquaredError().of(in.get("brain_mse"), in.get("target"), null);
    parts.accept("loss_clip", clip);
    parts.accept("loss_mse", error);
    return clip.mul(lambda).add(error.mul(1 - lambda));
  }

  /** Rows whose gradient the reference leaves open: sides of length zero. */
  Map<String, Set<Integer>> skipped() {
    Map<String, Set<Integer>> out = new HashMap<>();
    for (Map.Entry<String, JsonNode> sub : of.json().path("zero_norm_rows").properties()) {
      for (Map.Entry<String, JsonNode> side : sub.getValue().properties()) {
        Set<Integer> rows = new HashSet<>();
        side.getValue().forEach(row -> rows.add(row.asInt()));
        out.put(sub.getKey() + ".grad." + side.getKey(), rows);
      }
    }
    return out;
  }
}
