package org.efferent.data.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.TensorType;
import org.efferent.data.fuzz.FuzzSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5FileTest {
  @TempDir Path folder;

  private Path written() {
    Path path = folder.resolve("written.h5");
    write(path);
    return path;
  }

  static void write(Path path) {
    try (WritableHdfFile file = HdfFile.write(path)) {
      var group = file.putGroup("g");
      group.putDataset("x", new double[][] {{1, 2, 3}, {4, 5, 6}}).putAttribute("rate", 500.0);
      group.putDataset("f", new float[] {0.5f, -2});
      file.putDataset("names", new String[] {"a", "bc"});
      group.putAttribute("unit", "volts");
    }
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

  private Path golden(String name) throws IOException {
    try (InputStream in = Hdf5FileTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  /** {@code (arange(60).reshape(6, 10) - 7) * 0.5}, as its type holds it. */
  private static double expected(String name, int index) {
    double value = (index - 7) * 0.5;
    return switch (name) {
      case "fixed", "shuffled", "one" -> (long) value;
      case "growing2" -> (long) value & 0xFF;
      default -> value;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest.h5", "latest.h5"})
  void readsEveryIndexAndFilterOfChunks(String name) throws IOException {
    try (Hdf5File file = Hdf5File.open(golden(name))) {
      List<String> names = List.of("deflated", "fixed", "growing", "growing2");
      List<String> filters = List.of("shuffled", "checked", "lzf");
      for (String each : name.equals("latest.h5") ? names : concat(names, filters)) {
        Hdf5Dataset dataset = file.dataset(each);
        double[] all = dataset.doubles();
        assertThat(all).as(each).hasSize(60);
        for (int i = 0; i < 60; i++) {
          assertThat(all[i]).as("%s[%d]", each, i).isEqualTo(expected(each, i));
        }
        double[] box = new double[1 + 3 * 4];
        dataset.read(new long[] {2, 3}, new int[] {3, 4}, box, 1);
        for (int i = 0; i < 12; i++) {
          assertThat(box[1 + i]).isEqualTo(all[(2 + i / 4) * 10 + 3 + i % 4]);
        }
        double[] flat = new double[17];
        dataset.readFlat(25, 17, flat, 0);
        assertThat(flat).containsExactly(java.util.Arrays.copyOfRange(all, 25, 42));
      }
      assertThat(file.dataset("one").doubles()).containsExactly(-3, -3, -2, -2);
      assertThat(file.dataset("compact").doubles()).containsExactly(1, 2, 3);
      assertThat(file.dataset("g/names").texts()).containsExactly("Fp1", "größer", "");
      assertThat(file.dataset("g/bool").doubles()).containsExactly(1, 0);
    }
  }

  private static List<String> concat(List<String> a, List<String> b) {
    return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
  }

  /** A chunk of 192 bytes in whose place a stream of 16 MB of zeros stands. */
  @Test
  void aChunkInflatesToNoMoreThanItHas() throws IOException {
    byte[] sound = Files.readAllBytes(golden("earliest.h5"));
    FuzzSeed.Member chunk = Hdf5Fuzz.chunks("x.h5", sound).get(0).members().get(0);
    assertThat(chunk.payload()).hasSize(192);
    Path bomb = folder.resolve("bomb.h5");
    Files.write(bomb, chunk.packing().pack(new byte[16 << 20]));
    try (Hdf5File file = Hdf5File.open(bomb)) {
      Hdf5Dataset dataset = file.dataset("deflated");
      assertThatThrownBy(dataset::doubles)
          .isInstanceOf(InputException.class)
          .hasMessage("bomb.h5: /deflated: a chunk of 192 bytes inflates to more; it is damaged");
    }
    Files.write(bomb, chunk.packing().pack(new byte[100]));
    try (Hdf5File file = Hdf5File.open(bomb)) {
      Hdf5Dataset dataset = file.dataset("deflated");
      assertThatThrownBy(dataset::doubles)
          .isInstanceOf(InputException.class)
          .hasMessage("bomb.h5: /deflated: a chunk must have 192 bytes; bytes=100; it is damaged");
    }
  }

  /** The file with sizes of two dimensions, or a size and its maximum, in place of others. */
  private Path resized(long first, long second, long instead) throws IOException {
    byte[] file = Files.readAllBytes(golden("earliest.h5"));
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 16 <= file.length; i++) {
      if (bytes.getLong(i) == first && bytes.getLong(i + 8) == second) {
        bytes.putLong(first == second ? i : i + 8, instead);
      }
    }
    return Files.write(folder.resolve("wide.h5"), file);
  }

  private static void refuses(Path path, String name, String pattern) throws IOException {
    try (Hdf5File wide = Hdf5File.open(path)) {
      assertThatThrownBy(() -> wide.dataset(name))
          .isInstanceOf(InputException.class)
          .hasMessageMatching("wide.h5: /" + name + ": " + pattern + "; it is damaged");
    }
  }

  /** Before anyone makes an array of them. */
  @Test
  void sizesThatTheStoredBytesDoNotComeNearAreRefused() throws IOException {
    refuses(
        resized(6, 10, 15_000),
        "deflated",
        "has sizes \\[6, 15000\\], of which 4 chunks \\[4, 6\\] are stored of 5000");
    refuses(
        resized(2, 5, 50_000),
        "plain",
        "has sizes \\[2, 50000\\], which are more than the 39356 bytes of it can hold");
    refuses(
        resized(3, 3, 50_000),
        "compact",
        "has sizes \\[50000\\], which are more than the \\d+ bytes of it can hold");
  }

  /** The member {@code s}, 3 bytes at 12 of 15, made to claim 4 GB and more. */
  @Test
  void membersThatEndBeyondTheirCompoundAreRefused() throws IOException {
    byte[] file = Files.readAllBytes(golden("earliest.h5"));
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 16 <= file.length; i++) {
      // Class 3 (text), version 1, and its size.
      if ((bytes.get(i) & 0xFF) == 0x13 && bytes.getInt(i + 4) == 3) {
        bytes.putInt(i + 4, 1 << 24);
      }
    }
    Path path = Files.write(folder.resolve("wide.h5"), file);
    refuses(path, "g/record", "member 's' must end within 15 bytes; end=16777228");
  }
}
