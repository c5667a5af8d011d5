package org.efferent.data.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efferent.data.FileBytes;
import org.efferent.data.RegularRecording;

/** The samples of a file: little-endian integers, a row after the other. */
final class KitRows implements RegularRecording.Rows {
  private static final int CHUNK_BYTES = 1 << 18;

  private final FileBytes file;
  private final long at;
  private final long rows;
  private final int sampleBytes;
  private final double[] scale;
  private final int step;
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private short[] shorts = new short[0];
  private int[] ints = new int[0];

  KitRows(FileBytes file, KitHeader header, double[] scale) {
    this.file = file;
    this.at = header.dataAt;
    this.rows = header.rows;
    this.sampleBytes = header.sampleBytes;
    this.scale = scale;
    this.step = Math.max(1, CHUNK_BYTES / (sampleBytes * scale.length));
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public void read(long from, int count, double[] into, int offset) throws IOException {
    int channels = scale.length;
    for (int done = 0; done < count; done += step) {
      int n = Math.min(step, count - done);
      load(from + done, n);
      int o = offset + done * channels;
      if (sampleBytes == 2) {
        shorts = shorts.length < n * channels ? new short[n * channels] : shorts;
        chunk.asShortBuffer().get(shorts, 0, n * channels);
        for (int r = 0, i = 0; r < n; r++, i += channels, o += channels) {
          for (int c = 0; c < channels; c++) {
            into[o + c] = shorts[i + c] * scale[c];
          }
        }
      } else {
        ints = ints.length < n * channels ? new int[n * channels] : ints;
        chunk.asIntBuffer().get(ints, 0, n * channels);
        for (int r = 0, i = 0; r < n; r++, i += channels, o += channels) {
          for (int c = 0; c < channels; c++) {
            into[o + c] = ints[i + c] * scale[c];
          }
        }
      }
    }
  }

  private void load(long row, int n) throws IOException {
    int rowBytes = scale.length * sampleBytes;
    if (chunk.capacity() < n * rowBytes) {
      chunk = ByteBuffer.allocate(n * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    chunk.clear().limit(n * rowBytes);
    file.fill(at + row * rowBytes, chunk);
    chunk.flip();
  }

  /** Rising steps of the number whose bits are set where the lines are below a threshold. */
  List<long[]> steps(int[] lines, double belowVolt) throws IOException {
    List<long[]> steps = new ArrayList<>();
    long before = -1;
    for (long done = 0; done < rows; done += step) {
      int n = (int) Math.min(step, rows - done);
      load(done, n);
      for (int r = 0; r < n; r++) {
        long now = 0;
        for (int i = 0; i < lines.length; i++) {
          int place = (r * scale.length + lines[i]) * sampleBytes;
          int value = sampleBytes == 2 ? chunk.getShort(place) : chunk.getInt(place);
          now |= value * scale[lines[i]] < belowVolt ? 1L << i : 0;
        }
        if (before >= 0 && now > before) {
          steps.add(new long[] {done + r, before, now});
        }
        before = now;
      }
    }
    return steps;
  }

  @Override
  public void close() {
    file.close();
  }
}
