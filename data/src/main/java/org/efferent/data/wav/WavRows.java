package org.efferent.data.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.efferent.data.FileBytes;
import org.efferent.data.RegularRecording;

/** The samples of a data chunk. */
final class WavRows implements RegularRecording.Rows {
  private static final int BLOCK = 1 << 20;

  private final FileBytes file;
  private final long at;
  private final int channels;
  private final int width;
  private final boolean floats;
  private ByteBuffer block = ByteBuffer.allocate(0);

  WavRows(FileBytes file, long at, int channels, int width, boolean floats) {
    this.file = file;
    this.at = at;
    this.channels = channels;
    this.width = width;
    this.floats = floats;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public void read(long from, int rows, double[] into, int offset) throws IOException {
    int rowBytes = channels * width;
    int most = Math.max(1, BLOCK / rowBytes);
    for (int done = 0; done < rows; done += most) {
      int n = Math.min(most, rows - done);
      if (block.capacity() < n * rowBytes) {
        block = ByteBuffer.allocate(n * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
      }
      block.clear().limit(n * rowBytes);
      file.fill(at + (from + done) * rowBytes, block);
      decode(n * channels, into, offset + done * channels);
    }
  }

  private void decode(int count, double[] into, int to) {
    ByteBuffer b = block;
    for (int i = 0; i < count; i++) {
      int p = i * width;
      into[to + i] =
          switch (width) {
            // The narrowest whole numbers have no sign.
            case 1 -> ((b.get(p) & 0xFF) - 128) / 128.0;
            case 2 -> b.getShort(p) / 32_768.0;
            case 3 -> ((b.getShort(p) & 0xFFFF) | b.get(p + 2) << 16) / 8_388_608.0;
            case 4 -> floats ? b.getFloat(p) : b.getInt(p) / 2_147_483_648.0;
            default -> b.getDouble(p);
          };
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
