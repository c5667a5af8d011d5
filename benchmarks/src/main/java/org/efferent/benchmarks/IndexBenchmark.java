package org.efferent.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.efferent.cli.bench.ClusteredVectors;
import org.efferent.data.npy.NpyFloats;
import org.efferent.data.npy.NpyRowsWriter;
import org.efferent.retrieval.index.ApproximateIndex;
import org.efferent.retrieval.index.ApproximateOptions;
import org.efferent.retrieval.index.BlockedScores;
import org.efferent.retrieval.index.EmbeddingIndex;
import org.efferent.retrieval.index.EmbeddingSource;
import org.efferent.retrieval.index.Entries;
import org.efferent.retrieval.index.ExactIndex;
import org.efferent.retrieval.index.Filter;
import org.efferent.retrieval.index.Hits;
import org.efferent.retrieval.index.Metric;

/**
 * Times indexes of clustered vectors, and the scores of speech windows. Prints a line a figure:
 * what, value; last the peak memory of the process. {@code benchmarks/indexes} makes a table of it
 * beside a peer's.
 */
public final class IndexBenchmark {
  private static final int BATCH = 256;
  private static final int K = 10;
  private static final int CLUSTERS = 1000;

  private IndexBenchmark() {}

  /**
   * Runs one part.
   *
   * @param args {@code make FOLDER ROWS WIDTH SEED}: vectors, queries and the exact index; {@code
   *     exact FOLDER THREADS ROUNDS}; {@code graph FOLDER THREADS}: the approximate index; {@code
   *     hnsw FOLDER THREADS ROUNDS BREADTH}; {@code scores WINDOWS CANDIDATES WIDTH THREADS
   *     MEGABYTES}
   * @throws IOException if the disk refuses
   */
  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "make" ->
          make(
              Path.of(args[1]),
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              Long.parseLong(args[4]));
      case "exact" -> exact(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      case "graph" -> graph(Path.of(args[1]), Integer.parseInt(args[2]));
      case "hnsw" ->
          hnsw(
              Path.of(args[1]),
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]));
      case "scores" ->
          scores(
              Integer.parseInt(args[1]),
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]),
              Long.parseLong(args[5]) << 20);
      default -> throw new IllegalArgumentException("no such part: " + args[0]);
    }
    peak();
  }

  private static void make(Path folder, int rows, int width, long seed) throws IOException {
    Files.createDirectories(folder);
    ClusteredVectors vectors = new ClusteredVectors(rows, width, CLUSTERS, seed);
    write(folder.resolve("vectors.npy"), vectors, 0, rows);
    write(folder.resolve("queries.npy"), vectors, rows, BATCH);
    long begin = System.nanoTime();
    try (NpyFloats file = NpyFloats.open(folder.resolve("vectors.npy"))) {
      ExactIndex.write(
          folder.resolve("exact.index"),
          new Entries(EmbeddingSource.of(file)),
          Metric.COSINE,
          true);
    }
    say("write_s", (System.nanoTime() - begin) / 1e9);
  }

  private static void write(Path path, ClusteredVectors vectors, long from, int rows)
      throws IOException {
    Files.deleteIfExists(path);
    float[] row = new float[vectors.width()];
    try (NpyRowsWriter out = new NpyRowsWriter(path, row.length)) {
      for (long r = from; r < from + rows; r++) {
        vectors.read(r, row, 0);
        out.add(row);
      }
    }
  }

  private static float[] queries(Path folder) {
    try (NpyFloats file = NpyFloats.open(folder.resolve("queries.npy"))) {
      float[] all = new float[BATCH * file.rowLength()];
      for (int q = 0; q < BATCH; q++) {
        file.read(q, all, q * file.rowLength());
      }
      return all;
    }
  }

  private static void exact(Path folder, int threads, int rounds) throws IOException {
    float[] queries = queries(folder);
    try (ExactIndex index = ExactIndex.open(folder.resolve("exact.index"), threads)) {
      Hits hits = time(index, queries, rounds, "");
      StringBuilder found = new StringBuilder();
      for (int q = 0; q < BATCH; q++) {
        found.append(String.join(" ", hits.ids(q))).append('\n');
      }
      Files.writeString(folder.resolve("exact.txt"), found);
    }
  }

  private static void graph(Path folder, int threads) {
    long begin = System.nanoTime();
    try (NpyFloats file = NpyFloats.open(folder.resolve("vectors.npy"))) {
      ApproximateIndex.write(
          folder.resolve("hnsw.index"),
          new Entries(EmbeddingSource.of(file)),
          Metric.COSINE,
          ApproximateOptions.DEFAULTS,
          threads,
          n -> {
            if (n % 100_000 == 0) {
              say("built_" + n + "_s", (System.nanoTime() - begin) / 1e9);
            }
          },
          true);
    }
    say("graph_s", (System.nanoTime() - begin) / 1e9);
  }

  private static void hnsw(Path folder, int threads, int rounds, int breadth) throws IOException {
    float[] queries = queries(folder);
    try (ApproximateIndex index =
        ApproximateIndex.open(folder.resolve("hnsw.index"), threads, breadth)) {
      Hits hits = time(index, queries, rounds, "hnsw_");
      List<String> truth = Files.readAllLines(folder.resolve("exact.txt"));
      int common = 0;
      for (int q = 0; q < BATCH; q++) {
        Set<String> found = new HashSet<>(hits.ids(q));
        found.retainAll(Arrays.asList(truth.get(q).split(" ", -1)));
        common += found.size();
      }
      say("hnsw_recall", common / (double) (BATCH * K));
    }
  }

  /** Medians of single queries, a different one each, and of the batch. */
  private static Hits time(EmbeddingIndex index, float[] queries, int rounds, String prefix) {
    int width = index.width();
    double[] single = new double[Math.max(2, rounds * 5)];
    for (int i = -2; i < single.length; i++) {
      int q = (i + 2) % BATCH;
      float[] query = Arrays.copyOfRange(queries, q * width, (q + 1) * width);
      long begin = System.nanoTime();
      index.search(query, 1, K, Filter.ALL);
      if (i >= 0) {
        single[i] = (System.nanoTime() - begin) / 1e6;
      }
    }
    Hits hits = index.search(queries, BATCH, K, Filter.ALL);
    double[] batch = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      hits = index.search(queries, BATCH, K, Filter.ALL);
      batch[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(single);
    Arrays.sort(batch);
    say(prefix + "single_ms", single[single.length / 2]);
    say(prefix + "batch_ms", batch[rounds / 2]);
    return hits;
  }

  private static void scores(int windows, int candidates, int width, int threads, long memory) {
    EmbeddingSource queries = noise(windows, width, 1);
    long begin = System.nanoTime();
    double[] sum = new double[1];
    BlockedScores.run(
        queries,
        noise(candidates, width, 2),
        new BlockedScores.Options(memory, threads),
        (q, scores) -> sum[0] += scores[(int) (q % candidates)]);
    double seconds = (System.nanoTime() - begin) / 1e9;
    say("scores_s", seconds);
    say("scores_gflops", 2e-9 * windows * candidates * width / seconds);
    say("checksum", sum[0]);
  }

  /** Rows of numbers that are made when they are read. */
  private static EmbeddingSource noise(int rows, int width, long seed) {
    return new EmbeddingSource() {
      @Override
      public long rows() {
        return rows;
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public void read(long row, float[] into, int at) {
        long state = seed * 1_000_003 + row * 0x9E3779B97F4A7C15L + 1;
        for (int i = 0; i < width; i++) {
          state = state * 6364136223846793005L + 1442695040888963407L;
          into[at + i] = (int) (state >> 32) * 0x1p-31f;
        }
      }
    };
  }

  private static void say(String what, double value) {
    System.out.printf(Locale.ROOT, "%s %.4f%n", what, value);
    System.out.flush();
  }

  /** Peak resident memory, mapped pages included, where the system tells. */
  private static void peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM")) {
          say("peak_mb", Double.parseDouble(line.replaceAll("\\D+", "")) / 1024);
        }
      }
    }
  }
}
