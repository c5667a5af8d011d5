package org.efferent.data.blackrock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.Shown;

/**
 * Where the samples lie: packets of a stamp and some samples, one after the other. A pause, or a
 * clock that is set back, begins a new one; recordings of several devices (3.0) have one a sample.
 */
final class NsxPackets {
  private static final int PROBES = 64;
  private static final int MOST_LINES = 20;

  private final FileBytes file;
  private final NsxHeader header;
  private final int rowBytes;
  private final int headBytes;
  private final List<Run> runs = new ArrayList<>();
  private long rows;
  private long packets;

  /**
   * Packets of equal size, one after the other.
   *
   * @param first number of the first row
   * @param at where the first packet begins
   * @param points rows of each
   * @param packets how many
   */
  record Run(long first, long at, long points, long packets) {
    long end() {
      return first + points * packets;
    }
  }

  NsxPackets(FileBytes file, NsxHeader header, List<String> contents, List<String> warnings) {
    this.file = file;
    this.header = header;
    this.rowBytes = 2 * header.scale.length;
    this.headBytes = header.old ? 0 : header.wide ? 13 : 9;
    if (header.old) {
      long there = file.size() - header.dataAt;
      left(there % rowBytes, warnings);
      add(header.dataAt, there / rowBytes);
    } else if (header.wide && single()) {
      long stride = stride();
      packets = (file.size() - header.dataAt) / stride;
      runs.add(new Run(0, header.dataAt, 1, packets));
      rows = packets;
      left((file.size() - header.dataAt) % stride, warnings);
      contents.add("data packets: %d of one sample each".formatted(packets));
    } else {
      walk(contents, warnings);
    }
  }

  /** Bytes of a packet of one sample. */
  int stride() {
    return headBytes + rowBytes;
  }

  private void left(long bytes, List<String> warnings) {
    if (bytes != 0) {
      warnings.add(bytes + " bytes after the last whole sample were left out");
    }
  }

  private void add(long at, long points) {
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null
        && last.points() == points
        && at == last.at() + last.packets() * (headBytes + points * rowBytes)) {
      runs.set(runs.size() - 1, new Run(last.first(), last.at(), points, last.packets() + 1));
    } else if (points > 0) {
      runs.add(new Run(rows, at, points, 1));
    }
    rows += points;
    packets++;
  }

  /**
   * Whether all packets have one sample. There may be a hundred million of them, so some are looked
   * at now and all others when they are read.
   */
  private boolean single() {
    long stride = stride();
    long count = (file.size() - header.dataAt) / stride;
    for (long i = 0; i <= PROBES && count >= 2; i++) {
      // Without a product that overflows: the last probe is the last packet.
      long packet = (count - 1) / PROBES * i + (count - 1) % PROBES * i / PROBES;
      ByteBuffer head = head(header.dataAt + packet * stride);
      if (head.get(0) != 1 || points(head) != 1) {
        return false;
      }
    }
    return count >= 2;
  }

  private ByteBuffer head(long at) {
    return file.read(at, headBytes, "a data packet", ByteOrder.LITTLE_ENDIAN);
  }

  private long points(ByteBuffer head) {
    return Fields.u32(head, headBytes - 4);
  }

  private void walk(List<String> contents, List<String> warnings) {
    long at = header.dataAt;
    while (at <= file.size() - headBytes) {
      ByteBuffer head = head(at);
      if (head.get(0) != 1) {
        String what =
            "byte %d: a data packet must begin with 1; found %d".formatted(at, head.get(0) & 0xFF);
        if (runs.isEmpty()) {
          throw new InputException(file.name() + ": " + what + "; it is damaged");
        }
        warnings.add(what + "; what follows was left out");
        break;
      }
      long points = points(head);
      long there = (file.size() - at - headBytes) / rowBytes;
      if (points == 0 && there > 0 && !packetAt(at + headBytes)) {
        warnings.add(
            "the last data packet was never closed; its %d samples were read".formatted(there));
        points = there;
      } else if (points > there) {
        warnings.add(
            "the data packet at byte %d says %d samples, %d are there; these are read"
                .formatted(at, points, there));
        points = there;
      }
      if (points > 0 && packets < MOST_LINES) {
        contents.add(
            "data packet: %d samples from %s s".formatted(points, Shown.number(seconds(head))));
      }
      add(at, points);
      at += headBytes + points * rowBytes;
    }
    if (packets > MOST_LINES) {
      contents.add("data packets: %d in all".formatted(packets));
    }
  }

  /** Whether a packet that makes sense begins there. */
  private boolean packetAt(long at) {
    if (at > file.size() - headBytes) {
      return false;
    }
    ByteBuffer head = head(at);
    return head.get(0) == 1 && points(head) <= (file.size() - at - headBytes) / rowBytes;
  }

  private double seconds(ByteBuffer head) {
    return Fields.ticks(head, 1, header.wide) / header.resolutionHz;
  }

  long rows() {
    return rows;
  }

  int rowBytes() {
    return rowBytes;
  }

  int headBytes() {
    return headBytes;
  }

  /** The run in which a row is. */
  Run run(long row) {
    int low = 0;
    int high = runs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (runs.get(middle).first() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return runs.get(low);
  }

  /** Reads packets of one sample; each is checked, since not all were when the file was opened. */
  void packets(long at, int count, ByteBuffer into) throws IOException {
    file.fill(at, into);
    for (int i = 0; i < count; i++) {
      int p = i * stride();
      if (into.get(p) != 1 || Fields.u32(into, p + headBytes - 4) != 1) {
        throw new InputException(
            "%s: byte %d: a data packet must begin with 1 and have one sample as all others; it is damaged"
                .formatted(file.name(), at + p));
      }
    }
  }

  /** Reads bytes. */
  void bytes(long at, ByteBuffer into) throws IOException {
    file.fill(at, into);
  }

  /** Stamp of a packet, seconds. */
  double stamp(long at) {
    return header.old ? 0 : seconds(head(at));
  }

  InputException failed(IOException e) {
    return InputFiles.failed(file.path(), e);
  }

  void close() {
    file.close();
  }
}
