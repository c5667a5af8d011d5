package org.efferent.decoders.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;

/**
 * The weights of one network by name, on a device: parameters, which have gradients, running
 * statistics, counters. Owned by a {@link Compute}, closed with it or before.
 */
public final class Weights implements AutoCloseable {
  private static final int LISTED = 40;

  private final Compute compute;
  private final Map<String, WeightSpec> specs = new LinkedHashMap<>();
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private final Map<Object, NDArray> constants = new HashMap<>();
  private final Map<Object, NDArray> derived = new HashMap<>();

  private Weights(Compute compute) {
    this.compute = compute;
  }

  /**
   * New weights.
   *
   * @param compute where they live
   * @param specs what they are; names must differ
   * @param seed of the draw; each weight draws from its own stream, by its place in the list
   * @return drawn weights
   */
  public static Weights draw(Compute compute, List<WeightSpec> specs, long seed) {
    Weights weights = new Weights(compute);
    SplittableRandom random = new SplittableRandom(seed);
    for (WeightSpec spec : specs) {
      SplittableRandom own = random.split();
      weights.put(
          spec,
          spec.kind() == WeightSpec.Kind.COUNTER
              ? Tensor.of(new long[] {0})
              : Tensor.of(spec.initial().draw(spec.elements(), own), spec.sizes()));
    }
    return weights;
  }

  /**
   * Weights of a file.
   *
   * @param compute where they live
   * @param specs what the network has
   * @param tensors what the file has, by name
   * @param source the file's name, for messages
   * @return the weights
   * @throws InputException if names are missing or unknown, or shapes differ; all of them are
   *     listed
   */
  public static Weights of(
      Compute compute, List<WeightSpec> specs, Map<String, Tensor> tensors, String source) {
    List<String> wrong = new ArrayList<>();
    Map<String, WeightSpec> known = new LinkedHashMap<>();
    for (WeightSpec spec : specs) {
      known.put(spec.name(), spec);
      Tensor tensor = tensors.get(spec.name());
      if (tensor == null) {
        if (spec.kind() != WeightSpec.Kind.COUNTER) {
          wrong.add(spec.name() + " is missing");
        }
      } else if (!Arrays.equals(tensor.shape(), spec.sizes())) {
        wrong.add(
            "%s is %s instead of %s"
                .formatted(spec.name(), Arrays.toString(tensor.shape()), spec.shape()));
      }
    }
    tensors.keySet().stream()
        .filter(name -> !known.containsKey(name))
        .forEach(name -> wrong.add(name + " is unknown"));
    if (!wrong.isEmpty()) {
      throw new InputException(
          "%s: does not hold the weights of this network: %s%s"
              .formatted(
                  source,
                  String.join("; ", wrong.subList(0, Math.min(LISTED, wrong.size()))),
                  wrong.size() > LISTED ? "; and " + (wrong.size() - LISTED) + " more" : ""));
    }
    Weights weights = new Weights(compute);
    for (WeightSpec spec : specs) {
      Tensor tensor = tensors.get(spec.name());
      weights.put(spec, tensor == null ? Tensor.of(new long[] {0}) : tensor);
    }
    return weights;
  }

  private void put(WeightSpec spec, Tensor tensor) {
    NDArray array = compute.array(tensor);
    NDScope.unregister(array);
    if (spec.kind() == WeightSpec.Kind.PARAMETER) {
      array.setRequiresGradient(true);
    }
    if (specs.put(spec.name(), spec) != null) {
      throw new IllegalArgumentException("names must differ; twice: " + spec.name());
    }
    arrays.put(spec.name(), array);
  }

  /**
   * A weight that is there.
   *
   * @param name its name
   * @return the array; not a copy
   */
  public NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("a network has only its own weights; name=" + name);
    }
    return array;
  }

  /**
   * An array that never changes, made when it is first asked for and kept beside the weights.
   *
   * @param key what it follows from
   * @param made makes it
   * @return the array
   */
  public NDArray constant(Object key, Supplier<NDArray> made) {
    NDArray known = constants.get(key);
    if (known == null) {
      known = made.get();
      NDScope.unregister(known);
      constants.put(key, known);
    }
    return known;
  }

  /**
   * An array that follows from the weights, kept until they change.
   *
   * @param key what else it follows from
   * @param made makes it
   * @return the array
   */
  public NDArray derived(Object key, Supplier<NDArray> made) {
    NDArray known = derived.get(key);
    if (known == null) {
      known = made.get();
      NDScope.unregister(known);
      derived.put(key, known);
    }
    return known;
  }

  /** The weights were changed in place: what follows from them is made anew. */
  public void changed() {
    derived.values().forEach(NDArray::close);
    derived.clear();
  }

  /** Whether there is a weight of that name. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** Names of what is trained, in order. */
  public List<String> parameters() {
    return specs.values().stream()
        .filter(s -> s.kind() == WeightSpec.Kind.PARAMETER)
        .map(WeightSpec::name)
        .toList();
  }

  /** Descriptions of all weights, in order. */
  public List<WeightSpec> specs() {
    return List.copyOf(specs.values());
  }

  /** Number of elements of parameters, used or not. */
  public long parameterCount() {
    return specs.values().stream()
        .filter(s -> s.kind() == WeightSpec.Kind.PARAMETER || s.kind() == WeightSpec.Kind.UNUSED)
        .mapToLong(WeightSpec::elements)
        .sum();
  }

  /**
   * The gradient of a parameter since {@link #clearGradients}.
   *
   * @param name of a parameter
   * @return its gradient
   */
  public NDArray gradient(String name) {
    return get(name).getGradient();
  }

  /** Sets all gradients to zero. */
  public void clearGradients() {
    for (String name : parameters()) {
      JniUtils.zeroGrad((PtNDArray) get(name));
    }
  }

  /** The norm of all gradients together. */
  public double gradientNorm() {
    double squares = 0;
    for (String name : parameters()) {
      if (get(name).hasGradient()) {
        try (NDArray gradient = gradient(name);
            NDArray norm = gradient.norm()) {
          double value = Compute.doubles(norm)[0];
          squares += value * value;
        }
      }
    }
    return Math.sqrt(squares);
  }

  /**
   * Says which parameters follow their gradients from now on.
   *
   * @param trained whether one does, by name
   */
  public void train(Predicate<String> trained) {
    for (String name : parameters()) {
      get(name).setRequiresGradient(trained.test(name));
    }
  }

  /** Counts one more batch in every counter. */
  public void countBatch() {
    specs.values().stream()
        .filter(s -> s.kind() == WeightSpec.Kind.COUNTER)
        .forEach(s -> get(s.name()).addi(1L));
  }

  /** What all weights hold, for a file; in order. */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> out = new LinkedHashMap<>();
    arrays.forEach((name, array) -> out.put(name, Compute.tensor(array)));
    return out;
  }

  /**
   * Overwrites weights in place.
   *
   * @param tensors new values of all weights, of the same names and shapes
   */
  public void set(Map<String, Tensor> tensors) {
    changed();
    Compute.withoutGradients(
        () ->
            arrays.forEach(
                (name, array) -> {
                  Tensor tensor = tensors.get(name);
                  if (tensor == null || tensor.elements() != array.size()) {
                    throw new IllegalArgumentException("every weight needs a value; name=" + name);
                  }
                  if (array.getDataType() == DataType.INT64) {
                    array.set(tensor.longs());
                  } else if (array.getDataType() == DataType.FLOAT64) {
                    array.set(tensor.doubles());
                  } else {
                    array.set(tensor.floats());
                  }
                }));
  }

  /** Where the weights live. */
  public Compute compute() {
    return compute;
  }

  @Override
  public void close() {
    arrays.values().forEach(NDArray::close);
    constants.values().forEach(NDArray::close);
    changed();
  }
}
