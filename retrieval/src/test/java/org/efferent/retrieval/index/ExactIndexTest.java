package org.efferent.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.efferent.data.FileBytes;
import org.junit.jupiter.api.Test;

class ExactIndexTest extends EmbeddingIndexContract {
  @Override
  EmbeddingIndex make(Entries entries, Metric metric) {
    Path file = folder.resolve("index-" + metric.word());
    ExactIndex.write(file, entries, metric, true);
    return ExactIndex.open(file, 2);
  }

  @Override
  void nothingIsLeft() {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manyQueriesOverSeveralBlocksFindTheSameAsEachAlone() {
    Material m = new Material(9000, 20, 7);
    float[] queries = m.queries(300, 8);
    try (EmbeddingIndex index = make(m.entries(), Metric.COSINE)) {
      Hits together = index.search(queries, 300, 5, Filter.parse("subject>0"));
      for (int q : new int[] {0, 1, 255, 256, 299}) {
        float[] one = Arrays.copyOfRange(queries, q * 20, (q + 1) * 20);
        assertThat(together.of(q))
            .isEqualTo(index.search(one, 1, 5, Filter.parse("subject>0")).of(0));
        assertThat(together.ids(q))
            .isEqualTo(m.nearest(queries, q, 5, Metric.COSINE, r -> m.subject[r] > 0));
      }
    }
  }

  /** Their products in single precision are equal: only a second look puts them in order. */
  @Test
  void whatSinglePrecisionCannotTellApartIsOrderedInDouble() {
    int rows = 5000;
    float[] values = new float[rows * 2];
    for (int r = 0; r < rows; r++) {
      values[r * 2] = 16_777_216;
      values[r * 2 + 1] = r % 3000 == 2999 ? 1 : r / 10_000f;
    }
    Entries entries = new Entries(EmbeddingSource.of(values, 2));
    try (EmbeddingIndex index = make(entries, Metric.INNER_PRODUCT)) {
      assertThat(index.search(new float[] {1, 1}, 1, 3, Filter.ALL).ids(0))
          .containsExactly("2999", "4999", "4998");
    }
  }

  @Test
  void aFileThatIsNotWholeOrOfAnotherVersionIsRefused() throws IOException {
    Path file = folder.resolve("x.index");
    ExactIndex.write(file, new Material(60, 5, 9).entries(), Metric.COSINE, false);
    assertThatThrownBy(
            () -> ExactIndex.write(file, new Material(60, 5, 9).entries(), Metric.COSINE, false))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": exists already; choose another name, or allow it to be overwritten");
    byte[] whole = Files.readAllBytes(file);
    assertThat(new String(whole, 16, 120, StandardCharsets.UTF_8))
        .startsWith(
            "{\"format\":\"efferent index\",\"version\":1,\"kind\":\"exact\",\"metric\":\"cosine\"");
    for (int length : new int[] {0, 10, 200, 4096, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ExactIndex.open(file, 1))
          .as("%d bytes", length)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("x.index: ");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> ExactIndex.open(file, 1))
        .hasMessage(
            "x.index: an index must be whole; bytes=%d, its header says %d; copy or make it anew"
                .formatted(whole.length - 1, whole.length));
    byte[] newer = whole.clone();
    newer[8] = 2;
    Files.write(file, newer);
    assertThatThrownBy(() -> ExactIndex.open(file, 1))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage(
            "x.index: is an index of version 2, this program reads version 1; make the index anew"
                + " with efferent retrieve index");
    Files.writeString(file, "id,name\n1,two\n3,four and more\n");
    assertThatThrownBy(() -> ExactIndex.open(file, 1))
        .hasMessage("x.index: is not an index; make one with efferent retrieve index");
  }

  @Test
  void everyByteOfTheHeaderMayBeWrong() throws IOException {
    Path file = folder.resolve("x.index");
    ExactIndex.write(file, new Material(60, 5, 9).entries(), Metric.COSINE, false);
    byte[] whole = Files.readAllBytes(file);
    int length = (whole[12] & 0xFF) | ((whole[13] & 0xFF) << 8);
    for (int at = 0; at < 16 + length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x15;
      Files.write(file, damaged);
      try (ExactIndex index = ExactIndex.open(file, 1)) {
        // Opened: then it is searched without harm, and the hash tells.
        index.search(new float[index.width()], 1, 2, Filter.ALL);
      } catch (InputException | UnsupportedInputException | UsageException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void theHashAtTheEndTellsWhetherAnythingChanged() throws IOException {
    Path file = folder.resolve("x.index");
    ExactIndex.write(file, new Material(60, 5, 9).entries(), Metric.COSINE, false);
    try (ExactIndex index = ExactIndex.open(file, 1)) {
      index.verify();
      assertThat(index.columns()).containsExactly("subject", "kind");
    }
    byte[] whole = Files.readAllBytes(file);
    whole[4096 + 17] ^= 1;
    Files.write(file, whole);
    try (ExactIndex index = ExactIndex.open(file, 1)) {
      assertThatThrownBy(index::verify)
          .isInstanceOf(InputException.class)
          .hasMessage(
              "x.index: must have the SHA-256 that it was written with; it was changed or damaged;"
                  + " make the index anew");
    }
  }

  @Test
  void rowsAreReadAcrossThePiecesOfTheMap() {
    Path file = folder.resolve("x.index");
    Material m = new Material(100, 5, 10);
    ExactIndex.write(file, m.entries(), Metric.INNER_PRODUCT, false);
    try (FileBytes bytes = FileBytes.open(file)) {
      IndexHeader header = IndexHeader.read(bytes);
      MappedVectors vectors =
          new MappedVectors(
              bytes, header.dataStart() + header.section("vectors").at(), 100, 5, 200);
      float[] row = new float[5];
      for (int r : new int[] {0, 7, 8, 9, 63, 64, 99}) {
        vectors.read(r, row);
        assertThat(row).containsExactly(Arrays.copyOfRange(m.values, r * 5, r * 5 + 5));
        assertThat(vectors.address(r).get(4)).isEqualTo(row[4]);
        assertThat(vectors.move(vectors.cursors(), r).get(1)).isEqualTo(row[1]);
      }
      assertThat(vectors.run(6, 50)).isEqualTo(2);
      assertThat(vectors.run(96, 50)).isEqualTo(4);
      assertThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }
  }

  @Test
  void entriesMustGoTogether() {
    EmbeddingSource two = EmbeddingSource.of(new float[] {1, 2, 3, 4}, 2);
    assertThatThrownBy(() -> new Entries(two, List.of("a", "a"), Metadata.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("ids must be unique; rows 0 and 1 are both 'a'; name each embedding once");
    assertThatThrownBy(() -> new Entries(two, List.of("a"), Metadata.NONE))
        .hasMessage("every embedding must have an id; embeddings=2, ids=1");
    assertThatThrownBy(() -> new Entries(two, List.of("a", ""), Metadata.NONE))
        .hasMessage("row 1: an id must have 1 to 1024 bytes and no zeros; bytes=0");
    assertThatThrownBy(() -> Metadata.of(List.of(new Metadata.Numbers("a b", new double[2]))))
        .hasMessage(
            "a column's name must be a letter, then up to 47 letters, digits or underscores; name='a"
                + " b'");
    assertThatThrownBy(() -> Filter.parse("subject"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a filter is made of conditions such as subject=1|2, kind!=test or session>2;"
                + " condition='subject'");
  }

  @Test
  void productsThatWouldOverflowAreRefused() {
    Entries large = new Entries(EmbeddingSource.of(new float[] {1e30f, 2e30f}, 1));
    try (EmbeddingIndex index = make(large, Metric.INNER_PRODUCT)) {
      assertThatThrownBy(() -> index.search(new float[] {1e10f}, 1, 1, Filter.ALL))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("query row 0: products must stay below 1e37; norm=1.0E10");
    }
  }
}
