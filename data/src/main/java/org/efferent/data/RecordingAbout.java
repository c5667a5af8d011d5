package org.efferent.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom and what a recording is of, as far as its file says: what an anonymised copy leaves out.
 *
 * @param subjectId code of the subject; empty if unknown
 * @param subjectName name of the subject; empty if unknown
 * @param sex {@code F}, {@code M}, {@code O}, or empty if unknown
 * @param birthDate when the subject was born
 * @param start when the first sample was taken, on the wall clock that the file keeps
 * @param recordingId code of the examination, experiment or session; empty if unknown
 * @param investigator who recorded; empty if unknown
 * @param equipment what recorded; empty if unknown
 * @param comment free text; empty if there is none
 */
public record RecordingAbout(
    String subjectId,
    String subjectName,
    String sex,
    Optional<LocalDate> birthDate,
    Optional<LocalDateTime> start,
    String recordingId,
    String investigator,
    String equipment,
    String comment) {
  /** Nothing is known. */
  public static final RecordingAbout UNKNOWN =
      new RecordingAbout("", "", "", Optional.empty(), Optional.empty(), "", "", "", "");

  /** Checks that nothing is null. */
  public RecordingAbout {
    Objects.requireNonNull(subjectId, "subjectId");
    Objects.requireNonNull(subjectName, "subjectName");
    Objects.requireNonNull(sex, "sex");
    Objects.requireNonNull(birthDate, "birthDate");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(recordingId, "recordingId");
    Objects.requireNonNull(investigator, "investigator");
    Objects.requireNonNull(equipment, "equipment");
    Objects.requireNonNull(comment, "comment");
  }

  /**
   * What is known of a recording of which only the beginning is.
   *
   * @param start when the first sample was taken
   * @return the rest is unknown
   */
  public static RecordingAbout startedAt(LocalDateTime start) {
    return new RecordingAbout("", "", "", Optional.empty(), Optional.of(start), "", "", "", "");
  }

  /** What names neither a person nor a day: the equipment alone. */
  public RecordingAbout anonymized() {
    return new RecordingAbout(
        "", "", "", Optional.empty(), Optional.empty(), "", "", equipment, "");
  }
}
