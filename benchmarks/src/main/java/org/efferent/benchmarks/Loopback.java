package org.efferent.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.cli.bench.SimulatedFeatures;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.LocalClock;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.StreamInfo;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;

/**
 * From the push of a sample into an LSL outlet to its estimate in a session's sink, over loopback,
 * in lockstep: the next sample goes out when the estimate of the one before is there.
 */
final class Loopback {
  private static final int TRAINING_ROWS = 5_000;
  private static final int FEATURES = 10;
  private static final int WARM_UP = 2_000;
  private static final int TIMED = 10_000;
  private static final double LIMIT_MICROS = 5_000;

  private Loopback() {}

  static boolean check() throws InterruptedException {
    SimulatedFeatures material = SimulatedFeatures.of(TRAINING_ROWS + 1_000, FEATURES, 1);
    CursorDecoder decoder =
        FilterTraining.train(
            FilterSpec.of(FilterKind.DKF_NW).with("bandwidth", 0.4376).with("qBandwidth", 0.7749),
            Arrays.copyOf(material.features(), TRAINING_ROWS),
            Arrays.copyOf(material.states(), TRAINING_ROWS));
    String id = "efferent-benchmark-" + UUID.randomUUID();
    StreamInfo info = StreamInfo.of("Loopback", "Features", 0, FEATURES);
    LatencyHistogram latency = new LatencyHistogram();
    Semaphore answered = new Semaphore(0);
    int[] seen = {0};
    try (LslOutlet outlet =
            new LslOutlet(
                LslStreamInfo.of(info, ChannelFormat.DOUBLE64).withSourceId(id),
                LslConfig.LOOPBACK);
        Session session =
            Session.start(
                LslSource.open(
                    LslResolver.property("source_id", id),
                    Duration.ofSeconds(10),
                    LslConfig.LOOPBACK,
                    InletOptions.DEFAULTS),
                SessionOptions.DEFAULTS,
                Pipeline.everySample(decoder),
                decoded -> {
                  if (++seen[0] > WARM_UP) {
                    double seconds = LocalClock.SYSTEM.seconds() - decoded.stamp();
                    latency.record(Math.round(seconds * 1e9));
                  }
                  answered.release();
                })) {
      for (int i = 0; i < WARM_UP + TIMED; i++) {
        outlet.push(material.features()[TRAINING_ROWS + i % 1_000]);
        if (!answered.tryAcquire(10, TimeUnit.SECONDS)) {
          throw new IllegalStateException("no estimate within 10 s; lost=" + session.lost());
        }
      }
    }
    return Main.promise(
        "push to sink over loopback, dkf-nw, p99 in microseconds (p50 %.0f)"
            .formatted(latency.quantileNanos(0.5) / 1e3),
        latency.quantileNanos(0.99) / 1e3,
        LIMIT_MICROS);
  }
}
