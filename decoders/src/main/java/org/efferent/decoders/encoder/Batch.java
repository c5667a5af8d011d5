package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Objects;

/**
 * What an encoder is run on: signals on the device, and of whom and of which recording each example
 * is.
 */
public final class Batch {
  private final NDArray signals;
  private final long[] subjects;
  private final List<SensorLayout> layouts;
  private final int[] layoutOfExample;

  private Batch(
      NDArray signals, long[] subjects, List<SensorLayout> layouts, int[] layoutOfExample) {
    this.signals = Objects.requireNonNull(signals, "signals");
    this.subjects = subjects;
    this.layouts = layouts;
    this.layoutOfExample = layoutOfExample;
    int examples = Math.toIntExact(signals.getShape().get(0));
    if (subjects.length != examples && subjects.length != 0) {
      throw new IllegalArgumentException(
          "subjects must be one an example; examples=%d, subjects=%d"
              .formatted(examples, subjects.length));
    }
    if (layoutOfExample.length != examples && !layouts.isEmpty()) {
      throw new IllegalArgumentException(
          "layouts must be one an example; examples=%d, layouts=%d"
              .formatted(examples, layoutOfExample.length));
    }
  }

  /**
   * Signals alone.
   *
   * @param signals {@code [batch × channels × time]}
   * @return the batch
   */
  public static Batch of(NDArray signals) {
    return new Batch(signals, new long[0], List.of(), new int[0]);
  }

  /**
   * With the subject of each example.
   *
   * @param numbers {@code [batch]}, from 0
   * @return a copy
   */
  public Batch subjects(long... numbers) {
    return new Batch(signals, numbers.clone(), layouts, layoutOfExample);
  }

  /**
   * With the layout of each example's recording.
   *
   * @param of {@code [batch]}
   * @return a copy; equal layouts are kept once
   */
  public Batch layouts(List<SensorLayout> of) {
    List<SensorLayout> distinct = of.stream().distinct().toList();
    int[] which = of.stream().mapToInt(distinct::indexOf).toArray();
    return new Batch(signals, subjects, distinct, which);
  }

  /** The signals, {@code [batch × channels × time]}. */
  public NDArray signals() {
    return signals;
  }

  /** Examples. */
  public int size() {
    return Math.toIntExact(signals.getShape().get(0));
  }

  /** Subjects by example; empty where they were not given. */
  public long[] subjects() {
    return subjects.clone();
  }

  /** The distinct layouts; empty where they were not given. */
  public List<SensorLayout> layouts() {
    return List.copyOf(layouts);
  }

  /** The layout of each example, an index of {@link #layouts()}. */
  int[] layoutOfExample() {
    return layoutOfExample.clone();
  }
}
