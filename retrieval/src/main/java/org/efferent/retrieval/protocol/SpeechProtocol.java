package org.efferent.retrieval.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.retrieval.evaluate.CosineScores;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.evaluate.ScoreSource;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.split.LeakCheck;

/**
 * Which segment of speech was heard (Défossez et al. 2023): candidates are the segments of the
 * test, each once, all of one length; a window's probabilities are the softmax of its inner
 * products with candidates of length one.
 *
 * @param words whether probabilities of segments with the same word are summed, and words ranked
 * @param context what windows of the same sentence say to one another
 * @param contextWeight how much of it is added
 * @param selection what the encoder was chosen by
 * @param figures which figures
 */
public record SpeechProtocol(
    boolean words,
    Context context,
    double contextWeight,
    Selection selection,
    FigureOptions figures)
    implements Protocol {

  /** Each window by itself, segments and words. */
  public static final SpeechProtocol DEFAULTS =
      new SpeechProtocol(true, Context.NONE, 0, Selection.UNKNOWN, FigureOptions.DEFAULTS);

  /** What windows of the same sentence say to one another. */
  public enum Context {
    /** Nothing. */
    NONE("each window is answered by itself"),
    /** The sum over the sentence's windows of what each says of a sentence. */
    SUM("sums over windows of the same sentence are added"),
    /** The mean of the same. */
    MEAN("means over windows of the same sentence are added");

    private final String text;

    Context(String text) {
      this.text = text;
    }
  }

  /** Checks the weight. */
  public SpeechProtocol {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(figures, "figures");
    if (!(contextWeight >= 0) || (context == Context.NONE) != (contextWeight == 0)) {
      throw new IllegalArgumentException(
          "a context has a positive weight, and none has weight 0; context=%s, contextWeight=%s"
              .formatted(context, contextWeight));
    }
  }

  /**
   * What came out.
   *
   * @param segments windows among segments
   * @param words windows among words, where asked for
   * @param sameSentence share of windows whose first answer lies in the right sentence, where
   *     sentences are known
   */
  public record Result(Evaluation segments, Optional<Evaluation> words, double sameSentence) {}

  @Override
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("task: which segment of speech was heard, of sentences that training did not have");
    lines.add("candidates: unique segments of one length; they overlap, neighbours are errors");
    lines.add("scores: softmax of inner products with candidates of length one");
    lines.add("windows are not averaged over presentations or subjects");
    lines.add(
        context == Context.NONE
            ? "context: " + context.text
            : "context: %s, weight %s; which windows form a sentence is told from outside"
                .formatted(context.text, contextWeight));
    lines.add(selection.describe());
    return lines;
  }

  /**
   * Evaluates embeddings of windows.
   *
   * @param windows {@code [n × width]}, width = features · time
   * @param labels of the windows: stimulus, which is the segment's identity; word and sentence
   *     where used; subject where there are several
   * @param segments {@code [m × width]}; those that come again are left out
   * @param ofSegments their labels: stimulus; word and sentence where used
   * @param samples length of each segment, in samples
   * @return the evaluation
   * @throws InputException if lengths differ, labels are missing, or a truth is not there
   */
  public Result evaluate(
      Embeddings windows, Labels labels, Embeddings segments, Labels ofSegments, int[] samples) {
    if (ofSegments.rows() != segments.rows() || samples.length != segments.rows()) {
      throw new InputException(
          "%s: every segment has labels and a length; segments=%d, labels=%d, lengths=%d"
              .formatted(segments.name(), segments.rows(), ofSegments.rows(), samples.length));
    }
    LeakCheck.refuse(LeakCheck.DEFAULTS.lengths(samples));
    int[] unique = firsts(ofSegments.get(Identity.STIMULUS));
    Embeddings candidates = segments.select(unique);
    Labels known = ofSegments.select(unique);
    ScoreSource scores = CosineScores.ofUnnormalisedQueries(windows, candidates).held();
    if (context != Context.NONE) {
      scores =
          new SentenceContext(
              scores,
              labels.get(Identity.SENTENCE),
              known.get(Identity.SENTENCE),
              contextWeight,
              context == Context.MEAN);
    }
    Truth truth =
        Truth.ofIdentities(
            labels.get(Identity.STIMULUS), known.get(Identity.STIMULUS), Truth.Several.REFUSE);
    List<String> lines = describe();
    lines.add("%d of %d segments are unique".formatted(unique.length, segments.rows()));
    Evaluation ofWindows = new Evaluation(lines, scores, truth, labels, figures);
    Optional<Evaluation> ofWords = Optional.empty();
    if (words) {
      WordScores summed = new WordScores(scores, known.get(Identity.WORD));
      List<String> more = new ArrayList<>(lines);
      more.add("words: probabilities of segments that begin with the same word are summed");
      Truth right =
          Truth.ofIdentities(labels.get(Identity.WORD), summed.vocabulary(), Truth.Several.REFUSE);
      ofWords = Optional.of(new Evaluation(more, summed, right, labels, figures));
    }
    boolean sentences = labels.has(Identity.SENTENCE) && known.has(Identity.SENTENCE);
    return new Result(
        ofWindows,
        ofWords,
        sentences
            ? sameSentence(scores, labels.get(Identity.SENTENCE), known.get(Identity.SENTENCE))
            : Double.NaN);
  }

  private static int[] firsts(List<String> identities) {
    Map<String, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < identities.size(); i++) {
      first.putIfAbsent(identities.get(i), i);
    }
    return first.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private static double sameSentence(ScoreSource scores, List<String> heard, List<String> of) {
    int m = scores.candidates();
    int step = scores.blockRows();
    double[] block = new double[step * m];
    double right = 0;
    for (int first = 0; first < scores.queries(); first += step) {
      int count = Math.min(step, scores.queries() - first);
      scores.read(first, count, block);
      for (int i = 0; i < count; i++) {
        right += rightShare(block, i * m, m, scores.tie(), heard.get(first + i), of);
      }
    }
    return right / scores.queries();
  }

  /** Of the first answers, which may be several equal ones, the share in the right sentence. */
  private static double rightShare(
      double[] block, int at, int m, double tie, String heard, List<String> of) {
    double best = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < m; c++) {
      best = Math.max(best, block[at + c]);
    }
    double answers = 0;
    double right = 0;
    for (int c = 0; c < m; c++) {
      if (block[at + c] >= best - tie) {
        answers++;
        right += of.get(c).equals(heard) ? 1 : 0;
      }
    }
    return right / answers;
  }
}
