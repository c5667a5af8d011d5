package org.efferent.data.brainvision;

import java.time.LocalDateTime;
import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.data.RecordingAbout;

/** The marker file as it is written. */
final class MarkerText {
  private static final String SEGMENT = "New Segment";

  private MarkerText() {}

  static String of(
      String base,
      List<Marker> markers,
      Recording recording,
      double start,
      RecordingAbout about,
      List<String> notes) {
    double rate = recording.info().sampleRateHz();
    StringBuilder text = new StringBuilder();
    text.append("Brain Vision Data Exchange Marker File, Version 1.0\r\n\r\n[Common Infos]\r\n")
        .append("Codepage=UTF-8\r\nDataFile=" + base + ".eeg\r\n\r\n[Marker Infos]\r\n")
        .append(
            "; Each entry: Mk<Number>=<Type>,<Description>,<Position>,<Size>,<Channel>,<Date>\r\n");
    int number = 1;
    String date = about.start().map(s -> "," + date(s)).orElse("");
    boolean begun =
        markers.stream()
            .anyMatch(
                m ->
                    m.label().startsWith(SEGMENT + "/")
                        && Math.round((m.time() - start) * rate) == 0);
    if (!date.isEmpty() && !begun) {
      text.append("Mk%d=%s,,1,1,0%s\r\n".formatted(number++, SEGMENT, date));
    }
    int outside = 0;
    for (Marker m : markers) {
      long row = Math.round((m.time() - start) * rate);
      if (row < 0 || row >= recording.rows()) {
        outside++;
        continue;
      }
      int slash = m.label().indexOf('/');
      String type = slash < 0 ? "Comment" : m.label().substring(0, slash);
      text.append(
          "Mk%d=%s,%s,%d,%d,0%s\r\n"
              .formatted(
                  number++,
                  field(type),
                  field(m.label().substring(slash + 1)),
                  row + 1,
                  Math.round(m.durationSeconds() * rate),
                  row == 0 && type.equals(SEGMENT) ? date : ""));
    }
    if (outside > 0) {
      notes.add("%d markers lie outside the samples and were left out".formatted(outside));
    }
    return text.toString();
  }

  /** A comma is written {@code \1}; a line has one line. */
  static String field(String text) {
    return text.replace(",", "\\1").replaceAll("[\\r\\n]+", " ");
  }

  private static String date(LocalDateTime s) {
    return "%04d%02d%02d%02d%02d%02d%06d"
        .formatted(
            s.getYear(),
            s.getMonthValue(),
            s.getDayOfMonth(),
            s.getHour(),
            s.getMinute(),
            s.getSecond(),
            s.getNano() / 1000);
  }
}
