package org.efferent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  private Path file(String header, int blob) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + json.length + blob).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json);
    return Files.write(folder.resolve("w.safetensors"), all.array());
  }

  private void refused(String header, int blob, String message) throws IOException {
    Path file = file(header, blob);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage("w.safetensors: " + message);
  }

  private static Safetensors sample() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", new Tensor(TensorType.BOOL, new long[] {3}, new byte[] {1, 0, 1}));
    tensors.put("A", Tensor.of(new double[] {1, -2.5, Math.PI, 4, 5, 6}, 2, 3));
    tensors.put("f", Tensor.of(new float[] {0.5f, 7}, 2));
    tensors.put("scalar", Tensor.of(new long[] {42}));
    tensors.put("empty", Tensor.of(new double[0], 0, 5));
    return new Safetensors(Map.of("kind", "kalman ä"), tensors);
  }

  @Test
  void readsWhatItWrites() {
    Path file = folder.resolve("d.safetensors");
    sample().write(file, false);
    Safetensors read = Safetensors.read(file);
    assertThat(read.metadata()).containsExactly(Map.entry("kind", "kalman ä"));
    assertThat(read.tensors()).containsOnlyKeys("b", "A", "f", "scalar", "empty");
    assertThat(read.tensor("A").doubles()).containsExactly(1, -2.5, Math.PI, 4, 5, 6);
    assertThat(read.tensor("A").shape()).containsExactly(2, 3);
    assertThat(read.tensor("b").longs()).containsExactly(1, 0, 1);
    assertThat(read.tensor("f").floats()).containsExactly(0.5f, 7);
    assertThat(read.tensor("scalar").shape()).isEmpty();
    assertThat(read.tensor("scalar").longs()).containsExactly(42);
    assertThat(read.tensor("empty").elements()).isZero();
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> sample().write(file, false))
        .withMessage(file + ": exists already; choose another name, or allow it to be overwritten");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read.tensor("zz"))
        .withMessage("d.safetensors: has no tensor 'zz'; it has 5 others");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read.metadata("zz"))
        .withMessage("d.safetensors: has no entry 'zz' in its metadata");
  }

  @Test
  void writesTheSameBytesAgainAndAlignsThem() throws IOException {
    Path one = folder.resolve("1");
    Path two = folder.resolve("2");
    sample().write(one, false);
    sample().write(two, false);
    byte[] bytes = Files.readAllBytes(one);
    assertThat(bytes).isEqualTo(Files.readAllBytes(two));
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, (int) header, StandardCharsets.UTF_8))
        .contains("\"A\":{\"dtype\":\"F64\",\"shape\":[2,3],\"data_offsets\":[0,48]}");
  }

  @Test
  void convertsEveryElementType() {
    assertThat(doubles(TensorType.F16, 0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0xff, 0x7b))
        .containsExactly(1, 0x1p-24, Double.NEGATIVE_INFINITY, 65504);
    assertThat(doubles(TensorType.F16, 0x01, 0x7e)).containsExactly(Double.NaN);
    assertThat(doubles(TensorType.BF16, 0x80, 0x3f, 0x40, 0xc0)).containsExactly(1, -3);
    assertThat(doubles(TensorType.I32, 0xff, 0xff, 0xff, 0xff)).containsExactly(-1);
    assertThat(doubles(TensorType.I16, 0x00, 0x80)).containsExactly(-32768);
    assertThat(doubles(TensorType.I8, 0x80)).containsExactly(-128);
    assertThat(doubles(TensorType.U8, 0x80)).containsExactly(128);
    assertThat(doubles(TensorType.I64, 2, 0, 0, 0, 0, 0, 0, 0x80))
        .containsExactly(Long.MIN_VALUE + 2.0);
    assertThat(doubles(TensorType.F32, 0, 0, 0x20, 0x40)).containsExactly(2.5);
    assertThatThrownBy(() -> Tensor.of(new double[] {1}).longs())
        .hasMessage("only integers are read as integers; type=F64");
  }

  private static double[] doubles(TensorType type, int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    return new Tensor(type, new long[] {raw.length / type.bytes()}, raw).doubles();
  }

  @Test
  void refusesHeadersThatLie() throws IOException {
    String t = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    refused(
        t,
        7,
        "the tensors take 8 bytes and nothing else follows the header; bytes=7;"
            + " the file is truncated");
    refused(t, 9, "the tensors take 8 bytes and nothing else follows the header; bytes=9");
    refused(
        t.replace("[2]", "[3]"),
        8,
        "tensor 'a': a F32 of shape [3] takes 12 bytes; data_offsets=[0, 8]");
    refused(
        t.replace("[0,8]", "[4,12]"),
        12,
        "tensor 'a': tensors lie one after the other, without holes or overlaps; begin=4, the"
            + " tensor before ends at 0");
    refused(
        t.replace("[2]", "[9223372036854775807,9]"),
        8,
        "tensor 'a': the shape is too large; shape=[9223372036854775807, 9]");
    refused(
        t.replace("[2]", "[-2]"),
        8,
        "tensor 'a': shape must be a list of whole numbers, not negative");
    refused(
        t.replace("[0,8]", "[0]"),
        8,
        "tensor 'a': data_offsets must be two numbers; data_offsets=[0]");
    refused("{\"__metadata__\":{\"a\":1}}", 0, "__metadata__ must map strings to strings; key='a'");
    refused("[1]", 0, "the header must be a JSON object; is this a safetensors file?");
    refused(
        "{\"a\":1}", 0, "tensor 'a': data_offsets must be a list of whole numbers, not negative");
    String twice = t.substring(0, t.length() - 1) + "," + t.substring(1);
    refused(twice, 8, "the header must be valid JSON: Duplicate field 'a'");
    String overlap = twice.replace(",\"a\"", ",\"b\"");
    refused(
        overlap,
        8,
        "tensor 'b': tensors lie one after the other, without holes or overlaps; begin=0, the"
            + " tensor before ends at 8");
    Path unknown = file(t.replace("F32", "F8_E4M3"), 8);
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> Safetensors.read(unknown))
        .withMessage(
            "w.safetensors: tensor 'a': these element types are read: [F64, F32, F16, BF16, I64,"
                + " I32, I16, I8, U8, BOOL]; dtype=F8_E4M3");
  }

  @Test
  void refusesLengthsThatLie() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage(
            "w.safetensors: a safetensors file begins with the length of its header, 8 bytes;"
                + " bytes=3");
    byte[] huge = new byte[20];
    Arrays.fill(huge, 0, 8, (byte) 0xff);
    Files.write(file, huge);
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage(
            "w.safetensors: the header's length must be at least 2, at most 100000000 and inside"
                + " the file of 20 bytes; length=18446744073709551615; is this a safetensors"
                + " file?");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path file = folder.resolve("t.safetensors");
    sample().write(file, false);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file))
          .as("cut at byte %d", length)
          .isInstanceOf(EfferentException.class)
          .hasMessageStartingWith("t.safetensors: ");
    }
  }

  @Test
  void readsTheGoldenWeights() throws IOException {
    Path golden = Path.of(System.getProperty("efferent.root"), "../shared/golden/encoders");
    Assumptions.assumeTrue(Files.isDirectory(golden), "needs the golden cases at ../shared/golden");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(golden)) {
      files = walk.filter(p -> p.toString().endsWith(".safetensors")).toList();
    }
    assertThat(files).hasSizeGreaterThan(40);
    for (Path file : files) {
      Safetensors read = Safetensors.read(file);
      assertThat(read.metadata("case")).isEqualTo(InputFiles.name(file.getParent()));
      Path copy = folder.resolve("copy");
      read.write(copy, true);
      Safetensors again = Safetensors.read(copy);
      read.tensors()
          .forEach((name, t) -> assertThat(again.tensor(name).bytes()).isEqualTo(t.bytes()));
    }
  }
}
