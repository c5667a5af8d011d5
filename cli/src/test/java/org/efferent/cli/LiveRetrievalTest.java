package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.Marker;
import org.efferent.retrieval.live.Evidence.Verdict;
import org.efferent.retrieval.live.EvidenceOptions;
import org.junit.jupiter.api.Test;

class LiveRetrievalTest {
  private final List<LiveRetrieval.Answer> answers = new ArrayList<>();

  private static Decoded<Embedding> at(String event, float... embedding) {
    Marker marker = event == null ? null : new Marker(1, event);
    return new Decoded<>(new Embedding(embedding), 0, 10, 1.5, 0, 0, 0, 0, marker);
  }

  private static LiveGallery gallery() {
    return LiveGallery.of(
        "g", new float[] {2, 0, 0, 0, 3, 0, 0, 0, 1}, 3, List.of("cat", "dog", "owl"));
  }

  @Test
  void markersWithOneLabelAreRepetitionsAndOthersAreNot() {
    LiveRetrieval retrieval =
        new LiveRetrieval(gallery(), new EvidenceOptions(2, 1, 0.9, 1, 3), answers::add);
    retrieval.accept(at("cat", 1, 0, 0));
    retrieval.accept(at("dog", 1, 1, 0));
    retrieval.accept(at("cat", 5, 0, 0));
    assertThat(answers).extracting(LiveRetrieval.Answer::repetitions).containsExactly(1, 1, 2);
    assertThat(answers.get(2).verdict()).isEqualTo(Verdict.DECIDED);
    assertThat(answers.get(2).id()).isEqualTo("cat");
    assertThat(answers.get(2).first())
        .extracting(LiveRetrieval.Likely::id)
        .containsExactly("cat", "dog", "owl");
    // The next one begins anew.
    retrieval.accept(at("cat", 1, 0, 0));
    assertThat(answers.get(3).repetitions()).isEqualTo(1);
    retrieval.accept(at("dog", 1, 1, 0));
    retrieval.accept(at("dog", 1, 1, 0));
    assertThat(answers.get(5).verdict()).isEqualTo(Verdict.ABSTAINED);
    Map<String, Object> figures = retrieval.figures();
    assertThat(figures)
        .containsEntry("decided", 1L)
        .containsEntry("abstained", 1L)
        .containsEntry("undecided", 1)
        .containsEntry("decidedRight", 1.0)
        .containsEntry("repetitionsPerDecision", 2.0);
    // Cat is first three times; dog shares the first place with cat three times.
    assertThat(figures.get("single").toString()).contains("windows=6", "top1=0.75");
  }

  @Test
  void slidingWindowsAreAnsweredOneByOne() {
    LiveRetrieval retrieval =
        new LiveRetrieval(gallery(), new EvidenceOptions(9, 1, 0.9, 1, 1), answers::add);
    retrieval.accept(at(null, 0, 0, 1));
    retrieval.accept(at(null, 1, 1, 1));
    assertThat(answers)
        .extracting(LiveRetrieval.Answer::verdict)
        .containsExactly(Verdict.DECIDED, Verdict.ABSTAINED);
    assertThat(retrieval.figures()).doesNotContainKey("single").containsEntry("undecided", 0);
    assertThat(answers.get(0).json())
        .isEqualTo(
            "{\"event\":\"\",\"best\":\"owl\",\"probability\":%s,\"repetitions\":1,\"verdict\":\"decided\"}"
                .formatted(answers.get(0).probability()));
  }
}
