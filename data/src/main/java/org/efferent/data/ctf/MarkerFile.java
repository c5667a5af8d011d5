package org.efferent.data.ctf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/** {@code MarkerFile.mrk}: classes of markers in text, each with trials and times in them. */
final class MarkerFile {
  private static final long LARGEST = 64L << 20;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private MarkerFile() {}

  /** Lines of a text of bounded size. */
  static List<String> lines(Path file) {
    if (InputFiles.check(file) > LARGEST) {
      throw new UnsupportedInputException(
          InputFiles.name(file) + ": a text of more than 64 MB is not read");
    }
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
  }

  /** All markers; a time counts from the trigger, which {@code preTrigger} samples precede. */
  static List<Marker> read(Path file, CtfHeader header) {
    List<Marker> markers = new ArrayList<>();
    List<String> lines = lines(file);
    String label = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.equals("NAME:") && i + 1 < lines.size()) {
        label = lines.get(++i).strip();
      } else if (line.equals("LIST OF SAMPLES:")) {
        // A line with the columns' names follows.
        i++;
        while (i + 1 < lines.size() && !lines.get(i + 1).isBlank()) {
          markers.add(marker(file, header, lines.get(++i), i + 1, label));
        }
      }
    }
    return markers;
  }

  private static Marker marker(Path file, CtfHeader header, String line, int number, String label) {
    String[] parts = BLANKS.split(line.strip(), 3);
    try {
      long trial = Long.parseLong(parts[0]);
      double seconds = Double.parseDouble(parts.length == 2 ? parts[1] : "");
      double time =
          seconds
              + (trial * header.trialSamples + (double) header.preTriggerSamples)
                  / header.sampleRateHz;
      return new Marker(time, label);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s: line %d: a marker is a trial and seconds; line='%s'"
              .formatted(
                  InputFiles.name(file), number, line.substring(0, Math.min(60, line.length()))),
          e);
    }
  }
}
