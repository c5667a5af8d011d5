package org.efferent.data.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {
  @TempDir Path folder;

  static byte[] wav(
      boolean rf64, int code, int channels, int bits, boolean extensible, byte[] data) {
    ByteBuffer b = ByteBuffer.allocate(200 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put((rf64 ? "RF64" : "RIFF").getBytes(StandardCharsets.US_ASCII)).putInt(rf64 ? -1 : 0);
    b.put("WAVE".getBytes(StandardCharsets.US_ASCII));
    if (rf64) {
      b.put("ds64".getBytes(StandardCharsets.US_ASCII)).putInt(28);
      b.putLong(0).putLong(data.length).putLong(0).putInt(0);
    }
    b.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(3).putInt(0x00616263);
    b.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(extensible ? 40 : 16);
    b.putShort((short) (extensible ? 0xFFFE : code)).putShort((short) channels).putInt(44_100);
    b.putInt(44_100 * channels * bits / 8).putShort((short) (channels * bits / 8));
    b.putShort((short) bits);
    if (extensible) {
      b.putShort((short) 22).putShort((short) bits).putInt(3).putShort((short) code);
      b.put(new byte[14]);
    }
    b.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(rf64 ? -1 : data.length).put(data);
    return Arrays.copyOf(b.array(), b.position());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private double[] read(byte[] file) throws IOException {
    Path path = Files.write(folder.resolve("x.wav"), file);
    try (RecordingFile opened = WavFile.open(path)) {
      assertThat(opened.main().info().sampleRateHz()).isEqualTo(44_100);
      return opened.main().load().values();
    }
  }

  @Test
  void everyWidthIsRelativeToFullScale() throws IOException {
    assertThat(read(wav(false, 1, 1, 8, false, bytes(0, 128, 192)))).containsExactly(-1, 0, 0.5);
    assertThat(read(wav(false, 1, 2, 16, false, bytes(0, 0x80, 0, 0x40)))).containsExactly(-1, 0.5);
    assertThat(read(wav(false, 1, 1, 24, true, bytes(0, 0, 0x80, 0, 0, 0x40, 0, 0x80, 0))))
        .containsExactly(-1, 0.5, 32_768 / 8_388_608.0);
    assertThat(read(wav(true, 1, 1, 32, false, bytes(0, 0, 0, 0x80)))).containsExactly(-1);
    byte[] floats =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2).array();
    assertThat(read(wav(false, 3, 2, 32, true, floats))).containsExactly(1.5, -2);
    byte[] doubles = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1).array();
    assertThat(read(wav(true, 3, 1, 64, false, doubles))).containsExactly(0.1);
  }

  @Test
  void aTruncatedFileIsReadAsFarAsItGoes() throws IOException {
    byte[] whole = wav(false, 1, 1, 16, false, new byte[100]);
    Path path = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, whole.length - 3));
    try (RecordingFile file = WavFile.open(path)) {
      assertThat(file.main().rows()).isEqualTo(48);
      assertThat(file.warnings())
          .containsExactly("the data chunk says 100 bytes, 97 are there; these are read");
    }
  }

  /** A description of each would take megabytes, for a file of some hundred bytes. */
  @Test
  void thereAreNoMoreChannelsThanTheFileHasBytesFor() throws IOException {
    Path path = Files.write(folder.resolve("x.wav"), wav(false, 1, 60_000, 32, false, new byte[8]));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> WavFile.open(path))
        .withMessage(
            "x.wav: a sample of all channels must not be larger than the file of 64 bytes; channels=60000, bits=32; the file is damaged");
  }

  @Test
  void whatIsNoWavIsRefused() throws IOException {
    Path path =
        Files.write(
            folder.resolve("x.wav"), "RIFFxxxxAVI LIST".getBytes(StandardCharsets.US_ASCII));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> WavFile.open(path))
        .withMessage(
            "x.wav: is no WAV file: it must begin with RIFF or RF64 and WAVE; check the file");
    Files.write(path, wav(false, 85, 1, 0, false, new byte[8]));
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> WavFile.open(path))
        .withMessage(
            "x.wav: samples must be whole numbers of 8, 16, 24 or 32 bits or floats of 32 or 64; format=85, bits=0; convert the file to one of these");
  }
}
