package org.efferent.data.blackrock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;

/** The samples of a file: 16-bit numbers, all channels of a sample together. */
final class NsxRecording implements Recording {
  private static final int BLOCK = 1 << 20;

  private final NsxHeader header;
  private final NsxPackets packets;
  private final StreamInfo info;
  private final List<Marker> markers;
  private final double[] scale;
  private final double[] offset;
  private ByteBuffer block = ByteBuffer.allocate(0);

  NsxRecording(
      NsxHeader header,
      NsxPackets packets,
      StreamInfo info,
      List<Marker> markers,
      double[] scale,
      double[] offset) {
    this.header = header;
    this.packets = packets;
    this.info = info;
    this.markers = List.copyOf(markers);
    this.scale = scale;
    this.offset = offset;
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return packets.rows();
  }

  @Override
  public List<Marker> markers() {
    return markers;
  }

  @Override
  public void read(long from, int rows, double[] into, int at) {
    Objects.checkFromIndexSize(from, (long) rows, rows());
    Objects.checkFromIndexSize(at, rows * scale.length, into.length);
    try {
      for (int done = 0; done < rows; ) {
        done += samples(from + done, rows - done, into, at + done * scale.length);
      }
    } catch (IOException e) {
      throw packets.failed(e);
    }
  }

  private int samples(long row, int most, double[] into, int at) throws IOException {
    NsxPackets.Run run = packets.run(row);
    int rowBytes = packets.rowBytes();
    int head = packets.headBytes();
    int n;
    int first;
    int stride;
    // Version 2.1 has no packets.
    if (run.points() == 1 && !header.old) {
      stride = packets.stride();
      n = load(run, row, most);
      first = head;
    } else {
      long packet = (row - run.first()) / run.points();
      long inside = (row - run.first()) % run.points();
      stride = rowBytes;
      n = (int) Math.min(Math.min(most, run.points() - inside), Math.max(1, BLOCK / rowBytes));
      room(n * rowBytes);
      long begin = run.at() + packet * (head + run.points() * rowBytes) + head;
      packets.bytes(begin + inside * rowBytes, block);
      first = 0;
    }
    for (int r = 0; r < n; r++) {
      int p = first + r * stride;
      int o = at + r * scale.length;
      for (int c = 0; c < scale.length; c++) {
        into[o + c] = block.getShort(p + 2 * c) * scale[c] + offset[c];
      }
    }
    return n;
  }

  /** Packets of one sample; says how many. */
  private int load(NsxPackets.Run run, long row, int most) throws IOException {
    int stride = packets.stride();
    int n = (int) Math.min(Math.min(most, run.end() - row), Math.max(1, BLOCK / stride));
    room(n * stride);
    packets.packets(run.at() + (row - run.first()) * stride, n, block);
    return n;
  }

  private void room(int bytes) {
    if (block.capacity() < bytes) {
      block = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    block.clear().limit(bytes);
  }

  @Override
  public void readStamps(long from, int rows, double[] into, int at) {
    Objects.checkFromIndexSize(from, (long) rows, rows());
    Objects.checkFromIndexSize(at, rows, into.length);
    try {
      for (int done = 0; done < rows; ) {
        done += stamps(from + done, rows - done, into, at + done);
      }
    } catch (IOException e) {
      throw packets.failed(e);
    }
  }

  private int stamps(long row, int most, double[] into, int at) throws IOException {
    NsxPackets.Run run = packets.run(row);
    int stride = packets.stride();
    if (run.points() == 1 && !header.old) {
      int n = load(run, row, most);
      for (int i = 0; i < n; i++) {
        into[at + i] = Fields.ticks(block, i * stride + 1, header.wide) / header.resolutionHz;
      }
      return n;
    }
    long packet = (row - run.first()) / run.points();
    long inside = (row - run.first()) % run.points();
    int n = (int) Math.min(most, run.points() - inside);
    long bytes = packets.headBytes() + run.points() * packets.rowBytes();
    double start = packets.stamp(run.at() + packet * bytes);
    for (int i = 0; i < n; i++) {
      into[at + i] = start + (inside + i) / header.rateHz;
    }
    return n;
  }

  @Override
  public void close() {
    packets.close();
  }
}
