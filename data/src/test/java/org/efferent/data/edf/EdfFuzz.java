package org.efferent.data.edf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.FuzzReads;
import org.efferent.data.fuzz.FuzzSeed;
import org.efferent.data.fuzz.FuzzTarget;
import org.efferent.data.fuzz.Structure;
import org.efferent.data.fuzz.Written;

/** EDF and BDF with and without annotations, continuous and not. */
public final class EdfFuzz {
  /** The fields of 256 bytes, then those of the signals, then the records. */
  private static final Structure STRUCTURE =
      Structure.every(256, 16)
          .and(bytes -> new int[] {8, 88, 168, 176, 184, 192, 236, 244, 252, 256});

  private EdfFuzz() {}

  /** The hunts. */
  public static List<FuzzTarget> targets() {
    byte[] gaps = plus(false);
    put(gaps, 192, "EDF+D");
    byte[] bdfGaps = plus(true);
    put(bdfGaps, 192, "BDF+D");
    return List.of(
        target("edf", plain(false)),
        target("edf+", plus(false), gaps),
        target("edf-bdf", plain(true)),
        target("edf-bdf+", plus(true), bdfGaps));
  }

  private static FuzzTarget target(String name, byte[]... seeds) {
    return new FuzzTarget(
        name,
        FuzzTarget.Limits.DEFAULTS,
        path -> {
          try (RecordingFile file = EdfFile.open(path)) {
            FuzzReads.all(file);
          }
        },
        java.util.Arrays.stream(seeds).map(s -> FuzzSeed.of("case.edf", s, STRUCTURE)).toList());
  }

  private static void put(byte[] bytes, int at, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ascii, 0, bytes, at, ascii.length);
  }

  private static byte[] plus(boolean bdf) {
    return Written.by(
        "sound.edf",
        path ->
            EdfWriter.write(
                path,
                EdfWriterTest.recording(20, 60, "uV", 20, 1),
                RecordingAbout.UNKNOWN,
                new EdfOptions(true, bdf, 1)));
  }

  /** Two signals of different rates, three records, no annotations. */
  private static byte[] plain(boolean bdf) {
    StringBuilder text = new StringBuilder();
    text.append(bdf ? "\u00FFBIOSEMI" : field("0", 8));
    text.append(field("X F 02-MAY-1951 X", 80)).append(field("Startdate 02-MAR-2002 X X X", 80));
    text.append("02.03.02").append("20.15.00").append(field("768", 8));
    text.append(field(bdf ? "24BIT" : "", 44)).append(field("3", 8)).append(field("0.5", 8));
    text.append(field("2", 4));
    String[][] signals = {
      {"EEG Fpz-Cz", "Status"},
      {"Active electrode", "Triggers and Status"},
      {"uV", "Boolean"},
      {"-187.5", "-8388608"},
      {"187.5", "8388607"},
      {"-2048", bdf ? "-8388608" : "-32768"},
      {"2047", bdf ? "8388607" : "32767"},
      {"HP:0.16Hz", "No filtering"},
      {"10", "4"},
      {"", ""}
    };
    int[] widths = {16, 80, 8, 8, 8, 8, 8, 80, 8, 32};
    for (int i = 0; i < widths.length; i++) {
      text.append(field(signals[i][0], widths[i])).append(field(signals[i][1], widths[i]));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < 3 * 14 * (bdf ? 3 : 2); i++) {
      out.write(i % 5);
    }
    return out.toByteArray();
  }

  private static String field(String value, int width) {
    return value + " ".repeat(width - value.length());
  }
}
