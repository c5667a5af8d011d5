package org.efferent.data.ctf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.data.FileBytes;
import org.efferent.data.RecordingAbout;

/** The header, {@code .res4}: big-endian, with fixed places up to the description of the run. */
final class CtfHeader {
  private static final int FIXED = 1844;
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("[d-MMM-uuuu][d/M/uuuu][uuuu/M/d]")
          .toFormatter(Locale.ENGLISH);

  final int trialSamples;
  final double sampleRateHz;
  final int trials;
  final int preTriggerSamples;
  final RecordingAbout about;
  final List<CtfChannel> channels = new ArrayList<>();

  CtfHeader(FileBytes file) {
    ByteBuffer b = file.read(0, FIXED, "the header", ByteOrder.BIG_ENDIAN);
    if (!text(b, 0, 8).startsWith("MEG4")) {
      throw new InputException(
          "%s: is not a CTF header: it must begin with MEG4; it begins with '%s'"
              .formatted(file.name(), text(b, 0, 8)));
    }
    trialSamples = b.getInt(1288);
    int count = b.getShort(1292);
    sampleRateHz = b.getDouble(1296);
    trials = b.getShort(1312);
    preTriggerSamples = b.getInt(1316);
    boolean positive = sampleRateHz > 0 && !Double.isInfinite(sampleRateHz);
    if (trialSamples < 1 || count < 1 || !positive) {
      throw new InputException(
          "%s: samples, channels and rate must be positive; samples=%d, channels=%d, rate=%s"
              .formatted(file.name(), trialSamples, count, sampleRateHz));
    }
    about =
        new RecordingAbout(
            text(b, 1712, 32),
            "",
            "",
            Optional.empty(),
            start(text(b, 1033, 255), text(b, 778, 255)),
            text(b, 1360, 32),
            text(b, 1744, 32),
            "CTF",
            text(b, 1392, 256));
    readChannels(file, afterFilters(file, FIXED + (long) Math.max(0, b.getInt(1836))), count);
  }

  private static long afterFilters(FileBytes file, long at) {
    int filters = file.read(at, 2, "the filters", ByteOrder.BIG_ENDIAN).getShort(0);
    long next = at + 2;
    for (int i = 0; i < filters; i++) {
      int parameters = file.read(next + 16, 2, "a filter", ByteOrder.BIG_ENDIAN).getShort(0);
      next += 18 + 8L * Math.max(0, parameters);
    }
    return next;
  }

  private void readChannels(FileBytes file, long at, int count) {
    ByteBuffer names = file.read(at, 32 * count, "the channels' names", ByteOrder.BIG_ENDIAN);
    long words = at + 32L * count;
    for (int c = 0; c < count; c++) {
      ByteBuffer b =
          file.read(
              words + (long) c * CtfChannel.BYTES,
              CtfChannel.BYTES,
              "channel " + (c + 1),
              ByteOrder.BIG_ENDIAN);
      channels.add(CtfChannel.read(b, text(names, 32 * c, 32), file.name()));
    }
  }

  /** Date and time as an operator may have typed them, even in each other's place. */
  private static Optional<LocalDateTime> start(String date, String time) {
    boolean swapped = time.contains("/") && date.contains(":");
    try {
      return Optional.of(
          LocalDateTime.of(
              LocalDate.parse(swapped ? time : date, DATE),
              LocalTime.parse(swapped ? date : time)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String text(ByteBuffer b, int at, int bytes) {
    int end = at;
    while (end < at + bytes && b.get(end) != 0) {
      end++;
    }
    return end == at ? "" : StandardCharsets.UTF_8.decode(b.slice(at, end - at)).toString().strip();
  }
}
