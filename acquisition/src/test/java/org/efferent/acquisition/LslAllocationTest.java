package org.efferent.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.core.Chunk;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From push to read nothing is allocated per sample, on any of the four threads it passes. */
@Timeout(120)
class LslAllocationTest {
  private static final int WARM = 20_000;
  private static final int MEASURED = 20_000;
  private static final int CHANNELS = 8;

  /** Values that every format can hold. */
  private static final int CYCLE = 30_000;

  /** Samples under way at the most: fewer than the slots that a queue starts with. */
  private static final int UNDER_WAY = 32;

  private final ThreadMXBean bean = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final AtomicInteger read = new AtomicInteger();
  private final AtomicLong pusherBytes = new AtomicLong(-1);

  @BeforeEach
  void canCount() {
    Assumptions.assumeTrue(
        bean != null && bean.isThreadAllocatedMemorySupported(),
        "this JVM does not count what a thread allocates");
  }

  private void push(LslOutlet outlet, int from, int to) {
    double[] row = new double[CHANNELS];
    for (int i = from; i < to; i++) {
      while (i - read.get() >= UNDER_WAY) {
        Thread.onSpinWait();
      }
      row[0] = i % CYCLE;
      outlet.push(row);
    }
  }

  private void pusher(LslOutlet outlet) {
    push(outlet, 0, WARM);
    long before = bean.getCurrentThreadAllocatedBytes();
    push(outlet, WARM, WARM + MEASURED);
    pusherBytes.set(bean.getCurrentThreadAllocatedBytes() - before);
  }

  private void read(LslSource source, Chunk chunk, int until) throws InterruptedException {
    int rows = read.get();
    while (rows < until) {
      int n = source.read(chunk, LslTesting.LONG);
      if (n <= 0 || chunk.values()[0] != rows % CYCLE) {
        throw new AssertionError("row " + rows + " did not come");
      }
      rows += n;
      read.set(rows);
    }
  }

  /** Bytes that the network threads of the stream allocated so far. */
  private Map<String, Long> network() {
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (name.equals("efferent-lsl-inlet-Feed") || name.equals("efferent-lsl-consumer-Feed")) {
        bytes.put(name, bean.getThreadAllocatedBytes(thread.getId()));
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE64", "FLOAT32", "INT16"})
  void fewerThanEightBytesASample(ChannelFormat format) throws Exception {
    LslConfig config = LslTesting.world();
    LslStreamInfo info = LslStreamInfo.of(StreamInfo.of("Feed", "Test", 0, CHANNELS), format);
    try (LslOutlet outlet = new LslOutlet(info, config);
        LslSource source =
            LslSource.open("name='Feed'", LslTesting.LONG, config, LslTesting.PLAIN)) {
      assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
      Thread pusher = new Thread(() -> pusher(outlet), "pusher");
      pusher.setDaemon(true);
      pusher.start();
      Chunk chunk = new Chunk(16, CHANNELS);
      read(source, chunk, WARM);
      Map<String, Long> networkBefore = network();
      assertThat(networkBefore).hasSize(2);
      long before = bean.getCurrentThreadAllocatedBytes();
      read(source, chunk, WARM + MEASURED);
      long readerBytes = bean.getCurrentThreadAllocatedBytes() - before;
      pusher.join();
      Map<String, Long> networkAfter = network();
      Map<String, Double> perSample = new LinkedHashMap<>();
      perSample.put("pusher", pusherBytes.get() / (double) MEASURED);
      perSample.put("reader", readerBytes / (double) MEASURED);
      networkBefore.forEach(
          (name, bytes) ->
              perSample.put(name, (networkAfter.get(name) - bytes) / (double) MEASURED));
      assertThat(perSample)
          .allSatisfy((thread, bytes) -> assertThat(bytes).as(thread).isBetween(0.0, 8.0));
      assertThat(outlet.dropped() + source.lost()).isZero();
    }
  }
}
