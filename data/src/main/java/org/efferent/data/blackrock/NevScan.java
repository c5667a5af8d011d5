package org.efferent.data.blackrock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.efferent.core.Marker;

/** One pass over the packets: spikes are counted, events become markers. */
final class NevScan {
  /** Electrodes are below it, other packets above. */
  private static final int LAST_ELECTRODE = 0x7FFF;

  private static final int DIGITAL = 0;
  private static final int COMMENT = 0xFFFF;
  private static final int SERIAL = 0x80;
  private static final long CONTINUED = 0xFFFF_FFFFL;

  final SortedMap<NevUnit, Long> counts = new TreeMap<>();
  final List<Marker> markers = new ArrayList<>();
  final SortedMap<String, Long> others = new TreeMap<>();
  long spikes;
  long restarts;

  private final NevHeader header;
  private final int idAt;
  private long empty;
  private long last = Long.MIN_VALUE;

  NevScan(NevHeader header) {
    this.header = header;
    this.idAt = header.wide ? 8 : 4;
  }

  static boolean isSpike(int id) {
    return id > DIGITAL && id <= LAST_ELECTRODE;
  }

  /** Whether a packet goes on with the one before it. */
  static boolean isContinued(NevHeader header, long ticks) {
    return !header.wide && ticks == CONTINUED;
  }

  /** A packet at a place of a block. */
  void packet(ByteBuffer b, int at) {
    long ticks = Fields.ticks(b, at, header.wide);
    int id = Fields.u16(b, at + idAt);
    if (isContinued(header, ticks)) {
      others.merge("continuation", 1L, Long::sum);
      return;
    }
    // Packets of several electrodes may change places; a clock that was set back goes far.
    if (last != Long.MIN_VALUE && last - ticks > header.resolutionHz) {
      restarts++;
    }
    last = ticks;
    double time = ticks / header.resolutionHz;
    if (isSpike(id)) {
      counts.merge(new NevUnit(id, b.get(at + idAt + 2) & 0xFF), 1L, Long::sum);
      spikes++;
    } else if (id == DIGITAL) {
      int reason = b.get(at + idAt + 2) & 0xFF;
      if (reason == 0) {
        // Written for no reason: a hole, as a full disk leaves them, has millions of these.
        empty++;
        return;
      }
      int value = Fields.u16(b, at + idAt + 4);
      boolean serial = (reason & SERIAL) != 0;
      markers.add(new Marker(time, serial ? "serial " + (value & 0xFF) : Integer.toString(value)));
    } else if (id == COMMENT) {
      comment(b, at, time);
    } else {
      others.merge(name(id), 1L, Long::sum);
    }
  }

  private void comment(ByteBuffer b, int at, double time) {
    int from = idAt + 8;
    int bytes = header.packetBytes - from;
    boolean wideText = b.get(at + idAt + 2) == 1;
    String text =
        bytes <= 0
            ? ""
            : Fields.text(
                b,
                at + from,
                wideText ? bytes / 2 * 2 : bytes,
                wideText ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    markers.add(new Marker(time, text.isEmpty() ? "comment" : text));
  }

  private static String name(int id) {
    return switch (id) {
      case 0xFFFE -> "video synchronisation";
      case 0xFFFD -> "tracking";
      case 0xFFFC -> "button";
      case 0xFFFB -> "configuration";
      case 0xFFFA -> "log";
      case 0xFFF9 -> "recording";
      default -> "unknown";
    };
  }

  void finish() {
    if (empty > 0) {
      others.put("empty", empty);
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
  }
}
