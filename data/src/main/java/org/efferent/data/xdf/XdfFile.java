package org.efferent.data.xdf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.data.InputFiles;

/** An LSL recording, in memory. */
public final class XdfFile {
  private final Path path;
  private final List<XdfStream> streams;
  private final List<String> warnings;

  private XdfFile(Path path, List<XdfStream> streams, List<String> warnings) {
    this.path = path;
    this.streams = List.copyOf(streams);
    this.warnings = warnings;
  }

  /**
   * Reads a recording with {@link XdfOptions#DEFAULTS}.
   *
   * @param path an {@code .xdf} file, or one compressed with gzip ({@code .xdfz})
   * @return the recording
   * @throws InputException if the file is missing or is no XDF recording, or nothing in it is whole
   */
  public static XdfFile read(Path path) {
    return read(path, XdfOptions.DEFAULTS);
  }

  /**
   * Reads a recording. Damage is survived where something whole is left, and reported in {@link
   * #warnings()}; samples are counted, not believed from footers.
   *
   * @param path an {@code .xdf} file, or one compressed with gzip ({@code .xdfz})
   * @param options how stamps are treated
   * @return the recording
   * @throws InputException if the file is missing or is no XDF recording, or nothing in it is
   *     whole; the message names chunk and byte
   * @throws org.efferent.core.UnsupportedInputException if it is XDF 2 or larger than memory allows
   */
  public static XdfFile read(Path path, XdfOptions options) {
    InputFiles.check(path);
    Warnings warnings = new Warnings();
    try (XdfBytes bytes = XdfBytes.open(path)) {
      List<XdfStream> streams = new ArrayList<>();
      new XdfScanner(InputFiles.name(path), bytes, warnings, false)
          .scan()
          .values()
          .forEach(stream -> streams.add(stream.finish(options, warnings)));
      return new XdfFile(path, streams, warnings.list());
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  /** Where it was read from. */
  public Path path() {
    return path;
  }

  /** The streams in the order of their headers. */
  public List<XdfStream> streams() {
    return streams;
  }

  /** What was odd, one line each; empty for a sound recording. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The main signal: of the streams of numbers the one with a regular rate, before those without,
   * and most values; the first of equals. Empty streams count only where there is nothing else.
   */
  public Optional<XdfStream> main() {
    Comparator<XdfStream> order =
        Comparator.<XdfStream>comparingInt(s -> s.samples() > 0 ? 1 : 0)
            .thenComparingInt(s -> s.header().nominalRateHz() > 0 ? 1 : 0)
            .thenComparingInt(s -> s.values().length);
    XdfStream best = null;
    for (XdfStream stream : streams) {
      if (!stream.isText()
          && stream.header().channelCount() > 0
          && (best == null || order.compare(stream, best) > 0)) {
        best = stream;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The samples of all text streams in order of time; the texts of a sample with several channels
   * are joined by {@code " | "}.
   */
  public List<Marker> markers() {
    return markers(streams);
  }

  static List<Marker> markers(List<XdfStream> streams) {
    List<Marker> markers = new ArrayList<>();
    for (XdfStream stream : streams) {
      int channels = stream.header().channelCount();
      if (!stream.isText() || channels == 0) {
        continue;
      }
      for (int i = 0; i < stream.samples(); i++) {
        String[] texts = Arrays.copyOfRange(stream.strings(), i * channels, (i + 1) * channels);
        markers.add(new Marker(stream.stamps()[i], String.join(" | ", texts)));
      }
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
    return List.copyOf(markers);
  }

  /**
   * One stream with the markers of all text streams.
   *
   * @param stream a stream of numbers of this file
   * @return the recording; its arrays are the stream's
   * @throws InputException if the stream has texts or no channels
   */
  public MemoryRecording toRecording(XdfStream stream) {
    XdfHeader header = stream.header();
    if (stream.isText() || header.channelCount() == 0) {
      throw new InputException(
          InputFiles.name(path)
              + ": "
              + header.title()
              + ": a recording needs numbers in at least one channel; format="
              + header.format().token()
              + ", channels="
              + header.channelCount());
    }
    return new MemoryRecording(header.info(), stream.stamps(), stream.values(), markers());
  }

  /**
   * The main signal with the markers of all text streams.
   *
   * @return the recording
   * @throws InputException if no stream has numbers
   */
  public MemoryRecording toRecording() {
    XdfStream stream =
        main()
            .orElseThrow(
                () ->
                    new InputException(
                        InputFiles.name(path)
                            + ": has no stream of numbers; streams="
                            + streams.size()));
    return toRecording(stream);
  }
}
