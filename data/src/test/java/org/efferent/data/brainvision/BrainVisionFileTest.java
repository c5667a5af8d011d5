package org.efferent.data.brainvision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrainVisionFileTest {
  static final String MARKERS =
      """
      Brain Vision Data Exchange Marker File, Version 1.0
      [Common Infos]
      DataFile=case.eeg
      [Marker Infos]
      Mk1=New Segment,,1,1,0,20131113161403794232
      Mk2=Stimulus,S\\1 1,2,1,0
      """;

  @TempDir Path folder;

  static String header(String orientation, String format, String more) {
    String binary = format.isEmpty() ? "" : "[Binary Infos]\nBinaryFormat=" + format + "\n";
    return """
        Brain Vision Data Exchange Header File Version 1.0
        [Common Infos]
        DataFile=$b.eeg
        MarkerFile=case.vmrk
        DataFormat=%s
        DataOrientation=%s
        NumberOfChannels=2
        SamplingInterval=2000
        %s[Channel Infos]
        Ch1=A,,0.5,µV
        Ch2=B,,2,mV
        [Coordinates]
        Ch1=1,-90,-72
        %s"""
        .formatted(format.isEmpty() ? "ASCII" : "BINARY", orientation, binary, more);
  }

  private Path write(String header, byte[] data) throws IOException {
    Files.writeString(folder.resolve("case.vmrk"), MARKERS);
    Files.write(folder.resolve("case.eeg"), data);
    return Files.writeString(folder.resolve("case.vhdr"), header);
  }

  private static byte[] ints(int... values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int v : values) {
      b.putInt(v);
    }
    return b.array();
  }

  private static double[] values(Path path) {
    try (RecordingFile file = BrainVisionFile.open(path)) {
      assertThat(file.markers())
          .containsExactly(
              new Marker(0, 0.002, "New Segment/"), new Marker(0.002, 0.002, "Stimulus/S, 1"));
      return file.main().load().values();
    }
  }

  @Test
  void bothOrientationsAndText() throws IOException {
    double[] expected = {0.5, 20, 1, 40, -1.5, 60};
    assertThat(values(write(header("MULTIPLEXED", "INT_32", ""), ints(1, 10, 2, 20, -3, 30))))
        .containsExactly(expected);
    assertThat(values(write(header("VECTORIZED", "INT_32", ""), ints(1, 2, -3, 10, 20, 30))))
        .containsExactly(expected);
    String comma = "[ASCII Infos]\nDecimalSymbol=,\nSkipLines=1\nSkipColumns=0\n";
    assertThat(
            values(
                write(
                    header("MULTIPLEXED", "", comma),
                    "A B\n1,0 10,0\n2,0 20\n-3 30\n".getBytes(StandardCharsets.US_ASCII))))
        .containsExactly(expected);
    assertThat(
            values(
                write(
                    header("VECTORIZED", "", ""),
                    "A 1 2 -3\nB 10 20 30\n".getBytes(StandardCharsets.US_ASCII))))
        .containsExactly(expected);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path path = write(header("MULTIPLEXED", "INT_32", ""), ints(1, 2));
    Files.delete(folder.resolve("case.eeg"));
    refuse(
        path,
        "case.vhdr: line 3: the data file 'case.eeg' is not beside the header; put it there or correct DataFile");
    write(header("MULTIPLEXED", "INT_32", ""), ints(1, 2));
    Files.delete(folder.resolve("case.vmrk"));
    refuse(
        path,
        "case.vhdr: line 4: the marker file 'case.vmrk' is not beside the header; put it there or correct MarkerFile");
    refuse(
        write(header("SIDEWAYS", "INT_32", ""), ints(1, 2)),
        "case.vhdr: line 6: DataOrientation must be MULTIPLEXED or VECTORIZED; value='SIDEWAYS'");
    Files.delete(path);
    refuse(
        folder.resolve("case.vmrk"),
        "case.vmrk: its header 'case.vhdr' is not beside it; put it there, or open the header");
  }

  private static void refuse(Path path, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> BrainVisionFile.open(path))
        .withMessage(message);
  }

  /** Text is held in memory. */
  @Test
  void textOfGigabytesIsRefused() throws IOException {
    Path path = write(header("MULTIPLEXED", "", ""), new byte[0]);
    try (RandomAccessFile samples =
        new RandomAccessFile(folder.resolve("case.eeg").toFile(), "rw")) {
      samples.setLength((1L << 30) + 1);
    }
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> BrainVisionFile.open(path))
        .withMessage(
            "case.eeg: samples as text are read up to 1073741824 bytes; bytes=1073741825; export them as binary");
  }
}
