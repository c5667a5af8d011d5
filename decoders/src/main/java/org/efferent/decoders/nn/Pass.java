package org.efferent.decoders.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * How a network is run this time: with running statistics or with the batch's, with or without
 * dropout, and who wants to see what its blocks say.
 */
public final class Pass {
  private final boolean training;
  private final double[] centre;
  private final RandomGenerator random;
  private final BiConsumer<String, NDArray> blocks;
  private final boolean seen;

  private Pass(
      boolean training,
      double[] centre,
      RandomGenerator random,
      BiConsumer<String, NDArray> blocks,
      boolean seen) {
    this.training = training;
    this.centre = centre;
    this.random = random;
    this.blocks = Objects.requireNonNull(blocks, "blocks");
    this.seen = seen;
  }

  /** With running statistics, without dropout. */
  public static Pass evaluation() {
    return new Pass(false, new double[0], null, Pass::nobody, false);
  }

  /**
   * With the batch's statistics and with dropout: of elements by the engine's own numbers ({@link
   * Compute#seed}), of sensors and subjects by these.
   *
   * @param random draws the centre of the spatial dropout now, and the subjects that are dropped
   *     when they are asked for
   * @return how
   */
  public static Pass training(RandomGenerator random) {
    double[] centre = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
    return new Pass(true, centre, random, Pass::nobody, false);
  }

  /**
   * With running statistics, which stay as they are, and with dropout: for training a part of a
   * network.
   *
   * @param random as in {@link #training}
   * @return how
   */
  public static Pass withFixedStatistics(RandomGenerator random) {
    double[] centre = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
    return new Pass(false, centre, random, Pass::nobody, false);
  }

  /** With the batch's statistics, every dropout off: what a gradient is verified with. */
  public static Pass trainingWithoutDropout() {
    return new Pass(true, new double[0], null, Pass::nobody, false);
  }

  /**
   * With running statistics, and with spatial dropout alone: what that one is verified with.
   *
   * @param centre {@code [axes]}
   * @return how
   */
  public static Pass spatialDropoutAlone(double... centre) {
    return new Pass(false, centre.clone(), null, Pass::nobody, false);
  }

  /**
   * The same, seen by somebody.
   *
   * @param listener told of each block's name and output; must not keep the array beyond the step
   * @return a copy
   */
  public Pass seenBy(BiConsumer<String, NDArray> listener) {
    return new Pass(training, centre, random, listener, true);
  }

  private static void nobody(String name, NDArray output) {
    // Nobody looks.
  }

  /** Whether the batch's own statistics normalise. */
  public boolean training() {
    return training;
  }

  /** Whether elements are dropped. */
  public boolean drops() {
    return random != null;
  }

  /**
   * Whether this is nothing but evaluation: running statistics, no dropout, no gradients asked for,
   * nobody who looks at blocks. What gives the same by a shorter way may be run then.
   */
  public boolean isPlainEvaluation() {
    return !training && !drops() && centre.length == 0 && !seen && !JniUtils.isGradMode();
  }

  /**
   * What comes after something that nothing else needs: in plain evaluation the memory of what came
   * before is free for the next block at once, instead of at the end of the step.
   *
   * @param before closed in plain evaluation
   * @param after what followed from it, not a view of it
   * @return {@code after}
   */
  public NDArray then(NDArray before, NDArray after) {
    if (isPlainEvaluation()) {
      before.close();
    }
    return after;
  }

  /**
   * Whether something that has this probability happens now.
   *
   * @param probability from 0 to 1
   * @return false where nothing is dropped
   */
  public boolean happens(double probability) {
    return random != null && random.nextDouble() < probability;
  }

  /**
   * The point near which sensors are left out, each coordinate from 0 to 1; empty where none are.
   */
  public double[] centre() {
    return centre.clone();
  }

  /**
   * Tells whoever looks.
   *
   * @param name of the block
   * @param output what it says
   * @return the output
   */
  public NDArray block(String name, NDArray output) {
    blocks.accept(name, output);
    return output;
  }
}
