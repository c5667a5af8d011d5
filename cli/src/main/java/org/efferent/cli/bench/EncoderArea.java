package org.efferent.cli.bench;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.Encoder;
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

/**
 * A window's encoding and a training step of a batch of 32, single precision: a projection of 17 ×
 * 250 to 256 and the published TSConv of 63 × 250 to 768, beside the same layers in PyTorch.
 */
final class EncoderArea implements BenchArea {
  private static final int TIME = 250;
  private static final int BATCH = 32;

  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    List<Measured> all = new ArrayList<>();
    try (Compute compute =
        Compute.open(new ComputeOptions("cpu", settings.threads(), Precision.SINGLE))) {
      one(settings, compute, "projection-mlp", new ProjectionMlp(17, TIME, 256, 0.3), 256, all);
      one(settings, compute, "tsconv", TsConv.a(63, TIME, 768), 768, all);
    }
    return all;
  }

  private static void one(
      BenchSettings settings,
      Compute compute,
      String name,
      Encoder encoder,
      int width,
      List<Measured> all)
      throws InterruptedException {
    Objective objective =
        Objective.of(
            new SymmetricInfoNce(Normalise.BOTH, Scale.EXP, SymmetricInfoNce.START, false));
    List<WeightSpec> specs = new ArrayList<>(objective.weights());
    specs.addAll(encoder.weights());
    SplittableRandom random = new SplittableRandom(0);
    try (Weights weights = Weights.draw(compute, specs, 0);
        Adam adam = new Adam(AdamOptions.adamW(3e-4, 0.01), weights)) {
      Batch window = Batch.of(noise(compute, random, 1, encoder.channels(), TIME));
      Batch batch = Batch.of(noise(compute, random, BATCH, encoder.channels(), TIME));
      NDArray target = noise(compute, random, BATCH, width);
      TrainingStep step = new TrainingStep(encoder, objective, weights, adam, 0);
      all.add(
          turns(settings, name, "one window", "forward", settings.size(10, 50))
              .run(
                  () ->
                      millis(
                          settings.size(10, 50),
                          () ->
                              compute.step(
                                  () ->
                                      encoder
                                          .encode(weights, window, Pass.evaluation())
                                          .getShape()))));
      all.add(
          turns(settings, name, "training step of 32", "train", settings.size(2, 5))
              .run(
                  () ->
                      millis(
                          settings.size(2, 5),
                          () ->
                              compute.differentiable(
                                  () ->
                                      step.run(
                                          batch, Map.of("", target), Pass.training(random), 1)))));
    }
  }

  private static Turns turns(
      BenchSettings settings, String name, String what, String mode, int times) {
    return new Turns("encoders", name + ", " + what, "ms", false, settings.rounds())
        .python(
            settings.python(),
            "PyTorch",
            "torch",
            "encoder",
            name,
            mode,
            times,
            settings.threads());
  }

  /** The median of some. */
  private static double millis(int times, Runnable work) {
    double[] nanos = Turns.nanos(times, work);
    return nanos[nanos.length / 2] / 1e6;
  }

  static NDArray noise(Compute compute, SplittableRandom random, long... shape) {
    long size = 1;
    for (long s : shape) {
      size *= s;
    }
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return compute.array(values, shape);
  }
}
