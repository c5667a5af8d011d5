package org.efferent.data.ctf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.efferent.core.InputException;
import org.efferent.data.FileBytes;
import org.efferent.data.RegularRecording;

/**
 * The samples: {@code .meg4}, and past 2 GB {@code .1_meg4}, {@code .2_meg4}, …: 8 bytes, then a
 * trial after the other, in each a channel after the other, big-endian integers.
 */
final class CtfRows implements RegularRecording.Rows {
  private static final int HEADER = 8;
  private static final int STEP = 8192;
  private static final String CLOCK = "SCLK01-177";

  private final Path folder;
  private final CtfHeader header;
  private final List<FileBytes> parts = new ArrayList<>();
  private final List<Long> firstTrial = new ArrayList<>();
  private final ByteBuffer chunk;
  private final long trials;
  private final IntBuffer ints;
  private long rows;

  CtfRows(Path folder, String base, CtfHeader header, List<String> warnings) {
    this.folder = folder;
    this.header = header;
    long trialBytes = 4L * header.trialSamples * header.channels.size();
    long all = 0;
    try {
      Path part = folder.resolve(base + ".meg4");
      while (parts.isEmpty() || Files.isRegularFile(part)) {
        FileBytes file = FileBytes.open(part);
        parts.add(file);
        long bytes = Math.max(0, file.size() - HEADER);
        if (bytes % trialBytes != 0) {
          warnings.add(file.name() + " does not end with a whole trial; the rest was left out");
        }
        firstTrial.add(all);
        all += bytes / trialBytes;
        part = folder.resolve(base + "." + parts.size() + "_meg4");
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.trials = all;
    this.rows = all * header.trialSamples;
    this.chunk = ByteBuffer.allocate(4 * Math.min(STEP, header.trialSamples));
    this.ints = chunk.asIntBuffer();
    if (trials == 0) {
      close();
      throw new InputException(
          "%s: has no whole trial of %d channels × %d samples"
              .formatted(parts.get(0).name(), header.channels.size(), header.trialSamples));
    }
  }

  /** Cuts off what follows once the system's clock stands at 0: the acquisition had ended. */
  void cutWhereTheClockStops(List<String> warnings) throws IOException {
    for (int c = 0; c < header.channels.size(); c++) {
      if (header.channels.get(c).info().label().equals(CLOCK)) {
        long[] state = {0, -1};
        each(
            c,
            value -> {
              if (value == 0 && state[1] < 0) {
                state[1] = state[0];
              }
              state[0]++;
            });
        if (state[1] >= 0) {
          warnings.add(
              "the system's clock stands still from sample %d of %d on; those were left out"
                  .formatted(state[1], rows));
          rows = state[1];
        }
        return;
      }
    }
  }

  long rows() {
    return rows;
  }

  /** Hands on all stored values of a channel in order. */
  void each(int channel, LongConsumer values) throws IOException {
    for (long row = 0; row < rows; ) {
      int n = run(row, rows - row);
      IntBuffer ints = load(row, channel, n);
      for (int i = 0; i < n; i++) {
        values.accept(ints.get(i));
      }
      row += n;
    }
  }

  /** How many rows from one on can be read at once. */
  private int run(long row, long most) {
    long inTrial = row % header.trialSamples;
    return (int) Math.min(Math.min(most, header.trialSamples - inTrial), chunk.capacity() / 4);
  }

  private IntBuffer load(long row, int channel, int n) throws IOException {
    long trial = row / header.trialSamples;
    int part = parts.size() - 1;
    while (firstTrial.get(part) > trial) {
      part--;
    }
    long values =
        (trial - firstTrial.get(part)) * header.trialSamples * header.channels.size()
            + (long) channel * header.trialSamples
            + row % header.trialSamples;
    parts.get(part).fill(HEADER + 4 * values, chunk.clear().limit(4 * n));
    return ints;
  }

  @Override
  public Path path() {
    return folder;
  }

  @Override
  public void read(long from, int count, double[] into, int offset) throws IOException {
    int channels = header.channels.size();
    for (int done = 0; done < count; ) {
      int n = run(from + done, count - done);
      for (int c = 0; c < channels; c++) {
        IntBuffer ints = load(from + done, c, n);
        double scale = header.channels.get(c).scale();
        for (int i = 0, at = offset + done * channels + c; i < n; i++, at += channels) {
          into[at] = ints.get(i) * scale;
        }
      }
      done += n;
    }
  }

  @Override
  public void close() {
    parts.forEach(FileBytes::close);
  }
}
