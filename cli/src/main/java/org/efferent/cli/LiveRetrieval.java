package org.efferent.cli;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.Sink;
import org.efferent.retrieval.evaluate.Ranks;
import org.efferent.retrieval.evaluate.ScoreSource;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.live.Evidence;
import org.efferent.retrieval.live.Evidence.Verdict;
import org.efferent.retrieval.live.EvidenceOptions;

/**
 * Embeddings to answers, as they come: evidence of windows of the same marker adds up until it is
 * enough. Sliding windows are answered one by one. Called by the pipeline's thread; figures are
 * read when it has ended.
 */
final class LiveRetrieval implements Sink<Embedding> {
  /** A candidate and its probability. */
  record Likely(int candidate, String id, double probability) {}

  /** What is known after a window; the likeliest candidates first. */
  record Answer(
      double stamp,
      String event,
      int best,
      String id,
      double probability,
      int repetitions,
      Verdict verdict,
      List<Likely> first) {

    /** One line of JSON for a stream of markers. */
    String json() {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("event", event);
      words.put("best", id);
      words.put("probability", probability);
      words.put("repetitions", repetitions);
      words.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
      return OutputOptions.toJson(words);
    }
  }

  private static final int SHOWN = 5;

  private final LiveGallery gallery;
  private final EvidenceOptions options;
  private final Consumer<Answer> listener;
  private final Map<String, Evidence> heard = new HashMap<>();
  private long decided;
  private long abstained;
  private long known;
  private long right;
  private long repetitions;
  private long scored;
  private double first;
  private double firstFive;

  LiveRetrieval(LiveGallery gallery, EvidenceOptions options, Consumer<Answer> listener) {
    this.gallery = gallery;
    this.options = options;
    this.listener = listener;
  }

  @Override
  public void accept(Decoded<Embedding> decoded) {
    String event = decoded.event() == null ? "" : decoded.event().label();
    double[] scores = gallery.scores(decoded.estimate().values());
    int truth = gallery.place(event);
    if (truth >= 0) {
      Ranks rank =
          Ranks.of(
              ScoreSource.of(scores, 1, scores.length),
              Truth.ofRows("markers", new long[] {truth}, scores.length));
      scored++;
      first += rank.within(0, 1);
      firstFive += rank.within(0, 5);
    }
    Evidence evidence = heard.computeIfAbsent(event, e -> new Evidence(gallery.size(), options));
    Verdict verdict = evidence.add(scores);
    int best = evidence.best();
    listener.accept(
        new Answer(
            decoded.stamp(),
            event,
            best,
            gallery.id(best),
            evidence.probability(best),
            evidence.repetitions(),
            verdict,
            first(evidence)));
    if (decoded.event() == null || verdict != Verdict.LISTENING) {
      count(verdict, evidence, best, truth);
      heard.remove(event);
    }
  }

  private void count(Verdict verdict, Evidence evidence, int best, int truth) {
    if (verdict == Verdict.DECIDED) {
      decided++;
      repetitions += evidence.repetitions();
      known += truth >= 0 ? 1 : 0;
      right += truth == best ? 1 : 0;
    } else {
      abstained++;
    }
  }

  private List<Likely> first(Evidence evidence) {
    double[] posterior = evidence.posterior();
    return IntStream.range(0, posterior.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -posterior[j]))
        .limit(SHOWN)
        .map(j -> new Likely(j, gallery.id(j), posterior[j]))
        .toList();
  }

  /** What came of it. */
  Map<String, Object> figures() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("candidates", gallery.size());
    out.put("decided", decided);
    out.put("abstained", abstained);
    out.put("undecided", heard.size());
    out.put("repetitionsPerDecision", decided == 0 ? Double.NaN : repetitions / (double) decided);
    if (scored > 0) {
      Map<String, Object> single = new LinkedHashMap<>();
      single.put("windows", scored);
      single.put("top1", first / scored);
      single.put("top5", firstFive / scored);
      single.put("chanceTop1", 1.0 / gallery.size());
      out.put("single", single);
      out.put("decidedWithKnownTruth", known);
      out.put("decidedRight", known == 0 ? Double.NaN : right / (double) known);
    }
    return out;
  }
}
