package org.efferent.data.xdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.InputFiles;

/** A stream of numbers whose stamps are in memory and whose values are in the file. */
final class XdfRecording implements Recording {
  private static final int MOST_BYTES = 1 << 17;

  private final Path path;
  private final XdfBytes bytes;
  private final StreamInfo info;
  private final ChannelFormat format;
  private final double[] stamps;
  private final SampleIndex index;
  private final List<Marker> markers;

  XdfRecording(
      Path path, XdfBytes bytes, XdfStream stream, SampleIndex index, List<Marker> markers) {
    this.path = path;
    this.bytes = bytes;
    this.info = stream.header().info();
    this.format = stream.header().format();
    this.stamps = stream.stamps();
    this.index = index;
    this.markers = markers;
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return stamps.length;
  }

  @Override
  public List<Marker> markers() {
    return markers;
  }

  @Override
  public void readStamps(long from, int rows, double[] into, int offset) {
    Objects.checkFromIndexSize(from, rows, rows());
    System.arraycopy(stamps, (int) from, into, offset, rows);
  }

  @Override
  public void read(long from, int rows, double[] into, int offset) {
    Objects.checkFromIndexSize(from, (long) rows, rows());
    Objects.checkFromIndexSize((long) offset, (long) rows * channels(), into.length);
    int width = channels() * format.bytes();
    try {
      long sample = from;
      int to = offset;
      while (sample < from + rows) {
        int run = index.run(sample);
        int stride = index.stride(run);
        long end = Math.min(from + rows, index.end(run, rows()));
        int n = (int) Math.min(end - sample, 1 + Math.max(0, MOST_BYTES - width) / stride);
        ByteBuffer in = bytes.view(index.place(run, sample), (n - 1) * stride + width);
        for (int i = 0; i < n; i++) {
          decode(in, i * stride, into, to);
          to += channels();
        }
        sample += n;
      }
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  private void decode(ByteBuffer in, int at, double[] into, int to) {
    int channels = channels();
    switch (format) {
      case FLOAT32 -> {
        for (int c = 0; c < channels; c++) {
          into[to + c] = in.getFloat(at + 4 * c);
        }
      }
      case DOUBLE64 -> {
        for (int c = 0; c < channels; c++) {
          into[to + c] = in.getDouble(at + 8 * c);
        }
      }
      case INT32 -> {
        for (int c = 0; c < channels; c++) {
          into[to + c] = in.getInt(at + 4 * c);
        }
      }
      case INT16 -> {
        for (int c = 0; c < channels; c++) {
          into[to + c] = in.getShort(at + 2 * c);
        }
      }
      case INT8 -> {
        for (int c = 0; c < channels; c++) {
          into[to + c] = in.get(at + c);
        }
      }
      case INT64 -> {
        for (int c = 0; c < channels; c++) {
          into[to + c] = (double) in.getLong(at + 8 * c);
        }
      }
      case STRING -> throw new IllegalStateException("texts are not numbers");
    }
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }
}
