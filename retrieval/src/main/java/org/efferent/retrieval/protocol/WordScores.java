package org.efferent.retrieval.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.retrieval.evaluate.ScoreSource;

/**
 * Scores of words: the logarithm of the summed probabilities of all segments that begin with the
 * word. Sums, not means: a word that is said often is likelier, as it is in speech; chance counts
 * words alike.
 */
final class WordScores implements ScoreSource {
  private final ScoreSource segments;
  private final int[] word;
  private final List<String> vocabulary;

  WordScores(ScoreSource segments, List<String> words) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    this.word = new int[words.size()];
    for (int c = 0; c < word.length; c++) {
      numbers.putIfAbsent(words.get(c), numbers.size());
      word[c] = numbers.get(words.get(c));
    }
    this.segments = segments;
    this.vocabulary = new ArrayList<>(numbers.keySet());
  }

  /** The candidates. */
  List<String> vocabulary() {
    return vocabulary;
  }

  @Override
  public int queries() {
    return segments.queries();
  }

  @Override
  public int candidates() {
    return vocabulary.size();
  }

  @Override
  public double tie() {
    return Math.max(1e-12, segments.tie());
  }

  @Override
  public int blockRows() {
    return segments.blockRows();
  }

  @Override
  public void read(int first, int count, double[] into) {
    int m = segments.candidates();
    int words = vocabulary.size();
    double[] block = new double[count * m];
    segments.read(first, count, block);
    double[] largest = new double[words];
    double[] sum = new double[words];
    for (int i = 0; i < count; i++) {
      // The softmax's denominator is the same for all words: it does not matter to ranks.
      Arrays.fill(largest, Double.NEGATIVE_INFINITY);
      Arrays.fill(sum, 0);
      for (int c = 0; c < m; c++) {
        largest[word[c]] = Math.max(largest[word[c]], block[i * m + c]);
      }
      for (int c = 0; c < m; c++) {
        sum[word[c]] += Math.exp(block[i * m + c] - largest[word[c]]);
      }
      for (int w = 0; w < words; w++) {
        into[i * words + w] = largest[w] + Math.log(sum[w]);
      }
    }
  }
}
