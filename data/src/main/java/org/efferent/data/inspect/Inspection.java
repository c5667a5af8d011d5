package org.efferent.data.inspect;

import java.nio.file.Path;
import java.util.List;
import org.efferent.core.Marker;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.FileFormat;
import org.efferent.data.files.RecordingFiles;

/**
 * What is in a file.
 *
 * @param file path as given
 * @param format {@link FileFormat#title()}, or the variant of it
 * @param streams the main signal first, then the others in the order of the file
 * @param markers in order of time
 * @param contents what else is in it, one line each
 * @param warnings what was odd, one line each
 */
public record Inspection(
    String file,
    String format,
    List<StreamSummary> streams,
    List<Marker> markers,
    List<String> contents,
    List<String> warnings) {
  /** Copies the lists. */
  public Inspection {
    streams = List.copyOf(streams);
    markers = List.copyOf(markers);
    contents = List.copyOf(contents);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file and sums it up.
   *
   * @param path the file, of any format in {@link FileFormat}
   * @return what is in it
   * @throws org.efferent.core.InputException if the file is missing or not what it claims to be
   * @throws org.efferent.core.UnsupportedInputException if it is nothing that is read, or a BIDS
   *     folder, of which {@link BidsListing} tells
   */
  public static Inspection of(Path path) {
    FileFormat format = FileFormat.of(path);
    if (format == FileFormat.XDF) {
      return XdfInspector.inspect(path);
    }
    if (format == FileFormat.CSV) {
      return CsvInspector.inspect(path);
    }
    try (RecordingFile file = RecordingFiles.open(path)) {
      return RecordingInspector.inspect(file);
    }
  }
}
