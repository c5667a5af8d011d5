package org.efferent.data.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.efferent.core.EfferentException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.npy.NpyArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickleTest {
  @TempDir Path folder;

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = PickleTest.class.getResourceAsStream("/org/efferent/data/npy/" + name)) {
      return in.readAllBytes();
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("p.pkl"), bytes);
  }

  @Test
  void plainValuesAndArraysOfEveryProtocolAreRead() throws IOException {
    for (String name : "0 1 2 3 4 5 2_numpy2".split(" ", -1)) {
      try (Pickle pickle = Pickle.open(file(golden("tree" + name + ".pkl")))) {
        Map<?, ?> map = (Map<?, ?>) pickle.value();
        NpyArray array = (NpyArray) map.get("array");
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.doubles()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(((NpyArray) map.get("fortran")).doubles()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(((NpyArray) map.get("texts")).strings()).containsExactly("Fp1", "Oz");
        assertThat(map.get("objects"))
            .isEqualTo(new ObjectArray(List.of(3L), Arrays.asList(1L, "two", null)));
        assertThat(((NpyArray) map.get("record")).field("b").doubles()).containsExactly(2.5);
        assertThat(map.get("list"))
            .isEqualTo(
                Arrays.asList(
                    1L,
                    -2L,
                    1L << 40,
                    BigInteger.ONE.shiftLeft(80),
                    1.5,
                    true,
                    false,
                    null,
                    "é\n🧠"));
        assertThat(map.get("tuple")).isEqualTo(List.of(1L, List.of(2L, 3L)));
        assertThat(((PickleBytes) map.get("bytes")).toArray()).containsExactly(0, 255);
        assertThat(map.get("nested")).isEqualTo(Map.of("x", Map.of("y", List.of())));
        assertThat(map.get("scalars")).isEqualTo(List.of(1.25, -3L, true, "s"));
        assertThat(map.get(7L)).isEqualTo("seven");
        assertThat(map.get(List.of(1L, "k"))).isEqualTo("pair");
        List<?> twice = (List<?>) map.get("twice");
        assertThat(((NpyArray) twice.get(1)).doubles()).containsExactly(1, 1);
        assertThat(twice.get(0)).isSameAs(twice.get(1));
      }
    }
  }

  private void refused(byte[] bytes, String message) throws IOException {
    Path path = file(bytes);
    assertThatExceptionOfType(EfferentException.class)
        .isThrownBy(() -> Pickle.open(path))
        .withMessage("p.pkl: " + message);
  }

  private void refused(String ascii, String message) throws IOException {
    refused(ascii.getBytes(StandardCharsets.ISO_8859_1), message);
  }

  @Test
  void nothingIsExecuted() throws IOException {
    String rule = "; plain values and numpy arrays are read, nothing is executed";
    refused(golden("evil.pkl"), "byte 34: the pickle names posix.system" + rule);
    refused("cos\nsystem\n(S'x'\ntR.", "byte 0: the pickle names os.system" + rule);
    refused("(S'x'\nios\nsystem\n.", "byte 6: the pickle wants an instance of os.system" + rule);
    refused("(cnumpy\nndarray\no.", "byte 16: the pickle wants an instance of a class" + rule);
    refused("]P1\n.", "byte 1: the pickle wants an object from outside it" + rule);
    refused("}}b.", "byte 2: the pickle wants to set the state of an object" + rule);
    refused(
        "cnumpy\nndarray\n.",
        "byte 15: the pickle holds a function, a class or an unfinished array; values are read");
  }

  @Test
  void whatIsDamagedOrHostileIsRefused() throws IOException {
    refused("", "byte 0: the pickle ends too early; the file is truncated or damaged");
    refused("a", "byte 0: the pickle takes a value that is not there; it is damaged");
    refused("(a.", "byte 1: the pickle takes a value that is not there; it is damaged");
    refused("h\u0007.", "byte 0: the pickle uses value 7, which it has not made; it is damaged");
    refused("\u00ff", "byte 0: 0xff is no opcode of a pickle; the file is damaged or no pickle");
    refused(
        "X\u00ff\u00ff\u00ff\u007fabc.",
        "byte 5: 2147483647 bytes reach beyond the end of the file; it is truncated or damaged");
    refused("]q\u0000h\u0000a.", "a value of the pickle contains itself");
    refused("]".repeat(300) + "a".repeat(299) + ".", "values nested up to 200 deep are read");
    refused("\u0080\u0009N.", "byte 0: pickles of protocol 0 to 5 are read; protocol=9");
    // A million million elements of nothing.
    refused(
        "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I1000000000000\n"
            + "tcnumpy\ndtype\n(S'f8'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntbI00\nS''\ntb.",
        "byte 147: the data of an array of float64 takes 8000000000000 bytes; bytes=0; the pickle is"
            + " damaged");
  }

  @Test
  void aBombOfSharedListsIsNoBomb() throws IOException {
    // Each list holds the one before it twice: 2^100 leaves, if anybody walked there.
    StringBuilder text = new StringBuilder("]q\u0000");
    for (int i = 0; i < 100; i++) {
      text.append("0](h\u0000h\u0000eq\u0000");
    }
    try (Pickle pickle =
        Pickle.open(file(text.append('.').toString().getBytes(StandardCharsets.ISO_8859_1)))) {
      assertThat((List<?>) pickle.value()).hasSize(2);
    }
  }

  @Test
  void keysAreShortToHash() throws IOException {
    Path path = file("}(I1\n(I2\nttNs.".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> Pickle.open(path))
        .withMessage("p.pkl: byte 12: keys of dicts are texts, numbers or tuples of those");
  }

  /** Text of protocol 0 took a pattern of 2 KB, compiled anew, for each of its characters. */
  @Test
  void longTextTakesNoMoreMemoryThanItIsLong() throws IOException {
    String text = "tra\\u00e9\\U0001F9E0\\".repeat(5000);
    Path path = file(("V" + text + "\n.").getBytes(StandardCharsets.ISO_8859_1));
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (Pickle pickle = Pickle.open(path)) {
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8 << 20);
      assertThat(pickle.value()).isEqualTo("tra\u00e9\uD83E\uDDE0\\".repeat(5000));
    }
  }
}
