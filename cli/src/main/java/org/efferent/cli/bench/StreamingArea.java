package org.efferent.cli.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.BrainModule;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.stream.EncoderStream;

/**
 * The published brain module of 64 channels at 120 Hz, fed by hops of six samples. Nobody else
 * streams it; beside it stands what one does without: the whole window of 3 s again at every hop.
 */
final class StreamingArea implements BenchArea {
  private static final int CHANNELS = 64;
  private static final int HOP = 6;
  private static final int WINDOW = 361;

  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    BrainModule module = BrainModule.published(CHANNELS, 1, 256);
    double[] positions = new SplittableRandom(1).doubles(2L * CHANNELS).toArray();
    boolean[] valid = new boolean[CHANNELS];
    Arrays.fill(valid, true);
    SensorLayout layout = new SensorLayout(CHANNELS, 2, positions, valid);
    SplittableRandom random = new SplittableRandom(0);
    float[] hop = new float[HOP * CHANNELS];
    for (int i = 0; i < hop.length; i++) {
      hop[i] = (float) random.nextGaussian();
    }
    int hops = settings.size(20, 100);
    try (Compute compute =
            Compute.open(new ComputeOptions("cpu", settings.threads(), Precision.SINGLE));
        Weights weights = Weights.draw(compute, module.weights(), 0);
        EncoderStream stream = new EncoderStream(module, weights, layout, 0)) {
      for (int i = 0; i < 40; i++) {
        stream.push(hop, HOP);
      }
      Batch window =
          Batch.of(EncoderArea.noise(compute, random, 1, CHANNELS, WINDOW))
              .subjects(0)
              .layouts(Collections.nCopies(1, layout));
      Runnable whole =
          () -> compute.step(() -> module.encode(weights, window, Pass.evaluation()).getShape());
      whole.run();
      return List.of(
          row(settings, "p50", whole, 0.5)
              .run(() -> millis(hops, () -> stream.push(hop, HOP), 0.5)),
          row(settings, "p99", whole, 0.99)
              .run(() -> millis(hops, () -> stream.push(hop, HOP), 0.99)));
    }
  }

  private static Turns row(BenchSettings settings, String which, Runnable whole, double share) {
    return new Turns(
            "streaming",
            "brain module, 64 channels, a hop of 6 samples, " + which,
            "ms",
            false,
            settings.rounds())
        .beside("this toolkit, whole window", () -> millis(settings.size(3, 10), whole, share))
        .absent("none", "no peer streams this encoder");
  }

  private static double millis(int times, Runnable work, double share) {
    double[] nanos = Turns.nanos(times, work);
    return nanos[(int) Math.round(share * (nanos.length - 1))] / 1e6;
  }
}
