package org.efferent.decoders.simulated;

import java.util.Arrays;
import java.util.List;

/**
 * What windows of one subject say about Gaussian latents, when one of several observations, whose
 * probabilities are known, made each window: for every observation the Gaussian posterior, weighted
 * by how likely it makes the window.
 */
final class Posterior {
  private final Whitening whitening;
  private final List<Observation> observations;
  private final double[] logWeights;
  private final double[][] priorPrecision;
  private final double[] priorPull;
  private final double[][][] factors;

  /**
   * A posterior.
   *
   * @param whitening of the noise
   * @param observations at least one
   * @param weights their probabilities
   * @param mean of the latents
   * @param priorPrecision inverse covariance of the latents
   */
  Posterior(
      Whitening whitening,
      List<Observation> observations,
      double[] weights,
      double[] mean,
      double[][] priorPrecision) {
    this.whitening = whitening;
    this.observations = observations;
    this.logWeights = Arrays.stream(weights).map(Math::log).toArray();
    this.priorPrecision = priorPrecision;
    this.priorPull = Dense.times(priorPrecision, mean);
    this.factors = new double[observations.size()][][];
    for (int o = 0; o < factors.length; o++) {
      double[][] gram = observations.get(o).gram();
      double[][] precision = new double[gram.length][];
      for (int i = 0; i < gram.length; i++) {
        precision[i] = gram[i].clone();
        Dense.add(precision[i], 1, priorPrecision[i]);
      }
      factors[o] = Dense.cholesky(precision);
    }
  }

  /** What a window says under every observation: {@code [observations][latents]}. */
  double[][] project(double[][] window) {
    double[][] weighted = whitening.weighted(window);
    return observations.stream().map(o -> o.project(weighted)).toArray(double[][]::new);
  }

  /**
   * The mean of the latents.
   *
   * @param projected window
   * @return {@code [latents]}
   */
  double[] mean(double[][] projected) {
    double[] score = new double[projected.length];
    double[][] means = new double[projected.length][];
    for (int o = 0; o < projected.length; o++) {
      double[] pull = priorPull.clone();
      Dense.add(pull, 1, projected[o]);
      means[o] = Dense.solve(factors[o], pull);
      score[o] =
          logWeights[o] + 0.5 * Dense.dot(pull, means[o]) - 0.5 * Dense.logDeterminant(factors[o]);
    }
    double best = Arrays.stream(score).max().orElse(0);
    double total = Arrays.stream(score).map(s -> Math.exp(s - best)).sum();
    double[] mean = new double[priorPull.length];
    for (int o = 0; o < means.length; o++) {
      Dense.add(mean, Math.exp(score[o] - best) / total, means[o]);
    }
    return mean;
  }

  /**
   * How much of the exponent a candidate takes under every observation, whatever the window.
   *
   * @param latents of the candidate
   * @return ½ z'A'N⁻¹A z, {@code [observations]}
   */
  double[] energy(double[] latents) {
    return observations.stream()
        .mapToDouble(o -> 0.5 * Dense.dot(latents, Dense.times(o.gram(), latents)))
        .toArray();
  }

  /**
   * The logarithm of how likely a window is, up to a number a window.
   *
   * @param projected window
   * @param latents of the candidate
   * @param energy of the candidate
   */
  double logLikelihood(double[][] projected, double[] latents, double[] energy) {
    double[] score = new double[projected.length];
    for (int o = 0; o < score.length; o++) {
      score[o] = logWeights[o] + Dense.dot(projected[o], latents) - energy[o];
    }
    double best = Arrays.stream(score).max().orElse(0);
    return best + Math.log(Arrays.stream(score).map(s -> Math.exp(s - best)).sum());
  }

  /** ½ log₂ |I + C G| of the observation in the middle. */
  double informationBits() {
    double[][] factor = factors[factors.length / 2];
    double prior = Dense.logDeterminant(Dense.cholesky(priorPrecision));
    return 0.5 * (Dense.logDeterminant(factor) - prior) / Math.log(2);
  }
}
