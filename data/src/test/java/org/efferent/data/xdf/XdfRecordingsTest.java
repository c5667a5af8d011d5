package org.efferent.data.xdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.efferent.core.EfferentException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.SensorPosition;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read by range is what {@link XdfFile} reads at once. */
class XdfRecordingsTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static ByteBuffer le(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] all = new byte[buffer.capacity()];
    buffer.get(0, all);
    return all;
  }

  private void chunk(int tag, int stream, byte[] content) {
    int id = stream == 0 ? 0 : 4;
    ByteBuffer head =
        le(7 + id).put((byte) 4).putInt(2 + id + content.length).putShort((short) tag);
    if (stream != 0) {
      head.putInt(stream);
    }
    out.writeBytes(array(head));
    out.writeBytes(content);
  }

  private void header(int id, String format, int channels, double rate, String desc) {
    String xml =
        "<info><name>s%d</name><type>EEG</type><channel_count>%d</channel_count><nominal_srate>%s</nominal_srate><channel_format>%s</channel_format><desc>%s</desc></info>"
            .formatted(id, channels, rate, format, desc);
    chunk(2, id, xml.getBytes(StandardCharsets.UTF_8));
  }

  /** All numeric formats, chunks of several sizes, stamps here and there. */
  byte[] mixed() {
    out.reset();
    out.writeBytes("XDF:".getBytes(StandardCharsets.UTF_8));
    chunk(
        1,
        0,
        "<info><version>1.0</version><datetime>2024-02-29T23:59:58+0100</datetime></info>"
            .getBytes(StandardCharsets.UTF_8));
    String[] formats = {"float32", "double64", "int32", "int16", "int8", "int64"};
    for (int id = 1; id <= formats.length; id++) {
      String desc =
          id == 2
              ? "<channels><channel><label>Cz</label><location><X>1.5</X><Y>-20</Y><Z>85</Z></location></channel><channel><label>ref</label><location><X>?</X></location></channel></channels>"
              : "";
      header(id, formats[id - 1], 2, id == 2 ? 100 : 0, desc);
    }
    header(7, "string", 1, 0, "");
    Random random = new Random(1);
    double time = 10;
    for (int round = 0; round < 30; round++) {
      int id = 1 + random.nextInt(formats.length);
      ChannelFormat format =
          ChannelFormat.valueOf(formats[id - 1].toUpperCase(java.util.Locale.ROOT));
      int samples = 1 + random.nextInt(5);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      content.writeBytes(new byte[] {1, (byte) samples});
      boolean all = random.nextBoolean();
      for (int i = 0; i < samples; i++) {
        time += 0.01;
        boolean stamped = all || i == 0 || random.nextInt(4) == 0;
        content.write(stamped ? 8 : 0);
        if (stamped) {
          content.writeBytes(array(le(8).putDouble(time)));
        }
        for (int c = 0; c < 2; c++) {
          content.writeBytes(value(format, random.nextInt(200) - 100));
        }
      }
      chunk(3, id, content.toByteArray());
      if (round % 10 == 0) {
        byte[] text = ("é" + round).getBytes(StandardCharsets.UTF_8);
        chunk(
            3,
            7,
            array(
                le(13 + text.length)
                    .put((byte) 1)
                    .put((byte) 1)
                    .put((byte) 8)
                    .putDouble(time)
                    .put((byte) 1)
                    .put((byte) text.length)
                    .put(text)));
        chunk(4, id, array(le(16).putDouble(time).putDouble(0.5)));
      }
    }
    return out.toByteArray();
  }

  private static byte[] value(ChannelFormat format, int v) {
    ByteBuffer raw = le(format.bytes());
    switch (format) {
      case FLOAT32 -> raw.putFloat(v * 0.5f);
      case DOUBLE64 -> raw.putDouble(v * 0.25);
      case INT32 -> raw.putInt(v);
      case INT16 -> raw.putShort((short) v);
      case INT8 -> raw.put((byte) v);
      default -> raw.putLong(v);
    }
    return array(raw);
  }

  private static void same(Path path) {
    XdfFile memory = XdfFile.read(path);
    List<XdfStream> numbers =
        new ArrayList<>(
            memory.streams().stream()
                .filter(s -> !s.isText() && s.header().channelCount() > 0)
                .toList());
    memory
        .main()
        .ifPresent(
            main -> {
              numbers.remove(main);
              numbers.add(0, main);
            });
    try (RecordingFile file = XdfRecordings.open(path)) {
      assertThat(file.warnings()).isEqualTo(memory.warnings());
      assertThat(file.markers()).isEqualTo(memory.markers());
      assertThat(file.recordings()).hasSameSizeAs(numbers);
      for (int i = 0; i < numbers.size(); i++) {
        XdfStream stream = numbers.get(i);
        Recording recording = file.recordings().get(i);
        assertThat(recording.info()).isEqualTo(stream.header().info());
        MemoryRecording all = recording.load();
        assertThat(java.util.Arrays.equals(all.stamps(), stream.stamps())).isTrue();
        assertThat(java.util.Arrays.equals(all.values(), stream.values())).isTrue();
        int channels = recording.channels();
        Random random = new Random(i);
        for (int k = 0; k < 20 && recording.rows() > 0; k++) {
          int from = random.nextInt((int) recording.rows());
          int rows = Math.min(7, (int) recording.rows() - from);
          double[] some = new double[rows * channels + 1];
          recording.read(from, rows, some, 1);
          for (int j = 0; j < rows * channels; j++) {
            assertThat(some[1 + j]).isEqualTo(stream.values()[from * channels + j]);
          }
        }
      }
    }
  }

  @Test
  void everyFormatIsReadByRange() throws IOException {
    Path path = Files.write(folder.resolve("r.xdf"), mixed());
    same(path);
    try (RecordingFile file = XdfRecordings.open(path)) {
      assertThat(file.recordings()).hasSize(6);
      assertThat(file.main().info().name()).isEqualTo("s2");
      assertThat(file.main().info().channels().get(0).position())
          .contains(new SensorPosition(SensorPosition.Frame.TEMPLATE, 0.0015, -0.02, 0.085));
      assertThat(file.main().info().channels().get(1).position()).isEmpty();
      assertThat(file.about().start()).contains(LocalDateTime.of(2024, 2, 29, 23, 59, 58));
      assertThat(file.contents()).containsExactly("stream 7 (s7): 3 texts");
      assertThat(file.markers()).hasSize(3);
    }
  }

  @Test
  void compressedRecordingsAreUnpackedForAsLongAsTheyAreOpen() throws IOException {
    Path packed = folder.resolve("r.xdfz");
    try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(packed))) {
      to.write(mixed());
    }
    same(packed);
  }

  @Test
  void cutRecordingsAreReadAsFarAsTheyGo() throws IOException {
    byte[] whole = mixed();
    for (int length = whole.length - 300; length < whole.length; length += 7) {
      same(Files.write(folder.resolve("cut.xdf"), java.util.Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void realRecordingsAreTheSame() throws IOException {
    Path data = Path.of(System.getProperty("efferent.root"), "../shared/data/xdf");
    Assumptions.assumeTrue(Files.exists(data), "needs recordings at ../shared/data/xdf");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path path : files.filter(f -> f.toString().endsWith(".xdf")).toList()) {
        try {
          XdfFile.read(path);
        } catch (EfferentException e) {
          continue;
        }
        same(path);
      }
    }
  }
}
