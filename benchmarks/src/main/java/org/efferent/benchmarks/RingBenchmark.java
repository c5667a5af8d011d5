package org.efferent.benchmarks;

import java.util.concurrent.TimeUnit;
import org.efferent.core.Chunk;
import org.efferent.core.SampleRing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A chunk of 32 rows into the ring and out again, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RingBenchmark {
  /** Values a row. */
  @Param({"10", "64", "306"})
  public int channels;

  private SampleRing ring;
  private SampleRing.Reader reader;
  private Chunk in;
  private Chunk out;

  /** Makes ring, reader and chunks. */
  @Setup
  public void prepare() {
    ring = new SampleRing(1 << 12, channels);
    reader = ring.reader();
    in = new Chunk(32, channels);
    out = new Chunk(32, channels);
    while (!in.isFull()) {
      in.append(1);
    }
  }

  /**
   * One chunk through the ring.
   *
   * @return rows read, 32
   */
  @Benchmark
  public int writeAndRead() {
    ring.write(in);
    return reader.read(out);
  }
}
