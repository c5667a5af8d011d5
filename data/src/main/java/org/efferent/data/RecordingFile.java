package org.efferent.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;

/**
 * A file of one or more recordings, open for reading by range. One thread at a time uses it; who
 * opened it closes it.
 *
 * @param path the file, or the folder, as it was given
 * @param format how people call its format, with the variant: {@code EDF+C}, {@code BrainVision}, …
 * @param recordings its streams of numbers, the main signal first; channels of one rate are one
 *     recording; empty where the file has none
 * @param markers all of the file, in order of time
 * @param about whom and what it is of
 * @param contents what else is in it, one line each: covariances, projectors, arrays, …
 * @param warnings what was odd, one line each
 */
public record RecordingFile(
    Path path,
    String format,
    List<Recording> recordings,
    List<Marker> markers,
    RecordingAbout about,
    List<String> contents,
    List<String> warnings)
    implements AutoCloseable {
  /** Copies the lists. */
  public RecordingFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(about, "about");
    recordings = List.copyOf(recordings);
    markers = List.copyOf(markers);
    contents = List.copyOf(contents);
    warnings = List.copyOf(warnings);
  }

  /**
   * A file of one signal.
   *
   * @param path the file
   * @param format how people call its format
   * @param recording its signal; its markers are the file's
   * @param about whom and what it is of
   * @param warnings what was odd
   * @return the file
   */
  public static RecordingFile of(
      Path path, String format, Recording recording, RecordingAbout about, List<String> warnings) {
    return new RecordingFile(
        path, format, List.of(recording), recording.markers(), about, List.of(), warnings);
  }

  /**
   * The main signal.
   *
   * @throws InputException if the file has no stream of numbers
   */
  public Recording main() {
    if (recordings.isEmpty()) {
      throw new InputException(
          "%s: has no signal; it is %s with %s"
              .formatted(
                  InputFiles.name(path),
                  format,
                  contents.isEmpty() ? "nothing in it" : String.join(", ", contents)));
    }
    return recordings.get(0);
  }

  @Override
  public void close() {
    recordings.forEach(Recording::close);
  }
}
