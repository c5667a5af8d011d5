package org.efferent.decoders.simulated;

/**
 * Features of speech that change smoothly, as layers of wav2vec do: a few processes in all
 * dimensions, which the brain follows, and one in each dimension, which it does not. Each dimension
 * has a variance of about 1.
 *
 * @param dimensions of a feature
 * @param rank processes that the brain follows
 * @param smoothSeconds each process is white noise under a Gaussian of this standard deviation
 * @param own share of a dimension's variance that is its own
 */
public record FeatureOptions(int dimensions, int rank, double smoothSeconds, double own) {
  /** 32 dimensions, 8 processes, 50 ms. */
  public static final FeatureOptions DEFAULTS = new FeatureOptions(32, 8, 0.05, 0.25);

  /** Checks the ranges. */
  public FeatureOptions {
    Rules.atLeast("features.dimensions", 1, dimensions);
    Rules.atLeast("features.rank", 1, rank);
    Rules.positive("features.smoothSeconds", smoothSeconds);
    Rules.share("features.own", own);
  }
}
