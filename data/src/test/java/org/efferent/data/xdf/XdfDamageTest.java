package org.efferent.data.xdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.efferent.data.xdf.XdfWriter.begin;
import static org.efferent.data.xdf.XdfWriter.join;
import static org.efferent.data.xdf.XdfWriter.le;
import static org.efferent.data.xdf.XdfWriter.shorts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Truncation and corruption: what is whole is kept, the rest is named. */
class XdfDamageTest {
  @TempDir Path folder;

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("r.xdf"), content);
  }

  private XdfFile raw(XdfWriter writer) throws IOException {
    return XdfFile.read(write(writer.bytes()), XdfOptions.RAW);
  }

  @Test
  void everyTruncationKeepsOnlyWholeSamples() throws IOException {
    byte[] whole = XdfFileTest.sound().bytes();
    int most = 0;
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      try {
        XdfFile read = XdfFile.read(file, XdfOptions.RAW);
        XdfStream numbers = read.streams().get(0);
        for (int i = 0; i < numbers.samples(); i++) {
          assertThat(numbers.values()[2 * i]).as("cut at byte %d", length).isEqualTo(i + 1);
          assertThat(numbers.values()[2 * i + 1]).isEqualTo(-i - 1);
        }
        assertThat(numbers.samples()).isBetween(most, 5);
        most = numbers.samples();
        assertThat(read.markers()).hasSizeLessThanOrEqualTo(3);
        assertThat(read.warnings()).isNotEmpty();
      } catch (InputException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("r.xdf: ");
      }
    }
    assertThat(most).isEqualTo(5);
    int firstReadable = begin().header(7, 2, 10, "int16", "").size();
    assertThat(refused).isEqualTo(firstReadable);
  }

  @Test
  void everyFlippedByteIsSurvivedOrRefused() throws IOException {
    byte[] whole = XdfFileTest.sound().bytes();
    int read = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) new int[] {0x01, 0x80, 0xFF, 0x05}[at % 4];
      Path file = write(damaged);
      try {
        XdfFile.read(file).streams().forEach(s -> assertThat(s.samples()).isLessThanOrEqualTo(5));
        read++;
      } catch (InputException | UnsupportedInputException e) {
        assertThat(e).hasMessageStartingWith("r.xdf: ");
      }
    }
    assertThat(read).isBetween(whole.length / 2, whole.length - 1);
  }

  @Test
  void tellsWhereATruncatedRecordingEnds() throws IOException {
    XdfWriter writer = begin().header(1, 1, 0, "int16", "").samples(1, shorts(1, 5));
    int end = writer.size();
    byte[] longer = writer.samples(1, shorts(2, 6), shorts(3, 7)).bytes();
    XdfFile file = XdfFile.read(write(Arrays.copyOf(longer, longer.length - 1)), XdfOptions.RAW);
    assertThat(file.streams().get(0).values()).containsExactly(5, 6);
    assertThat(file.warnings())
        .containsExactly(
            "chunk 3 at byte " + end + ": the file ends inside it; what came before was read",
            "stream 1 (s1): has no footer; the recording was not ended properly");
  }

  @Test
  void resumesAtTheNextBoundaryAfterDamage() throws IOException {
    XdfWriter writer = begin().header(1, 1, 0, "int16", "").samples(1, shorts(1, 5));
    int damage = writer.size();
    writer.raw((byte) 77, (byte) 1, (byte) 2).samples(1, shorts(2, 6)).boundary();
    int resumed = writer.size();
    XdfFile file = raw(writer.samples(1, shorts(3, 7)).footer(1, 3));
    assertThat(file.streams().get(0).values()).containsExactly(5, 7);
    assertThat(file.warnings())
        .containsExactly(
            "chunk 3 at byte "
                + damage
                + ": the length of a chunk takes 1, 4 or 8 bytes; bytes=77; reading resumed after"
                + " the boundary at byte "
                + resumed,
            "stream 1 (s1): its footer says 3 samples, 2 were read");
  }

  @Test
  void resumesAfterALengthThatLies() throws IOException {
    XdfWriter writer = begin().header(1, 1, 0, "int16", "").samples(1, shorts(1, 5));
    int damage = writer.size();
    writer.raw(join(new byte[] {4}, le(4).putInt(-2).array())).boundary();
    XdfFile file = raw(writer.samples(1, shorts(3, 7)).footer(1, 2));
    assertThat(file.streams().get(0).values()).containsExactly(5, 7);
    assertThat(file.warnings().get(0))
        .startsWith(
            "chunk 3 at byte "
                + damage
                + ": it reaches beyond the end of the file; length=4294967294;");
  }

  @Test
  void keepsSamplesBeforeDamageInsideAChunk() throws IOException {
    byte[] bad = shorts(2, 6);
    bad[0] = 3;
    XdfFile file =
        raw(
            begin()
                .header(1, 1, 0, "int16", "")
                .samples(1, shorts(1, 5), bad)
                .boundary()
                .samples(1, shorts(3, 7))
                .footer(1, 2));
    assertThat(file.streams().get(0).values()).containsExactly(5, 7);
    assertThat(file.warnings().get(0)).contains("sample 1: a time stamp has 0 or 8 bytes; bytes=3");
  }

  /** The window of the reader has 64 KB, a sample here takes more, and a chunk many of them. */
  @Test
  void chunksAreReadThroughAWindow() throws IOException {
    int channels = 40_000;
    int[] values = new int[channels];
    byte[][] samples = new byte[5][];
    for (int i = 0; i < samples.length; i++) {
      Arrays.fill(values, i - 2);
      samples[i] = shorts(i == 0 ? 1 : Double.NaN, values);
    }
    byte[][] texts = {
      XdfWriter.text(1, 4, "a".repeat(300_000)), XdfWriter.text(2, 1, "b"),
    };
    XdfWriter writer = begin().header(1, channels, 4, "int16", "").header(2, 1, 0, "string", "");
    XdfFile read = raw(writer.samples(1, samples).samples(2, texts));
    assertThat(read.streams().get(0).stamps()).containsExactly(1, 1.25, 1.5, 1.75, 2);
    double[] all = read.streams().get(0).values();
    for (int i = 0; i < 5; i++) {
      assertThat(all[i * channels]).isEqualTo(i - 2);
      assertThat(all[(i + 1) * channels - 1]).isEqualTo(i - 2);
    }
    assertThat(read.streams().get(1).strings()).containsExactly("a".repeat(300_000), "b");
    XdfWriter numbers = begin().header(1, channels, 4, "int16", "").samples(1, samples);
    Path cut = write(Arrays.copyOf(numbers.bytes(), numbers.size() - 1));
    assertThat(XdfFile.read(cut, XdfOptions.RAW).streams().get(0).samples()).isEqualTo(4);
  }

  /** Of each a header of 150 bytes would make a million. */
  @Test
  void thereAreNoMoreChannelsThanBytes() throws IOException {
    XdfWriter writer = begin().header(1, 1000, 4, "int16", "").header(2, 1000, 4, "int16", "");
    XdfFile read = raw(writer);
    assertThat(read.streams()).hasSize(1);
    assertThat(read.warnings())
        .contains(
            "chunk 2 at byte %d: the header of stream 2 was ignored: channel_count must not be more than the file has bytes for; channel_count=1000"
                .formatted(begin().header(1, 1000, 4, "int16", "").size()));
  }

  @Test
  void headersDoNotNestWithoutEnd() throws IOException {
    String nest = "<a>".repeat(100_000) + "</a>".repeat(100_000);
    XdfWriter writer = begin().header(1, 1, 4, "int16", "").header(2, 1, 4, "int8", nest);
    XdfFile read = raw(writer);
    assertThat(read.streams()).hasSize(1);
    assertThat(read.warnings()).anyMatch(w -> w.contains("header of stream 2 was ignored"));
  }

  @Test
  void whatUnpacksWithoutEndIsRefused() throws IOException {
    Path bomb = folder.resolve("bomb.xdfz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      out.write(begin().header(1, 1, 4, "int16", "").bytes());
      out.write(new byte[32 << 20]);
    }
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> XdfFile.read(bomb))
        .withMessage(
            "bomb.xdfz: unpacks to more than 200 times its size; unpack it by other means if it is"
                + " sound");
  }

  @Test
  void boundariesAreFoundWhereverTheyLie() throws IOException {
    byte[] uuid = XdfWriter.uuid();
    byte[] content = new byte[600_000];
    new java.util.Random(1).nextBytes(content);
    for (int at : new int[] {0, 1, 15, 16, 17, 262_128, 262_135, 262_144, 599_984}) {
      byte[] file = content.clone();
      // Beginnings of boundaries before it lead nowhere.
      System.arraycopy(uuid, 0, file, Math.max(0, at - 9), 9);
      System.arraycopy(uuid, 0, file, at, 16);
      try (XdfBytes bytes = XdfBytes.open(write(file))) {
        assertThat(bytes.afterNextBoundary(0)).isEqualTo(at + 16);
        assertThat(bytes.afterNextBoundary(at + 1)).isEqualTo(-1);
      }
    }
  }

  @Test
  void fileHeadersAndFootersCountOnce() throws IOException {
    XdfWriter writer = begin().header(1, 1, 4, "int16", "").samples(1, shorts(1, 5));
    int at = writer.footer(1, 1).size();
    byte[] header = XdfWriter.bytes("<info><version>2.0</version></info>");
    XdfFile read = raw(writer.footer(1, 9).chunk(1, header));
    assertThat(read.streams().get(0).samples()).isEqualTo(1);
    assertThat(read.warnings())
        .containsExactly(
            "chunk 4 at byte %d: stream 1 (s1) has a second footer, which was ignored"
                .formatted(at),
            "chunk 5 at byte %d: a second FileHeader was ignored"
                .formatted(writer.size() - header.length - 4));
  }
}
