package org.efferent.data.xdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is what LabRecorder writes, and what our reader reads. */
class XdfFileWriterTest {
  @TempDir private Path folder;

  /** One chunk of a file, as it lies there. */
  private static final class Part {
    private final int tag;
    private final int id;
    private final byte[] content;

    Part(int tag, int id, byte[] content) {
      this.tag = tag;
      this.id = id;
      this.content = content;
    }

    int tag() {
      return tag;
    }

    int id() {
      return id;
    }

    byte[] content() {
      return content;
    }
  }

  private static List<Part> parts(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(4);
    List<Part> parts = new ArrayList<>();
    while (in.hasRemaining()) {
      int width = in.get();
      int length = width == 1 ? in.get() & 0xFF : in.getInt();
      int tag = in.getShort();
      boolean ofStream = tag == 2 || tag == 3 || tag == 4 || tag == 6;
      int id = ofStream ? in.getInt() : 0;
      byte[] content = new byte[length - 2 - (ofStream ? 4 : 0)];
      in.get(content);
      parts.add(new Part(tag, id, content));
    }
    return parts;
  }

  private static String text(Part part) {
    return new String(part.content(), StandardCharsets.UTF_8);
  }

  @Test
  void theChunksOfMinimalAreWrittenByteByByte() throws IOException {
    Path original = Path.of(System.getProperty("efferent.root"), "../shared/data/xdf/minimal.xdf");
    Assumptions.assumeTrue(Files.exists(original), "needs ../shared/data/xdf/minimal.xdf");
    byte[] bytes = Files.readAllBytes(original);
    List<Part> parts = parts(bytes);
    XdfFile read = XdfFile.read(original, XdfOptions.RAW);
    XdfStream numbers = read.streams().get(0);
    XdfStream texts = read.streams().get(1);
    Path copy = folder.resolve("copy.xdf");
    try (XdfFileWriter writer = new XdfFileWriter(copy, false, text(parts.get(0)))) {
      XdfStreamWriter first =
          writer.addStream(parts.get(1).id(), text(parts.get(1)), ChannelFormat.INT16, 3, 10);
      XdfStreamWriter second =
          writer.addStream(parts.get(2).id(), text(parts.get(2)), ChannelFormat.STRING, 1, 10);
      for (Part part : parts.subList(3, parts.size())) {
        XdfStreamWriter stream = part.id() == first.id() ? first : second;
        ByteBuffer in = ByteBuffer.wrap(part.content()).order(ByteOrder.LITTLE_ENDIAN);
        switch (part.tag()) {
          case 3 -> {
            int count = in.getInt(1);
            for (int i = 0; i < count; i++) {
              int row = (int) stream.samples();
              if (stream == first) {
                stream.add(numbers.stamps()[row], numbers.values(), 3 * row);
              } else {
                stream.add(texts.stamps()[row], texts.strings()[row]);
              }
            }
            stream.write();
          }
          case 4 -> stream.clockOffset(in.getDouble(), in.getDouble());
          case 5 -> writer.boundary();
          default -> writer.footer(part.id(), text(part));
        }
      }
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
  }

  @Test
  void aFooterSaysWhatTheStreamHeld() throws IOException {
    Path file = folder.resolve("f.xdf");
    try (XdfFileWriter writer = new XdfFileWriter(file, false)) {
      XdfStreamWriter stream = writer.addStream(header("int8", 1, 4), ChannelFormat.INT8, 1, 4);
      stream.add(10.5, new double[] {1}, 0);
      stream.add(10.75, new double[] {2}, 0);
      stream.clockOffset(11, -0.00001);
      stream.end();
    }
    List<Part> parts = parts(Files.readAllBytes(file));
    assertThat(parts).extracting(Part::tag).containsExactly(1, 2, 4, 3, 6);
    // 4-byte count, a stamp, a value; no stamp, a value
    assertThat(parts.get(3).content())
        .containsExactly(4, 2, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0x25, 0x40, 1, 0, 2);
    assertThat(text(parts.get(4)))
        .isEqualTo(
            "<?xml version=\"1.0\"?><info><first_timestamp>10.5</first_timestamp>"
                + "<last_timestamp>10.75</last_timestamp><sample_count>2</sample_count>"
                + "<clock_offsets><offset><time>11.0</time><value>-0.000010</value></offset>"
                + "</clock_offsets></info>");
    assertThat(XdfFile.read(file).warnings()).isEmpty();
  }

  private static String header(String format, int channels, double rate) {
    return ("<?xml version=\"1.0\"?><info><name>n</name><type>t</type>"
            + "<channel_count>%d</channel_count><channel_format>%s</channel_format>"
            + "<nominal_srate>%s</nominal_srate></info>")
        .formatted(channels, format, rate);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(ChannelFormat format) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int channels = 1 + random.nextInt(5);
      int rows = random.nextInt(400);
      double rate = random.nextInt(3) * 100;
      double[] stamps = new double[rows];
      String[] texts = new String[rows * channels];
      double[] values = new double[rows * channels];
      Path file = folder.resolve(format + "-" + seed + ".xdf");
      try (XdfFileWriter writer = new XdfFileWriter(file, false)) {
        XdfStreamWriter stream =
            writer.addStream(header(format.token(), channels, rate), format, channels, rate);
        for (int row = 0; row < rows; row++) {
          boolean follows = row > 0 && rate > 0 && random.nextInt(10) > 0;
          stamps[row] = follows ? stamps[row - 1] + 1 / rate : random.nextDouble() * 1e5;
          for (int c = row * channels; c < (row + 1) * channels; c++) {
            texts[c] = "é".repeat(random.nextInt(300));
            values[c] = value(format, random);
          }
          if (format == ChannelFormat.STRING) {
            stream.add(
                stamps[row], Arrays.copyOfRange(texts, row * channels, (row + 1) * channels));
          } else {
            stream.add(stamps[row], values, row * channels);
          }
          if (random.nextInt(50) == 0) {
            stream.write();
            writer.boundary();
          }
        }
        stream.end();
      }
      XdfFile read = XdfFile.read(file, XdfOptions.RAW);
      XdfStream stream = read.streams().get(0);
      assertThat(stream.stamps()).isEqualTo(stamps);
      if (format == ChannelFormat.STRING) {
        assertThat(stream.strings()).isEqualTo(texts);
      } else {
        assertThat(stream.values()).isEqualTo(values);
      }
    }
  }

  private static double value(ChannelFormat format, Random random) {
    return switch (format) {
      case FLOAT32 -> random.nextFloat();
      case DOUBLE64 -> random.nextGaussian();
      case INT64 -> random.nextLong() >> 11;
      case INT32 -> random.nextInt();
      case INT16 -> (short) random.nextInt();
      case INT8 -> (byte) random.nextInt();
      case STRING -> 0;
    };
  }

  @Test
  void integersOfSixtyFourBitsAreExact() throws IOException {
    Path file = folder.resolve("long.xdf");
    try (XdfFileWriter writer = new XdfFileWriter(file, false)) {
      XdfStreamWriter stream = writer.addStream(header("int64", 2, 0), ChannelFormat.INT64, 2, 0);
      stream.add(1, new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1});
      stream.write();
    }
    ByteBuffer content =
        ByteBuffer.wrap(parts(Files.readAllBytes(file)).get(2).content())
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(content.getLong(14)).isEqualTo(Long.MAX_VALUE);
    assertThat(content.getLong(22)).isEqualTo(Long.MIN_VALUE + 1);
  }

  @Test
  void whatWasFlushedIsReadWhileTheFileIsStillOpen() {
    Path file = folder.resolve("open.xdf");
    try (XdfFileWriter writer = new XdfFileWriter(file, false)) {
      XdfStreamWriter stream = writer.addStream(header("int16", 1, 0), ChannelFormat.INT16, 1, 0);
      stream.add(1, new double[] {7}, 0);
      stream.write();
      writer.flush();
      assertThat(XdfFile.read(file).streams().get(0).values()).containsExactly(7);
    }
  }

  @Test
  void aFileIsNotOverwrittenUnasked() throws IOException {
    Path file = Files.writeString(folder.resolve("there.xdf"), "precious");
    assertThatThrownBy(() -> new XdfFileWriter(file, false))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": exists already; choose another name, or allow it to be overwritten");
    assertThat(file).hasContent("precious");
    new XdfFileWriter(file, true).close();
    assertThat(file).content().startsWith("XDF:").doesNotContain("precious");
  }

  @Test
  void aFullDiskIsToldWithWhatIsKept() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "needs a device that is always full");
    assertThatThrownBy(() -> new XdfFileWriter(full, true))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "/dev/full: could not be written: No space left on device; what was written until then,"
                + " 0 bytes, is kept; make room or choose another place");
  }
}
