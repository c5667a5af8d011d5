package org.efferent.decoders.simulated;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.npy.NpyFloats;

/**
 * The embeddings of all stimuli, and their mean and covariance where latents are linear in them.
 */
final class Embeddings {
  /** Embeddings from which mean and covariance are taken. */
  private static final int SAMPLE = 8192;

  private final long[] shape;
  private final double[][] rows;
  private final double[][] sample;

  private Embeddings(long[] shape, double[][] rows, double[][] sample) {
    this.shape = shape;
    this.rows = rows;
    this.sample = sample;
  }

  /**
   * Draws or reads them.
   *
   * @param options how they are distributed
   * @param concept of every stimulus, {@code [stimuli]}, from 0
   * @param training stimuli from the first on, whose mean and covariance those of a file have
   * @param random from where
   */
  static Embeddings of(
      EmbeddingOptions options, int[] concept, int training, SplittableRandom random) {
    if (options.file().isPresent()) {
      return read(options.file().get(), concept.length, training);
    }
    Maker maker = new Maker(options, random.split());
    SplittableRandom concepts = random.split();
    SplittableRandom images = random.split();
    double[][] centres =
        Dense.normals(Arrays.stream(concept).max().orElse(0) + 1, options.rank(), concepts);
    double[][] rows = new double[concept.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = maker.make(centres[concept[i]], images);
    }
    SplittableRandom others = random.split();
    double[][] sample = new double[SAMPLE][];
    for (int i = 0; i < SAMPLE; i++) {
      sample[i] = maker.make(Dense.normals(options.rank(), others), others);
    }
    return new Embeddings(new long[] {options.dimensions()}, rows, sample);
  }

  private static Embeddings read(Path path, int stimuli, int training) {
    try (NpyFloats file = NpyFloats.open(path)) {
      String name = InputFiles.name(path);
      long[] shape = Arrays.copyOfRange(file.shape(), 1, file.shape().length);
      if (shape.length == 0) {
        throw new InputException(name + ": must be [stimuli × …] with at least two axes");
      }
      if (file.rows() != stimuli) {
        throw new InputException(
            "%s: must have a row for every stimulus of the options; rows=%d, stimuli=%d"
                .formatted(name, file.rows(), stimuli));
      }
      if (file.rows() * file.rowLength() > 1L << 27) {
        throw new UnsupportedInputException(
            "%s: up to 134217728 numbers are read as latents; numbers=%d"
                .formatted(name, file.rows() * file.rowLength()));
      }
      double[][] rows = new double[stimuli][file.rowLength()];
      float[] row = new float[file.rowLength()];
      for (int i = 0; i < stimuli; i++) {
        file.read(i, row, 0);
        for (int d = 0; d < row.length; d++) {
          rows[i][d] = row[d];
          if (!Float.isFinite(row[d])) {
            throw new InputException(
                "%s: latents must be finite; row=%d, value=%s".formatted(name, i, row[d]));
          }
        }
      }
      return new Embeddings(shape, rows, Arrays.copyOf(rows, training));
    }
  }

  /** Makes an embedding from what it has in common, its concept, its image and its own. */
  private static final class Maker {
    private final EmbeddingOptions options;
    private final double[] common;
    private final double[][] directions;

    Maker(EmbeddingOptions options, SplittableRandom random) {
      this.options = options;
      this.common = unit(Dense.normals(options.dimensions(), random));
      this.directions = new double[options.rank()][];
      double total = 0;
      for (int r = 0; r < options.rank(); r++) {
        total += 1.0 / (r + 1);
      }
      for (int r = 0; r < options.rank(); r++) {
        double size = Math.sqrt(1.0 / (r + 1) / total);
        double[] direction = unit(Dense.normals(options.dimensions(), random));
        directions[r] = Arrays.stream(direction).map(x -> size * x).toArray();
      }
    }

    double[] make(double[] centre, SplittableRandom random) {
      double[] made = common.clone();
      for (int r = 0; r < directions.length; r++) {
        double along =
            Math.sqrt(options.concept()) * centre[r]
                + Math.sqrt(options.image()) * random.nextGaussian();
        Dense.add(made, along, directions[r]);
      }
      double own = Math.sqrt(options.own() / made.length);
      for (int d = 0; d < made.length; d++) {
        made[d] += own * random.nextGaussian();
      }
      return unit(made);
    }

    private static double[] unit(double[] v) {
      double length = Math.sqrt(Dense.dot(v, v));
      return Arrays.stream(v).map(x -> x / length).toArray();
    }
  }

  /** Sizes of an embedding. */
  long[] shape() {
    return shape.clone();
  }

  /** Numbers of an embedding. */
  int length() {
    return rows[0].length;
  }

  /** A stimulus' embedding. */
  double[] row(int stimulus) {
    return rows[stimulus];
  }

  /** Weights of as many sources as wanted, each of which then has a variance of 1. */
  double[][] weights(int sources, SplittableRandom random) {
    double[][] weights = Dense.normals(sources, length(), random);
    for (double[] weight : weights) {
      double[] z = Arrays.stream(sample).mapToDouble(e -> Dense.dot(weight, e)).toArray();
      double mean = Arrays.stream(z).average().orElse(0);
      double variance = Arrays.stream(z).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      if (!(variance > 1e-20)) {
        throw new InputException("latents must differ between stimuli; their variance is 0");
      }
      Arrays.setAll(weight, d -> weight[d] / Math.sqrt(variance));
    }
    return weights;
  }

  /** Mean embedding. */
  double[] mean() {
    double[] mean = new double[length()];
    for (double[] e : sample) {
      Dense.add(mean, 1.0 / sample.length, e);
    }
    return mean;
  }

  /** Covariance of latents W e with each other, {@code [latents][latents]}. */
  double[][] latentCovariance(double[][] weights) {
    double[][] covariance = new double[weights.length][weights.length];
    double[] mean = Dense.times(weights, mean());
    for (double[] e : sample) {
      double[] z = Dense.times(weights, e);
      Dense.add(z, -1, mean);
      for (int k = 0; k < z.length; k++) {
        Dense.add(covariance[k], z[k] / sample.length, z);
      }
    }
    for (int k = 0; k < weights.length; k++) {
      // Latents of a file with few rows may depend on one another.
      covariance[k][k] += 1e-6;
    }
    return covariance;
  }

  /** Covariance of latents W e with embeddings, {@code [latents][numbers]}. */
  double[][] crossCovariance(double[][] weights) {
    double[][] covariance = new double[weights.length][length()];
    double[] mean = Dense.times(weights, mean());
    for (double[] e : sample) {
      double[] z = Dense.times(weights, e);
      for (int k = 0; k < z.length; k++) {
        Dense.add(covariance[k], (z[k] - mean[k]) / sample.length, e);
      }
    }
    return covariance;
  }
}
