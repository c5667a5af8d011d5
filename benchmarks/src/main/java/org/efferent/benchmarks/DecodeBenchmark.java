package org.efferent.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.efferent.cli.bench.FilterArea;
import org.efferent.cli.bench.SimulatedFeatures;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.Window;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decode step of a filter that was trained on 5,000 rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {
  private static final int TRAINING_ROWS = 5_000;
  private static final int TEST_ROWS = 1_000;

  /** The filter, by its name in the command. */
  @Param({
    "kalman",
    "kalman-pv",
    "refit",
    "ekf",
    "ukf",
    "dkf-linear",
    "dkf-nw",
    "dkf-knn",
    "dkf-gp",
    "dkf-mk",
    "dkf-nn",
    "gru"
  })
  public String filter;

  /** Features a bin. */
  @Param({"10", "192"})
  public int features;

  private CursorDecoder decoder;
  private Window[] windows;
  private int next;

  /** Trains the filter with given hyper-parameters, so that only the step is measured. */
  @Setup
  public void prepare() {
    SimulatedFeatures material = SimulatedFeatures.of(TRAINING_ROWS + TEST_ROWS, features, 1);
    FilterSpec spec = FilterArea.spec(FilterKind.of(filter));
    double[][] x = Arrays.copyOf(material.features(), TRAINING_ROWS);
    double[][] z = Arrays.copyOf(material.states(), TRAINING_ROWS);
    decoder = FilterTraining.train(spec, x, z);
    windows = new Window[TEST_ROWS];
    for (int i = 0; i < TEST_ROWS; i++) {
      windows[i] = Window.ofRow(material.features()[TRAINING_ROWS + i]);
    }
  }

  /**
   * One step.
   *
   * @return the estimate
   */
  @Benchmark
  public Gaussian step() {
    next = next + 1 == TEST_ROWS ? 0 : next + 1;
    return decoder.decode(windows[next]);
  }
}
