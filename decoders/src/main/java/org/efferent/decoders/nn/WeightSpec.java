package org.efferent.decoders.nn;

import java.util.List;

/**
 * One weight of a network: its name as in the reference implementation, its shape, how it begins.
 *
 * @param name as in files
 * @param shape sizes, slowest first; empty for a scalar
 * @param initial how it begins
 * @param kind what happens to it
 */
public record WeightSpec(String name, List<Long> shape, Initial initial, Kind kind) {
  /** What happens to a weight. */
  public enum Kind {
    /** Follows its gradient. */
    PARAMETER,
    /** In files of the reference, but without use in it: kept, never trained. */
    UNUSED,
    /** A running statistic. */
    STATISTIC,
    /** Counts batches; whole, and 0 where a file has none. */
    COUNTER
  }

  /** Copies the shape. */
  public WeightSpec {
    shape = List.copyOf(shape);
  }

  /**
   * A weight that is trained.
   *
   * @param name as in files
   * @param initial how it begins
   * @param shape sizes
   * @return its description
   */
  public static WeightSpec parameter(String name, Initial initial, long... shape) {
    return new WeightSpec(name, boxed(shape), initial, Kind.PARAMETER);
  }

  /**
   * A weight of the reference's files that nothing uses.
   *
   * @param name as in files
   * @param initial how it begins
   * @param shape sizes
   * @return its description
   */
  public static WeightSpec unused(String name, Initial initial, long... shape) {
    return new WeightSpec(name, boxed(shape), initial, Kind.UNUSED);
  }

  /**
   * The five weights of a batch normalisation.
   *
   * @param name its prefix
   * @param channels channels
   * @param weight how the scale begins
   * @return weight, bias, running mean, running variance, counter
   */
  public static List<WeightSpec> batchNorm(String name, long channels, Initial weight) {
    return List.of(
        parameter(name + ".weight", weight, channels),
        parameter(name + ".bias", Initial.zero(), channels),
        new WeightSpec(name + ".running_mean", List.of(channels), Initial.zero(), Kind.STATISTIC),
        new WeightSpec(name + ".running_var", List.of(channels), Initial.one(), Kind.STATISTIC),
        new WeightSpec(name + ".num_batches_tracked", List.of(), Initial.zero(), Kind.COUNTER));
  }

  /**
   * Weight and bias of a layer with the usual beginning.
   *
   * @param name its prefix
   * @param bias elements of the bias
   * @param fanIn inputs of one output
   * @param shape of the weight
   * @return weight, bias
   */
  public static List<WeightSpec> layer(String name, long bias, long fanIn, long... shape) {
    return List.of(
        parameter(name + ".weight", Initial.fanIn(fanIn), shape),
        parameter(name + ".bias", Initial.fanIn(fanIn), bias));
  }

  /**
   * Weight and bias of a linear layer, {@code [out × in]}.
   *
   * @param name its prefix
   * @param in inputs
   * @param out outputs
   * @return weight, bias
   */
  public static List<WeightSpec> linear(String name, long in, long out) {
    return layer(name, out, in, out, in);
  }

  /**
   * Weight and bias of a layer normalisation.
   *
   * @param name its prefix
   * @param width elements
   * @return weight, bias
   */
  public static List<WeightSpec> layerNorm(String name, long width) {
    return List.of(
        parameter(name + ".weight", Initial.one(), width),
        parameter(name + ".bias", Initial.zero(), width));
  }

  /** Number of elements. */
  public int elements() {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return Math.toIntExact(product);
  }

  /** The sizes as an array. */
  public long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Long> boxed(long[] shape) {
    return java.util.Arrays.stream(shape).boxed().toList();
  }
}
