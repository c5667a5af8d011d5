package org.efferent.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every index. */
abstract class EmbeddingIndexContract {
  @TempDir protected Path folder;

  /** An index of entries, in a place where nothing is yet. */
  abstract EmbeddingIndex make(Entries entries, Metric metric);

  /** Says that the last {@link #make}, which failed, left nothing behind. */
  abstract void nothingIsLeft();

  @ParameterizedTest
  @EnumSource(Metric.class)
  void theNearestComeBestFirst(Metric metric) {
    Material material = new Material(1500, 12, 1);
    float[] queries = material.queries(6, 2);
    try (EmbeddingIndex index = make(material.entries(), metric)) {
      assertThat(index.size()).isEqualTo(1500);
      assertThat(index.width()).isEqualTo(12);
      assertThat(index.metric()).isEqualTo(metric);
      assertThat(index.search(queries, 6, 2000, Filter.ALL).of(5)).hasSize(1500);
      Hits hits = index.search(queries, 6, 9, Filter.ALL);
      assertThat(hits.queries()).isEqualTo(6);
      for (int q = 0; q < 6; q++) {
        assertThat(hits.ids(q))
            .as("query %d", q)
            .isEqualTo(material.nearest(queries, q, 9, metric, r -> true));
        assertThat(hits.of(q)).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
      }
    }
  }

  @Test
  void aScoreIsTheCosineOrTheInnerProduct() {
    Entries two = new Entries(EmbeddingSource.of(new float[] {3, 4, -6, 8}, 2));
    try (EmbeddingIndex index = make(two, Metric.COSINE)) {
      List<Hits.Hit> hits = index.search(new float[] {0, 7}, 1, 5, Filter.ALL).of(0);
      assertThat(hits).extracting(Hits.Hit::id).containsExactly("0", "1");
      assertThat(hits.get(0).score()).isCloseTo(0.8, within(1e-7));
    }
    try (EmbeddingIndex index = make(two, Metric.INNER_PRODUCT)) {
      List<Hits.Hit> hits = index.search(new float[] {0, 7}, 1, 5, Filter.ALL).of(0);
      assertThat(hits).containsExactly(new Hits.Hit("1", 56), new Hits.Hit("0", 28));
    }
  }

  @Test
  void equalScoresStandInTheOrderOfIds() {
    float[] values = new float[2000 * 3];
    Arrays.fill(values, 0.3f);
    for (int r = 0; r < 2000; r += 2) {
      values[r * 3] = -1;
    }
    List<String> ids =
        Ids.ofRows(2000).stream().map(id -> 2000 - Integer.parseInt(id) + "").toList();
    Entries entries = new Entries(EmbeddingSource.of(values, 3), ids, Metadata.NONE);
    try (EmbeddingIndex index = make(entries, Metric.COSINE)) {
      float[] query = {1, 1, 1};
      assertThat(index.search(query, 1, 4, Filter.ALL).ids(0))
          .isSubsetOf(ids)
          .isSortedAccordingTo(Ids::compare);
      if (!(index instanceof ApproximateIndex)) {
        assertThat(index.search(query, 1, 4, Filter.ALL).ids(0))
            .containsExactly("1", "3", "5", "7");
      }
    }
  }

  @Test
  void filtersMeanTheSameEverywhere() {
    Material m = new Material(1400, 10, 3);
    float[] query = m.queries(1, 4);
    Map<Filter, IntPredicate> cases = new LinkedHashMap<>();
    IntPredicate two = r -> m.subject[r] == 2;
    IntPredicate test = r -> "test".equals(m.kind[r]);
    cases.put(Filter.parse("subject=2"), two);
    cases.put(Filter.parse("subject=2.0|9"), two);
    cases.put(Filter.parse("kind=test"), test);
    cases.put(
        Filter.parse("kind=test|it's; \"odd\" --"),
        r -> m.kind[r] != null && !"train".equals(m.kind[r]));
    cases.put(Filter.parse("kind!=test"), test.negate());
    cases.put(Filter.parse("subject!=2"), two.negate());
    cases.put(Filter.parse("subject>2"), r -> m.subject[r] > 2);
    cases.put(Filter.parse("subject>=2,subject<4"), r -> m.subject[r] >= 2 && m.subject[r] < 4);
    cases.put(
        new Filter.Not(new Filter.Range("subject", 1, true, Double.POSITIVE_INFINITY, true)),
        r -> !(m.subject[r] >= 1));
    cases.put(
        new Filter.Or(List.of(new Filter.Equal("subject", "2"), new Filter.Equal("kind", "test"))),
        two.or(test));
    cases.put(new Filter.Or(List.of()), r -> false);
    cases.put(new Filter.In("kind", List.of()), r -> false);
    cases.put(Filter.parse("kind=x'; DROP TABLE y; --"), r -> false);
    cases.put(new Filter.Equal("kind", "a\0b"), r -> false);
    cases.put(new Filter.Not(Filter.ALL), r -> false);
    try (EmbeddingIndex index = make(m.entries(), Metric.COSINE)) {
      cases.forEach(
          (filter, passes) ->
              assertThat(index.search(query, 1, 8, filter).ids(0))
                  .as(filter.toString())
                  .isEqualTo(m.nearest(query, 0, 8, Metric.COSINE, passes)));
    }
  }

  @Test
  void whatIsWronglyAskedIsSaid() {
    Material m = new Material(50, 4, 5);
    float[] query = {1, 2, 3, 4};
    try (EmbeddingIndex index = make(m.entries(), Metric.COSINE)) {
      assertThat(index.search(query, 1, 80, Filter.ALL).of(0)).hasSize(50);
      refused(
          () -> index.search(query, 1, 3, Filter.parse("sex=1")),
          "a filter must name a column of the index; column='sex', there are [subject, kind]");
      refused(
          () -> index.search(query, 1, 3, Filter.parse("kind>1")),
          "a range must be over a column of numbers; column 'kind' holds texts");
      refused(
          () -> index.search(query, 1, 3, Filter.parse("subject=one")),
          "column 'subject' must be compared with a number; value='one'");
      refused(
          () -> index.search(new float[3], 1, 3, Filter.ALL),
          "queries must be as wide as the index; width=4, numbers of 1 queries=3; encode them as the"
              + " index was");
      refused(
          () -> index.search(new float[] {1, 1, 1, 1, 1, 1, Float.NaN, 1}, 2, 3, Filter.ALL),
          "query row 1: must be finite; its first number that is not is at 2");
      refused(
          () -> index.search(new float[4], 1, 3, Filter.ALL),
          "query row 0: must not be zero, a zero has no cosine; drop it");
      refused(
          () -> index.search(query, 1, 0, Filter.ALL),
          "queries and neighbours must be at least 1; queries=1, k=0");
    }
  }

  private static void refused(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void badEmbeddingsAreRefusedAndNothingIsLeft() {
    Material m = new Material(1300, 4, 6);
    m.values[1250 * 4 + 3] = Float.NaN;
    assertThatThrownBy(() -> make(m.entries(), Metric.COSINE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "row 1250 (id 'p1250'): an embedding must be finite; its first such number is at 3; drop"
                + " the row or mend it");
    nothingIsLeft();
    Arrays.fill(m.values, 1250 * 4, 1251 * 4, 0);
    assertThatThrownBy(() -> make(m.entries(), Metric.COSINE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "row 1250 (id 'p1250'): an embedding must not be zero where the cosine is asked; drop the"
                + " row or use inner-product");
    nothingIsLeft();
    try (EmbeddingIndex index = make(m.entries(), Metric.INNER_PRODUCT)) {
      assertThat(index.size()).isEqualTo(1300);
    }
  }
}
