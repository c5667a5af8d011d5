package org.efferent.decoders.picture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.Adam;
import org.efferent.decoders.train.AdamOptions;
import org.efferent.decoders.train.Schedule;

/**
 * Trains a {@link PictureAutoencoder} to give back the pictures that it is shown, by the mean
 * absolute difference of pixels. Latents have a mean of 0 and a variance of 1 in every batch, and
 * noise is added to them; the mean and variance of all are in the last layer's weights at the end.
 */
public final class AutoencoderTrainer {
  private static final double EPSILON = 1e-8;
  private static final int MOMENTS = 2048;

  private final Compute compute;
  private final PictureAutoencoder network;
  private final PictureAutoencoder folded;
  private final AutoencoderOptions options;
  private final AutoencoderTraining training;
  private final PictureSource source;

  /**
   * A training.
   *
   * @param compute where
   * @param options the network
   * @param training how
   * @param source pictures of {@code options.side()}
   */
  public AutoencoderTrainer(
      Compute compute,
      AutoencoderOptions options,
      AutoencoderTraining training,
      PictureSource source) {
    this.compute = compute;
    this.options = options;
    this.network = new PictureAutoencoder(options, true);
    this.folded = new PictureAutoencoder(options, false);
    this.training = training;
    this.source = source;
  }

  /** Who hears of the training. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Some steps are done.
     *
     * @param step from 1
     * @param loss mean absolute difference of pixels since the last call, with noise
     */
    void trained(int step, double loss);
  }

  /**
   * What came of it.
   *
   * @param pictures the trained networks
   * @param difference mean absolute difference of pixels of pictures that were held out, without
   *     noise
   * @param psnr peak signal-to-noise ratio of all their pixels, in dB
   */
  public record Result(TrainedAutoencoder pictures, double difference, double psnr) {}

  /**
   * Trains.
   *
   * @param listener hears of every hundredth step
   * @return the networks and how they do on pictures that were held out
   */
  public Result run(Listener listener) {
    Compute.seed(training.seed());
    SplittableRandom random = new SplittableRandom(training.seed());
    Schedule schedule = new Schedule(Schedule.Kind.COSINE, 0.05);
    try (Weights weights = Weights.draw(compute, network.weights(), random.nextLong());
        Adam adam = new Adam(AdamOptions.adam(training.learningRate()), weights)) {
      float[] pictures = new float[training.batch() * options.pixels()];
      float[] noise = new float[training.batch() * options.width()];
      double sum = 0;
      for (int step = 0; step < training.steps(); step++) {
        fill(pictures, random);
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (float) (training.noise() * random.nextGaussian());
        }
        double factor = schedule.factor(step, training.steps());
        sum += compute.differentiable(() -> step(weights, adam, pictures, noise, factor));
        if ((step + 1) % 100 == 0 || step + 1 == training.steps()) {
          listener.trained(step + 1, sum / (step % 100 + 1));
          sum = 0;
        }
      }
      return validate(standardised(network.folded(weights.tensors()), random));
    }
  }

  private void fill(float[] pictures, SplittableRandom random) {
    for (int i = 0; i < training.batch(); i++) {
      // Neighbours may be alike, and a batch's mean and variance should be those of all.
      source.draw(random.nextLong(all()), pictures, i * options.pixels());
    }
  }

  /** Pictures that there are. */
  private long all() {
    return training.pictures() > 0 ? training.pictures() : 1L << 40;
  }

  private double step(Weights weights, Adam adam, float[] pictures, float[] noise, double factor) {
    weights.clearGradients();
    try (NDArray loss = loss(weights, pictures, noise, Pass.trainingWithoutDropout())) {
      double value = Compute.doubles(loss)[0];
      if (Double.isFinite(value)) {
        Compute.backward(loss);
        weights.countBatch();
        adam.step(factor);
      }
      return value;
    }
  }

  private NDArray loss(Weights weights, float[] pictures, float[] noise, Pass pass) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray given = compute.array(pictures, shape(training.batch()));
      NDArray latents = network.encode(weights, given, pass);
      NDArray centred = latents.sub(latents.mean(new int[] {0}, true));
      NDArray variance = centred.square().mean(new int[] {0}, true);
      NDArray unit = centred.mul(Layers.inverse(variance.add(EPSILON).sqrt()));
      NDArray noisy = unit.add(compute.array(noise, training.batch(), options.width()));
      NDArray loss = network.decode(weights, noisy, pass).sub(given).abs().mean();
      NDScope.unregister(loss);
      return loss;
    }
  }

  private long[] shape(int pictures) {
    return new long[] {pictures, 3, options.side(), options.side()};
  }

  /** The weights, with mean and variance of the latents of many pictures in the last layer's. */
  private Map<String, Tensor> standardised(Map<String, Tensor> trained, SplittableRandom random) {
    try (Weights weights = Weights.of(compute, folded.weights(), trained, "the autoencoder")) {
      return standardised(weights, random);
    }
  }

  private Map<String, Tensor> standardised(Weights weights, SplittableRandom random) {
    int width = options.width();
    double[] sum = new double[width];
    double[] squares = new double[width];
    int seen = 0;
    float[] pictures = new float[training.batch() * options.pixels()];
    for (int first = 0; first < MOMENTS; first += training.batch()) {
      for (int i = 0; i < training.batch(); i++) {
        long number = training.pictures() > 0 ? first + i : random.nextLong(all());
        source.draw(number % all(), pictures, i * options.pixels());
      }
      float[] latents =
          compute.step(
              () ->
                  Compute.floats(
                      folded.encode(
                          weights,
                          compute.array(pictures, shape(training.batch())),
                          Pass.evaluation())));
      for (int i = 0; i < latents.length; i++) {
        sum[i % width] += latents[i];
        squares[i % width] += (double) latents[i] * latents[i];
      }
      seen += training.batch();
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>(weights.tensors());
    float[] weight = tensors.get(PictureAutoencoder.latent() + ".weight").floats();
    float[] bias = tensors.get(PictureAutoencoder.latent() + ".bias").floats();
    for (int d = 0; d < width; d++) {
      double mean = sum[d] / seen;
      double scale = 1 / Math.sqrt(squares[d] / seen - mean * mean + EPSILON);
      for (int i = 0; i < options.bottom(); i++) {
        weight[d * options.bottom() + i] *= (float) scale;
      }
      bias[d] = (float) ((bias[d] - mean) * scale);
    }
    tensors.put(
        PictureAutoencoder.latent() + ".weight", Tensor.of(weight, width, options.bottom()));
    tensors.put(PictureAutoencoder.latent() + ".bias", Tensor.of(bias, width));
    return tensors;
  }

  private Result validate(Map<String, Tensor> tensors) {
    double absolute = 0;
    double square = 0;
    long count = 0;
    try (Weights weights = Weights.of(compute, folded.weights(), tensors, "the autoencoder")) {
      for (int first = 0; first < training.validation(); first += training.batch()) {
        int now = Math.min(training.batch(), training.validation() - first);
        float[] pictures = new float[now * options.pixels()];
        for (int i = 0; i < now; i++) {
          source.draw(-1L - first - i, pictures, i * options.pixels());
        }
        float[] made =
            compute.step(
                () ->
                    Compute.floats(
                        folded.decode(
                            weights,
                            folded.encode(
                                weights, compute.array(pictures, shape(now)), Pass.evaluation()),
                            Pass.evaluation())));
        for (int i = 0; i < made.length; i++) {
          double difference = made[i] - pictures[i];
          absolute += Math.abs(difference);
          square += difference * difference;
        }
        count += made.length;
      }
    }
    return new Result(
        new TrainedAutoencoder(options, tensors),
        absolute / count,
        -10 * Math.log10(square / count));
  }

  @Override
  public String toString() {
    return "autoencoder of %d × %d pixels, %d numbers, channels %s"
        .formatted(
            options.side(),
            options.side(),
            options.width(),
            Arrays.toString(options.channels().toArray()));
  }
}
