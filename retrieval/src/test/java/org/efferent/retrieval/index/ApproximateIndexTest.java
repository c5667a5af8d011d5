package org.efferent.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApproximateIndexTest extends EmbeddingIndexContract {
  private static final ApproximateOptions WIDE = new ApproximateOptions(16, 100, 300, 1.2f);

  @Override
  EmbeddingIndex make(Entries entries, Metric metric) {
    Path file = folder.resolve("index-" + metric.word());
    // One thread: the same graph each time.
    ApproximateIndex.write(file, entries, metric, WIDE, 1, n -> {}, true);
    return ApproximateIndex.open(file, 2, WIDE.searchBreadth());
  }

  @Override
  void nothingIsLeft() {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void mostNeighboursAreFoundAndScoredAsTheExactIndexDoes(Metric metric) {
    Material m = new Material(6000, 48, 11);
    float[] queries = m.queries(50, 12);
    List<Integer> progress = new ArrayList<>();
    Path file = folder.resolve("x.index");
    ApproximateIndex.write(
        file, m.entries(), metric, ApproximateOptions.DEFAULTS, 2, progress::add, false);
    try (ApproximateIndex index = ApproximateIndex.open(file, 2, 100);
        ExactIndex exact = ExactIndex.open(file, 2)) {
      Hits truth = exact.search(queries, 50, 10, Filter.ALL);
      Hits found = index.search(queries, 50, 10, Filter.ALL);
      int common = 0;
      for (int q = 0; q < 50; q++) {
        Set<Hits.Hit> both = new HashSet<>(truth.of(q));
        both.retainAll(found.of(q));
        common += both.size();
      }
      assertThat(common / 500.0).isGreaterThan(0.95);
    }
    assertThat(progress).isEmpty(); // it comes every 10,000
  }

  @Test
  void anExactIndexHasNoGraph() {
    Path file = folder.resolve("x.index");
    ExactIndex.write(file, new Material(30, 4, 13).entries(), Metric.COSINE, false);
    assertThatThrownBy(() -> ApproximateIndex.open(file, 1, 100))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "x.index: is an exact index, without a graph; make it anew with --kind hnsw, or search it"
                + " exactly");
  }

  @Test
  void aDamagedGraphIsRefusedOrWalkedWithoutHarm() throws IOException {
    Path file = folder.resolve("x.index");
    Material m = new Material(1200, 4, 14);
    ApproximateIndex.write(file, m.entries(), Metric.COSINE, WIDE, 1, n -> {}, false);
    byte[] whole = Files.readAllBytes(file);
    int graph = 1200 * 17 * 4;
    for (int back = 33; back < graph; back += 97) {
      byte[] damaged = whole.clone();
      damaged[whole.length - back] ^= 0x45;
      Files.write(file, damaged);
      try (ApproximateIndex index = ApproximateIndex.open(file, 1, 100)) {
        assertThat(index.search(m.queries(1, 1), 1, 3, Filter.ALL).of(0)).hasSizeLessThan(4);
      } catch (InputException e) {
        assertThat(e).hasMessageStartingWith("x.index: is damaged: a graph must ");
      }
    }
  }

  @Test
  void anExistingFileIsNotReplacedUnlessAllowed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.index"), "mine");
    assertThatThrownBy(
            () ->
                ApproximateIndex.write(
                    file,
                    new Material(30, 4, 15).entries(),
                    Metric.COSINE,
                    WIDE,
                    1,
                    n -> {},
                    false))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": exists already; choose another name, or allow it to be overwritten");
    assertThat(file).hasContent("mine");
  }

  @Test
  void optionsHaveRanges() {
    assertThatThrownBy(() -> new ApproximateOptions(1, 100, 100, 1.2f))
        .hasMessage("degree must be from 2 to 128; degree=1");
    assertThatThrownBy(() -> new ApproximateOptions(16, 8, 100, 1.2f))
        .hasMessage("buildBreadth must be from degree to 10000; buildBreadth=8");
    assertThatThrownBy(() -> new ApproximateOptions(16, 100, 0, 1.2f))
        .hasMessage("searchBreadth must be from 1 to 1000000; searchBreadth=0");
    assertThatThrownBy(() -> new ApproximateOptions(16, 100, 100, Float.NaN))
        .hasMessage("alpha must be from 1 to 2; alpha=NaN");
  }
}
