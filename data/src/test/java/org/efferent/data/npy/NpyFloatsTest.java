package org.efferent.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFloatsTest {
  @TempDir Path temp;

  private static float[] row(int number) {
    return new float[] {number, number + 0.25f, number + 0.5f, -number, Float.NaN, 1e-30f};
  }

  @Test
  void rowsAreWrittenAsWholeArraysAre() throws IOException {
    for (int rows : new int[] {0, 1, 12}) {
      Path streamed = temp.resolve(rows + "-streamed.npy");
      float[] all = new float[rows * 6];
      try (NpyRowsWriter writer = new NpyRowsWriter(streamed, 2, 3)) {
        for (int r = 0; r < rows; r++) {
          writer.add(row(r));
          System.arraycopy(row(r), 0, all, r * 6, 6);
        }
        assertThat(writer.rows()).isEqualTo(rows);
      }
      Path whole = temp.resolve(rows + "-whole.npy");
      Npy.write(whole, Tensor.of(all, rows, 2, 3), false);
      assertThat(Files.readAllBytes(streamed)).isEqualTo(Files.readAllBytes(whole));
    }
  }

  @Test
  void rowsAreReadFromEveryPiece() {
    Path file = temp.resolve("rows.npy");
    try (NpyRowsWriter writer = new NpyRowsWriter(file, 6)) {
      for (int r = 0; r < 7; r++) {
        writer.add(row(r));
      }
    }
    // A piece of less than a row, of one, of two and a half, of all.
    for (int bytes : new int[] {5, 24, 60, 1000}) {
      try (NpyFloats rows = NpyFloats.open(file, bytes)) {
        assertThat(rows.rows()).isEqualTo(7);
        assertThat(rows.rowLength()).isEqualTo(6);
        for (int r = 6; r >= 0; r--) {
          float[] into = new float[8];
          rows.read(r, into, 1);
          float[] expected = new float[8];
          System.arraycopy(row(r), 0, expected, 1, 6);
          assertThat(into).isEqualTo(expected);
        }
        assertThatThrownBy(() -> rows.read(7, new float[6], 0))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rows.read(0, new float[6], 1))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Test
  void stretchesAreReadWithoutAMap() throws IOException {
    Path file = temp.resolve("stretches.npy");
    int length = 40_000;
    try (NpyRowsWriter writer = new NpyRowsWriter(file, length)) {
      for (int r = 0; r < 3; r++) {
        float[] row = new float[length];
        for (int i = 0; i < length; i++) {
          row[i] = r * 100_000 + i;
        }
        writer.add(row);
      }
    }
    try (NpyFloatReader rows = NpyFloatReader.open(file)) {
      assertThat(rows.rows()).isEqualTo(3);
      assertThat(rows.rowLength()).isEqualTo(length);
      assertThat(rows.shape()).containsExactly(3, length);
      // More than is read at once.
      float[] part = new float[35_001];
      rows.read(2, 4_000, 35_000, part, 1);
      for (int i = 0; i < 35_000; i++) {
        assertThat(part[i + 1]).isEqualTo(204_000 + i);
      }
      assertThatThrownBy(() -> rows.read(3, 0, 1, part, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> rows.read(0, 39_999, 2, part, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> rows.read(0, 0, 2, part, 35_000))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws IOException {
    Path file = Files.createFile(temp.resolve("rows.npy"));
    assertThatThrownBy(() -> new NpyRowsWriter(file, 6)).isInstanceOf(UsageException.class);
  }
}
