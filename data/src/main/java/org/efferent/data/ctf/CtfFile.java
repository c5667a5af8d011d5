package org.efferent.data.ctf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingFile;
import org.efferent.data.RegularRecording;

/**
 * A recording of a CTF MEG, a folder {@code name.ds} with {@code name.res4}, {@code name.meg4} and
 * others. Trials follow one another without gaps; stamps count from the first sample. Values are
 * tesla (MEG) and volt (all others): stored value / (proper gain · q gain · io gain); MNE-Python
 * leaves the last, which is 1, out.
 *
 * <p>Markers are those of {@code MarkerFile.mrk}, and rising steps in channels of the stimulus
 * type, labelled with the number stepped to, as {@code mne.find_events} finds them. Positions are
 * those of MEG sensors, in the device's frame; electrodes have none, since their frame is CTF's
 * head. Not read: {@code .hc}, {@code .hist}, {@code bad.segments}, compensation matrices.
 *
 * <p>Verified against synthesised folders only.
 */
public final class CtfFile {
  private CtfFile() {}

  /**
   * Opens a recording.
   *
   * @param folder the folder {@code .ds}
   * @return the recording, to be closed
   * @throws InputException if a file of it is missing or damaged
   */
  public static RecordingFile read(Path folder) {
    String name = InputFiles.name(folder);
    if (!Files.isDirectory(folder) || !name.endsWith(".ds")) {
      throw new InputException(name + ": a CTF recording is a folder that ends with .ds");
    }
    String base = name.substring(0, name.length() - 3);
    CtfHeader header;
    try (FileBytes res4 = FileBytes.open(folder.resolve(base + ".res4"))) {
      header = new CtfHeader(res4);
    }
    List<String> warnings = new ArrayList<>();
    CtfRows rows = new CtfRows(folder, base, header, warnings);
    try {
      return recording(folder, header, rows, warnings);
    } catch (IOException e) {
      rows.close();
      throw InputFiles.failed(folder, e);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static RecordingFile recording(
      Path folder, CtfHeader header, CtfRows rows, List<String> warnings) throws IOException {
    rows.cutWhereTheClockStops(warnings);
    List<Marker> markers = new ArrayList<>();
    Path markerFile = folder.resolve("MarkerFile.mrk");
    if (Files.isRegularFile(markerFile)) {
      markers.addAll(MarkerFile.read(markerFile, header));
    }
    addSteps(header, rows, markers);
    markers.sort(Comparator.comparingDouble(Marker::time));
    List<String> contents = new ArrayList<>();
    long trials = (rows.rows() + header.trialSamples - 1) / header.trialSamples;
    contents.add("trials: %d of %d samples".formatted(trials, header.trialSamples));
    Path bad = folder.resolve("BadChannels");
    if (Files.isRegularFile(bad)) {
      List<String> names = MarkerFile.lines(bad).stream().filter(n -> !n.isBlank()).toList();
      contents.add("bad channels: " + String.join(", ", names));
    }
    StreamInfo info =
        new StreamInfo(
            InputFiles.name(folder),
            "MEG",
            header.sampleRateHz,
            "",
            header.channels.stream().map(CtfChannel::info).toList());
    Recording recording = new RegularRecording(info, rows.rows(), 0, markers, rows);
    return new RecordingFile(
        folder, "CTF", List.of(recording), markers, header.about, contents, warnings);
  }

  private static void addSteps(CtfHeader header, CtfRows rows, List<Marker> markers)
      throws IOException {
    for (int c = 0; c < header.channels.size(); c++) {
      CtfChannel channel = header.channels.get(c);
      if (channel.type() == CtfChannel.STIMULUS) {
        long[] state = {0, -1};
        rows.each(
            c,
            value -> {
              long now = Math.abs((long) (value * channel.scale()));
              if (state[1] >= 0 && now > state[1]) {
                markers.add(new Marker(state[0] / header.sampleRateHz, Long.toString(now)));
              }
              state[0]++;
              state[1] = now;
            });
      }
    }
  }
}
