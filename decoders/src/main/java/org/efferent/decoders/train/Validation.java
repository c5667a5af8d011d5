package org.efferent.decoders.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;

/**
 * The validation examples under the weights of an epoch: their loss, and how they rank their
 * targets.
 */
final class Validation {
  private static final int BATCH = 64;

  /** Numbers of embeddings that are ranked at most: beyond, the first examples stand for all. */
  private static final long NUMBERS = 1L << 26;

  private final Compute compute;
  private final WindowDataset data;
  private final Objective objective;
  private double loss;
  private RankScore ranks;

  @SuppressWarnings("TooManyParameters") // What an epoch has at hand.
  Validation(
      Compute compute,
      WindowDataset data,
      Encoder encoder,
      Objective objective,
      Batches batches,
      Weights weights) {
    this.compute = compute;
    this.data = data;
    this.objective = objective;
    run(encoder, batches, weights);
  }

  double loss() {
    return loss;
  }

  RankScore ranks() {
    return ranks;
  }

  private void run(Encoder encoder, Batches batches, Weights weights) {
    int[] examples = data.indices(Split.VALIDATION);
    int width = width();
    int ranked = (int) Math.min(examples.length, Math.max(2, NUMBERS / width));
    float[] queries = new float[ranked * width];
    double sum = 0;
    int counted = 0;
    for (int[] some : batchesOf(examples)) {
      int before = counted;
      sum +=
          some.length
              * compute.step(
                  () -> {
                    Map<String, NDArray> heads =
                        encoder.heads(weights, batches.batch(some), Pass.evaluation());
                    keep(heads.get(objective.terms().get(0).head()), queries, before, width);
                    return Compute.doubles(
                        objective.of(heads, batches.targets(some), weights, (n, p) -> {}))[0];
                  });
      counted += some.length;
    }
    loss = sum / counted;
    ranks = rank(Arrays.copyOf(examples, ranked), queries, width);
  }

  /** A batch of one has no contrast: what is left over joins the last. */
  private static List<int[]> batchesOf(int[] examples) {
    List<int[]> out = new ArrayList<>();
    int from = 0;
    while (from < examples.length) {
      int to = examples.length - from < BATCH + 2 ? examples.length : from + BATCH;
      out.add(Arrays.copyOfRange(examples, from, to));
      from = to;
    }
    return out;
  }

  private static void keep(NDArray head, float[] queries, int before, int width) {
    int from = before * width;
    if (from < queries.length) {
      float[] values = Compute.floats(head);
      System.arraycopy(values, 0, queries, from, Math.min(values.length, queries.length - from));
    }
  }

  private String target() {
    String name = objective.terms().get(0).target();
    return name.isEmpty() ? data.targets().keySet().iterator().next() : name;
  }

  private int width() {
    return Batches.width(data.targets().get(target()));
  }

  private RankScore rank(int[] examples, float[] queries, int width) {
    int[] targets = Arrays.stream(examples).map(e -> data.example(e).target()).toArray();
    int[] distinct = Arrays.stream(targets).distinct().sorted().toArray();
    float[] candidates = new float[distinct.length * width];
    data.readTarget(target(), distinct, distinct.length, candidates);
    int[] truth = Arrays.stream(targets).map(t -> Arrays.binarySearch(distinct, t)).toArray();
    return RankScore.of(queries, truth, candidates, width);
  }
}
