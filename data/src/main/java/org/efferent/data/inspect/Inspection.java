package org.efferent.data.inspect;

import java.nio.file.Path;
import java.util.List;
import org.efferent.core.Marker;

/**
 * What is in a file.
 *
 * @param file path as given
 * @param format {@link FileFormat#title()}
 * @param streams the main signal first, then the others in the order of the file
 * @param markers in order of time
 * @param warnings what was odd, one line each
 */
public record Inspection(
    String file,
    String format,
    List<StreamSummary> streams,
    List<Marker> markers,
    List<String> warnings) {
  /** Copies the lists. */
  public Inspection {
    streams = List.copyOf(streams);
    markers = List.copyOf(markers);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file and sums it up.
   *
   * @param path the file, of any format in {@link FileFormat}
   * @return what is in it
   * @throws org.efferent.core.InputException if the file is missing or not what it claims to be
   * @throws org.efferent.core.UnsupportedInputException if it is nothing that is read
   */
  public static Inspection of(Path path) {
    return switch (FileFormat.of(path)) {
      case XDF -> XdfInspector.inspect(path);
      case CSV -> CsvInspector.inspect(path);
    };
  }
}
