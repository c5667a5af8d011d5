package org.efferent.decoders.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Weights;

/**
 * The optimiser's state, and its step: m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; p −= lr/(1 −
 * β₁ᵏ) · m / (√v/√(1 − β₂ᵏ) + ε).
 */
public final class Adam implements AutoCloseable {
  private static final String STEPS = "steps";

  private final AdamOptions options;
  private final Weights weights;
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Map<String, NDArray> squares = new LinkedHashMap<>();
  private long steps;

  /**
   * An optimiser that has made no step.
   *
   * @param options rates
   * @param weights what it moves
   */
  public Adam(AdamOptions options, Weights weights) {
    this.options = options;
    this.weights = weights;
    for (String name : weights.parameters()) {
      means.put(name, kept(weights.get(name).zerosLike()));
      squares.put(name, kept(weights.get(name).zerosLike()));
    }
  }

  private static NDArray kept(NDArray array) {
    NDScope.unregister(array);
    return array;
  }

  /** Steps made. */
  public long steps() {
    return steps;
  }

  /**
   * Moves every parameter along its gradient; within a step of {@link Compute}.
   *
   * @param factor of the learning rate, by a schedule
   */
  public void step(double factor) {
    steps++;
    double rate = options.learningRate() * factor;
    double first = 1 - Math.pow(options.beta1(), (double) steps);
    double root = Math.sqrt(1 - Math.pow(options.beta2(), (double) steps));
    Compute.withoutGradients(
        () -> {
          for (String name : means.keySet()) {
            NDArray parameter = weights.get(name);
            if (parameter.hasGradient()) {
              try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                move(name, parameter, rate, first, root);
              }
            }
          }
        });
  }

  private void move(String name, NDArray parameter, double rate, double first, double root) {
    NDArray gradient = parameter.getGradient();
    if (options.weightDecay() > 0) {
      if (options.decoupled()) {
        parameter.muli(1 - rate * options.weightDecay());
      } else {
        gradient = gradient.add(parameter.mul(options.weightDecay()));
      }
    }
    NDArray mean = means.get(name);
    mean.muli(options.beta1()).addi(gradient.mul(1 - options.beta1()));
    NDArray square = squares.get(name);
    square.muli(options.beta2()).addi(gradient.square().muli(1 - options.beta2()));
    NDArray below = square.sqrt().divi(root).addi(options.epsilon());
    parameter.subi(mean.div(below).muli(rate / first));
  }

  /** The state, for a checkpoint. */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> out = new LinkedHashMap<>();
    out.put(STEPS, Tensor.of(new long[] {steps}));
    means.forEach((name, array) -> out.put("mean." + name, Compute.tensor(array)));
    squares.forEach((name, array) -> out.put("square." + name, Compute.tensor(array)));
    return out;
  }

  /**
   * Goes on from a state.
   *
   * @param tensors as {@link #tensors} gave them
   */
  public void set(Map<String, Tensor> tensors) {
    steps = tensors.get(STEPS).longs()[0];
    for (String name : means.keySet()) {
      set(means.get(name), tensors.get("mean." + name), name);
      set(squares.get(name), tensors.get("square." + name), name);
    }
  }

  private static void set(NDArray array, Tensor tensor, String name) {
    if (tensor == null || tensor.elements() != array.size()) {
      throw new IllegalArgumentException(
          "the state must be that of the same weights; it differs at " + name);
    }
    switch (array.getDataType()) {
      case FLOAT64 -> array.set(tensor.doubles());
      default -> array.set(tensor.floats());
    }
  }

  @Override
  public void close() {
    for (Map<String, NDArray> state : List.of(means, squares)) {
      state.values().forEach(NDArray::close);
    }
  }
}
