package org.efferent.decoders.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTableTest {
  private static final Tensor THREE =
      Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 3, 2, 2);

  @TempDir private Path folder;

  @Test
  void rowsOfAnNpyFileAreFoundByTheirNames() throws IOException {
    Path file = folder.resolve("clip.npy");
    Npy.write(file, THREE, false);
    Path lines = folder.resolve("names.txt");
    Files.writeString(lines, "cat\ndog\n\u00e4pfel\n");
    Path texts = folder.resolve("names.npy");
    Npy.write(texts, List.of("cat", "dog", "\u00e4pfel"), false);
    for (Path names : List.of(lines, texts)) {
      try (EmbeddingTable table = EmbeddingTable.open(file, Optional.of(names))) {
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.dimensions()).isEqualTo(4);
        assertThat(table.shape()).containsExactly(3, 2, 2);
        assertThat(table.names()).containsExactly("cat", "dog", "\u00e4pfel");
        assertThat(table.isNamed()).isTrue();
        assertThat(table.row("dog")).containsExactly(5, 6, 7, 8);
        assertThat(table.row(2)).containsExactly(9, 10, 11, 12);
        assertThatThrownBy(() -> table.row("cow"))
            .isInstanceOf(InputException.class)
            .hasMessage("clip.npy: has no row 'cow'; it has 3 rows, the first is 'cat'");
      }
    }
    try (EmbeddingTable table = EmbeddingTable.open(file, Optional.empty())) {
      assertThat(table.isNamed()).isFalse();
      assertThat(table.row("1")).containsExactly(5, 6, 7, 8);
    }
  }

  @Test
  void rowsOfASafetensorsFileToo() {
    Path file = folder.resolve("clip.safetensors");
    new Safetensors(
            Map.of("names", "a\nb\nc"),
            Map.of("image", THREE, "text", Tensor.of(new double[] {7, 8, 9}, 3, 1)))
        .write(file, false);
    try (EmbeddingTable table =
        EmbeddingTable.safetensors(file, Optional.of("image"), Optional.empty())) {
      assertThat(table.row("b")).containsExactly(5, 6, 7, 8);
    }
    try (EmbeddingTable table =
        EmbeddingTable.safetensors(file, Optional.of("text"), Optional.empty())) {
      assertThat(table.row("c")).containsExactly(9);
    }
    assertThatThrownBy(() -> EmbeddingTable.open(file, Optional.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "clip.safetensors: name the tensor to be read; it has \\[(image, text|text, image)]");
  }

  @Test
  void namesThatDoNotFitAndValuesThatAreNotFiniteAreRefused() throws IOException {
    Path file = folder.resolve("clip.npy");
    Npy.write(file, Tensor.of(new double[] {1, 2, Double.NaN, 4}, 2, 2), false);
    Path names = folder.resolve("names.txt");
    Files.writeString(names, "a\nb\nc\n");
    assertThatThrownBy(() -> EmbeddingTable.open(file, Optional.of(names)))
        .hasMessage("clip.npy: there must be a name a row; rows=2, names=3");
    Files.writeString(names, "a\na\n");
    assertThatThrownBy(() -> EmbeddingTable.open(file, Optional.of(names)))
        .isInstanceOf(InputException.class)
        .hasMessage("clip.npy: names must differ; 'a' is the name of rows 0 and 1");
    try (EmbeddingTable table = EmbeddingTable.open(file, Optional.empty())) {
      assertThat(table.row(0)).containsExactly(1, 2);
      assertThatThrownBy(() -> table.row(1))
          .isInstanceOf(InputException.class)
          .hasMessage("clip.npy: embeddings must be finite; row=1, name='1', value=NaN");
    }
    Path flat = folder.resolve("flat.npy");
    Npy.write(flat, Tensor.of(new double[] {1, 2}, 2), false);
    assertThatThrownBy(() -> EmbeddingTable.open(flat, Optional.empty()))
        .hasMessage("flat.npy: embeddings must be [rows × …], not empty; shape=[2]");
  }

  @Test
  void thePublishedThingsEmbeddingsAreRead() {
    Path clip =
        Path.of(
            System.getProperty("efferent.root"),
            "../shared/data/things-clip/clip_feature_maps_test.npy");
    Assumptions.assumeTrue(Files.exists(clip), "needs CLIP embeddings at ../shared/data");
    try (EmbeddingTable table = EmbeddingTable.open(clip, Optional.empty())) {
      assertThat(table.rows()).isEqualTo(200);
      assertThat(table.dimensions()).isEqualTo(768);
      assertThat(table.row(199)).hasSize(768);
    }
  }
}
