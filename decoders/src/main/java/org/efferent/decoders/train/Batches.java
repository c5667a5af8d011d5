package org.efferent.decoders.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;

/** Examples of a data set as batches on a device, scaled as the encoder wants them. */
final class Batches {
  private final WindowDataset data;
  private final Encoder encoder;
  private final EncoderInput input;
  private final Objective objective;
  private final Compute compute;

  Batches(
      WindowDataset data,
      Encoder encoder,
      EncoderInput input,
      Objective objective,
      Compute compute) {
    this.data = data;
    this.encoder = encoder;
    this.input = input;
    this.objective = objective;
    this.compute = compute;
  }

  /**
   * An order of examples in batches of one size; what does not fill a batch is left out, unless it
   * is all.
   *
   * @param examples all of them
   * @param size of a batch
   * @param distinctTargets whether a batch holds each target once
   * @param random of the order
   */
  List<int[]> shuffled(int[] examples, int size, boolean distinctTargets, SplittableRandom random) {
    int[] order = examples.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    List<int[]> batches = distinctTargets ? distinct(order, size) : consecutive(order, size);
    return batches.isEmpty() ? List.of(order) : batches;
  }

  static List<int[]> consecutive(int[] order, int size) {
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from + size <= order.length; from += size) {
      batches.add(Arrays.copyOfRange(order, from, from + size));
    }
    return batches;
  }

  private List<int[]> distinct(int[] order, int size) {
    Deque<Integer> waiting = new ArrayDeque<>();
    for (int example : order) {
      waiting.add(example);
    }
    List<int[]> batches = new ArrayList<>();
    while (waiting.size() >= size) {
      Set<Integer> seen = new HashSet<>();
      List<Integer> batch = new ArrayList<>();
      for (int tries = waiting.size(); tries > 0 && batch.size() < size; tries--) {
        int example = waiting.removeFirst();
        if (seen.add(data.example(example).target())) {
          batch.add(example);
        } else {
          waiting.addLast(example);
        }
      }
      if (batch.size() < size) {
        break;
      }
      batches.add(batch.stream().mapToInt(Integer::intValue).toArray());
    }
    return batches;
  }

  /** The signals of examples, with their subjects and layouts. */
  Batch batch(int[] examples) {
    return batch(examples, WindowEdit.NONE);
  }

  /** The same, with something done to every window. */
  Batch batch(int[] examples, WindowEdit edit) {
    int n = examples.length;
    float[] windows = new float[n * data.channels() * data.time()];
    data.read(examples, n, windows);
    input.apply(windows, n, data.time());
    if (edit != WindowEdit.NONE) {
      int width = data.channels() * data.time();
      for (int i = 0; i < n; i++) {
        float[] window = Arrays.copyOfRange(windows, i * width, (i + 1) * width);
        edit.apply(window, data.channels(), data.time());
        System.arraycopy(window, 0, windows, i * width, width);
      }
    }
    Batch batch = Batch.of(compute.array(windows, n, data.channels(), data.time()));
    long[] subjects = new long[n];
    List<SensorLayout> layouts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Example example = data.example(examples[i]);
      subjects[i] = example.subject();
      if (encoder.needsLayout()) {
        layouts.add(data.layouts().get(example.layout()));
      }
    }
    batch = batch.subjects(subjects);
    return encoder.needsLayout() ? batch.layouts(layouts) : batch;
  }

  /** The targets of examples, by name. */
  Map<String, NDArray> targets(int[] examples) {
    int[] rows = Arrays.stream(examples).map(e -> data.example(e).target()).toArray();
    Map<String, NDArray> out = new LinkedHashMap<>();
    for (Objective.Term term : objective.terms()) {
      out.computeIfAbsent(term.target(), name -> target(name, rows));
    }
    return out;
  }

  private NDArray target(String name, int[] rows) {
    String known = name.isEmpty() ? data.targets().keySet().iterator().next() : name;
    long[] shape = data.targets().get(known);
    float[] values = new float[rows.length * width(shape)];
    data.readTarget(known, rows, rows.length, values);
    long[] all = new long[shape.length + 1];
    all[0] = rows.length;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return compute.array(values, all);
  }

  static int width(long[] shape) {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }

  /** Says what is wrong with a batch whose loss is no number; throws if it is the data. */
  void diagnose(int[] examples) {
    int channels = data.channels();
    int time = data.time();
    float[] window = new float[channels * time];
    for (int example : examples) {
      data.read(new int[] {example}, 1, window);
      for (int i = 0; i < window.length; i++) {
        if (!Float.isFinite(window[i])) {
          throw new InputException(
              "%s: windows.npy: example %d, channel '%s', sample %d is %s; take the window out or mend it"
                  .formatted(
                      data.folder(), example, data.labels().get(i / time), i % time, window[i]));
        }
      }
      for (String name : data.targets().keySet()) {
        int row = data.example(example).target();
        float[] values = new float[width(data.targets().get(name))];
        data.readTarget(name, new int[] {row}, 1, values);
        for (float v : values) {
          if (!Float.isFinite(v)) {
            throw new InputException(
                "%s: target '%s', row %d holds %s".formatted(data.folder(), name, row, v));
          }
        }
      }
    }
  }
}
