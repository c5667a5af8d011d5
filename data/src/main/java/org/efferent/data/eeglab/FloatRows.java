package org.efferent.data.eeglab;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.efferent.data.FileBytes;
import org.efferent.data.RegularRecording;

/**
 * A file of 32-bit floats, little-endian: all channels of a sample together ({@code .fdt}), or all
 * samples of a channel ({@code .dat}).
 */
final class FloatRows implements RegularRecording.Rows {
  private static final int BLOCK = 1 << 20;
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private final FileBytes file;
  private final int channels;
  private final long rows;
  private final boolean turned;
  private byte[] block = {};

  /**
   * The rows of a file.
   *
   * @param rows of the file, which may be more than are read
   * @param turned whether all samples of a channel are together
   */
  FloatRows(FileBytes file, int channels, long rows, boolean turned) {
    this.file = file;
    this.channels = channels;
    this.rows = rows;
    this.turned = turned;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public void read(long from, int count, double[] into, int offset) throws IOException {
    if (turned) {
      for (int c = 0; c < channels; c++) {
        floats(c * rows + from, count, into, offset + c, channels);
      }
    } else {
      floats(from * channels, count * channels, into, offset, 1);
    }
  }

  private void floats(long from, int count, double[] into, int to, int step) throws IOException {
    int most = BLOCK / 4;
    for (int done = 0; done < count; done += most) {
      int n = Math.min(most, count - done);
      if (block.length < 4 * n) {
        block = new byte[4 * n];
      }
      file.fill(4 * (from + done), ByteBuffer.wrap(block, 0, 4 * n));
      byte[] bytes = block;
      int at = to + done * step;
      for (int i = 0; i < n; i++) {
        into[at + i * step] = (float) FLOAT.get(bytes, 4 * i);
      }
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
