package org.efferent.cli.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.MemoryRecording;

/**
 * The least that is a raw FIF file, to have something to read: EEG channels in single precision,
 * buffers of 1,000 rows, no directory. Numbers of tags as in the FIFF description (kind, type,
 * size, next; big-endian).
 */
final class FifMaterial {
  private static final int INT = 3;
  private static final int FLOAT = 4;
  private static final int ID = 31;
  private static final int CHANNEL = 30;
  private static final int BLOCK_START = 104;
  private static final int BLOCK_END = 105;
  private static final int MEASUREMENT = 100;
  private static final int INFORMATION = 101;
  private static final int RAW = 102;
  private static final int EEG = 2;
  private static final int VOLT = 107;
  private static final int BUFFER_ROWS = 1_000;

  private final DataOutputStream out;

  private FifMaterial(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** Writes a recording of microvolts. */
  static void write(Path file, MemoryRecording recording) {
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      FifMaterial fif = new FifMaterial(to);
      fif.head(recording.channels(), recording.info().sampleRateHz());
      fif.samples(recording);
      fif.out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void head(int channels, double rateHz) throws IOException {
    byte[] id = ByteBuffer.allocate(20).putInt(65_540).array();
    tag(100, ID, id);
    ints(101, -1); // no directory
    ints(BLOCK_START, MEASUREMENT);
    tag(103, ID, id);
    ints(BLOCK_START, INFORMATION);
    floats(201, (float) rateHz);
    ints(200, channels);
    floats(219, (float) (rateHz / 2)); // low-pass
    floats(223, 0); // high-pass
    for (int c = 1; c <= channels; c++) {
      ByteBuffer b = ByteBuffer.allocate(96).putInt(c).putInt(c).putInt(EEG);
      b.putFloat(1).putFloat(1e-6f).putInt(1);
      for (int i = 0; i < 12; i++) {
        b.putFloat(0);
      }
      b.putInt(VOLT).putInt(0).put("EEG %03d".formatted(c).getBytes(StandardCharsets.US_ASCII));
      tag(203, CHANNEL, b.array());
    }
    ints(BLOCK_END, INFORMATION);
  }

  private void samples(MemoryRecording recording) throws IOException {
    int channels = recording.channels();
    ints(BLOCK_START, RAW);
    for (int from = 0; from < recording.rows(); from += BUFFER_ROWS) {
      int rows = (int) Math.min(BUFFER_ROWS, recording.rows() - from);
      ByteBuffer b = ByteBuffer.allocate(4 * rows * channels);
      for (int i = 0; i < rows * channels; i++) {
        b.putFloat((float) recording.values()[from * channels + i]);
      }
      tag(300, FLOAT, b.array());
    }
    ints(BLOCK_END, RAW);
    ints(BLOCK_END, MEASUREMENT);
    head(108, 0, 0, -1); // nothing follows
  }

  private void ints(int kind, int value) throws IOException {
    tag(kind, INT, ByteBuffer.allocate(4).putInt(value).array());
  }

  private void floats(int kind, float value) throws IOException {
    tag(kind, FLOAT, ByteBuffer.allocate(4).putFloat(value).array());
  }

  private void tag(int kind, int type, byte[] data) throws IOException {
    head(kind, type, data.length, 0);
    out.write(data);
  }

  private void head(int kind, int type, int size, int next) throws IOException {
    out.writeInt(kind);
    out.writeInt(type);
    out.writeInt(size);
    out.writeInt(next);
  }
}
