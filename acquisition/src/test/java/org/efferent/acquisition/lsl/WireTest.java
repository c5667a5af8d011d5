package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes on the wire, against dumps of liblsl 1.17 (recipe: its own socket, see the headings). */
class WireTest {
  private static String golden(ChannelFormat format) throws IOException {
    try (InputStream in = WireTest.class.getResourceAsStream("testpatterns.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      String start = format.token() + " 110 ";
      return all.lines()
          .filter(l -> l.startsWith(start))
          .findFirst()
          .orElseThrow()
          .substring(start.length());
    }
  }

  private static byte[] bothPatterns(ChannelFormat format, int channels) {
    byte[] out = new byte[0];
    for (int offset : TestPatterns.OFFSETS) {
      byte[] payload = TestPatterns.payload(format, channels, offset);
      int at = out.length;
      out = Arrays.copyOf(out, at + 9 + payload.length);
      out[at] = Frames.STAMPED;
      Numbers.putDouble(out, at + 1, TestPatterns.STAMP);
      System.arraycopy(payload, 0, out, at + 9, payload.length);
    }
    return out;
  }

  @ParameterizedTest
  @EnumSource(ChannelFormat.class)
  void testPatternsAreLiblsls(ChannelFormat format) throws IOException {
    assertThat(HexFormat.of().formatHex(bothPatterns(format, 4))).isEqualTo(golden(format));
  }

  @ParameterizedTest
  @EnumSource(ChannelFormat.class)
  void framesOfTheGoldenBytesAreTwoAndEndWhereTheyEnd(ChannelFormat format) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(golden(format));
    Frames frames = new Frames(format, 4, false);
    int first = frames.length(bytes, 0, bytes.length);
    assertThat(first).isEqualTo(bytes.length / 2);
    assertThat(frames.length(bytes, first, bytes.length)).isEqualTo(first);
    for (int cut = 0; cut < first; cut++) {
      assertThat(frames.length(bytes, 0, cut)).isEqualTo(-1);
    }
  }

  @Test
  void int8PatternsWrapAt127() {
    byte[] payload = TestPatterns.payload(ChannelFormat.INT8, 130, 4);
    assertThat(Arrays.copyOfRange(payload, 115, 130))
        .containsExactly(-120, 121, -122, 123, -124, 125, -126, 0, -1, 2, -3, 4, -5, 6, -7);
  }

  @Test
  void numbersStopAtTheLimitsOfTheirFormat() {
    byte[] bytes = new byte[16];
    double[] values = {300.9, -1e9};
    double[] back = new double[2];
    Numbers.encode(ChannelFormat.INT8, values, 0, 2, bytes);
    Numbers.decode(ChannelFormat.INT8, bytes, 2, back, 0);
    assertThat(back).containsExactly(127, -128);
    Numbers.encode(ChannelFormat.INT16, values, 0, 2, bytes);
    Numbers.decode(ChannelFormat.INT16, bytes, 2, back, 0);
    assertThat(back).containsExactly(300, -32_768);
  }

  @ParameterizedTest
  @EnumSource(value = ChannelFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "STRING")
  void bigEndianSamplesBecomeLittleEndian(ChannelFormat format) throws IOException {
    byte[] little = Arrays.copyOf(bothPatterns(format, 4), bothPatterns(format, 4).length / 2);
    byte[] big = little.clone();
    Numbers.swap(big, 1, 1, 8);
    Numbers.swap(big, 9, 4, format.bytes());
    new Frames(format, 4, true).toLittleEndian(big, 0);
    assertThat(big).isEqualTo(little);
  }

  @Test
  void stringsUseOneByteOfLengthUpTo255AndFourBeyond() {
    byte[] bytes = Strings.encode(new String[] {"", "a".repeat(255), "b".repeat(256)});
    assertThat(Arrays.copyOf(bytes, 2)).containsExactly(1, 0);
    assertThat(Arrays.copyOfRange(bytes, 2, 4)).containsExactly(1, 0xff);
    assertThat(Arrays.copyOfRange(bytes, 259, 264)).containsExactly(4, 0, 1, 0, 0);
    assertThat(bytes).hasSize(264 + 256);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void stringsOfEveryLengthFormAreRead(int width) {
    byte[] little = new byte[1 + width + 3];
    little[0] = (byte) width;
    little[1] = 3;
    System.arraycopy("abc".getBytes(StandardCharsets.UTF_8), 0, little, 1 + width, 3);
    String[] back = new String[1];
    Strings.decode(little, 1, back);
    assertThat(back).containsExactly("abc");
    byte[] sample = new byte[1 + little.length];
    sample[0] = Frames.DEDUCED;
    System.arraycopy(little, 0, sample, 1, little.length);
    Numbers.swap(sample, 2, 1, width);
    Frames big = new Frames(ChannelFormat.STRING, 1, true);
    assertThat(big.length(sample, 0, sample.length)).isEqualTo(sample.length);
    big.toLittleEndian(sample, 0);
    assertThat(Arrays.copyOfRange(sample, 1, sample.length)).isEqualTo(little);
  }

  @Test
  void brokenSamplesSayWhatIsWrong() {
    Frames strings = new Frames(ChannelFormat.STRING, 1, false);
    assertThatThrownBy(() -> strings.length(new byte[] {7, 0}, 0, 2))
        .isInstanceOf(StreamException.class)
        .hasMessage("a sample starts with tag 1 or 2; tag=7");
    assertThatThrownBy(() -> strings.length(new byte[] {1, 3, 0}, 0, 3))
        .isInstanceOf(StreamException.class)
        .hasMessage("the length of a string takes 1, 2, 4 or 8 bytes; bytes=3");
    assertThatThrownBy(() -> strings.length(new byte[] {1, 4, 0, 0, 0, 127}, 0, 6))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "the values of a sample must not be longer than 268435456 bytes; bytes=2130706432");
    assertThatThrownBy(
            () -> strings.length(HexFormat.of().parseHex("0108" + "ff".repeat(8)), 0, 10))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "the values of a sample must not be longer than 268435456 bytes; bytes=18446744073709551615");
    byte[] half = HexFormat.of().parseHex("01" + "0400000008" + "0400000008");
    assertThat(strings.length(half, 0, half.length)).isEqualTo(-1);
    assertThatThrownBy(() -> new Frames(ChannelFormat.DOUBLE64, 1 << 26, false))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "the values of a sample must not be longer than 268435456 bytes; bytes=536870912");
  }

  /** A peer that sends byte by byte must not make us read all of it each time. */
  @Test
  void whatWasReadOfASampleIsNotReadAgain() {
    byte[] bytes = new byte[1 + 3_000 * 3];
    bytes[0] = Frames.DEDUCED;
    for (int i = 0; i < 3_000; i++) {
      bytes[1 + 3 * i] = 1;
      bytes[2 + 3 * i] = 1;
    }
    Frames frames = new Frames(ChannelFormat.STRING, 3_000, false);
    for (int to = 0; to < bytes.length; to++) {
      assertThat(frames.length(bytes, 0, to)).isEqualTo(-1);
      if (to > 10) {
        bytes[to - 9 - (to - 10) % 3] = 99; // no length of a string
      }
    }
    byte[] moved = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, moved, 7, bytes.length);
    assertThat(frames.length(moved, 7, moved.length)).isEqualTo(bytes.length);
    assertThat(frames.length(new byte[] {1, 1}, 0, 2)).as("the next begins anew").isEqualTo(-1);
  }
}
