package org.efferent.benchmarks;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.cli.bench.ClusteredVectors;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.StreamInfo;
import org.efferent.core.Transform;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.ProjectionMlp;
import org.efferent.decoders.encoder.TsConv;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.loss.Scale;
import org.efferent.decoders.loss.SymmetricInfoNce;
import org.efferent.decoders.loss.SymmetricInfoNce.Normalise;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.Adam;
import org.efferent.decoders.train.AdamOptions;
import org.efferent.decoders.train.TrainingStep;
import org.efferent.filters.features.SecondOrderSections;
import org.efferent.filters.features.SectionFilter;
import org.efferent.retrieval.index.ApproximateIndex;
import org.efferent.retrieval.index.ApproximateOptions;
import org.efferent.retrieval.index.EmbeddingIndex;
import org.efferent.retrieval.index.EmbeddingSource;
import org.efferent.retrieval.index.Entries;
import org.efferent.retrieval.index.ExactIndex;
import org.efferent.retrieval.index.Filter;
import org.efferent.retrieval.index.Metric;

/**
 * One point of a cost curve, measured in a process of its own, so that its peak memory is its own;
 * {@link ScaleBenchmark} starts it. Prints a line a figure: what, value. Random material, seed 1.
 */
public final class ScalePoint {
  private static final double RATE_HZ = 250;
  private static final int WINDOW = 250;
  private static final int QUERIES = 32;
  private static final int BATCH = 32;
  private static final int INPUT_CHANNELS = 16;
  private static final int INPUT_TIME = 25;

  private ScalePoint() {}

  /**
   * Measures.
   *
   * @param args {@code channels N SECONDS}; {@code exact FOLDER ROWS WIDTH}; {@code graph FOLDER
   *     ROWS WIDTH}; {@code encoder WIDTH}: of a projection, {@code encoderSize} is its parameters
   * @throws IOException if the disk refuses
   */
  public static void main(String[] args) throws IOException {
    int number = Integer.parseInt(args[args.length == 4 ? 2 : 1]);
    switch (args[0]) {
      case "channels" -> channels(number, Integer.parseInt(args[2]));
      case "exact" -> exact(Path.of(args[1]), number, Integer.parseInt(args[3]));
      case "graph" -> graph(Path.of(args[1]), number, Integer.parseInt(args[3]));
      case "encoder" -> encoder(number);
      default -> throw new IllegalArgumentException("no such point: " + args[0]);
    }
    memory();
  }

  private static MemoryRecording noise(int channels, int seconds, long seed) {
    int rows = (int) (seconds * RATE_HZ);
    double[] stamps = new double[rows];
    for (int r = 0; r < rows; r++) {
      stamps[r] = r / RATE_HZ;
    }
    double[] values = new double[rows * channels];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = 40 * (random.nextDouble() - 0.5);
    }
    return new MemoryRecording(
        StreamInfo.of("noise", "EEG", RATE_HZ, channels), stamps, values, List.of());
  }

  private static List<Transform> filters(int channels) {
    return List.of(
        new SectionFilter(SecondOrderSections.bandPass(2, 1, 40, RATE_HZ), channels),
        new SectionFilter(SecondOrderSections.notch(50, 30, RATE_HZ), channels));
  }

  /** Band-pass, notch and windows of a second; then the same with the published TSConv. */
  private static void channels(int channels, int seconds) {
    MemoryRecording recording = noise(channels, seconds, 1);
    Pipeline<Embedding> windows =
        new Pipeline<>(filters(channels), WINDOW, WINDOW, w -> new Embedding(new float[1]));
    Offline.run(recording, windows);
    long begin = System.nanoTime();
    Offline.run(recording, windows);
    double cut = (System.nanoTime() - begin) / 1e9;
    TsConv encoder = TsConv.a(channels, WINDOW, 768);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
        Weights weights = Weights.draw(compute, encoder.weights(), 0)) {
      Batch one = Batch.of(normal(compute, 1, channels, WINDOW));
      Runnable encode =
          () -> compute.step(() -> encoder.encode(weights, one, Pass.evaluation()).getShape());
      double forward = median(5, encode);
      say("preprocess", cut / seconds);
      say("encode", forward); // a window is a second
      say("both", cut / seconds + forward);
    }
  }

  private static EmbeddingSource noiseRows(int rows, int width) {
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
        long state = (row + 1) * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < width; i++) {
          state = state * 6364136223846793005L + 1442695040888963407L;
          into[at + i] = (int) (state >> 32) * 0x1p-31f;
        }
      }
    };
  }

  private static void exact(Path folder, int rows, int width) {
    Path file = folder.resolve("exact.index");
    EmbeddingSource vectors = noiseRows(rows, width); // what an exact scan costs is not of the data
    ExactIndex.write(file, new Entries(vectors), Metric.COSINE, true);
    try (EmbeddingIndex index = ExactIndex.open(file, 2)) {
      search("query", index, vectors);
    }
    say("file", (double) file.toFile().length());
  }

  private static void graph(Path folder, int rows, int width) {
    Path file = folder.resolve("graph.index");
    ClusteredVectors vectors = new ClusteredVectors(rows, width, 1_000, 1);
    long begin = System.nanoTime();
    ApproximateIndex.write(
        file, new Entries(vectors), Metric.COSINE, ApproximateOptions.DEFAULTS, 2, n -> {}, true);
    say("build", (System.nanoTime() - begin) / 1e9);
    try (EmbeddingIndex index = ApproximateIndex.open(file, 2, 100)) {
      search("query", index, vectors);
    }
    say("file", (double) file.toFile().length());
  }

  /** Seconds a query, alone, and in a batch. */
  private static void search(String what, EmbeddingIndex index, EmbeddingSource vectors) {
    int width = vectors.width();
    float[] queries = new float[QUERIES * width];
    for (int q = 0; q < QUERIES; q++) {
      vectors.read(q, queries, q * width);
    }
    int[] next = {0};
    double single =
        median(
            7,
            () -> {
              int q = next[0]++ % QUERIES;
              index.search(
                  Arrays.copyOfRange(queries, q * width, (q + 1) * width), 1, 10, Filter.ALL);
            });
    say(what, single);
    say(what + "Batch", median(3, () -> index.search(queries, QUERIES, 10, Filter.ALL)) / QUERIES);
  }

  /** A projection of 16 × 25 numbers to so many, with training by Adam. */
  private static void encoder(int width) {
    ProjectionMlp encoder = new ProjectionMlp(INPUT_CHANNELS, INPUT_TIME, width, 0.3);
    Objective objective =
        Objective.of(
            new SymmetricInfoNce(Normalise.BOTH, Scale.EXP, SymmetricInfoNce.START, false));
    List<WeightSpec> specs = new ArrayList<>(objective.weights());
    specs.addAll(encoder.weights());
    double parameters = 0;
    for (WeightSpec spec : encoder.weights()) {
      double size = 1;
      for (long s : spec.sizes()) {
        size *= s;
      }
      parameters += size;
    }
    say("encoderSize", parameters);
    SplittableRandom random = new SplittableRandom(1);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
        Weights weights = Weights.draw(compute, specs, 0)) {
      Batch one = Batch.of(normal(compute, 1, INPUT_CHANNELS, INPUT_TIME));
      say(
          "forward",
          median(
              7,
              () ->
                  compute.step(() -> encoder.encode(weights, one, Pass.evaluation()).getShape())));
      Batch batch = Batch.of(normal(compute, BATCH, INPUT_CHANNELS, INPUT_TIME));
      NDArray target = normal(compute, BATCH, width);
      try (Adam adam = new Adam(AdamOptions.adamW(3e-4, 0.01), weights)) {
        TrainingStep step = new TrainingStep(encoder, objective, weights, adam, 0);
        say(
            "train",
            median(
                3,
                () ->
                    compute.differentiable(
                        () -> step.run(batch, Map.of("", target), Pass.training(random), 1))));
      }
    }
  }

  private static NDArray normal(Compute compute, long... shape) {
    SplittableRandom random = new SplittableRandom(1);
    long size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return compute.array(values, shape);
  }

  /** Seconds, after two turns that are not counted. */
  private static double median(int times, Runnable work) {
    work.run();
    work.run();
    double[] seconds = new double[times];
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[times / 2];
  }

  /**
   * What lives in the heap after a collection, and the largest resident set, mapped pages in it.
   */
  private static void memory() throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    say("heap", (double) (runtime.totalMemory() - runtime.freeMemory()));
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM")) {
          say("peak", Double.parseDouble(line.replaceAll("\\D+", "")) * 1024);
        }
      }
    }
  }

  private static void say(String what, double value) {
    System.out.printf(Locale.ROOT, "%s %.9g%n", what, value);
  }
}
