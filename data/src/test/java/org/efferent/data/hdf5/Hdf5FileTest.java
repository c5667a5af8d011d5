package org.efferent.data.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.TensorType;
import org.efferent.data.fuzz.ReaderFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5FileTest {
  @TempDir Path folder;

  private Path written() {
    Path path = folder.resolve("written.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      var group = file.putGroup("g");
      group.putDataset("x", new double[][] {{1, 2, 3}, {4, 5, 6}}).putAttribute("rate", 500.0);
      group.putDataset("f", new float[] {0.5f, -2});
      file.putDataset("names", new String[] {"a", "bc"});
      group.putAttribute("unit", "volts");
    }
    return path;
  }

  @Test
  void readsArraysByRangeAndAttributes() {
    try (Hdf5File file = Hdf5File.open(written())) {
      assertThat(file.tree())
          .containsExactlyInAnyOrder(
              "/g/x: float64 [2 × 3]", "/g/f: float32 [2]", "/names: text [2]");
      Hdf5Dataset x = file.dataset("g/x");
      assertThat(x.doubles()).containsExactly(1, 2, 3, 4, 5, 6);
      double[] box = new double[3];
      x.read(new long[] {0, 1}, new int[] {2, 1}, box, 1);
      assertThat(box).containsExactly(0, 2, 5);
      double[] flat = new double[2];
      x.readFlat(2, 2, flat, 0);
      assertThat(flat).containsExactly(3, 4);
      assertThat(file.dataset("/g/f").toTensor().type()).isEqualTo(TensorType.F32);
      assertThat(file.dataset("names").texts()).containsExactly("a", "bc");
      assertThat(file.find("g").orElseThrow().text("unit")).contains("volts");
      assertThat(file.find("g/x").orElseThrow().numbers("rate")).containsExactly(500);
      assertThatThrownBy(() -> file.dataset("names").doubles())
          .isInstanceOf(InputException.class)
          .hasMessage("written.h5: /names: must hold numbers; it holds text [2]");
    }
  }

  @Test
  void refusesWhatIsNone() throws IOException {
    Path text = folder.resolve("text.h5");
    Files.write(text, "x".repeat(2000).getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Hdf5File.open(text))
        .isInstanceOf(InputException.class)
        .hasMessage("text.h5: is no HDF5 file; the signature of HDF5 is not in it");
  }

  @Test
  void noDamageBreaksIt() throws IOException {
    List<byte[]> seeds = List.of(Files.readAllBytes(written()));
    assertThat(new ReaderFuzz(".h5", seeds, Hdf5FileTest::all).run(folder)).isPositive();
  }

  private static void all(Path path) {
    try (Hdf5File file = Hdf5File.open(path)) {
      for (String line : file.tree()) {
        Hdf5Dataset dataset = file.dataset(line.substring(0, line.lastIndexOf(": ")));
        if (dataset.isNumeric()) {
          dataset.doubles();
        } else if (dataset.isText()) {
          dataset.texts();
        }
      }
    }
  }
}
