package org.efferent.data.brainvision;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.efferent.data.FileBytes;
import org.efferent.data.RegularRecording;

/** The binary data file, little-endian, in either orientation. */
final class BinaryRows implements RegularRecording.Rows {
  private static final int BLOCK = 1 << 20;
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private final FileBytes file;
  private final BrainVisionHeader.Format format;
  private final boolean vectorized;
  private final double[] resolution;
  private final long rows;
  private byte[] block = {};

  BinaryRows(FileBytes file, BrainVisionHeader header, long rows) {
    this.file = file;
    this.format = header.format;
    this.vectorized = header.vectorized;
    this.resolution = header.resolution;
    this.rows = rows;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public void read(long from, int count, double[] into, int offset) throws IOException {
    int channels = resolution.length;
    if (vectorized) {
      for (int c = 0; c < channels; c++) {
        channel(c, from, count, into, offset + c);
      }
      return;
    }
    int rowBytes = channels * format.bytes;
    int most = Math.max(1, BLOCK / rowBytes);
    for (int done = 0; done < count; done += most) {
      int n = Math.min(most, count - done);
      fill((from + done) * rowBytes, n * rowBytes);
      for (int r = 0; r < n; r++) {
        row(r * rowBytes, into, offset + (done + r) * channels);
      }
    }
  }

  private void channel(int c, long from, int count, double[] into, int to) throws IOException {
    int most = BLOCK / format.bytes;
    double scale = resolution[c];
    for (int done = 0; done < count; done += most) {
      int n = Math.min(most, count - done);
      fill((c * rows + from + done) * format.bytes, n * format.bytes);
      for (int i = 0; i < n; i++) {
        into[to + (done + i) * resolution.length] = value(i * format.bytes) * scale;
      }
    }
  }

  private void row(int at, double[] into, int to) {
    byte[] bytes = block;
    double[] scale = resolution;
    switch (format) {
      case INT_16 -> {
        for (int c = 0; c < scale.length; c++) {
          into[to + c] = (short) SHORT.get(bytes, at + 2 * c) * scale[c];
        }
      }
      case INT_32 -> {
        for (int c = 0; c < scale.length; c++) {
          into[to + c] = (int) INT.get(bytes, at + 4 * c) * scale[c];
        }
      }
      default -> {
        for (int c = 0; c < scale.length; c++) {
          into[to + c] = (float) FLOAT.get(bytes, at + 4 * c) * scale[c];
        }
      }
    }
  }

  private double value(int at) {
    return switch (format) {
      case INT_16 -> (short) SHORT.get(block, at);
      case INT_32 -> (int) INT.get(block, at);
      default -> (float) FLOAT.get(block, at);
    };
  }

  private void fill(long at, int bytes) throws IOException {
    if (block.length < bytes) {
      block = new byte[bytes];
    }
    file.fill(at, ByteBuffer.wrap(block, 0, bytes));
  }

  @Override
  public void close() {
    file.close();
  }
}
