package org.efferent.retrieval.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.retrieval.Material;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.evaluate.ScoreSource;
import org.efferent.retrieval.protocol.SpeechProtocol.Context;
import org.junit.jupiter.api.Test;

class SpeechProtocolTest {
  private static Labels labels(int[] segments) {
    return Labels.of(
            Identity.STIMULUS, IntStream.of(segments).mapToObj(s -> "segment " + s).toList())
        .with(Identity.SENTENCE, IntStream.of(segments).mapToObj(s -> "sentence " + s / 8).toList())
        .with(Identity.WORD, IntStream.of(segments).mapToObj(s -> "word " + s % 12).toList());
  }

  @Test
  void segmentsThatComeAgainAreOneCandidate() {
    Embeddings unique = Material.random("segments", 48, 20, 1);
    int[] presented = new int[96];
    Arrays.setAll(presented, i -> i % 48);
    int[] lengths = new int[96];
    Arrays.fill(lengths, 360);
    SpeechProtocol.Result result =
        SpeechProtocol.DEFAULTS.evaluate(
            Material.noisy(unique, presented, 1, 2),
            labels(presented),
            unique.select(presented),
            labels(presented),
            lengths);
    assertThat(result.segments().figures().gallery()).isEqualTo(48);
    assertThat(result.segments().figures().queries()).isEqualTo(96);
    assertThat(result.segments().figures().top().get(1)).isGreaterThan(0.5);
    assertThat(result.segments().protocol())
        .contains("48 of 96 segments are unique", "context: each window is answered by itself");
    Evaluation words = result.words().orElseThrow();
    assertThat(words.figures().gallery()).isEqualTo(12);
    assertThat(words.chance().top().get(1)).isCloseTo(1 / 12.0, within(1e-12));
    assertThat(result.sameSentence()).isGreaterThan(result.segments().figures().top().get(1));
  }

  @Test
  void lengthsThatDifferAreRefused() {
    Embeddings segments = Material.random("segments", 3, 4, 1);
    int[] own = {0, 1, 2};
    assertThatThrownBy(
            () ->
                SpeechProtocol.DEFAULTS.evaluate(
                    segments, labels(own), segments, labels(own), new int[] {360, 300, 360}))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("leak: segments must have one length");
    assertThatThrownBy(
            () ->
                new SpeechProtocol(
                    true, Context.MEAN, 0, Selection.UNKNOWN, FigureOptions.DEFAULTS))
        .hasMessageContaining("a context has a positive weight");
  }

  /** By hand: the softmax of (ln 1, ln 2, ln 3, ln 4) is (.1, .2, .3, .4). */
  @Test
  void wordsGetTheSumOfTheirSegments() {
    double[] scores = {Math.log(1), Math.log(2), Math.log(3), Math.log(4)};
    WordScores words =
        new WordScores(ScoreSource.of(scores, 1, 4), List.of("the", "a", "the", "sea"));
    assertThat(words.vocabulary()).containsExactly("the", "a", "sea");
    double[] sums = Arrays.stream(words.all()).map(Math::exp).toArray();
    double total = Arrays.stream(sums).sum();
    assertThat(Arrays.stream(sums).map(s -> s / total).toArray())
        .containsExactly(new double[] {0.4, 0.2, 0.4}, within(1e-12));
  }

  /** Two windows of one sentence; candidates 0 and 1 of sentence x, 2 of y. */
  @Test
  void theSentenceAddsWhatItsWindowsSay() {
    double[] scores = {1, 3, 2, 5, 7, 0};
    List<String> heard = List.of("x", "x");
    List<String> of = List.of("x", "x", "y");
    SentenceContext mean = new SentenceContext(ScoreSource.of(scores, 2, 3), heard, of, 0.5, true);
    // x: windows say 2 and 6 on average, y: 2 and 0. Means 4 and 1, sums 8 and 2.
    assertThat(mean.all()).containsExactly(3, 5, 2.5, 7, 9, 0.5);
    SentenceContext sum = new SentenceContext(ScoreSource.of(scores, 2, 3), heard, of, 0.5, false);
    assertThat(sum.all()).containsExactly(5, 7, 3, 9, 11, 1);
  }

  @Test
  void contextFindsMoreAndSaysSo() {
    Embeddings unique = Material.random("segments", 48, 20, 1);
    int[] presented = IntStream.range(0, 48).toArray();
    int[] lengths = new int[48];
    Embeddings heard = Material.noisy(unique, presented, 2.5, 3);
    List<Double> top = new ArrayList<>();
    for (SpeechProtocol protocol :
        List.of(
            SpeechProtocol.DEFAULTS,
            new SpeechProtocol(
                false, Context.MEAN, 1, Selection.UNKNOWN, FigureOptions.DEFAULTS))) {
      SpeechProtocol.Result result =
          protocol.evaluate(heard, labels(presented), unique, labels(presented), lengths);
      top.add(result.segments().figures().top().get(5));
      assertThat(result.words().isPresent()).isEqualTo(protocol.words());
    }
    assertThat(top.get(1)).isGreaterThan(top.get(0) + 0.1);
    assertThat(
            new SpeechProtocol(false, Context.SUM, 1, Selection.UNKNOWN, FigureOptions.DEFAULTS)
                .describe())
        .contains(
            "context: sums over windows of the same sentence are added, weight 1.0; which windows form a sentence is told from outside");
  }
}
