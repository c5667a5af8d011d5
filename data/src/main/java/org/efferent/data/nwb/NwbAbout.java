package org.efferent.data.nwb;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.efferent.data.RecordingAbout;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.hdf5.Hdf5Node;

/** Subject and session. Times are on the wall clock that the file keeps; its zone is dropped. */
final class NwbAbout {
  private NwbAbout() {}

  static RecordingAbout read(Hdf5File file) {
    String session = text(file, "general/session_id");
    String sex = text(file, "general/subject/sex");
    List<String> devices =
        file.find("general/devices").map(Hdf5Node::children).orElse(List.of()).stream()
            .map(Hdf5Node::name)
            .toList();
    return new RecordingAbout(
        text(file, "general/subject/subject_id"),
        "",
        sex.matches("[FMO]") ? sex : "",
        date(text(file, "general/subject/date_of_birth")),
        time(text(file, "session_start_time")),
        session.isEmpty() ? text(file, "identifier") : session,
        text(file, "general/experimenter"),
        String.join(", ", devices),
        text(file, "session_description"));
  }

  /** A text, or several with commas between them; empty if there is none. */
  static String text(Hdf5File file, String where) {
    return file.find(where)
        .filter(n -> !n.isGroup())
        .map(Hdf5Node::dataset)
        .filter(Hdf5Dataset::isText)
        .map(d -> String.join(", ", d.texts()).strip())
        .orElse("");
  }

  private static Optional<LocalDateTime> time(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text.replaceFirst("(Z|[+-]\\d\\d:?\\d\\d)$", "")));
    } catch (DateTimeException e) {
      // Then it is not told as ISO 8601, and nothing is made up.
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return text.length() < 10
          ? Optional.empty()
          : Optional.of(LocalDate.parse(text.substring(0, 10)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
