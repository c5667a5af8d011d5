package org.efferent.data.brainvision;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.Marker;

/**
 * The marker file: {@code Mk1=type,description,position,size,channel,date}. A marker's label is
 * {@code type/description} as MNE-Python writes it; which channel it belongs to is not kept.
 */
final class MarkerFile {
  private static final Pattern FIRST =
      Pattern.compile(
          "Brain ?Vision( Core| V-Amp)? Data( Exchange)? Marker File,? Version [12]\\.0.*");
  private static final Pattern KEY = Pattern.compile("[Mm]k\\d+");
  // Written without separators, the pattern of digits alone would take the fraction for the year.
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("MMddHHmmss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, false)
          .toFormatter(java.util.Locale.ROOT);

  final List<Marker> markers = new ArrayList<>();
  Optional<LocalDateTime> start = Optional.empty();

  /**
   * Reads it.
   *
   * @param path the {@code .vmrk} file
   * @param rateHz of the recording
   * @param rows of the recording; markers beyond are left out
   * @param warnings where oddities go
   */
  MarkerFile(Path path, double rateHz, long rows, List<String> warnings) {
    IniFile ini = IniFile.read(path);
    if (!FIRST.matcher(ini.first()).matches()) {
      throw new InputException(
          "%s: is no BrainVision marker file of version 1.0 or 2.0; check its first line"
              .formatted(ini.name()));
    }
    int outside = 0;
    for (IniFile.Entry entry : ini.section("marker infos")) {
      if (!KEY.matcher(entry.key()).matches()) {
        continue;
      }
      String[] fields = entry.value().split(",", -1);
      String type = IniFile.field(fields, 0);
      String label = type + "/" + IniFile.field(fields, 1);
      long position = whole(ini, entry, fields, 2, "position");
      long size = IniFile.field(fields, 3).isEmpty() ? 0 : whole(ini, entry, fields, 3, "size");
      if (type.equals("New Segment") && start.isEmpty()) {
        start = date(IniFile.field(fields, 5), position - 1, rateHz);
      }
      if (position < 1 || position > rows) {
        outside++;
      } else {
        markers.add(new Marker((position - 1) / rateHz, Math.max(0, size) / rateHz, label));
      }
    }
    if (outside > 0) {
      warnings.add(
          "%s: %d markers lie outside the %d samples and were left out"
              .formatted(ini.name(), outside, rows));
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
  }

  private static long whole(
      IniFile ini, IniFile.Entry entry, String[] fields, int index, String what) {
    try {
      return Long.parseLong(IniFile.field(fields, index));
    } catch (NumberFormatException e) {
      throw ini.wrong(entry, "must have a " + what + " that is a whole number", e);
    }
  }

  private static Optional<LocalDateTime> date(String text, long samples, double rateHz) {
    try {
      double nanos = samples / rateHz * 1e9;
      return Optional.of(LocalDateTime.parse(text, DATE).minusNanos(Math.round(nanos)));
    } catch (DateTimeParseException e) {
      // Twenty zeros, or nothing, say that the date is not known.
      return Optional.empty();
    }
  }
}
