package org.efferent.decoders.verify;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.Adam;
import org.efferent.decoders.train.AdamOptions;

/**
 * Cases of training: the losses of thirty steps, the parameters after them, what the network then
 * says.
 */
final class TrainingCases {
  private final GoldenCase of;
  private final Compute compute;
  private final Computed computed;
  private final EncoderCases encoders;

  TrainingCases(GoldenCase of, Compute compute, Computed computed) {
    this.of = of;
    this.compute = compute;
    this.computed = computed;
    this.encoders = new EncoderCases(of, compute, computed);
  }

  void run() {
    try (Weights weights = encoders.weights();
        Adam adam = new Adam(options(of.json().path("optimiser")), weights)) {
      JsonNode order = of.json().path("batch_of_step");
      double[] losses = new double[order.size()];
      for (int s = 0; s < losses.length; s++) {
        String batch = "input.batch" + order.get(s).asInt() + ".";
        losses[s] = compute.differentiable(() -> step(batch, weights, adam));
      }
      computed.put("loss.f64", losses);
      compute.step(
          () -> {
            after(weights);
            return null;
          });
    }
  }

  private static AdamOptions options(JsonNode optimiser) {
    return new AdamOptions(
        optimiser.path("lr").asDouble(),
        optimiser.path("betas").path(0).asDouble(),
        optimiser.path("betas").path(1).asDouble(),
        optimiser.path("eps").asDouble(),
        optimiser.path("weightDecay").asDouble(),
        optimiser.path("kind").asText().equals("adamw"));
  }

  private double step(String prefix, Weights weights, Adam adam) {
    weights.clearGradients();
    NDArray loss =
        encoders
            .objective()
            .of(
                encoders.encoder().heads(weights, batch(prefix), Pass.trainingWithoutDropout()),
                encoders.targets(prefix),
                weights,
                (name, part) -> {});
    Compute.backward(loss);
    weights.countBatch();
    adam.step(1);
    return Compute.doubles(loss)[0];
  }

  private Batch batch(String prefix) {
    return encoders.batch(prefix, EncoderCases.plain(encoders.signals(prefix)));
  }

  private void after(Weights weights) {
    for (WeightSpec spec : weights.specs()) {
      computed.put("after.param." + spec.name(), weights.get(spec.name()));
      computed.put("after.buffer." + spec.name(), weights.get(spec.name()));
    }
    if (weights.has("merger.heads")) {
      computed.put(
          "after.param_stable.merger.heads_columns_from_1",
          weights.get("merger.heads").get(":, 1:"));
    }
    NDArray probe = encoders.encoder().encode(weights, batch("input.batch0."), Pass.evaluation());
    computed.put("after.probe.output", probe);
    computed.put("after.probe.embedding", probe);
  }
}
