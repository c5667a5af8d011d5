package org.efferent.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.edf.EdfOptions;
import org.efferent.data.edf.EdfWriter;
import org.efferent.data.files.RecordingFiles;
import org.efferent.data.xdf.ChannelFormat;
import org.efferent.data.xdf.XdfFileWriter;
import org.efferent.data.xdf.XdfInfoXml;
import org.efferent.data.xdf.XdfStreamWriter;

/**
 * All samples and stamps of a recording as doubles, opening included, the file in the operating
 * system's cache: 64 channels at 1 kHz. Beside MNE-Python with {@code preload} for EDF and FIF and
 * a walk of numpy over the chunks for XDF.
 */
public final class ReaderArea implements BenchArea {
  private static final int BLOCK_ROWS = 4096;
  private static final int CHANNELS = 64;
  private static final double RATE_HZ = 1_000;

  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    MemoryRecording recording = recording(settings.size(20_000, 200_000));
    Path edf = settings.folder().resolve("bench.edf");
    Path fif = settings.folder().resolve("bench_raw.fif");
    Path xdf = settings.folder().resolve("bench.xdf");
    EdfWriter.write(edf, recording, RecordingAbout.UNKNOWN, EdfOptions.DEFAULTS);
    FifMaterial.write(fif, recording);
    xdf(xdf, recording);
    return List.of(
        one(settings, "EDF", edf, "MNE-Python", "mne"),
        one(settings, "FIF", fif, "MNE-Python", "mne"),
        one(settings, "XDF", xdf, "numpy, chunk by chunk", "numpy"));
  }

  private static Measured one(
      BenchSettings settings, String format, Path file, String peer, String module)
      throws InterruptedException {
    double megabytes = size(file) / 1e6;
    read(file); // warms up
    return new Turns(
            "readers", "%s, %.0f MB".formatted(format, megabytes), "s", false, settings.rounds())
        .python(settings.python(), peer, module, "read", file)
        .run(() -> read(file));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads all samples and stamps of a file's main signal, by blocks that are not kept.
   *
   * @param path any recording
   * @return seconds, opening included
   */
  public static double read(Path path) {
    long start = System.nanoTime();
    double sum = 0;
    try (RecordingFile file = RecordingFiles.open(path)) {
      Recording main = file.main();
      double[] values = new double[BLOCK_ROWS * main.channels()];
      double[] stamps = new double[BLOCK_ROWS];
      for (long from = 0; from < main.rows(); from += BLOCK_ROWS) {
        int rows = (int) Math.min(BLOCK_ROWS, main.rows() - from);
        main.read(from, rows, values, 0);
        main.readStamps(from, rows, stamps, 0);
        sum += values[0] + stamps[0];
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (Double.isNaN(sum)) {
      throw new IllegalStateException(path + ": samples are missing");
    }
    return seconds;
  }

  private static MemoryRecording recording(int rows) {
    StreamInfo info = StreamInfo.of("bench", "EEG", RATE_HZ, CHANNELS);
    double[] stamps = new double[rows];
    double[] values = new double[rows * CHANNELS];
    for (int r = 0; r < rows; r++) {
      stamps[r] = r / RATE_HZ;
      for (int c = 0; c < CHANNELS; c++) {
        // Steps of a tenth of a microvolt fit each of the formats.
        values[r * CHANNELS + c] = Math.rint(500 * Math.sin((r * (1 + c % 40)) * 0.006283)) / 10;
      }
    }
    return new MemoryRecording(info, stamps, values, List.of());
  }

  private static void xdf(Path file, MemoryRecording recording) {
    try (XdfFileWriter writer = new XdfFileWriter(file, true)) {
      XdfStreamWriter stream =
          writer.addStream(
              XdfInfoXml.xml(recording.info(), ChannelFormat.FLOAT32, ""),
              ChannelFormat.FLOAT32,
              CHANNELS,
              RATE_HZ);
      for (int r = 0; r < recording.rows(); r++) {
        // Stamps that are a little off are written one by one, as recorders of LSL write them.
        stream.add(recording.stamps()[r] + 1e-6 * (r % 3), recording.values(), r * CHANNELS);
        if (r % 32 == 31) {
          stream.write();
        }
      }
      stream.write();
      stream.end();
    }
  }
}
