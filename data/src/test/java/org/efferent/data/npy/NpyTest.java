package org.efferent.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that NumPy made (resources, with their recipe), and files that are compared with those. */
class NpyTest {
  @TempDir Path folder;

  private byte[] golden(String name) throws IOException {
    try (InputStream in = NpyTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private Path file(String name) throws IOException {
    return Files.write(folder.resolve(name), golden(name));
  }

  private static double expected(String type, int index) {
    return switch (type.charAt(0)) {
      case 'b' -> index % 2;
      case 'u' -> index;
      case 'i' -> index - 5;
      default -> (index - 5) * 0.5;
    };
  }

  @Test
  void readsNumbersOfEveryTypeAndOrder() throws IOException {
    for (String type : "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split(" ", -1)) {
      for (String order : new String[] {"le_", "be_"}) {
        Tensor tensor = Npy.read(file(order + type + "_c.npy"));
        assertThat(tensor.shape()).containsExactly(2, 3, 4);
        double[] values = tensor.doubles();
        for (int i = 0; i < 24; i++) {
          assertThat(values[i]).as("%s%s[%d]", order, type, i).isEqualTo(expected(type, i));
        }
        try (NpyFile open = NpyFile.open(folder.resolve(order + type + "_c.npy"))) {
          assertThat(java.util.Arrays.equals(open.array().doubles(), values)).isTrue();
        }
      }
    }
    assertThat(Npy.read(file("be_f2_c.npy")).type()).isEqualTo(TensorType.F16);
    assertThat(Npy.read(file("be_u2_c.npy")).type()).isEqualTo(TensorType.I32);
  }

  @Test
  void fortransOrderIsTheSameArray() throws IOException {
    for (String name : "le_f4 be_f4 le_i2 be_i2".split(" ", -1)) {
      assertThat(Npy.read(file(name + "_f.npy")).bytes())
          .containsExactly(Npy.read(file(name + "_c.npy")).bytes());
    }
  }

  @Test
  void blocksOfAnyOrderAreReadByRange() throws IOException {
    for (String order : "le_f4_c be_f4_f le_i2_f".split(" ", -1)) {
      try (NpyFile open = NpyFile.open(file(order + ".npy"))) {
        double[] block = new double[5];
        open.array().read(new long[] {1, 1, 2}, new int[] {1, 2, 2}, block, 1);
        String type = order.substring(3, 5);
        assertThat(block)
            .containsExactly(
                0, expected(type, 18), expected(type, 19), expected(type, 22), expected(type, 23));
        assertThat(open.array().transposed(2, 0, 1).at(0, 3).at(0, 1).doubles())
            .containsExactly(expected(type, 15), expected(type, 19), expected(type, 23));
        assertThat(open.array().range(1, 2, 3).doubles()).hasSize(8).contains(expected(type, 8));
      }
    }
  }

  @Test
  void longAxesAreReadInPieces() throws IOException {
    // 1.2 MB each: more than one read holds.
    double[] values = new double[150_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path path = folder.resolve("long.npy");
    for (long[] shape : new long[][] {{150_000}, {3, 50_000}, {50_000, 3}, {300, 500}}) {
      Npy.write(path, Tensor.of(values, shape), true);
      try (NpyFile open = NpyFile.open(path)) {
        assertThat(java.util.Arrays.equals(open.array().doubles(), values)).isTrue();
        if (shape.length == 2) {
          NpyArray turned = open.array().transposed(1, 0);
          double[] column = turned.at(0, 2).doubles();
          assertThat(column[1]).isEqualTo(shape[1] + 2.0);
          double[] all = turned.doubles();
          assertThat(all[1]).isEqualTo((double) shape[1]);
          assertThat(all[all.length - 1]).isEqualTo(149_999);
          assertThat(all[(int) shape[0]]).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void readsWhatIsNoPlainNumber() throws IOException {
    assertThat(Npy.read(file("scalar.npy")).doubles()).containsExactly(2.5);
    assertThat(Npy.read(file("empty.npy")).shape()).containsExactly(0, 3);
    assertThat(Npy.readStrings(file("text.npy"))).containsExactly("a", "größer", "", "🧠!");
    assertThat(Npy.readStrings(file("text_be.npy"))).containsExactly("a", "bc");
    assertThat(Npy.readStrings(file("bytes.npy"))).containsExactly("a", "bcd", "ä");
    assertThat(Npy.read(file("time.npy")).longs()).containsExactly(1, 10);
    for (int version = 1; version <= 3; version++) {
      assertThat(Npy.read(file("version" + version + ".npy")).longs()).containsExactly(0, 1, 2);
    }
    try (NpyFile record = NpyFile.open(file("record.npy"))) {
      NpyArray array = record.array();
      assertThat(array.field("onset").doubles()).containsExactly(0.25, 1.25, 2.25);
      assertThat(array.field("code").doubles()).containsExactly(-1, 0, 1);
      assertThat(array.field("name").strings()).containsExactly("n0", "n1", "n2");
      assertThat(array.field("xyz").shape()).containsExactly(3, 3);
      assertThat(array.field("xyz").doubles()).containsExactly(0, 0, 0, 1, 10, 100, 2, 20, 200);
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> array.field("x"))
          .withMessage(
              "record.npy: its elements have no field 'x'; they have onset, code, name, xyz");
      assertThatExceptionOfType(UnsupportedInputException.class)
          .isThrownBy(array::doubles)
          .withMessage(
              "record.npy: only numbers are read as numbers; its elements are record of 4 fields:"
                  + " name a field");
    }
    try (NpyFile complex = NpyFile.open(file("be_c8_c.npy"))) {
      assertThat(complex.array().field("real").doubles()[3]).isEqualTo(-1);
      assertThat(complex.array().field("imag").doubles()[3]).isEqualTo(5);
    }
  }

  @Test
  void theFileOfDictsIsReadAsObjects() throws IOException {
    try (NpyFile dict = NpyFile.open(file("dict.npy"))) {
      assertThat(dict.isObjects()).isTrue();
      assertThat(dict.objects()).isInstanceOf(Map.class);
      Map<?, ?> map = (Map<?, ?>) dict.objects();
      assertThat(map.get("ch_names")).isEqualTo(List.of("a", "b"));
      assertThat(((NpyArray) map.get("data")).doubles()).containsExactly(0, 1, 2, 3);
      assertThatExceptionOfType(UnsupportedInputException.class)
          .isThrownBy(dict::array)
          .withMessage(
              "dict.npy: its elements are objects of Python, no numbers; read it as a pickle");
    }
  }

  @Test
  void writesByteForByteWhatNumpyWrites() throws IOException {
    for (String name : "le_i1 le_i2 le_i4 le_i8 le_u1 le_b1 le_f2 le_f4 le_f8".split(" ", -1)) {
      Path copy = folder.resolve("copy.npy");
      Npy.write(copy, Npy.read(file(name + "_c.npy")), true);
      assertThat(Files.readAllBytes(copy)).as(name).containsExactly(golden(name + "_c.npy"));
    }
    Path copy = folder.resolve("scalar_copy.npy");
    Npy.write(copy, Tensor.of(new double[] {2.5}), false);
    assertThat(Files.readAllBytes(copy)).containsExactly(golden("scalar.npy"));
    Npy.write(copy, List.of("a", "größer", "", "🧠!"), true);
    assertThat(Npy.readStrings(copy)).containsExactly("a", "größer", "", "🧠!");
    Npy.write(
        copy,
        new long[] {70_000, 2},
        (first, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = first + i;
          }
          return (int) Math.min(into.length, 140_000 - first);
        },
        true);
    double[] back = Npy.read(copy).doubles();
    assertThat(back).hasSize(140_000);
    assertThat(back[139_999]).isEqualTo(139_999);
  }

  @Test
  void archivesAreReadAndWritten() throws IOException {
    for (String name : new String[] {"plain.npz", "packed.npz"}) {
      try (Npz npz = Npz.open(file(name))) {
        assertThat(npz.names()).startsWith("a", "b");
        assertThat(npz.array("a").doubles()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(npz.array("a").shape()).containsExactly(2, 3);
        assertThat(npz.array("b").strings()).containsExactly("x", "yz");
        assertThatExceptionOfType(InputException.class)
            .isThrownBy(() -> npz.array("q"))
            .withMessage(name + ": has no array 'q'; it has a, b, " + npz.names().get(2));
      }
    }
    try (Npz npz = Npz.open(file("plain.npz"))) {
      assertThat(npz.array("c").doubles()).containsExactly(0, 1, 2, 3, 4, 5);
    }
    for (boolean compress : new boolean[] {false, true}) {
      Path path = folder.resolve("written.npz");
      Map<String, Tensor> tensors = Map.of("values", Tensor.of(new double[] {1, 2, 3}, 3));
      Npz.write(path, tensors, Map.of("labels", List.of("Cz", "Pz")), compress, true);
      byte[] first = Files.readAllBytes(path);
      Npz.write(path, tensors, Map.of("labels", List.of("Cz", "Pz")), compress, true);
      assertThat(Files.readAllBytes(path)).containsExactly(first);
      try (Npz npz = Npz.open(path)) {
        assertThat(npz.array("values").doubles()).containsExactly(1, 2, 3);
        assertThat(npz.array("labels").strings()).containsExactly("Cz", "Pz");
      }
    }
  }

  private void refused(String content, String message) throws IOException {
    byte[] header = content.getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[10 + header.length];
    System.arraycopy(NpyHeader.MAGIC, 0, bytes, 0, 6);
    bytes[6] = 1;
    bytes[8] = (byte) header.length;
    System.arraycopy(header, 0, bytes, 10, header.length);
    Path path = Files.write(folder.resolve("r.npy"), bytes);
    assertThatExceptionOfType(org.efferent.core.EfferentException.class)
        .isThrownBy(() -> NpyFile.open(path))
        .withMessage("r.npy: " + message);
  }

  @Test
  void refusesWhatIsDamagedOrNotRead() throws IOException {
    refused(
        "__import__('os')",
        "the header must be a dict: a literal is a dict, list, tuple, string, number, True, False or"
            + " None; found '__import__('' at character 1");
    refused("{'descr': '<f8'}", "the header must be a dict with descr, fortran_order and shape");
    refused(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}",
        "an array of float64 [3] takes 24 bytes from byte 65 on, the file has 65; it is truncated or"
            + " damaged");
    refused(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, -1)}",
        "the shape must be up to 64 whole numbers, not negative");
    refused(
        "{'descr': '<f16', 'fortran_order': False, 'shape': ()}",
        "header: elements of type <f16 are not read");
    refused(
        "{'descr': '<x8', 'fortran_order': False, 'shape': ()}",
        "header: descr must be a type such as '<f8' or a list of fields; descr=<x8");
    Path path = Files.write(folder.resolve("r.npy"), new byte[] {1, 2, 3});
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> NpyFile.open(path))
        .withMessage(
            "r.npy: byte 0: an NPY file begins with 93 4e 55 4d 50 59 ('\\x93NUMPY') and a version");
    byte[] packed = golden("packed.npz");
    packed[60] ^= 1;
    Path damaged = Files.write(folder.resolve("packed.npz"), packed);
    try (Npz npz = Npz.open(damaged)) {
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> npz.array("a"))
          .withMessageStartingWith("packed.npz: a: the compressed data is");
    }
  }

  @Test
  void realFeaturesAreRead() {
    Path clip =
        Path.of(
            System.getProperty("efferent.root"),
            "../shared/data/things-clip/clip_feature_maps_test.npy");
    Assumptions.assumeTrue(Files.exists(clip), "needs the features at ../shared/data/things-clip");
    Tensor tensor = Npy.read(clip);
    assertThat(tensor.shape()).containsExactly(200, 1, 768);
    assertThat(tensor.type()).isEqualTo(TensorType.F32);
    // numpy.load(…)[199, 0, 767] and the sum in float64
    assertThat(tensor.doubles()[153_599]).isEqualTo(-0.025895288214087486);
    double sum = 0;
    for (double value : tensor.doubles()) {
      sum += value;
    }
    assertThat(sum).isCloseTo(9.736551662020759, org.assertj.core.api.Assertions.within(1e-6));
  }

  /** A member of 64 MB of zeros, whose header says that six doubles are in it. */
  @Test
  void whatFollowsAnArrayInAnArchiveIsNotKept() throws IOException {
    byte[] array = golden("le_f8_c.npy");
    Path path = folder.resolve("bomb.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("a.npy"));
      zip.write(array);
      zip.write(new byte[64 << 20]);
    }
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    try (Npz npz = Npz.open(path)) {
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(npz.array("a").doubles()).hasSize(24).startsWith(-2.5, -2);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 << 20);
    }
  }

  @Test
  void longHeadersAndLargeArraysOfArchivesAreUnpacked() throws IOException {
    String names = "'%s', '<i4'".formatted("n".repeat(30_000));
    byte[] record =
        "{'descr': [(%s)], 'fortran_order': False, 'shape': (2,)}\n"
            .formatted(names)
            .getBytes(StandardCharsets.ISO_8859_1);
    Path path = folder.resolve("long.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("r.npy"));
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      zip.write(new byte[] {(byte) record.length, (byte) (record.length >> 8)});
      zip.write(record);
      zip.write(new byte[] {1, 0, 0, 0, 2, 0, 0, 0});
    }
    try (Npz npz = Npz.open(path)) {
      assertThat(npz.array("r").field("n".repeat(30_000)).doubles()).containsExactly(1, 2);
    }
    double[] many = new double[100_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 0.5;
    }
    Npz.write(path, Map.of("m", Tensor.of(many, many.length)), Map.of(), true, true);
    try (Npz npz = Npz.open(path)) {
      assertThat(npz.array("m").doubles()).containsExactly(many);
    }
  }
}
