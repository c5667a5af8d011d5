package org.efferent.decoders.simulated;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.WindowDataset;

/** The ideal observer of {@link SimulatedImages}. */
final class ImagesOracle implements Oracle {
  private final SimulatedImages images;
  private final SimulatedImagesOptions options;
  private final List<double[]> latents;
  private final double[] embeddingMean;
  private final double[][] embeddingOfLatent;
  private final double[] latentMean;
  private final double[][] precision;
  private final JacobiEigen time;
  private final Map<Integer, Posterior> posteriors = new HashMap<>();

  /**
   * An observer.
   *
   * @param images what it observes
   * @param options of it
   * @param embeddings of all stimuli
   * @param weights of the sources, {@code [sources][numbers]}
   * @param latents strengths of the sources by target row
   */
  ImagesOracle(
      SimulatedImages images,
      SimulatedImagesOptions options,
      Embeddings embeddings,
      double[][] weights,
      List<double[]> latents) {
    this.images = images;
    this.options = options;
    this.latents = latents;
    this.embeddingMean = embeddings.mean();
    this.latentMean = Dense.times(weights, embeddingMean);
    double[][] factor = Dense.cholesky(embeddings.latentCovariance(weights));
    this.precision = new double[weights.length][];
    for (int k = 0; k < weights.length; k++) {
      double[] unit = new double[weights.length];
      unit[k] = 1;
      precision[k] = Dense.solve(factor, unit);
    }
    this.embeddingOfLatent = Dense.times(precision, embeddings.crossCovariance(weights));
    this.time = new JacobiEigen(images.noise().time(options.time()));
  }

  private Posterior posterior(int subject) {
    return posteriors.computeIfAbsent(
        subject, s -> images.posterior(s, time, latentMean, precision));
  }

  private double[][] projected(WindowDataset data, int number) {
    Example example = data.example(number);
    float[] window = new float[data.channels() * data.time()];
    data.read(new int[] {number}, 1, window);
    return posterior(example.subject())
        .project(
            images
                .subject(example.subject())
                .unrecorded(example.session(), window, 0, options.time()));
  }

  @Override
  public float[] embeddings(WindowDataset data, int[] examples) {
    int length = embeddingMean.length;
    float[] out = new float[Math.multiplyExact(examples.length, length)];
    for (int i = 0; i < examples.length; i++) {
      Posterior posterior = posterior(data.example(examples[i]).subject());
      double[] strengths = posterior.mean(projected(data, examples[i]));
      double[] embedding = embeddingMean.clone();
      for (int k = 0; k < strengths.length; k++) {
        Dense.add(embedding, strengths[k] - latentMean[k], embeddingOfLatent[k]);
      }
      for (int d = 0; d < length; d++) {
        out[i * length + d] = (float) embedding[d];
      }
    }
    return out;
  }

  @Override
  public float[] logLikelihoods(WindowDataset data, int[] examples, int[] candidates) {
    Map<Integer, double[][]> energies = new HashMap<>();
    float[] out = new float[Math.multiplyExact(examples.length, candidates.length)];
    for (int i = 0; i < examples.length; i++) {
      int subject = data.example(examples[i]).subject();
      Posterior posterior = posterior(subject);
      double[][] energy =
          energies.computeIfAbsent(
              subject,
              s -> {
                double[][] all = new double[candidates.length][];
                for (int j = 0; j < candidates.length; j++) {
                  all[j] = posterior.energy(latents.get(candidates[j]));
                }
                return all;
              });
      double[][] projected = projected(data, examples[i]);
      for (int j = 0; j < candidates.length; j++) {
        out[i * candidates.length + j] =
            (float) posterior.logLikelihood(projected, latents.get(candidates[j]), energy[j]);
      }
    }
    return out;
  }

  @Override
  public double informationBits(int subject) {
    return posterior(subject).informationBits();
  }
}
