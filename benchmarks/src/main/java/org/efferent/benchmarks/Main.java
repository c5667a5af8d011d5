package org.efferent.benchmarks;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and holds them against what the house promises: no allocation per sample in
 * the ring, a decode step's p99, the cost of stream health, the way from push to sink. Ends with
 * status 1 where a promise is broken. With arguments it is JMH's own command line.
 */
public final class Main {
  private static final double RING_BYTES = 1;

  private Main() {}

  /**
   * Runs.
   *
   * @param args {@code lsl FILE} for LSL in Java beside the liblsl of that file; {@code health} for
   *     what stream health costs; JMH's options and patterns; none for all benchmarks with checks
   * @throws Exception if a benchmark cannot run
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 2 && args[0].equals("lsl")) {
      System.exit(LslThroughputBenchmark.check(Path.of(args[1])) ? 0 : 1);
    }
    if (args.length == 5 && args[0].equals("encoders")) {
      EncoderBenchmark.run(java.util.Arrays.copyOfRange(args, 1, args.length));
      return;
    }
    if (args.length == 1 && args[0].equals("health")) {
      System.exit(HealthBenchmark.check() ? 0 : 1);
    }
    if (args.length > 0) {
      plain(args);
      return;
    }
    boolean kept = ring(); // all of them run, also after a broken promise
    kept &= decode();
    kept &= HealthBenchmark.check();
    kept &= Loopback.check();
    System.out.println(kept ? "\nEvery promise was kept." : "\nA promise was broken, see above.");
    System.exit(kept ? 0 : 1);
  }

  private static void plain(String[] args) throws CommandLineOptionException, RunnerException {
    new Runner(new CommandLineOptions(args)).run();
  }

  private static Collection<RunResult> run(Class<?> benchmark, boolean allocations)
      throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(benchmark.getSimpleName())
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(3)
        .measurementTime(TimeValue.seconds(1));
    if (allocations) {
      options.addProfiler(GCProfiler.class);
    }
    Options built = options.build();
    return new Runner(built).run();
  }

  private static boolean ring() throws RunnerException {
    boolean kept = true;
    for (RunResult result : run(RingBenchmark.class, true)) {
      double bytes = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
      kept &=
          promise(
              "ring, " + result.getParams().getParam("channels") + " channels, bytes a chunk",
              bytes,
              RING_BYTES);
    }
    return kept;
  }

  private static boolean decode() throws RunnerException {
    boolean kept = true;
    for (RunResult result : run(DecodeBenchmark.class, false)) {
      String filter = result.getParams().getParam("filter");
      double p99 = result.getPrimaryResult().getStatistics().getPercentile(99);
      String features = result.getParams().getParam("features");
      double limit = filter.equals("dkf-gp") || features.equals("192") ? 1_000 : 200;
      String what = filter + ", 5,000 rows of " + features + ", p99 of a step in microseconds";
      kept &= promise(what, p99, limit);
    }
    return kept;
  }

  /** Prints a figure beside its limit. */
  static boolean promise(String what, double value, double limit) {
    boolean kept = value < limit;
    System.out.printf(
        Locale.ROOT,
        "%-70s %12.3f  limit %10.1f  %s%n",
        what,
        value,
        limit,
        kept ? "ok" : "BROKEN");
    return kept;
  }
}
