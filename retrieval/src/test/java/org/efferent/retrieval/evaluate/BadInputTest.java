package org.efferent.retrieval.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.retrieval.Material;
import org.efferent.retrieval.evaluate.Truth.Several;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  @TempDir Path folder;

  @Test
  void widthsMustAgree() {
    assertThatThrownBy(
            () ->
                CosineScores.of(
                    Material.random("Q.npy", 2, 3, 0), Material.random("G.npy", 2, 4, 0)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "queries and gallery must have embeddings of one width; Q.npy has 3, G.npy has 4; encode both with the same encoder");
  }

  @Test
  void rowsThatHaveNoDirectionAreNamed() {
    Embeddings good = Material.random("G.npy", 2, 2, 0);
    assertThatThrownBy(
            () ->
                CosineScores.of(Embeddings.of("Q.npy", new float[] {1, 2, 3, Float.NaN}, 2), good))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Q.npy: embeddings must be finite; row 1 (from 0), column 1 is NaN; encode it again or leave the row out");
    assertThatThrownBy(
            () -> CosineScores.of(good, Embeddings.of("Z.npy", new float[] {0, 0, 1, 1}, 2)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Z.npy: an embedding of zeros has no direction; row 0 (from 0); encode it again or leave the row out");
  }

  @Test
  void truthsThatAreNotThereAreNamed() {
    assertThatThrownBy(() -> Truth.sameRow(3, 4))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("queries=3, gallery=4; give the truth or the identities");
    assertThatThrownBy(() -> Truth.ofRows("T.npy", new long[] {0, 7}, 4))
        .hasMessage(
            "T.npy: must name rows of the gallery, 0 to 3; entry 1 (from 0) is 7; the gallery lacks that truth");
    assertThatThrownBy(
            () -> Truth.ofIdentities(List.of("a", "x"), List.of("a", "b"), Several.REFUSE))
        .hasMessageContaining("'x' of query 1 (from 0) is not in it");
    assertThatThrownBy(
            () -> Truth.ofIdentities(List.of("a"), List.of("a", "b", "a"), Several.REFUSE))
        .hasMessageContaining("'a' is row 0 and row 2 (from 0)");
    assertThat(Truth.ofIdentities(List.of("a"), List.of("a", "b", "a"), Several.ACCEPT).of(0))
        .containsExactly(0, 2);
    assertThatThrownBy(() -> Truth.of(2, List.of(new int[0])))
        .hasMessageContaining("query 0 (from 0) has []");
  }

  @Test
  void filesAreNpyOrNamedTensors() {
    Path npy = folder.resolve("e.npy");
    Npy.write(npy, Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 1, 2), false);
    try (EmbeddingFile file = EmbeddingFile.open(npy.toString())) {
      assertThat(file.embeddings().rows()).isEqualTo(3);
      assertThat(file.embeddings().row(2)).containsExactly(5, 6);
      assertThat(file.embeddings().select(new int[] {2, 0}).row(1)).containsExactly(1, 2);
    }
    try (EmbeddingFile file = EmbeddingFile.open(npy.toString(), 6)) {
      // Read piece by piece, the same.
      assertThat(file.embeddings().rows()).isEqualTo(3);
      assertThat(file.embeddings().width()).isEqualTo(2);
      assertThat(file.embeddings().row(1)).containsExactly(3, 4);
    }
    Path two = folder.resolve("e.safetensors");
    new Safetensors(
            Map.of(),
            Map.of("a", Tensor.of(new float[] {1, 2}, 1, 2), "b", Tensor.of(new float[2], 2)))
        .write(two, false);
    try (EmbeddingFile file = EmbeddingFile.open(two + "#a")) {
      assertThat(file.embeddings().row(0)).containsExactly(1, 2);
    }
    assertThatThrownBy(() -> EmbeddingFile.open(two.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("name one of its tensors as FILE#NAME");
    assertThatThrownBy(() -> EmbeddingFile.open(two + "#b"))
        .hasMessage("e.safetensors#b: embeddings must be [rows × numbers]; shape=[2]");
    assertThatThrownBy(() -> EmbeddingFile.open("e.csv"))
        .hasMessage("embeddings are read from FILE.npy or FILE.safetensors#NAME; file=e.csv");
  }
}
