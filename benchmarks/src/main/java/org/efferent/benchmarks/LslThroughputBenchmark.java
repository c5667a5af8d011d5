package org.efferent.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.efferent.acquisition.liblsl.LibLsl;
import org.efferent.acquisition.liblsl.NativeLsl;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.cli.bench.LslLoopback;

/**
 * LSL in Java beside liblsl through JNA, in one run over loopback: both inlets behind both outlets,
 * float32. Throughput: a sender pushes as fast as no more than 8,192 samples are under way, so that
 * nothing is dropped. Latency: a chunk a millisecond, from before its push until its last row is
 * pulled. The inlets take turns, {@link #TURNS} each, and the median of a figure's turns counts, so
 * that a noisy machine is noisy to both.
 */
final class LslThroughputBenchmark {
  private static final int TURNS = 3;

  /**
   * Where the outlet is what limits, both inlets carry the same and noise decides who is first:
   * differences below this share are none.
   */
  private static final double EQUAL = 0.05;

  private static final LslLoopback LOOPBACK =
      new LslLoopback(new LslLoopback.Span(500_000_000, 1_000_000_000, 500, 1_500));

  private LslThroughputBenchmark() {}

  /** One measurement. */
  private record Row(
      String outlet, String inlet, int channels, int chunk, double rate, double p50, double p99) {}

  /**
   * Measures and prints a table.
   *
   * @param liblsl the library's file; the working directory holds a lsl_api.cfg for loopback
   * @return whether Java carried as much as liblsl, with no worse p50 and p99, everywhere, but for
   *     differences of 5 %
   */
  static boolean check(Path liblsl) throws InterruptedException {
    NativeLsl library = NativeLsl.onThisHost(LibLsl.load(liblsl));
    Lsl java = new JavaLsl(LslConfig.LOOPBACK);
    System.out.printf(
        "liblsl %s beside Java %s%n%n", library.library().version(), Runtime.version());
    System.out.println("| outlet | inlet | channels | chunk | samples/s | p50 µs | p99 µs |");
    System.out.println("|---|---|---|---|---|---|---|");
    boolean kept = true;
    for (int channels : new int[] {8, 64, 306}) {
      for (int chunk : new int[] {1, 32}) {
        for (Lsl out : List.of(java, library)) {
          kept &= sideBySide(out, java, library, channels, chunk);
        }
      }
    }
    System.out.println(
        kept ? "\nJava is nowhere behind." : "\nJava is behind somewhere, see above.");
    return kept;
  }

  /** Both inlets behind one outlet, in turns. */
  private static boolean sideBySide(Lsl out, Lsl java, Lsl library, int channels, int chunk)
      throws InterruptedException {
    List<Row> ours = new ArrayList<>();
    List<Row> theirs = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      ours.add(measure(out, java, channels, chunk));
      theirs.add(measure(out, library, channels, chunk));
    }
    Row a = median(ours);
    Row b = median(theirs);
    print(a);
    print(b);
    return a.rate >= b.rate * (1 - EQUAL)
        && a.p50 <= b.p50 * (1 + EQUAL)
        && a.p99 <= b.p99 * (1 + EQUAL);
  }

  private static Row median(List<Row> rows) {
    Row first = rows.get(0);
    return new Row(
        first.outlet,
        first.inlet,
        first.channels,
        first.chunk,
        median(rows, Row::rate),
        median(rows, Row::p50),
        median(rows, Row::p99));
  }

  private static double median(List<Row> rows, ToDoubleFunction<Row> figure) {
    double[] sorted = rows.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void print(Row row) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %d | %,.0f | %.0f | %.0f |%n",
        row.outlet,
        row.inlet,
        row.channels,
        row.chunk,
        row.rate,
        row.p50,
        row.p99);
  }

  private static Row measure(Lsl out, Lsl in, int channels, int chunk) throws InterruptedException {
    LslLoopback.Result r = LOOPBACK.measure(out, in, channels, chunk);
    return new Row(out.name(), in.name(), channels, chunk, r.rate(), r.p50(), r.p99());
  }
}
