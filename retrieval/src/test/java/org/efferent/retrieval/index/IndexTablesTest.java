package org.efferent.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTablesTest {
  @TempDir private Path folder;

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  @Test
  void idsAreTheFirstCellsWithOrWithoutAHeader() throws IOException {
    assertThat(IndexTables.ids(table("id,x\na,1\n\"b, \"\"c\"\"\",2")))
        .containsExactly("a", "b, \"c\"");
    assertThat(IndexTables.ids(table("7\r\n8\r\n"))).containsExactly("7", "8");
    assertThatThrownBy(() -> IndexTables.ids(table("a\n\"b\n")))
        .isInstanceOf(InputException.class)
        .hasMessage("table.csv: a cell begins with a quote that nothing closes");
  }

  @Test
  void columnsAreNumbersOrTexts() throws IOException {
    Metadata read = IndexTables.metadata(table("subject,kind,run\n1,a,1x\n,,2\n2.5e0,\"a\n\",\n"));
    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.columns().get(0)).isInstanceOf(Metadata.Numbers.class);
    assertThat(read.columns().get(2)).isInstanceOf(Metadata.Texts.class);
    assertThat(passing(read, "subject>=1")).containsExactly(0, 2);
    assertThat(passing(read, "subject!=1")).containsExactly(1, 2);
    assertThat(passing(read, "kind=a")).containsExactly(0);
    assertThat(passing(read, "run=1x|2")).containsExactly(0, 1);
    assertThatThrownBy(() -> IndexTables.metadata(table("a,b\n1\n")))
        .isInstanceOf(InputException.class)
        .hasMessage("table.csv: row 0 has 1 cells, the header has 2; every row must have as many");
    assertThatThrownBy(() -> IndexTables.metadata(table("a,a\n1,2\n")))
        .hasMessage("metadata has the column 'a' twice");
    assertThatThrownBy(() -> IndexTables.metadata(table("a\n")))
        .hasMessage("table.csv: must have a header of names and rows below it");
  }

  private static int[] passing(Metadata metadata, String filter) {
    BitSet rows = metadata.select(Filter.parse(filter), 3);
    return rows.stream().toArray();
  }

  @Test
  void embeddingsAreReadWhateverTheirTypeAndAxes() {
    Path file = folder.resolve("e.npy");
    Npy.write(file, Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 1, 3), true);
    try (EmbeddingFile doubles = EmbeddingFile.open(file)) {
      assertThat(doubles.rows().width()).isEqualTo(3);
      assertThat(doubles.all()).containsExactly(1, 2, 3, 4, 5, 6);
    }
    Npy.write(file, Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2), true);
    try (EmbeddingFile floats = EmbeddingFile.open(file)) {
      assertThat(floats.rows().rows()).isEqualTo(3);
      assertThat(floats.all()).containsExactly(1, 2, 3, 4, 5, 6);
    }
    Npy.write(file, Tensor.of(new float[] {1, 2}, 2), true);
    assertThatThrownBy(() -> EmbeddingFile.open(file))
        .isInstanceOf(InputException.class)
        .hasMessage("e.npy: must have rows of numbers; its shape is [2]");
  }
}
