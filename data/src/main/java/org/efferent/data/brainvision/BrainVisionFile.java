package org.efferent.data.brainvision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.RegularRecording;

/**
 * Reads BrainVision recordings: a header ({@code .vhdr}), markers ({@code .vmrk}) and data ({@code
 * .eeg}). Values are in the unit of the header (microvolt where it says none); software filters and
 * impedances in the header's comment are not read. Markers beyond the last sample are left out, as
 * MNE-Python does; binary data are read by range, text is held in memory.
 */
public final class BrainVisionFile {
  private BrainVisionFile() {}

  /**
   * Opens a recording.
   *
   * @param path any of the three files; the header has the same name with {@code .vhdr}
   * @return the recording
   * @throws InputException if a file is missing or damaged; the message names file and line
   * @throws org.efferent.core.UnsupportedInputException if the data are spectra, or of a binary
   *     format other than INT_16, INT_32 and IEEE_FLOAT_32 in little-endian order
   */
  public static RecordingFile open(Path path) {
    Path headerPath = header(path);
    List<String> warnings = new ArrayList<>();
    BrainVisionHeader header = new BrainVisionHeader(headerPath, warnings);
    StreamInfo info =
        new StreamInfo(InputFiles.name(headerPath), "EEG", header.rateHz, "", header.channels);
    AsciiRows text =
        header.format == BrainVisionHeader.Format.ASCII ? AsciiRows.load(header) : null;
    long rows = text == null ? binaryRows(header, warnings) : text.rows();
    if (header.points >= 0 && header.points != rows) {
      warnings.add(
          "the header says %d data points, the data file holds %d; these are read"
              .formatted(header.points, rows));
    }
    List<Marker> markers = List.of();
    RecordingAbout about = RecordingAbout.UNKNOWN;
    if (header.markers.isPresent()) {
      MarkerFile file = new MarkerFile(header.markers.get(), header.rateHz, rows, warnings);
      markers = file.markers;
      about = file.start.map(RecordingAbout::startedAt).orElse(about);
    }
    // Opened last, so that no error before leaves it open.
    RegularRecording.Rows source =
        text != null ? text : new BinaryRows(FileBytes.open(header.data), header, rows);
    return RecordingFile.of(
        path, "BrainVision", new RegularRecording(info, rows, 0, markers, source), about, warnings);
  }

  private static long binaryRows(BrainVisionHeader header, List<String> warnings) {
    long size = InputFiles.check(header.data);
    long row = (long) header.resolution.length * header.format.bytes;
    if (size % row != 0) {
      warnings.add(
          "%s: %d bytes after the last whole sample were left out"
              .formatted(InputFiles.name(header.data), size % row));
    }
    return size / row;
  }

  private static Path header(Path path) {
    InputFiles.check(path);
    String name = InputFiles.name(path);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".vhdr") || lower.endsWith(".ahdr")) {
      return path;
    }
    int dot = name.lastIndexOf('.');
    String base = dot < 0 ? name : name.substring(0, dot);
    return Optional.of(path.resolveSibling(base + ".vhdr"))
        .filter(Files::exists)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: its header '%s.vhdr' is not beside it; put it there, or open the header"
                        .formatted(name, base)));
  }
}
