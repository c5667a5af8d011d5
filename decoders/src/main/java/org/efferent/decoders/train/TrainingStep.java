package org.efferent.decoders.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Map;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;

/** One step of training: forward, loss, backward, update. */
public final class TrainingStep {
  private final Encoder encoder;
  private final Objective objective;
  private final Weights weights;
  private final Adam adam;
  private final double clipNorm;

  /**
   * What every step does.
   *
   * @param encoder the network
   * @param objective what is minimised
   * @param weights of both
   * @param adam moves the weights
   * @param clipNorm gradients whose norm over all parameters is larger are scaled down to it; 0 for
   *     never
   */
  public TrainingStep(
      Encoder encoder, Objective objective, Weights weights, Adam adam, double clipNorm) {
    this.encoder = encoder;
    this.objective = objective;
    this.weights = weights;
    this.adam = adam;
    this.clipNorm = clipNorm;
  }

  /**
   * What a step found.
   *
   * @param loss before the update
   * @param gradientNorm over all parameters before clipping; NaN where nothing is clipped
   */
  public record Outcome(double loss, double gradientNorm) {}

  /**
   * Makes a step, within {@link Compute#differentiable}. A loss that is no finite number moves
   * nothing.
   *
   * @param batch signals
   * @param targets by name
   * @param pass training
   * @param factor of the learning rate
   * @return the loss before it
   */
  public Outcome run(Batch batch, Map<String, NDArray> targets, Pass pass, double factor) {
    weights.clearGradients();
    try (NDArray loss = forward(batch, targets, pass)) {
      double value = Compute.doubles(loss)[0];
      if (!Double.isFinite(value)) {
        return new Outcome(value, Double.NaN);
      }
      Compute.backward(loss);
      weights.countBatch();
      double norm = clipNorm > 0 ? weights.gradientNorm() : Double.NaN;
      adam.step(factor, norm > clipNorm ? clipNorm / norm : 1);
      objective.constrain(weights);
      return new Outcome(value, norm);
    }
  }

  /**
   * The loss alone: all else that was made is let go of, so that the way back frees as it goes what
   * it has used.
   */
  private NDArray forward(Batch batch, Map<String, NDArray> targets, Pass pass) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray loss =
          objective.of(encoder.heads(weights, batch, pass), targets, weights, (name, part) -> {});
      NDScope.unregister(loss);
      return loss;
    }
  }
}
