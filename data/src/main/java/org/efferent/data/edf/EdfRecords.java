package org.efferent.data.edf;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.efferent.data.FileBytes;

/**
 * The data records of a file, read in blocks of about a megabyte. The last block is kept, so that
 * many small reads in a row cost one; records larger than a block are read a signal at a time.
 */
final class EdfRecords {
  private static final int BLOCK = 1 << 20;
  // Samples of a signal decoded before the next one's turn, so that the rows stay in the cache.
  private static final int TILE = 32;

  private final EdfHeader header;
  private final FileBytes file;
  private final int perBlock;
  private byte[] block = {};
  private long blockFirst;
  private int blockRecords;
  private byte[] piece = {};

  EdfRecords(EdfHeader header, FileBytes file) {
    this.header = header;
    this.file = file;
    this.perBlock =
        header.recordBytes > BLOCK
            ? 0
            : (int) Math.min(Math.max(1, header.records), BLOCK / header.recordBytes);
  }

  /**
   * Reads all bytes of a signal in one record; where they begin is in {@link #at}.
   *
   * @return holds the bytes, until the next call
   */
  byte[] bytes(long record, EdfSignal signal) throws IOException {
    if (perBlock > 0) {
      load(record);
      at = (int) ((record - blockFirst) * header.recordBytes + signal.at());
      return block;
    }
    readPiece(record, signal, 0, signal.samples());
    at = 0;
    return piece;
  }

  /** Where the bytes of the last {@link #bytes} begin. */
  int at;

  /**
   * Reads rows of signals that have equally many samples a record.
   *
   * @param signals which
   * @param decoders how, one a signal
   * @param from first row
   * @param rows how many
   * @param into {@code [rows × signals]}
   * @param offset where the first goes
   */
  void read(EdfSignal[] signals, Decoder[] decoders, long from, int rows, double[] into, int offset)
      throws IOException {
    int samples = signals[0].samples();
    long record = from / samples;
    int first = (int) (from % samples);
    int to = offset;
    for (int left = rows; left > 0; record++) {
      int n = Math.min(left, samples - first);
      if (perBlock > 0) {
        load(record);
        long base = (record - blockFirst) * header.recordBytes;
        decode(signals, decoders, (int) base, first, n, into, to);
      } else {
        for (int c = 0; c < signals.length; c++) {
          readPiece(record, signals[c], first, n);
          decoders[c].decode(piece, 0, n, into, to + c, signals.length);
        }
      }
      to += n * signals.length;
      left -= n;
      first = 0;
    }
  }

  private void decode(
      EdfSignal[] signals, Decoder[] decoders, int base, int first, int n, double[] into, int to) {
    int width = header.width();
    int channels = signals.length;
    for (int tile = 0; tile < n; tile += TILE) {
      int count = Math.min(TILE, n - tile);
      int row = to + tile * channels;
      int in = base + (first + tile) * width;
      for (int c = 0; c < channels; c++) {
        decoders[c].decode(block, in + (int) signals[c].at(), count, into, row + c, channels);
      }
    }
  }

  private void load(long record) throws IOException {
    if (record >= blockFirst && record < blockFirst + blockRecords) {
      return;
    }
    int count = (int) Math.min(perBlock, header.records - record);
    if (block.length == 0) {
      block = new byte[(int) (perBlock * header.recordBytes)];
    }
    blockRecords = 0;
    int bytes = (int) (count * header.recordBytes);
    file.fill(header.dataAt + record * header.recordBytes, ByteBuffer.wrap(block, 0, bytes));
    blockFirst = record;
    blockRecords = count;
  }

  private void readPiece(long record, EdfSignal signal, int first, int count) throws IOException {
    int bytes = count * header.width();
    if (piece.length < bytes) {
      piece = new byte[bytes];
    }
    long start = header.dataAt + record * header.recordBytes + signal.at();
    file.fill(start + (long) first * header.width(), ByteBuffer.wrap(piece, 0, bytes));
  }

  /** Turns bytes into values. */
  static final class Decoder {
    private final double step;
    private final double offset;
    private final boolean wide;

    /**
     * A decoder.
     *
     * @param range the line
     * @param wide whether samples have 24 bits
     * @param raw whether the digital value itself is the value
     */
    Decoder(EdfRange range, boolean wide, boolean raw) {
      this.step = raw ? 1 : range.step();
      this.offset = raw ? 0 : range.offset();
      this.wide = wide;
    }

    void decode(byte[] from, int at, int count, double[] into, int to, int stride) {
      if (wide) {
        for (int i = 0, b = at, o = to; i < count; i++, b += 3, o += stride) {
          int digital = (from[b] & 0xFF) | (from[b + 1] & 0xFF) << 8 | from[b + 2] << 16;
          into[o] = digital * step + offset;
        }
      } else {
        for (int i = 0, b = at, o = to; i < count; i++, b += 2, o += stride) {
          int digital = (from[b] & 0xFF) | from[b + 1] << 8;
          into[o] = digital * step + offset;
        }
      }
    }
  }
}
