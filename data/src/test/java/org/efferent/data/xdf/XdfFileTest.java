package org.efferent.data.xdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.efferent.data.xdf.XdfWriter.begin;
import static org.efferent.data.xdf.XdfWriter.bytes;
import static org.efferent.data.xdf.XdfWriter.id;
import static org.efferent.data.xdf.XdfWriter.join;
import static org.efferent.data.xdf.XdfWriter.le;
import static org.efferent.data.xdf.XdfWriter.shorts;
import static org.efferent.data.xdf.XdfWriter.stamp;
import static org.efferent.data.xdf.XdfWriter.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UnsupportedInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XdfFileTest {
  private static final double NONE = Double.NaN;

  @TempDir Path folder;

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("r.xdf"), content);
  }

  private XdfFile raw(XdfWriter writer) throws IOException {
    return XdfFile.read(write(writer.bytes()), XdfOptions.RAW);
  }

  private void refused(byte[] content, String message) throws IOException {
    Path file = write(content);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> XdfFile.read(file))
        .withMessage(message);
  }

  /** Two streams, boundaries, stamps deduced and given: everything but damage. */
  static XdfWriter sound() {
    return begin()
        .header(7, 2, 10, "int16", "")
        .header(9, 1, 0, "string", "")
        .boundary()
        .samples(7, shorts(1, 1, -1), shorts(NONE, 2, -2), shorts(NONE, 3, -3))
        .samples(9, text(1.05, 1, "go"), text(1.25, 4, "stöp"))
        .offset(7, 1, 0)
        .boundary()
        .samples(7, shorts(1.3, 4, -4), shorts(NONE, 5, -5))
        .samples(9, text(1.4, 8, ""))
        .footer(7, 5)
        .footer(9, 3);
  }

  @Test
  void readsASoundRecordingWithoutWarnings() throws IOException {
    XdfFile file = raw(sound());
    assertThat(file.warnings()).isEmpty();
    XdfStream numbers = file.streams().get(0);
    assertThat(numbers.samples()).isEqualTo(5);
    assertThat(numbers.values()).containsExactly(1, -1, 2, -2, 3, -3, 4, -4, 5, -5);
    assertThat(numbers.stamps())
        .containsExactly(new double[] {1, 1.1, 1.2, 1.3, 1.4}, within(1e-12));
    assertThat(numbers.clockOffsets()).containsExactly(new ClockOffset(1, 0, 3));
    assertThat(numbers.effectiveRateHz()).isEqualTo(10, within(1e-9));
    XdfStream texts = file.streams().get(1);
    assertThat(texts.strings()).containsExactly("go", "stöp", "");
    assertThat(texts.isText()).isTrue();
    assertThat(file.main()).containsSame(numbers);
  }

  @Test
  void makesARecordingWithMarkers() throws IOException {
    MemoryRecording recording = raw(sound()).toRecording();
    assertThat(recording.rows()).isEqualTo(5);
    assertThat(recording.info().name()).isEqualTo("s7");
    assertThat(recording.info().sampleRateHz()).isEqualTo(10);
    assertThat(recording.markers())
        .containsExactly(new Marker(1.05, "go"), new Marker(1.25, "stöp"), new Marker(1.4, ""));
    XdfFile file = raw(sound());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> file.toRecording(file.streams().get(1)))
        .withMessage(
            "r.xdf: stream 9 (s9): a recording needs numbers in at least one channel;"
                + " format=string, channels=1");
  }

  @ParameterizedTest
  @CsvSource({
    "float32,4,1.5",
    "double64,8,1.1",
    "int32,4,-70000",
    "int16,2,-300",
    "int8,1,-128",
    "int64,8,9007199254740992"
  })
  void readsEveryNumericFormat(String format, int width, double value) throws IOException {
    byte[] encoded =
        switch (format) {
          case "float32" -> le(4).putFloat((float) value).array();
          case "double64" -> le(8).putDouble(value).array();
          case "int32" -> le(4).putInt((int) value).array();
          case "int16" -> le(2).putShort((short) value).array();
          case "int8" -> new byte[] {(byte) value};
          default -> le(8).putLong((long) value).array();
        };
    assertThat(encoded).hasSize(width);
    XdfFile file =
        raw(
            begin()
                .header(1, 1, 0, format, "")
                .samples(8, 1, join(stamp(3), encoded))
                .footer(1, 1));
    assertThat(file.streams().get(0).values()).containsExactly(value);
    assertThat(file.warnings()).isEmpty();
  }

  @Test
  void countsIntegersThatADoubleCannotHold() throws IOException {
    byte[] big = le(8).putLong((1L << 53) + 1).array();
    byte[] biggest = le(8).putLong(Long.MAX_VALUE).array();
    XdfFile file =
        raw(
            begin()
                .header(1, 2, 0, "int64", "")
                .samples(1, 1, join(stamp(3), big, biggest))
                .footer(1, 1));
    assertThat(file.warnings())
        .containsExactly(
            "stream 1 (s1): 2 integers beyond 2^53 were rounded to the nearest double");
  }

  @Test
  void readsHeaderMetadata() throws IOException {
    String more =
        "<source_id>dev</source_id><hostname>h</hostname><uid>u-1</uid><created_at>12.5</created_at>"
            + "<desc><channels><channel><label>Cz</label><unit>microvolts</unit><type>EEG</type>"
            + "</channel></channels><synchronization><can_drop_samples>true</can_drop_samples>"
            + "</synchronization></desc>";
    XdfFile file = raw(begin().header(1, 2, 100, "float32", more).footer(1, 0));
    XdfHeader header = file.streams().get(0).header();
    assertThat(header.channels())
        .containsExactly(new ChannelInfo("Cz", "EEG", "microvolts"), new ChannelInfo("2", "", ""));
    assertThat(header.sourceId()).isEqualTo("dev");
    assertThat(header.hostname()).isEqualTo("h");
    assertThat(header.uid()).isEqualTo("u-1");
    assertThat(header.createdAt()).isEqualTo("12.5");
    assertThat(header.canDropSamples()).isTrue();
    assertThat(header.type()).isEqualTo("EEG");
    assertThat(file.warnings())
        .containsExactly("stream 1: its header describes 1 channels, it has 2");
  }

  @Test
  void readsCompressedRecordingsAndKeepsWhatACutOneHolds() throws IOException {
    Path packed = folder.resolve("r.xdfz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(sound().bytes());
    }
    XdfFile whole = XdfFile.read(packed);
    assertThat(whole.streams().get(0).samples()).isEqualTo(5);
    assertThat(whole.warnings()).isEmpty();
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length - 4));
    XdfFile cut = XdfFile.read(packed);
    assertThat(cut.streams().get(0).samples()).isEqualTo(5);
    assertThat(cut.warnings())
        .containsExactly(
            "chunk 12 at byte "
                + sound().size()
                + ": the compressed data ends too early; what came before was read");
  }

  @Test
  void warnsOfWhatIsOddButReadable() throws IOException {
    XdfWriter writer = begin();
    int unknown = writer.size();
    writer.chunk(9, new byte[5], 8);
    writer.header(1, 1, 0, "int16", "");
    int second = writer.size();
    writer.header(1, 1, 0, "int16", "");
    int broken = writer.size();
    writer.chunk(2, join(id(3), bytes("<info>")));
    writer.samples(3, shorts(1, 1)).samples(5, shorts(1, 1));
    XdfFile file = raw(writer.samples(1, shorts(2, 1), shorts(1, 1)).footer(1, 9));
    assertThat(file.warnings())
        .containsExactly(
            "chunk 1 at byte " + unknown + ": unknown tag 9; skipped by its length",
            "chunk 3 at byte " + second + ": stream 1 has a second header, which was ignored",
            "chunk 4 at byte "
                + broken
                + ": the header of stream 3 was ignored: its XML is not well formed: line 1: XML"
                + " document structures must start and end within the same entity.",
            "stream 3: 1 chunks were skipped, it has no usable header",
            "stream 5: 1 chunks were skipped, it has no usable header",
            "stream 1 (s1): its footer says 9 samples, 2 were read",
            "stream 1 (s1): its stamps go backwards 1 times");
  }

  @Test
  void refusesWhatIsNoRecording() throws IOException {
    refused(
        bytes("PK.."),
        "r.xdf: byte 0: an XDF recording begins with 'XDF:' (58 44 46 3a); found 50 4b 2e 2e");
    refused(
        new byte[0],
        "r.xdf: byte 0: an XDF recording begins with 'XDF:' (58 44 46 3a); found an empty file");
    refused(
        bytes("XDF:"),
        "r.xdf: ends at byte 4 without a complete stream header; nothing can be read");
    refused(
        join(bytes("XDF:"), new byte[] {5, 0, 0}),
        "r.xdf: chunk 0 at byte 4: the length of a chunk takes 1, 4 or 8 bytes; bytes=5");
    int at = begin().size();
    refused(
        begin().header(1, 1, 0, "int17", "").bytes(),
        "r.xdf: chunk 1 at byte "
            + at
            + ": the header of stream 1 was ignored: channel_format must be float32, double64,"
            + " string, int32, int16, int8 or int64; channel_format='int17'");
    Path two =
        write(
            new XdfWriter()
                .raw(bytes("XDF:"))
                .chunk(1, bytes("<info><version>2.0</version></info>"))
                .bytes());
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> XdfFile.read(two))
        .withMessage("r.xdf: XDF 1.x is read; version=2.0");
  }

  @Test
  void readsNothingFromOutsideTheFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "hidden");
    String doctype = "<!DOCTYPE info [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";
    Path file =
        write(
            begin()
                .chunk(2, join(id(1), bytes(doctype + "<info><name>&x;</name></info>")))
                .bytes());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> XdfFile.read(file))
        .withMessageContaining("DOCTYPE is disallowed");
  }
}
