package org.efferent.decoders.simulated;

import org.efferent.core.UsageException;

/**
 * What is said. Sentences belong to one split, and all subjects hear the same.
 *
 * @param train sentences of training
 * @param validation sentences of validation
 * @param test sentences of the test
 * @param shortestSeconds of a sentence
 * @param longestSeconds of a sentence
 * @param shortestWordSeconds from one word's onset to the next
 * @param longestWordSeconds from one word's onset to the next
 */
public record SentenceOptions(
    int train,
    int validation,
    int test,
    double shortestSeconds,
    double longestSeconds,
    double shortestWordSeconds,
    double longestWordSeconds) {
  /** Checks the ranges. */
  public SentenceOptions {
    Rules.atLeast("sentences.train", 1, train);
    Rules.atLeast("sentences.validation", 0, validation);
    Rules.atLeast("sentences.test", 1, test);
    Rules.positive("sentences.shortestWordSeconds", shortestWordSeconds);
    Rules.positive("sentences.shortestSeconds", shortestSeconds);
    if (!(longestSeconds >= shortestSeconds && longestWordSeconds >= shortestWordSeconds)) {
      throw new UsageException(
          "the longest must be at least the shortest; sentences=%s to %s s, words=%s to %s s"
              .formatted(shortestSeconds, longestSeconds, shortestWordSeconds, longestWordSeconds));
    }
  }
}
