package org.efferent.retrieval.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.retrieval.evaluate.ScoreSource;

/**
 * Scores with those of the sentence added (the group context bias of arXiv 2605.24524): to each
 * candidate the weight times what all windows heard in the same sentence say, on average or in sum,
 * of the candidates of its sentence.
 */
final class SentenceContext implements ScoreSource {
  private final ScoreSource scores;
  private final double weight;
  private final int[] heard;
  private final int[] of;
  private final int sentences;

  /** {@code [sentences heard × sentences of candidates]}, row-major. */
  private final double[] pooled;

  SentenceContext(
      ScoreSource scores, List<String> heard, List<String> of, double weight, boolean mean) {
    if (heard.size() != scores.queries() || of.size() != scores.candidates()) {
      throw new InputException(
          "every window and candidate has a sentence; windows=%d of %d, candidates=%d of %d"
              .formatted(heard.size(), scores.queries(), of.size(), scores.candidates()));
    }
    Map<String, Integer> groups = new LinkedHashMap<>();
    Map<String, Integer> names = new LinkedHashMap<>();
    this.scores = scores;
    this.weight = weight;
    this.heard = numbers(heard, groups);
    this.of = numbers(of, names);
    this.sentences = names.size();
    this.pooled = pool(groups.size(), mean);
  }

  private static int[] numbers(List<String> values, Map<String, Integer> known) {
    int[] numbers = new int[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      known.putIfAbsent(values.get(i), known.size());
      numbers[i] = known.get(values.get(i));
    }
    return numbers;
  }

  private double[] pool(int groups, boolean mean) {
    int[] windows = new int[groups];
    int[] candidates = new int[sentences];
    for (int g : heard) {
      windows[g]++;
    }
    for (int s : of) {
      candidates[s]++;
    }
    double[] sums = new double[Math.multiplyExact(groups, sentences)];
    int m = scores.candidates();
    int step = scores.blockRows();
    double[] block = new double[step * m];
    for (int first = 0; first < scores.queries(); first += step) {
      int count = Math.min(step, scores.queries() - first);
      scores.read(first, count, block);
      for (int i = 0; i < count * m; i++) {
        int s = of[i % m];
        sums[heard[first + i / m] * sentences + s] += block[i] / candidates[s];
      }
    }
    for (int i = 0; mean && i < sums.length; i++) {
      sums[i] /= windows[i / sentences];
    }
    return sums;
  }

  @Override
  public int queries() {
    return scores.queries();
  }

  @Override
  public int candidates() {
    return scores.candidates();
  }

  @Override
  public double tie() {
    return (1 + weight) * scores.tie();
  }

  @Override
  public void read(int first, int count, double[] into) {
    scores.read(first, count, into);
    int m = scores.candidates();
    for (int i = 0; i < count * m; i++) {
      into[i] += weight * pooled[heard[first + i / m] * sentences + of[i % m]];
    }
  }
}
