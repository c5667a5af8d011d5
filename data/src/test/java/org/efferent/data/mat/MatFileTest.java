package org.efferent.data.mat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

class MatFileTest {
  @TempDir Path folder;

  /** Numbers, an array of structs, a cell, text, a boolean. */
  static Mat5File content() {
    Matrix numbers = Mat5.newMatrix(2, 3);
    for (int r = 0; r < 2; r++) {
      for (int c = 0; c < 3; c++) {
        numbers.setDouble(r, c, 10 * r + c + 0.5);
      }
    }
    Struct struct = Mat5.newStruct(1, 2);
    struct.set("name", 0, Mat5.newString("left")).set("name", 1, Mat5.newString("right"));
    struct.set("at", 0, Mat5.newScalar(7)).set("at", 1, Mat5.newScalar(-1.25));
    Cell cell = Mat5.newCell(1, 2);
    cell.set(0, Mat5.newString("Cz")).set(1, Mat5.newScalar(3));
    Mat5File file = Mat5.newMatFile();
    file.addArray("numbers", numbers).addArray("s", struct).addArray("c", cell);
    file.addArray("text", Mat5.newString("Grüße")).addArray("yes", Mat5.newLogicalScalar(true));
    return file;
  }

  static void write(Path path, Mat5File file, ByteOrder order, boolean compressed)
      throws IOException {
    try (Sink sink = Sinks.newStreamingFile(path.toFile()).order(order)) {
      var writer = Mat5.newWriter(sink);
      if (!compressed) {
        writer.setDeflateLevel(java.util.zip.Deflater.NO_COMPRESSION);
      }
      writer.writeMat(file);
    }
  }

  private Path written(boolean compressed) throws IOException {
    Path path = folder.resolve("written-" + compressed + ".mat");
    write(path, content(), ByteOrder.LITTLE_ENDIAN, compressed);
    return path;
  }

  @Test
  void readsWhatAnotherLibraryWrote() throws IOException {
    for (boolean compressed : List.of(false, true)) {
      try (MatFile mat = MatFile.open(written(compressed))) {
        assertThat(mat.version()).isEqualTo("5");
        assertThat(mat.describe())
            .containsExactly(
                "numbers: double [2 × 3]",
                "s: struct [1 × 2]",
                "c: cell [1 × 2]",
                "text: char [1 × 5]",
                "yes: logical [1 × 1]");
        MatArray numbers = mat.array("numbers");
        assertThat(numbers.doubles()).containsExactly(0.5, 10.5, 1.5, 11.5, 2.5, 12.5);
        assertThat(numbers.toTensor().doubles()).containsExactly(0.5, 1.5, 2.5, 10.5, 11.5, 12.5);
        MatStruct struct = (MatStruct) mat.require("s");
        assertThat(struct.text(1, "name")).isEqualTo("right");
        assertThat(struct.number(1, "at")).hasValue(-1.25);
        assertThat(MatValues.texts(mat.require("c"))).containsExactly("Cz", "3");
        assertThat(MatValues.text(mat.require("text"))).isEqualTo("Grüße");
        assertThat(mat.get("none")).isEmpty();
        assertThatThrownBy(() -> mat.array("s"))
            .isInstanceOf(InputException.class)
            .hasMessage(
                "written-%s.mat: variable 's' must be an array of numbers; it is struct [1 × 2]"
                    .formatted(compressed));
      }
    }
  }

  @Test
  void refusesWhatIsNoneOfIt() throws IOException {
    Path four = Files.write(folder.resolve("four.mat"), new byte[200]);
    assertThatThrownBy(() -> MatFile.open(four))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage(
            "four.mat: MAT-files of level 4 are not read (or it is none); save it in MATLAB with -v7");
    Path text = folder.resolve("text.mat");
    Files.write(text, "x".repeat(200).getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> MatFile.open(text))
        .isInstanceOf(InputException.class)
        .hasMessage("text.mat: is no MAT-file; its header is not that of level 5 or 7.3");
  }

  @Test
  void anArrayIsNoNumber() throws IOException {
    byte[] bytes = Files.readAllBytes(written(false));
    // The data of the first variable: flags, sizes and name before them take 48 bytes.
    int data = 128 + 8 + 16 + 16 + 16;
    assertThat(bytes[data]).isEqualTo((byte) 9);
    bytes[data] = 14;
    try (MatFile mat = MatFile.open(Files.write(folder.resolve("x.mat"), bytes))) {
      assertThatThrownBy(() -> mat.array("numbers"))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "x.mat: variable 'numbers': numbers must be of a numeric type; type=14; it is damaged");
    }
  }

  @Test
  void readsRecordingsThatEeglabSaved() {
    Path shared =
        Path.of(System.getProperty("efferent.root", "."))
            .resolve("../shared/data/edf/test_bdf_eeglab.mat");
    Assumptions.assumeTrue(Files.exists(shared), "../shared/data/edf is absent");
    try (MatFile mat = MatFile.open(shared)) {
      assertThat(mat.describe()).containsExactly("data: single [72 × 2048]");
      // Sum and corners as scipy.io.loadmat gives them.
      double[] all = mat.array("data").doubles();
      assertThat(new double[] {all[0], all[1], all[all.length - 1]})
          .containsExactly(14660.58203125, 12457.1796875, -259405.46875);
      assertThat(Arrays.stream(all).map(Math::abs).sum())
          .isCloseTo(2531995841.87698, org.assertj.core.data.Offset.offset(1e-3));
    }
  }
}
