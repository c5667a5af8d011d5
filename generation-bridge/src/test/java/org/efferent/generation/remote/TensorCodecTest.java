package org.efferent.generation.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorCodecTest {
  private static TensorSpec spec(DataType type, long size) {
    return new TensorSpec("t", type, List.of(size));
  }

  private static Tensor read(TensorSpec spec, byte[] bytes) {
    byte[] within = new byte[bytes.length + 3];
    System.arraycopy(bytes, 0, within, 2, bytes.length);
    return BinaryValues.tensor(spec, within, 2, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL,1,0,01 00",
    "UINT8,255,1,FF 01",
    "INT8,-1,127,FF 7F",
    "UINT16,65535,258,FF FF 02 01",
    "INT16,-2,258,FE FF 02 01",
    "UINT32,4294967295,1,FF FF FF FF 01 00 00 00",
    "INT32,-2,1,FE FF FF FF 01 00 00 00",
    "INT64,-2,1,FE FF FF FF FF FF FF FF 01 00 00 00 00 00 00 00",
    "FP32,1,-2,00 00 80 3F 00 00 00 C0",
    "FP64,1,-2,00 00 00 00 00 00 F0 3F 00 00 00 00 00 00 00 C0",
  })
  void numbersAreLittleEndian(DataType type, double first, double second, String hex) {
    Tensor tensor = Tensor.ofNumbers("t", type, List.of(2L), new double[] {first, second});
    byte[] bytes = BinaryValues.of(tensor);
    assertThat(hex(bytes)).isEqualTo(hex);
    assertThat(read(spec(type, 2), bytes).values()).containsExactly(first, second);
  }

  private static String hex(byte[] bytes) {
    return String.join(
        " ", IntStream.range(0, bytes.length).mapToObj(i -> "%02X".formatted(bytes[i])).toList());
  }

  @Test
  void halvesAreRead() {
    assertThat(BinaryValues.half((short) 0x3C00)).isEqualTo(1);
    assertThat(BinaryValues.half((short) 0xC000)).isEqualTo(-2);
    assertThat(BinaryValues.half((short) 0x7BFF)).isEqualTo(65504);
    assertThat(BinaryValues.half((short) 0x0001)).isEqualTo(Math.pow(2, -24));
    assertThat(BinaryValues.half((short) 0x7C00)).isInfinite();
    assertThat(BinaryValues.half((short) 0x7E00)).isNaN();
    byte[] nan = {0, 0x7E};
    assertThatThrownBy(() -> read(spec(DataType.FP16, 1), nan))
        .isInstanceOf(StreamException.class)
        .hasMessage("the answer is wrong: values of tensor 't' must be finite FP16; values[0]=NaN");
  }

  @Test
  void stringsGoBothWays() {
    List<byte[]> strings = List.of("ä".getBytes(StandardCharsets.UTF_8), new byte[0]);
    Tensor tensor = Tensor.ofBytes("t", List.of(2L), strings);
    byte[] bytes = BinaryValues.of(tensor);
    assertThat(hex(bytes)).isEqualTo("02 00 00 00 C3 A4 00 00 00 00");
    assertThat(read(spec(DataType.BYTES, 2), bytes).texts()).containsExactly("ä", "");
    assertThatThrownBy(() -> read(spec(DataType.BYTES, 2), Arrays.copyOf(bytes, 5)))
        .hasMessage("output 't' must have whole strings; string=0, left=1 bytes");
    TensorCodec.Request request = new TensorCodec().request("7", List.of(tensor), List.of(), false);
    assertThat(new String(request.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":\"7\",\"inputs\":[{\"name\":\"t\",\"datatype\":\"BYTES\",\"shape\":[2],"
                + "\"data\":[\"ä\",\"\"]}]}");
  }

  @Test
  void lengthsThatDoNotAgreeAreNamed() {
    String json =
        "{\"outputs\":[{\"name\":\"t\",\"datatype\":\"FP32\",\"shape\":[1],"
            + "\"parameters\":{\"binary_data_size\":4}}]}";
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    TensorCodec codec = new TensorCodec();
    byte[] whole = Arrays.copyOf(head, head.length + 4);
    assertThat(codec.answer(whole, head.length).tensors().get(0).values()).containsExactly(0);
    byte[] more = Arrays.copyOf(head, head.length + 5);
    assertThatThrownBy(() -> codec.answer(more, head.length))
        .hasMessage("the answer must end with its last tensor; bytes behind it=1");
    assertThatThrownBy(() -> codec.answer(head, 1000))
        .hasMessage(
            "the answer must be as long as its header says; JSON=1000 bytes, whole=%d bytes"
                .formatted(head.length));
    assertThatThrownBy(() -> read(spec(DataType.FP32, 1), new byte[3]))
        .hasMessage("output 't' must have 4 bytes a value; bytes=3");
  }

  @Test
  void tensorsHoldWhatTheirShapeAndTypeSay() {
    assertThatThrownBy(() -> Tensor.ofNumbers("t", DataType.INT32, List.of(1L), new double[] {1.5}))
        .isInstanceOf(InputException.class)
        .hasMessage("values of tensor 't' must be finite INT32; values[0]=1.5");
    assertThatThrownBy(() -> Tensor.ofFloats("t", List.of(2L, 2L), new float[3]))
        .hasMessage("tensor 't' must have as many values as its shape; shape=[2, 2], values=3");
    assertThatThrownBy(() -> Tensor.ofFloats("t", List.of(Long.MAX_VALUE, 4L), new float[0]))
        .hasMessage(
            "tensor 't' must have sizes of at least 0 that fit into memory;"
                + " shape=[9223372036854775807, 4]");
  }

  @Test
  void numbersThatATypeDoesNotHoldAreRefusedInBinaryToo() {
    assertThatThrownBy(() -> read(spec(DataType.BOOL, 2), new byte[] {1, 7}))
        .isInstanceOf(StreamException.class)
        .hasMessage("the answer is wrong: values of tensor 't' must be finite BOOL; values[1]=7.0");
    byte[] infinite = {0, 0, (byte) 0x80, 0x7F};
    assertThatThrownBy(() -> read(spec(DataType.FP32, 1), infinite))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "the answer is wrong: values of tensor 't' must be finite FP32; values[0]=Infinity");
    assertThatThrownBy(
            () -> Tensor.ofNumbers("t", DataType.FP32, List.of(1L), new double[] {1e300}))
        .isInstanceOf(InputException.class)
        .hasMessage("values of tensor 't' must be finite FP32; values[0]=1.0E300");
  }

  /** Bytes by a table, floats by one multiplication, and the plain way: the same levels. */
  @ParameterizedTest
  @CsvSource({"0,255", "255,0", "0,1", "-1,1", "16,235"})
  void levelsAreTheSameInEveryArray(double black, double white) {
    byte[] bytes = new byte[256];
    float[] floats = new float[256];
    double[] doubles = new double[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
      floats[i] = i;
      doubles[i] = i;
    }
    byte[] expected = new Numbers.Doubles(doubles).levels(black, white);
    assertThat(new Numbers.Bytes(bytes).levels(black, white)).isEqualTo(expected);
    assertThat(new Numbers.Floats(floats).levels(black, white)).isEqualTo(expected);
    assertThat(expected[128] & 0xFF)
        .isEqualTo(
            (int) Math.round(Math.max(0, Math.min(255, 255 * (128 - black) / (white - black)))));
  }
}
