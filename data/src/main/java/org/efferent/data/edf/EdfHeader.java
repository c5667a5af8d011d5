package org.efferent.data.edf;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/** The header of a file, checked against the size of the file. */
final class EdfHeader {
  private static final int FIXED = 256;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d{1,3})?");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,10}");

  final boolean bdf;
  final String patient;
  final String recording;
  final String date;
  final String time;
  final String reserved;
  final double recordSeconds;
  final List<EdfSignal> signals;
  final long recordBytes;
  final long dataAt;
  final long records;

  private final FileBytes file;
  private final List<String> warnings;

  /**
   * Reads it.
   *
   * @param file an EDF or BDF file
   * @param warnings where oddities go
   */
  EdfHeader(FileBytes file, List<String> warnings) {
    this.file = file;
    this.warnings = warnings;
    String fixed = text(0, FIXED, "the header");
    bdf = isBdf(fixed);
    patient = fixed.substring(8, 88).trim();
    recording = fixed.substring(88, 168).trim();
    date = fixed.substring(168, 176).trim();
    time = fixed.substring(176, 184).trim();
    reserved = fixed.substring(192, 236).trim();
    int count = whole(fixed.substring(252, 256), "the number of signals", 252);
    if (count < 1) {
      throw wrong("the number of signals must be at least 1", 252, Integer.toString(count));
    }
    String rest = text(FIXED, FIXED * count, "the header of " + count + " signals");
    signals = signals(rest, count);
    EdfSignal last = signals.get(count - 1);
    recordBytes = last.at() + (long) last.samples() * width();
    dataAt = FIXED * (count + 1L);
    recordSeconds = recordSeconds(fixed.substring(244, 252));
    checkHeaderBytes(fixed.substring(184, 192).trim());
    records = countRecords(fixed.substring(236, 244));
  }

  /** Bytes a sample. */
  int width() {
    return bdf ? 3 : 2;
  }

  /** Whether the header claims EDF+ or BDF+. */
  boolean isPlus() {
    return reserved.startsWith("EDF+") || reserved.startsWith("BDF+");
  }

  /** Whether the records may have gaps between them. */
  boolean isDiscontinuous() {
    return reserved.startsWith("EDF+D") || reserved.startsWith("BDF+D");
  }

  /** Such as {@code EDF+C}. */
  String format() {
    String base = bdf ? "BDF" : "EDF";
    return isPlus() ? base + (isDiscontinuous() ? "+D" : "+C") : base;
  }

  private boolean isBdf(String fixed) {
    if (fixed.charAt(0) == 0xFF && fixed.startsWith("BIOSEMI", 1)) {
      return true;
    }
    if (fixed.substring(0, 8).trim().equals("0")) {
      return false;
    }
    throw new InputException(
        file.name()
            + ": is neither EDF nor BDF: an EDF file begins with '0', a BDF file with byte 255 and"
            + " 'BIOSEMI'; check the file");
  }

  private List<EdfSignal> signals(String rest, int n) {
    List<EdfSignal> all = new ArrayList<>(n);
    long at = 0;
    for (int i = 0; i < n; i++) {
      String label = rest.substring(16 * i, 16 * i + 16).trim();
      String what = "signal " + (i + 1) + " ('" + label + "'): ";
      int pmin = 104 * n + 8 * i;
      int pmax = 112 * n + 8 * i;
      int dmin = 120 * n + 8 * i;
      int dmax = 128 * n + 8 * i;
      int spr = 216 * n + 8 * i;
      EdfSignal signal =
          new EdfSignal(
              label,
              rest.substring(16 * n + 80 * i, 16 * n + 80 * i + 80).trim(),
              rest.substring(96 * n + 8 * i, 96 * n + 8 * i + 8).trim(),
              new EdfRange(
                  number(field(rest, pmin), what + "physical minimum", FIXED + pmin),
                  number(field(rest, pmax), what + "physical maximum", FIXED + pmax),
                  digital(field(rest, dmin), what + "digital minimum", FIXED + dmin),
                  digital(field(rest, dmax), what + "digital maximum", FIXED + dmax)),
              rest.substring(136 * n + 80 * i, 136 * n + 80 * i + 80).trim(),
              whole(field(rest, spr), what + "samples a data record", FIXED + spr),
              at);
      check(signal, what, FIXED + spr, FIXED + pmin, FIXED + dmin);
      all.add(signal);
      at += (long) signal.samples() * width();
    }
    return List.copyOf(all);
  }

  private void check(EdfSignal signal, String what, int spr, int pmin, int dmin) {
    if (signal.samples() < 1) {
      throw wrong(
          what + "samples a data record must be at least 1",
          spr,
          Integer.toString(signal.samples()));
    }
    if (signal.samples() > (1 << 28)) {
      throw new UnsupportedInputException(
          "%s: %smore than 2^28 samples a data record are not supported; samples=%d"
              .formatted(file.name(), what, signal.samples()));
    }
    if (signal.isAnnotations()) {
      return;
    }
    EdfRange range = signal.range();
    if (range.digitalMin() >= range.digitalMax()) {
      throw wrong(
          what + "the digital minimum must be below the maximum",
          dmin,
          range.digitalMin() + " and " + range.digitalMax());
    }
    if (range.physicalMin() == range.physicalMax()) {
      throw wrong(
          what + "the physical minimum and maximum must differ",
          pmin,
          range.physicalMin() + " and " + range.physicalMax());
    }
  }

  private double recordSeconds(String field) {
    double seconds = number(field, "the duration of a data record", 244);
    if (seconds < 0) {
      throw wrong("the duration of a data record must not be negative", 244, field.trim());
    }
    boolean samples = signals.stream().anyMatch(s -> !s.isAnnotations());
    if (seconds == 0 && samples) {
      warnings.add("the header says that a data record lasts 0 s; 1 s is assumed");
      return 1;
    }
    return seconds;
  }

  private void checkHeaderBytes(String field) {
    if (!field.equals(Long.toString(dataAt))) {
      warnings.add(
          "the header says that it has '%s' bytes; %d signals need %d, which is believed"
              .formatted(field, signals.size(), dataAt));
    }
  }

  private long countRecords(String field) {
    long there = (file.size() - dataAt) / recordBytes;
    long over = (file.size() - dataAt) % recordBytes;
    int said = whole(field, "the number of data records", 236);
    if (said < -1) {
      throw wrong("the number of data records must be -1 or more", 236, field.trim());
    }
    if (said == -1) {
      warnings.add(
          "the recording was not closed properly (number of data records -1); the size of the file says "
              + there);
    } else if (said > there) {
      warnings.add(
          "the file is truncated: the header says %d data records, %d are whole; these are read"
              .formatted(said, there));
    } else if (said < there) {
      warnings.add(
          "the header says %d data records, the file holds %d; those of the header are read"
              .formatted(said, there));
    }
    if (over > 0 && (said < 0 || said == there)) {
      warnings.add("%d bytes after the last whole data record were left out".formatted(over));
    }
    return said < 0 ? there : Math.min(said, there);
  }

  private String text(long at, int bytes, String what) {
    byte[] raw = file.read(at, bytes, what, ByteOrder.LITTLE_ENDIAN).array();
    return new String(raw, StandardCharsets.ISO_8859_1);
  }

  private static String field(String text, int at) {
    return text.substring(at, at + 8);
  }

  private double number(String field, String what, int at) {
    String digits = field.trim();
    if (!NUMBER.matcher(digits).matches()) {
      throw wrong(what + " must be a number", at, digits);
    }
    if (digits.indexOf(',') >= 0) {
      warnings.add("%s: a comma in '%s' is read as a decimal point".formatted(what, digits));
    }
    double value = Double.parseDouble(digits.replace(',', '.'));
    if (Double.isInfinite(value)) {
      throw wrong(what + " must be finite", at, digits);
    }
    return value;
  }

  private int whole(String field, String what, int at) {
    String digits = field.trim();
    if (WHOLE.matcher(digits).matches()) {
      long value = Long.parseLong(digits);
      if (value == (int) value) {
        return (int) value;
      }
    }
    throw wrong(what + " must be a whole number", at, digits);
  }

  /** Some devices write digital extremes with a decimal point. */
  private int digital(String field, String what, int at) {
    double value = number(field, what, at);
    if (value != Math.rint(value) || Math.abs(value) > 1 << 24) {
      throw wrong(what + " must be a whole number of at most 24 bits", at, field.trim());
    }
    return (int) value;
  }

  private InputException wrong(String rule, int at, String value) {
    return new InputException(
        "%s: %s; byte %d='%s'; the header is damaged".formatted(file.name(), rule, at, value));
  }
}
