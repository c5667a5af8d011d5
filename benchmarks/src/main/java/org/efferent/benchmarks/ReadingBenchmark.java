package org.efferent.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.efferent.core.Recording;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.RecordingFiles;

/**
 * Reads all samples of large recordings and has a Python peer do the same, in turns, so that a
 * noisy machine is noisy to both. Opening is part of the time; the file is in the cache of the
 * operating system. {@code benchmarks/reading} makes the files and calls this.
 */
public final class ReadingBenchmark {
  private static final int BLOCK_ROWS = 4096;

  private ReadingBenchmark() {}

  /**
   * Prints a table.
   *
   * @param args repeats, interpreter, the peer's script, files
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int repeats = Integer.parseInt(args[0]);
    System.out.println("| file | megabytes | Efferent s | peer s | peer / Efferent |");
    System.out.println("|---|---|---|---|---|");
    for (String name : Arrays.asList(args).subList(3, args.length)) {
      Path file = Path.of(name);
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      read(file);
      for (int i = 0; i < repeats; i++) {
        theirs.addAll(peer(args[1], args[2], name));
        ours.add(read(file));
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.3f | %.3f | %.2f |%n",
          file.getFileName(),
          Files.size(file) / 1e6,
          median(ours),
          median(theirs),
          median(theirs) / median(ours));
    }
  }

  private static double read(Path path) {
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

  /** One time of the peer, warm: its second of two. */
  private static List<Double> peer(String python, String script, String file)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python, script, file, "2")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Double> seconds = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        seconds.add(Double.parseDouble(line));
      }
    }
    if (process.waitFor() != 0 || seconds.size() != 2) {
      throw new IOException("the peer failed on " + file);
    }
    return seconds.subList(1, 2);
  }

  private static double median(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
