package org.efferent.decoders.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Weights;

/**
 * The optimiser's state, and its step: m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; p −= lr/(1 −
 * β₁ᵏ) · m / (√v/√(1 − β₂ᵏ) + ε).
 *
 * <p>Kept are m/(1 − β₁) and v/(1 − β₂), which needs fewer passes over memory; and large weights
 * are moved piece by piece, so that a piece stays in the processor's cache through all passes.
 */
public final class Adam implements AutoCloseable {
  private static final String STEPS = "steps";
  private static final int PIECE = 1 << 15;

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
    step(factor, 1);
  }

  /**
   * Moves every parameter along its gradient, scaled; within a step of {@link Compute}.
   *
   * @param factor of the learning rate, by a schedule
   * @param shrink factor of every gradient, by clipping
   */
  public void step(double factor, double shrink) {
    steps++;
    weights.changed();
    Compute.withoutGradients(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Factors factors = new Factors(options.learningRate() * factor, shrink);
            for (String name : means.keySet()) {
              if (weights.get(name).hasGradient()) {
                move(name, factors);
              }
            }
          }
        });
  }

  /** The numbers of one step as arrays, made once for all pieces. */
  private final class Factors {
    private final NDArray beta1;
    private final NDArray beta2;
    private final NDArray below;
    private final NDArray rate;
    private final NDArray shrink;
    private final NDArray decay;
    private final NDArray coupled;

    Factors(double learningRate, double shrinkage) {
      double first = 1 - Math.pow(options.beta1(), (double) steps);
      double second = 1 - Math.pow(options.beta2(), (double) steps);
      // √v/√(1 − β₂ᵏ) = s √(v/(1 − β₂)).
      double s = Math.sqrt((1 - options.beta2()) / second);
      beta1 = scalar(options.beta1());
      beta2 = scalar(options.beta2());
      below = scalar(options.epsilon() / s);
      rate = scalar(learningRate * (1 - options.beta1()) / first / s);
      shrink = shrinkage == 1 ? null : scalar(shrinkage);
      boolean decays = options.weightDecay() > 0;
      decay =
          decays && options.decoupled() ? scalar(1 - learningRate * options.weightDecay()) : null;
      coupled = decays && !options.decoupled() ? scalar(options.weightDecay()) : null;
    }

    private NDArray scalar(double value) {
      return means.values().iterator().next().getManager().create(value);
    }
  }

  private void move(String name, Factors factors) {
    List<NDArray> parameters = pieces(weights.get(name).stopGradient());
    List<NDArray> gradients = pieces(weights.gradient(name));
    List<NDArray> mean = pieces(means.get(name));
    List<NDArray> square = pieces(squares.get(name));
    for (int i = 0; i < parameters.size(); i++) {
      move(parameters.get(i), gradients.get(i), mean.get(i), square.get(i), factors);
    }
  }

  private static void move(
      NDArray parameter, NDArray gradient, NDArray mean, NDArray square, Factors factors) {
    NDArray g = gradient;
    if (factors.shrink != null) {
      g.muli(factors.shrink);
    }
    if (factors.decay != null) {
      parameter.muli(factors.decay);
    }
    if (factors.coupled != null) {
      g = g.add(parameter.mul(factors.coupled));
    }
    mean.muli(factors.beta1).addi(g);
    try (NDArray squared = g.square()) {
      square.muli(factors.beta2).addi(squared);
    }
    try (NDArray root = square.sqrt().addi(factors.below);
        NDArray update = mean.div(root)) {
      parameter.subi(update.muli(factors.rate));
    }
  }

  /** The elements of an array in pieces that share its memory. */
  private static List<NDArray> pieces(NDArray array) {
    long size = array.size();
    if (size <= 2 * PIECE) {
      return List.of(array);
    }
    NDArray flat = array.reshape(size);
    List<NDArray> pieces = new ArrayList<>();
    for (long from = 0; from < size; from += PIECE) {
      pieces.add(flat.get(from + ":" + Math.min(size, from + PIECE)));
    }
    return pieces;
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
    Tensor made = tensors.get(STEPS);
    if (made == null) {
      throw new IllegalArgumentException("the state must say how many steps were made");
    }
    for (String name : means.keySet()) {
      set(means.get(name), tensors.get("mean." + name), name);
      set(squares.get(name), tensors.get("square." + name), name);
    }
    steps = made.longs()[0];
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
