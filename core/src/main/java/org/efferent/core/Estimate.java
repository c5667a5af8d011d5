package org.efferent.core;

import java.util.Arrays;

/** What a decoder says. Values are immutable: what goes in is copied, what comes out too. */
public sealed interface Estimate {

  /** A state with its uncertainty: mean {@code [d]} and covariance {@code [d × d]}, row-major. */
  final class Gaussian implements Estimate {
    private final double[] mean;
    private final double[] covariance;

    /**
     * A normal distribution.
     *
     * @param mean {@code [d]}
     * @param covariance {@code [d × d]}, row-major
     */
    public Gaussian(double[] mean, double[] covariance) {
      if (covariance.length != mean.length * mean.length) {
        throw new IllegalArgumentException(
            "covariance must be [d × d]; d=" + mean.length + ", values=" + covariance.length);
      }
      this.mean = mean.clone();
      this.covariance = covariance.clone();
    }

    /** Dimensions of the state. */
    public int dimensions() {
      return mean.length;
    }

    /**
     * One component of the mean.
     *
     * @param i from 0
     * @return its value, in the unit of the state
     */
    public double mean(int i) {
      return mean[i];
    }

    /**
     * One entry of the covariance.
     *
     * @param i row
     * @param j column
     * @return its value, in the squared unit of the state
     */
    public double covariance(int i, int j) {
      return covariance[i * mean.length + j];
    }

    /** A copy of the mean, {@code [d]}. */
    public double[] mean() {
      return mean.clone();
    }

    /** A copy of the covariance, {@code [d × d]}, row-major. */
    public double[] covariance() {
      return covariance.clone();
    }

    @Override
    public String toString() {
      return "Gaussian[mean=" + Arrays.toString(mean) + "]";
    }
  }

  /** One number a class, larger is likelier; whether they sum to one is the decoder's to say. */
  final class Scores implements Estimate {
    private final double[] values;

    /**
     * Scores of classes.
     *
     * @param values {@code [classes]}
     */
    public Scores(double... values) {
      this.values = values.clone();
    }

    /** Number of classes. */
    public int size() {
      return values.length;
    }

    /**
     * The score of a class.
     *
     * @param i the class, from 0
     * @return its score
     */
    public double get(int i) {
      return values[i];
    }
  }

  /** A vector in the space of an encoder. */
  final class Embedding implements Estimate {
    private final float[] values;

    /**
     * An embedding.
     *
     * @param values {@code [dimensions]}
     */
    public Embedding(float... values) {
      this.values = values.clone();
    }

    /** A copy of the vector, {@code [dimensions]}. */
    public float[] values() {
      return values.clone();
    }
  }

  /** Candidates, best first, with their scores. */
  final class Ranking implements Estimate {
    private final int[] candidates;
    private final double[] scores;

    /**
     * A ranking.
     *
     * @param candidates rows of the gallery, best first
     * @param scores the score of each, in the same order
     */
    public Ranking(int[] candidates, double[] scores) {
      if (candidates.length != scores.length) {
        throw new IllegalArgumentException(
            "a ranking has one score a candidate; candidates="
                + candidates.length
                + ", scores="
                + scores.length);
      }
      this.candidates = candidates.clone();
      this.scores = scores.clone();
    }

    /** Number of candidates. */
    public int size() {
      return candidates.length;
    }

    /**
     * The candidate at a rank.
     *
     * @param rank 0 is the best
     * @return row of the gallery
     */
    public int candidate(int rank) {
      return candidates[rank];
    }

    /**
     * The score at a rank.
     *
     * @param rank 0 is the best
     * @return its score
     */
    public double score(int rank) {
      return scores[rank];
    }
  }
}
