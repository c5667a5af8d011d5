package org.efferent.data.xdf;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;

/**
 * LSL recordings by range: one pass over the chunks keeps stamps, texts and where the numbers are;
 * numbers are read when they are asked for. Stamps and warnings are those of {@link XdfFile}.
 */
public final class XdfRecordings {
  private XdfRecordings() {}

  /**
   * Opens a recording with {@link XdfOptions#DEFAULTS}.
   *
   * @param path an {@code .xdf} file, or one compressed with gzip
   * @return as {@link #open(Path, XdfOptions)}
   * @throws InputException as {@link XdfFile#read(Path)}
   */
  public static RecordingFile open(Path path) {
    return open(path, XdfOptions.DEFAULTS);
  }

  /**
   * Opens a recording.
   *
   * @param path an {@code .xdf} file, or one compressed with gzip ({@code .xdfz}), which is
   *     unpacked into a temporary file until it is closed
   * @param options how stamps are treated
   * @return its streams of numbers, the main one first; the samples of all text streams as markers
   * @throws InputException if the file is missing or is no XDF recording, or nothing in it is
   *     whole; the message names chunk and byte
   * @throws org.efferent.core.UnsupportedInputException if it is XDF 2
   */
  public static RecordingFile open(Path path, XdfOptions options) {
    InputFiles.check(path);
    try {
      XdfBytes bytes = XdfBytes.open(path);
      boolean kept = false;
      try {
        RecordingFile file = open(path, options, bytes);
        kept = !file.recordings().isEmpty();
        return file;
      } finally {
        if (!kept) {
          bytes.close();
        }
      }
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  private static RecordingFile open(Path path, XdfOptions options, XdfBytes bytes)
      throws IOException {
    Warnings warnings = new Warnings();
    XdfScanner scanner = new XdfScanner(InputFiles.name(path), bytes, warnings, true);
    Map<XdfStream, SampleIndex> streams = new LinkedHashMap<>();
    for (StreamAssembly assembly : scanner.scan().values()) {
      streams.put(assembly.finish(options, warnings), assembly.index());
    }
    List<Marker> markers = XdfFile.markers(List.copyOf(streams.keySet()));
    List<XdfStream> numbers = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (XdfStream stream : streams.keySet()) {
      if (stream.isText() || stream.header().channelCount() == 0) {
        contents.add(
            "%s: %d %s"
                .formatted(
                    stream.header().title(),
                    stream.samples(),
                    stream.isText() ? "texts" : "samples"));
      } else {
        numbers.add(stream);
      }
    }
    XdfStream main = main(numbers);
    if (main != null) {
      numbers.remove(main);
      numbers.add(0, main);
    }
    List<Recording> recordings = new ArrayList<>();
    for (XdfStream stream : numbers) {
      recordings.add(new XdfRecording(path, bytes, stream, streams.get(stream), markers));
    }
    return new RecordingFile(
        path, "XDF", recordings, markers, about(scanner.startedAt()), contents, warnings.list());
  }

  /**
   * As {@link XdfFile#main()}: with samples, with a rate, with most values; the first of equals.
   */
  private static XdfStream main(List<XdfStream> numbers) {
    Comparator<XdfStream> order =
        Comparator.<XdfStream>comparingInt(s -> s.samples() > 0 ? 1 : 0)
            .thenComparingInt(s -> s.header().nominalRateHz() > 0 ? 1 : 0)
            .thenComparingLong(s -> (long) s.samples() * s.header().channelCount());
    XdfStream best = null;
    for (XdfStream stream : numbers) {
      best = best == null || order.compare(stream, best) > 0 ? stream : best;
    }
    return best;
  }

  /** LabRecorder writes {@code 2023-04-05T16:00:00+0200}; the wall clock is what is kept. */
  private static RecordingAbout about(String startedAt) {
    if (!startedAt.matches("\\d{4}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d.*")) {
      return RecordingAbout.UNKNOWN;
    }
    try {
      return RecordingAbout.startedAt(LocalDateTime.parse(startedAt.substring(0, 19)));
    } catch (java.time.format.DateTimeParseException e) {
      return RecordingAbout.UNKNOWN;
    }
  }
}
