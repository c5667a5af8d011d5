package org.efferent.data.edf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;

/**
 * Reads EDF, EDF+C, EDF+D, BDF and their plus variants.
 *
 * <p>Channels of one rate are one recording; the highest rate comes first, of equal ones that with
 * most channels. Time is seconds since the first sample. Markers are the annotations and, as
 * decimal numbers, the rises of trigger channels ({@code Status}, {@code Trigger}, {@code STI 014},
 * …). BDF trigger channels hold the status word as it is stored, 24 bits with a sign; elsewhere
 * values are physical, in the unit of the header. Labels stay as they are written, prefix included.
 *
 * <p>MNE-Python differs: it gives volts, resamples slower channels to the highest rate, and masks
 * trigger channels to 17 bits.
 */
public final class EdfFile {
  private EdfFile() {}

  /**
   * Opens a file. Header, annotations and trigger channels are read; samples when asked for.
   *
   * @param path an {@code .edf} or {@code .bdf} file
   * @return its recordings
   * @throws InputException if the file is missing or its header is damaged; damage elsewhere and
   *     oddities are warnings
   * @throws org.efferent.core.UnsupportedInputException if a data record is larger than this reads
   */
  public static RecordingFile open(Path path) {
    FileBytes bytes = FileBytes.open(path);
    boolean done = false;
    try {
      RecordingFile file = open(path, bytes);
      done = true;
      return file;
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    } finally {
      if (!done) {
        bytes.close();
      }
    }
  }

  private static RecordingFile open(Path path, FileBytes bytes) throws IOException {
    List<String> warnings = new ArrayList<>();
    EdfHeader header = new EdfHeader(bytes, warnings);
    EdfScan scan = new EdfScan(header, bytes, warnings);
    scan.run();
    List<Marker> markers = scan.markers();
    RecordingAbout about = EdfIdentification.read(header, scan.firstOnset(), warnings);
    List<EdfSignal> signals = header.signals.stream().filter(s -> !s.isAnnotations()).toList();
    List<ChannelInfo> channels = EdfChannels.of(signals);
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < signals.size(); i++) {
      groups.computeIfAbsent(signals.get(i).samples(), n -> new ArrayList<>()).add(i);
    }
    List<Map.Entry<Integer, List<Integer>>> order = new ArrayList<>(groups.entrySet());
    order.sort(Map.Entry.<Integer, List<Integer>>comparingByKey(Comparator.reverseOrder()));
    SharedFile shared = new SharedFile(bytes, order.size());
    List<Recording> recordings = new ArrayList<>();
    for (Map.Entry<Integer, List<Integer>> group : order) {
      StreamInfo info =
          info(
              bytes.name(),
              header,
              group.getKey(),
              group.getValue().stream().map(channels::get).toList());
      recordings.add(
          new EdfRecording(
              info,
              header,
              shared,
              group.getValue().stream().map(signals::get).toList(),
              scan.onsets(),
              markers));
    }
    if (recordings.isEmpty()) {
      bytes.close();
    }
    return new RecordingFile(
        path, header.format(), recordings, markers, about, List.of(), warnings);
  }

  private static StreamInfo info(
      String name, EdfHeader header, int samples, List<ChannelInfo> channels) {
    double rate = samples / header.recordSeconds;
    if (!Double.isFinite(rate)) {
      throw new InputException(
          "%s: the rate must be finite; samples a data record=%d, its duration=%s s"
              .formatted(name, samples, header.recordSeconds));
    }
    boolean eeg = channels.stream().anyMatch(c -> c.kind().equals("EEG"));
    return new StreamInfo(name, eeg ? "EEG" : "", rate, "", channels);
  }
}
