package org.efferent.decoders.simulated;

import org.efferent.decoders.dataset.WindowDataset;

/**
 * An ideal observer of single windows: it knows how they were made (leadfield, courses, noise,
 * subject, session, the distribution of stimuli and of delays), not what was shown. No decoder can
 * expect to do better than {@link #embeddings} in squared error, nor than {@link #logLikelihoods}
 * in naming the stimulus among candidates.
 */
public interface Oracle {
  /**
   * The mean of the target given the window. Where delays vary it is exact but for their grid;
   * embeddings count as Gaussian of their true mean and covariance, which makes it the best linear
   * estimate where they do not vary.
   *
   * @param data what the same options wrote
   * @param examples some of it
   * @return {@code [examples × row of the target]}, row-major
   */
  float[] embeddings(WindowDataset data, int[] examples);

  /**
   * The logarithm of how likely each window is if a candidate was shown, up to a number a window.
   *
   * @param data what the same options wrote
   * @param examples some of it
   * @param candidates target rows
   * @return {@code [examples × candidates]}, row-major
   */
  float[] logLikelihoods(WindowDataset data, int[] examples, int[] candidates);

  /**
   * What a window tells of the sources that carry the stimulus, if its delay is known: ½ log₂ |I +
   * C G|, C their covariance and G the windows' precision about them.
   *
   * @param subject whose windows
   * @return bits a window
   */
  double informationBits(int subject);
}
