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
import org.efferent.cli.bench.ReaderArea;

/**
 * Reads all samples of large recordings and has a Python peer do the same, in turns, so that a
 * noisy machine is noisy to both. Opening is part of the time; the file is in the cache of the
 * operating system. {@code benchmarks/reading} makes the files and calls this.
 */
public final class ReadingBenchmark {
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
      ReaderArea.read(file);
      for (int i = 0; i < repeats; i++) {
        theirs.addAll(peer(args[1], args[2], name));
        ours.add(ReaderArea.read(file));
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
