package org.efferent.data.blackrock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.RecordingAbout;

/** Header of a file of spikes and events. */
final class NevHeader {
  private static final int BASIC = 336;
  private static final int EXTENDED = 32;
  private static final int MOST_PACKET = 1 << 16;

  /**
   * A factor that does not fit its 16 bits and what it stands for, nanovolt (as NPMK and Neo know).
   */
  private static final int OVERFLOWN = 21_516;

  private static final double OVERFLOWN_NANOVOLTS = 152_592.547;

  final String version;
  final boolean wide;
  final boolean sixteenBits;
  final long dataAt;
  final int packetBytes;
  final double resolutionHz;
  final double waveformRateHz;
  final RecordingAbout about;
  final SortedMap<Integer, NevElectrode> electrodes = new TreeMap<>();
  final List<String> arrays = new ArrayList<>();
  final List<String> ports = new ArrayList<>();

  NevHeader(FileBytes file, List<String> warnings) {
    ByteBuffer b = file.read(0, BASIC, "the header", ByteOrder.LITTLE_ENDIAN);
    String id = Fields.text(b, 0, 8);
    wide = id.equals("BREVENTS");
    if (!wide && !id.equals("NEURALEV")) {
      throw new InputException(
          file.name() + ": is no NEV file: it must begin with NEURALEV or BREVENTS");
    }
    int major = b.get(8) & 0xFF;
    version = major + "." + (b.get(9) & 0xFF);
    if (major != (wide ? 3 : 2)) {
      throw new UnsupportedInputException(
          "%s: NEV is read in the versions 2.1 to 2.3 and 3.0; version=%s"
              .formatted(file.name(), version));
    }
    sixteenBits = (b.get(10) & 1) != 0;
    dataAt = Fields.u32(b, 12);
    long packet = Fields.u32(b, 16);
    resolutionHz = Fields.u32(b, 20);
    waveformRateHz = Fields.u32(b, 24);
    long extended = Fields.u32(b, 332);
    if (packet < (wide ? 16 : 12) || packet > MOST_PACKET || resolutionHz == 0) {
      throw new InputException(
          "%s: packets must have %d to %d bytes and stamps a resolution; bytes=%d, resolution=%.0f; it is damaged"
              .formatted(file.name(), wide ? 16 : 12, MOST_PACKET, packet, resolutionHz));
    }
    packetBytes = (int) packet;
    if (dataAt < BASIC || dataAt > file.size()) {
      throw new InputException(
          "%s: the header must end between byte %d and the end of the file at %d; its end=%d; it is truncated or damaged"
              .formatted(file.name(), BASIC, file.size(), dataAt));
    }
    long fit = (dataAt - BASIC) / EXTENDED;
    if (extended != fit) {
      warnings.add(
          "the header says %d extended headers, %d fit into it; these are read"
              .formatted(extended, fit));
    }
    extended = Math.min(extended, fit);
    StringBuilder comment = new StringBuilder(Fields.text(b, 76, 256));
    for (long i = 0; i < extended; i++) {
      extended(
          file.read(BASIC + i * EXTENDED, EXTENDED, "a header", ByteOrder.LITTLE_ENDIAN), comment);
    }
    about =
        new RecordingAbout(
            "",
            "",
            "",
            Optional.empty(),
            Fields.time(b, 28),
            "",
            "",
            Fields.text(b, 44, 32),
            comment.toString().strip());
  }

  private void extended(ByteBuffer b, StringBuilder comment) {
    int id = Fields.u16(b, 8);
    switch (Fields.text(b, 0, 8)) {
      case "NEUEVWAV" -> electrodes.put(id, waveform(b, id, electrode(id)));
      case "NEUEVLBL" -> electrodes.put(id, electrode(id).labelled(Fields.text(b, 10, 16)));
      case "NEUEVFLT" ->
          // Corners are in millihertz.
          electrodes.put(
              id, electrode(id).filtered(Fields.u32(b, 10) / 1e3, Fields.u32(b, 20) / 1e3));
      case "ARRAYNME" -> arrays.add(Fields.text(b, 8, 24));
      case "DIGLABEL" ->
          ports.add((b.get(24) == 0 ? "serial " : "parallel ") + Fields.text(b, 8, 16));
      case "ECOMMENT" -> comment.append('\n').append(Fields.text(b, 8, 24));
      case "CCOMMENT" -> comment.append(Fields.text(b, 8, 24));
      default -> {
        // Stimulators, cameras and the like say nothing of what is read here.
      }
    }
  }

  private NevElectrode electrode(int id) {
    return electrodes.getOrDefault(id, NevElectrode.unknown(id));
  }

  private NevElectrode waveform(ByteBuffer b, int id, NevElectrode known) {
    int factor = Fields.u16(b, 12);
    double nanovolts = factor == OVERFLOWN ? OVERFLOWN_NANOVOLTS : factor;
    int bytes = b.get(21) & 0xFF;
    boolean newer = wide || version.compareTo("2.3") >= 0;
    return new NevElectrode(
        id,
        known.label(),
        b.get(10) & 0xFF,
        b.get(11) & 0xFF,
        nanovolts / 1e3,
        sixteenBits ? 2 : bytes == 2 || bytes == 4 ? bytes : 1,
        newer ? Fields.u16(b, 22) : 0,
        b.get(20) & 0xFF,
        b.getShort(16),
        b.getShort(18),
        known.highPassHz(),
        known.lowPassHz());
  }
}
