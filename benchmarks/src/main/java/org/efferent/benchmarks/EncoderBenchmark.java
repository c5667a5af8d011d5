package org.efferent.benchmarks;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.BrainModule;
import org.efferent.decoders.encoder.ChannelTokenTransformer;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.ProjectionMlp;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.encoder.TsConv;
import org.efferent.decoders.loss.CandidateNormalised;
import org.efferent.decoders.loss.Loss;
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
import org.efferent.decoders.stream.EncoderStream;
import org.efferent.decoders.train.Adam;
import org.efferent.decoders.train.AdamOptions;
import org.efferent.decoders.train.TrainingStep;

/**
 * Times the full-size encoders: a training step by batch, a window's encoding, and the hops of a
 * stream. Prints a line a figure: model, what, median, smallest, largest in milliseconds; last the
 * peak memory of the process.
 */
final class EncoderBenchmark {
  private static final int RATE = 120;
  private static final int HOP = 6;

  private final Compute compute;
  private final int iterations;
  private final SplittableRandom random = new SplittableRandom(0);

  private EncoderBenchmark(Compute compute, int iterations) {
    this.compute = compute;
    this.iterations = iterations;
  }

  private record Model(
      String name,
      Encoder encoder,
      int time,
      List<Long> target,
      int subjects,
      Loss loss,
      AdamOptions adam) {}

  private static List<Model> models() {
    Loss clip = new SymmetricInfoNce(Normalise.BOTH, Scale.EXP, SymmetricInfoNce.START, false);
    return List.of(
        new Model(
            "brain-module",
            BrainModule.published(273, 96, 1024),
            361,
            List.of(1024L, 361L),
            96,
            CandidateNormalised.PUBLISHED,
            AdamOptions.adam(3e-4)),
        new Model(
            "tsconv",
            TsConv.a(63, 250, 768),
            250,
            List.of(768L),
            0,
            clip,
            new AdamOptions(2e-4, 0.5, 0.999, 1e-8, 0, false)),
        new Model(
            "channel-token",
            ChannelTokenTransformer.published(false, 63, 250, 1024),
            250,
            List.of(1024L),
            10,
            clip,
            AdamOptions.adamW(3e-4, 0.01)),
        new Model(
            "projection-mlp",
            new ProjectionMlp(17, 250, 1024, 0.3),
            250,
            List.of(1024L),
            0,
            clip,
            AdamOptions.adamW(1e-4, 1e-4)));
  }

  /**
   * {@code encoders THREADS ITERATIONS MODEL|all BATCH,BATCH|-}.
   *
   * @param args those words
   */
  static void run(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    int iterations = Integer.parseInt(args[1]);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", threads, Precision.SINGLE))) {
      EncoderBenchmark benchmark = new EncoderBenchmark(compute, iterations);
      for (Model model : models()) {
        if (args[2].equals("all") || model.name().equals(args[2])) {
          benchmark.one(model, args[3]);
        }
      }
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        System.out.println("peak " + line.replaceAll("\\D+", "") + " kB");
      }
    }
  }

  private void one(Model model, String batches) {
    Objective objective = Objective.of(model.loss());
    List<WeightSpec> specs = new ArrayList<>(objective.weights());
    specs.addAll(model.encoder().weights());
    try (Weights weights = Weights.draw(compute, specs, 0)) {
      Batch one = batch(model, 1);
      report(
          model,
          "forward_b1",
          times(
              Math.max(iterations, 30),
              5,
              () ->
                  compute.step(
                      () -> model.encoder().encode(weights, one, Pass.evaluation()).getShape())));
      if (model.encoder() instanceof BrainModule module) {
        stream(model, module, weights);
      }
      if (!batches.equals("-")) {
        try (Adam adam = new Adam(model.adam(), weights)) {
          TrainingStep step = new TrainingStep(model.encoder(), objective, weights, adam, 0);
          for (String size : batches.split(",", -1)) {
            train(model, step, Integer.parseInt(size));
          }
        }
      }
    }
  }

  private void train(Model model, TrainingStep step, int size) {
    Batch batch = batch(model, size);
    long[] shape = new long[model.target().size() + 1];
    shape[0] = size;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = model.target().get(i - 1);
    }
    NDArray target = normal(shape);
    report(
        model,
        "train_b" + size,
        times(
            iterations,
            2,
            () ->
                compute.differentiable(
                    () -> step.run(batch, Map.of("", target), Pass.training(random), 1))));
  }

  private void stream(Model model, BrainModule module, Weights weights) {
    try (EncoderStream stream = new EncoderStream(module, weights, layout(273), 0)) {
      float[] hop = new float[HOP * 273];
      for (int i = 0; i < hop.length; i++) {
        hop[i] = (float) random.nextGaussian();
      }
      double[] times = times(40 * RATE / HOP, 40, () -> stream.push(hop, HOP));
      report(model, "stream_hop6", times);
      System.out.printf(
          Locale.ROOT, "%s stream_hop6_p99 %.3f%n", model.name(), times[times.length * 99 / 100]);
    }
  }

  private static double[] times(int iterations, int warmUp, Runnable work) {
    for (int i = 0; i < warmUp; i++) {
      work.run();
    }
    double[] times = new double[iterations];
    for (int i = 0; i < iterations; i++) {
      long begin = System.nanoTime();
      work.run();
      times[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(times);
    return times;
  }

  private static void report(Model model, String what, double[] sorted) {
    System.out.printf(
        Locale.ROOT,
        "%s %s %.3f %.3f %.3f%n",
        model.name(),
        what,
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private Batch batch(Model model, int size) {
    Batch batch = Batch.of(normal(size, model.encoder().channels(), model.time()));
    if (model.subjects() > 0) {
      batch = batch.subjects(random.longs(size, 0, model.subjects()).toArray());
    }
    return model.encoder().needsLayout()
        ? batch.layouts(Collections.nCopies(size, layout(model.encoder().channels())))
        : batch;
  }

  private SensorLayout layout(int channels) {
    double[] positions = new SplittableRandom(1).doubles(2L * channels).toArray();
    boolean[] valid = new boolean[channels];
    Arrays.fill(valid, true);
    return new SensorLayout(channels, 2, positions, valid);
  }

  private NDArray normal(long... shape) {
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
