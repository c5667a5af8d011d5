package org.efferent.data.blackrock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/** Header of a file of continuous signals. */
final class NsxHeader {
  /** All periods count thirtieths of a millisecond, whatever the clock of the stamps is. */
  private static final double PERIODS_A_SECOND = 30_000;

  private static final int BASIC = 314;
  private static final int EXTENDED = 66;
  private static final int OLD_BASIC = 32;

  final String version;
  final double rateHz;

  /** Ticks of the stamps a second. */
  final double resolutionHz;

  /** Whether stamps have 64 bits. */
  final boolean wide;

  /** Whether there are no packets and no scales: version 2.1. */
  final boolean old;

  final long dataAt;
  final Optional<LocalDateTime> start;
  final String comment;
  final List<ChannelInfo> channels = new ArrayList<>();
  final int[] electrodes;
  final double[] scale;
  final double[] offset;

  private final String file;

  NsxHeader(FileBytes bytes) {
    file = bytes.name();
    ByteBuffer head = bytes.read(0, OLD_BASIC, "the header", ByteOrder.LITTLE_ENDIAN);
    String id = Fields.text(head, 0, 8);
    old = id.equals("NEURALSG");
    int major = old ? 2 : head.get(8) & 0xFF;
    version = old ? "2.1" : major + "." + (head.get(9) & 0xFF);
    wide = id.equals("BRSMPGRP");
    if (!old && !wide && !id.equals("NEURALCD")) {
      throw new InputException(
          file + ": is no NSx file: it must begin with NEURALSG, NEURALCD or BRSMPGRP");
    }
    if (major != (wide ? 3 : 2)) {
      throw new UnsupportedInputException(
          "%s: NSx is read in the versions 2.1 to 2.3 and 3.0; version=%s"
              .formatted(file, version));
    }
    ByteBuffer b = old ? head : bytes.read(0, BASIC, "the header", ByteOrder.LITTLE_ENDIAN);
    long period = Fields.u32(b, old ? 24 : 286);
    long count = Fields.u32(b, old ? 28 : 310);
    long resolution = old ? 30_000 : Fields.u32(b, 290);
    if (period == 0 || resolution == 0 || count == 0 || count > 1 << 16) {
      throw new InputException(
          "%s: period, resolution of the stamps and channels must be positive, channels 65536 at the most; period=%d, resolution=%d, channels=%d; it is damaged"
              .formatted(file, period, resolution, count));
    }
    rateHz = PERIODS_A_SECOND / period;
    resolutionHz = resolution;
    start = old ? Optional.empty() : Fields.time(b, 294);
    comment = old ? "" : Fields.text(b, 30, 256);
    electrodes = new int[(int) count];
    scale = new double[(int) count];
    offset = new double[(int) count];
    long end = old ? OLD_BASIC + 4 * count : BASIC + EXTENDED * count;
    dataAt = old ? end : Fields.u32(b, 10);
    if (dataAt < end || dataAt > bytes.size()) {
      throw new InputException(
          "%s: the header of %d channels must end between byte %d and the end of the file at %d; its end=%d; it is truncated or damaged"
              .formatted(file, count, end, bytes.size(), dataAt));
    }
    int first = old ? OLD_BASIC : BASIC;
    ByteBuffer all =
        bytes.read(first, (int) (end - first), "the channels", ByteOrder.LITTLE_ENDIAN);
    for (int c = 0; c < count; c++) {
      if (old) {
        electrodes[c] = all.getInt(4 * c);
        scale[c] = 1;
        channels.add(new ChannelInfo("elec" + electrodes[c], "", ""));
      } else {
        channel(all, EXTENDED * c, c);
      }
    }
  }

  private void channel(ByteBuffer b, int at, int c) {
    String type = Fields.text(b, at, 2);
    electrodes[c] = Fields.u16(b, at + 2);
    String name = Fields.text(b, at + 4, 16);
    String label = name.isEmpty() ? "elec" + electrodes[c] : name;
    int low = b.getShort(at + 22);
    int high = b.getShort(at + 24);
    if (!type.equals("CC") || high == low) {
      throw new InputException(
          "%s: channel %d: must be of type CC with a digital range; type=%s, range=%d to %d; it is damaged"
              .formatted(file, c + 1, type, low, high));
    }
    double least = b.getShort(at + 26);
    String unit = Fields.text(b, at + 30, 16);
    double factor = microvolts(unit);
    double step = (b.getShort(at + 28) - least) / (high - low);
    scale[c] = step * (factor == 0 ? 1 : factor);
    offset[c] = (least - low * step) * (factor == 0 ? 1 : factor);
    // Analogue inputs have millivolts, amplifiers microvolts.
    String kind = unit.equals("mV") ? "ADC" : "";
    channels.add(new ChannelInfo(label, kind, factor == 0 ? unit : "uV"));
  }

  private static double microvolts(String unit) {
    return switch (unit) {
      case "uV", "µV" -> 1;
      case "mV" -> 1e3;
      case "V" -> 1e6;
      default -> 0;
    };
  }
}
