package org.efferent.decoders.simulated;

import java.util.stream.IntStream;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;

/** Single windows of the test against all its target rows. */
final class Retrieval {
  final int[] examples;
  final int[] candidates;
  private final int[] truth;

  Retrieval(WindowDataset data) {
    examples = data.indices(Split.TEST);
    candidates = IntStream.of(examples).map(i -> data.example(i).target()).distinct().toArray();
    truth =
        IntStream.of(examples)
            .map(
                i ->
                    IntStream.range(0, candidates.length)
                        .filter(j -> candidates[j] == data.example(i).target())
                        .findFirst()
                        .orElseThrow())
            .toArray();
  }

  double chance(int top) {
    return (double) top / candidates.length;
  }

  /** Share of examples whose truth is among the best. */
  double accuracy(float[] scores, int top) {
    int found = 0;
    for (int i = 0; i < examples.length; i++) {
      int first = i * candidates.length;
      float own = scores[first + truth[i]];
      int better = 0;
      for (int j = 0; j < candidates.length; j++) {
        better += scores[first + j] > own ? 1 : 0;
      }
      found += better < top ? 1 : 0;
    }
    return (double) found / examples.length;
  }

  /** Cosines of embeddings with all candidates' targets. */
  float[] cosines(WindowDataset data, String target, float[] embeddings) {
    int length = embeddings.length / examples.length;
    float[] rows = new float[candidates.length * length];
    data.readTarget(target, candidates, candidates.length, rows);
    float[] scores = new float[examples.length * candidates.length];
    for (int j = 0; j < candidates.length; j++) {
      double size = 0;
      for (int d = 0; d < length; d++) {
        size += (double) rows[j * length + d] * rows[j * length + d];
      }
      for (int i = 0; i < examples.length; i++) {
        double dot = 0;
        for (int d = 0; d < length; d++) {
          dot += (double) rows[j * length + d] * embeddings[i * length + d];
        }
        scores[i * candidates.length + j] = (float) (dot / Math.sqrt(size));
      }
    }
    return scores;
  }
}
