package org.efferent.filters.features;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.efferent.core.Chunk;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;

/** Recordings and golden files of the tests. */
final class Material {
  private Material() {}

  static List<String[]> golden(String name) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Material.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
      return in.lines().map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(String[] words, int from) {
    double[] out = new double[words.length - from];
    for (int i = 0; i < out.length; i++) {
      out[i] = Double.parseDouble(words[from + i]);
    }
    return out;
  }

  /** A recording of rows at a rate, its stamps from 100 s on. */
  static MemoryRecording recording(
      double rateHz, int channels, double[] values, Marker... markers) {
    double[] stamps = new double[values.length / channels];
    for (int r = 0; r < stamps.length; r++) {
      stamps[r] = 100 + r / rateHz;
    }
    return new MemoryRecording(
        StreamInfo.of("raw", "EEG", rateHz, channels), stamps, values, List.of(markers));
  }

  static double[] noise(int rows, int channels, long seed) {
    Random random = new Random(seed);
    double[] values = new double[rows * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Hands out rows of a recording in chunks of random sizes, every now and then of one. */
  static void chunks(MemoryRecording recording, long seed, Consumer<Chunk> target) {
    Random random = new Random(seed);
    Chunk chunk = new Chunk(97, recording.channels());
    int r = 0;
    while (r < recording.rows()) {
      chunk.clear();
      for (int n = 1 + random.nextInt(97); n > 0 && r < recording.rows(); n--) {
        chunk.append(recording.stamps()[r], recording.values(), r * recording.channels());
        r++;
      }
      target.accept(chunk);
    }
  }

  /** The rows but for some, with their stamps. */
  static MemoryRecording without(MemoryRecording recording, int from, int to) {
    int channels = recording.channels();
    int rows = (int) recording.rows() - (to - from);
    double[] stamps = new double[rows];
    double[] values = new double[rows * channels];
    for (int r = 0; r < rows; r++) {
      int source = r < from ? r : r + to - from;
      stamps[r] = recording.stamps()[source];
      System.arraycopy(recording.values(), source * channels, values, r * channels, channels);
    }
    return new MemoryRecording(recording.info(), stamps, values, recording.markers());
  }
}
