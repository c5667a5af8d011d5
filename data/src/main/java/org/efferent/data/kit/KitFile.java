package org.efferent.data.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.RegularRecording;

/**
 * A recording of a KIT, Yokogawa or Ricoh MEG: continuous, or triggered with its frames one after
 * the other. Values are tesla (MEG) and volt (all others); positions are in the device's frame,
 * metres, x to the right.
 *
 * <p>Triggers are read off the first eight auxiliary channels as MNE-Python does by default: a line
 * below 1 V sets its bit, the first line the lowest; each step to a larger number is a marker whose
 * label is the number. The file has no such channel, so none is made up; the markers tell all.
 *
 * <p>Verified against MNE-Python 1.3 on one continuous file of 16 bits. Files of 32 bits and of
 * revision 2.3 were tried on synthesised files only; triggered files were not tried at all.
 */
public final class KitFile {
  private static final double TRIGGER_VOLT = 1;
  private static final int TRIGGER_LINES = 8;

  private KitFile() {}

  /**
   * Opens a recording. Its trigger lines are scanned, so all of the file is read once.
   *
   * @param path {@code .con} or {@code .sqd}
   * @return the recording, to be closed
   * @throws InputException if it is missing, damaged or no KIT file
   * @throws UnsupportedInputException if it is averaged, or too old to tell its scales
   */
  public static RecordingFile read(Path path) {
    FileBytes file = FileBytes.open(path);
    try {
      return read(path, file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RecordingFile read(Path path, FileBytes file) {
    List<String> warnings = new ArrayList<>();
    KitHeader h = KitHeader.read(file, warnings);
    List<KitChannel> channels = channels(h, file.name());
    KitRows rows = rows(file, h, channels);
    List<Marker> markers = new ArrayList<>();
    for (long[] event : events(rows, channels)) {
      markers.add(new Marker(event[0] / h.sampleRateHz, Long.toString(event[2])));
    }
    if (h.acquisition == 3) {
      warnings.add("it was recorded in frames around triggers; time runs on between them");
    }
    StreamInfo info =
        new StreamInfo(
            InputFiles.name(path),
            "MEG",
            h.sampleRateHz,
            "",
            channels.stream().map(KitChannel::info).toList());
    RecordingAbout about =
        new RecordingAbout(
            "",
            "",
            "",
            Optional.empty(),
            Optional.of(LocalDateTime.ofEpochSecond(h.created, 0, ZoneOffset.UTC)),
            "",
            "",
            "%s %s (system %d)".formatted(h.systemName, h.modelName, h.systemId).strip(),
            h.comment);
    return RecordingFile.of(
        path,
        "KIT %d.%03d".formatted(h.version, h.revision),
        new RegularRecording(info, h.rows, 0, markers, rows),
        about,
        warnings);
  }

  private static List<KitChannel> channels(KitHeader h, String file) {
    List<KitChannel> channels = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int c = 0; c < h.channelCount; c++) {
      channels.add(KitChannel.read(h, file, c, seen));
    }
    return channels;
  }

  private static KitRows rows(FileBytes file, KitHeader h, List<KitChannel> channels) {
    return new KitRows(file, h, channels.stream().mapToDouble(KitChannel::scale).toArray());
  }

  /**
   * The trigger events of a file.
   *
   * @param path the file
   * @return {@code [sample, previous, id]} each, samples from 0: the rows of {@code
   *     mne.find_events}
   * @throws InputException if it is missing, damaged or no KIT file
   */
  public static List<long[]> events(Path path) {
    try (FileBytes file = FileBytes.open(path)) {
      KitHeader h = KitHeader.read(file, new ArrayList<>());
      List<KitChannel> channels = channels(h, file.name());
      return events(rows(file, h, channels), channels);
    }
  }

  private static List<long[]> events(KitRows rows, List<KitChannel> channels) {
    List<Integer> lines = new ArrayList<>();
    for (int c = 0; c < channels.size() && lines.size() < TRIGGER_LINES; c++) {
      if (channels.get(c).auxiliary()) {
        lines.add(c);
      }
    }
    if (lines.isEmpty()) {
      return List.of();
    }
    try {
      return rows.steps(lines.stream().mapToInt(Integer::intValue).toArray(), TRIGGER_VOLT);
    } catch (IOException e) {
      throw InputFiles.failed(rows.path(), e);
    }
  }
}
