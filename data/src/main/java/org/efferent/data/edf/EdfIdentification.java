package org.efferent.data.edf;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.data.RecordingAbout;

/** The identification fields of the header (EDF+ §2.1.3.3 and .4), both ways. */
final class EdfIdentification {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})-([A-Za-z]{3})-(\\d{4})");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})[.:/ -](\\d{1,2})[.:/ -](\\d{1,2})");

  private EdfIdentification() {}

  /**
   * What the header says of subject and examination.
   *
   * @param header the header
   * @param fraction seconds between the header's start and the first sample
   * @param warnings where oddities go
   * @return what is known; an EDF field that follows no rule is the subject's id or the comment
   */
  static RecordingAbout read(EdfHeader header, double fraction, List<String> warnings) {
    Optional<LocalDate> full = Optional.empty();
    String[] recording = header.recording.split(" +", -1);
    boolean plus = header.isPlus() && recording.length >= 2 && recording[0].equals("Startdate");
    if (plus) {
      full = day(recording[1]);
    }
    Optional<LocalDateTime> start = start(header, full, fraction, warnings);
    if (!header.isPlus()) {
      return new RecordingAbout(
          header.patient, "", "", Optional.empty(), start, "", "", "", header.recording);
    }
    String[] patient = header.patient.split(" +", -1);
    String sex = part(patient, 1).toUpperCase(Locale.ROOT);
    return new RecordingAbout(
        part(patient, 0),
        part(patient, 3),
        sex.equals("F") || sex.equals("M") ? sex : "",
        patient.length > 2 ? day(patient[2]) : Optional.empty(),
        start,
        plus ? part(recording, 2) : "",
        plus ? part(recording, 3) : "",
        plus ? part(recording, 4) : "",
        plus ? from(recording, 5) : header.recording);
  }

  /** The field of the subject: code, sex, birth date, name. */
  static String patient(RecordingAbout about) {
    String sex = about.sex().equals("F") || about.sex().equals("M") ? about.sex() : "X";
    return word(about.subjectId())
        + " "
        + sex
        + " "
        + about.birthDate().map(EdfIdentification::day).orElse("X")
        + " "
        + word(about.subjectName());
  }

  /** The field of the examination: start, code, investigator, equipment. */
  static String recording(RecordingAbout about) {
    String line =
        "Startdate "
            + about.start().map(s -> day(s.toLocalDate())).orElse("X")
            + " "
            + word(about.recordingId())
            + " "
            + word(about.investigator())
            + " "
            + word(about.equipment());
    return about.comment().isBlank() ? line : line + " " + word(about.comment());
  }

  private static Optional<LocalDateTime> start(
      EdfHeader header, Optional<LocalDate> full, double fraction, List<String> warnings) {
    Matcher date = CLOCK.matcher(header.date);
    Matcher time = CLOCK.matcher(header.time);
    if (!date.matches() || !time.matches()) {
      warnings.add(
          "the start is no dd.mm.yy and hh.mm.ss: '" + header.date + "', '" + header.time + "'");
      return Optional.empty();
    }
    try {
      int year = number(date, 3);
      // Years of two digits begin with 1985 (EDF+ §2.1.3.2).
      LocalDate day =
          LocalDate.of(year + (year > 84 ? 1900 : 2000), number(date, 2), number(date, 1));
      if (full.isEmpty() && header.recording.startsWith("Startdate X")) {
        // An anonymised file says 01.01.85 because the field cannot be empty.
        return Optional.empty();
      }
      LocalTime clock = LocalTime.of(number(time, 1), number(time, 2), number(time, 3));
      long nanos = Math.abs(fraction) < 86_400 ? Math.round(fraction * 1e9) : 0;
      return Optional.of(full.orElse(day).atTime(clock).plusNanos(nanos));
    } catch (DateTimeException e) {
      warnings.add("there is no such start: '" + header.date + "', '" + header.time + "'");
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static Optional<LocalDate> day(String text) {
    Matcher matcher = DAY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int month = MONTHS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1;
    try {
      return Optional.of(LocalDate.of(number(matcher, 3), month, number(matcher, 1)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String day(LocalDate date) {
    return "%02d-%s-%04d"
        .formatted(date.getDayOfMonth(), MONTHS.get(date.getMonthValue() - 1), date.getYear());
  }

  private static String part(String[] parts, int index) {
    if (index >= parts.length || parts[index].equals("X")) {
      return "";
    }
    return parts[index].replace('_', ' ');
  }

  private static String from(String[] parts, int index) {
    StringBuilder rest = new StringBuilder();
    for (int i = index; i < parts.length; i++) {
      rest.append(i == index ? "" : " ").append(part(parts, i));
    }
    return rest.toString();
  }

  private static String word(String text) {
    return text.isBlank() ? "X" : text.strip().replaceAll("\\s+", "_");
  }
}
