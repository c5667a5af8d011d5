package org.efferent.cli.bench;

import java.util.SplittableRandom;
import org.efferent.retrieval.index.EmbeddingSource;

/**
 * Embeddings as those of trained encoders lie: in clusters and near a space of few dimensions. A
 * row is a linear map of a latent point, which is its cluster's centre and a part of its own, plus
 * noise in all directions, divided by its norm. Each row is computed when it is read, from the seed
 * and its number alone; rows beyond the last are as good and serve as queries.
 */
public final class ClusteredVectors implements EmbeddingSource {
  private static final int LATENT = 32;
  private static final double SPREAD = 0.6;
  private static final double NOISE = 0.05;

  private final long rows;
  private final int width;
  private final long seed;
  private final float[][] centres;
  private final float[][] directions;

  /**
   * A source.
   *
   * @param rows how many; more may be read
   * @param width numbers of a row
   * @param clusters centres
   * @param seed of all of it
   */
  public ClusteredVectors(long rows, int width, int clusters, long seed) {
    this.rows = rows;
    this.width = width;
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    this.centres = normal(random, clusters, LATENT, 1);
    this.directions = normal(random, LATENT, width, 1 / Math.sqrt(width));
  }

  private static float[][] normal(SplittableRandom random, int rows, int columns, double scale) {
    float[][] out = new float[rows][columns];
    for (float[] row : out) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (scale * random.nextGaussian());
      }
    }
    return out;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void read(long row, float[] into, int at) {
    // Seeds that are close by must not give streams that are alike.
    SplittableRandom random =
        new SplittableRandom(seed * 31 + row * 0x9E3779B97F4A7C15L + 1).split();
    float[] centre = centres[random.nextInt(centres.length)];
    float[] made = new float[width];
    for (int d = 0; d < LATENT; d++) {
      add((float) (centre[d] + SPREAD * random.nextGaussian()), directions[d], made);
    }
    // Uniform noise of the standard deviation of NOISE over the root of the width, times the norm
    // of a latent point.
    double scale = NOISE * Math.sqrt(12.0 * LATENT / width);
    double square = 0;
    for (int i = 0; i < width; i++) {
      made[i] += (float) (scale * (random.nextInt() * 0x1p-32));
      square += (double) made[i] * made[i];
    }
    float norm = (float) Math.sqrt(square);
    for (int i = 0; i < width; i++) {
      into[at + i] = made[i] / norm;
    }
  }

  private static void add(float factor, float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }
}
