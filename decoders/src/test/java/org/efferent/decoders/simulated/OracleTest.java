package org.efferent.decoders.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.efferent.decoders.dataset.WindowDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleTest {
  private static final double[] LEVELS = {-50, -25, -15, 10};

  @TempDir Path temp;

  /** Top-1 by likelihood and by the cosine of the mean embedding. */
  private record Accuracy(double likelihood, double mean, double chance) {}

  private Accuracy images(String name, SimulatedImagesOptions options) {
    SimulatedImages images = new SimulatedImages(options);
    images.write(temp.resolve(name));
    return accuracy(name, images.oracle(), "image");
  }

  private Accuracy speech(String name, SimulatedSpeechOptions options) {
    SimulatedSpeech speech = new SimulatedSpeech(options);
    speech.write(temp.resolve(name));
    return accuracy(name, speech.oracle(), "speech");
  }

  private Accuracy accuracy(String name, Oracle oracle, String target) {
    try (WindowDataset data = WindowDataset.open(temp.resolve(name))) {
      Retrieval retrieval = new Retrieval(data);
      float[] means = oracle.embeddings(data, retrieval.examples);
      float[] likely = oracle.logLikelihoods(data, retrieval.examples, retrieval.candidates);
      return new Accuracy(
          retrieval.accuracy(likely, 1),
          retrieval.accuracy(retrieval.cosines(data, target, means), 1),
          retrieval.chance(1));
    }
  }

  private static void risesFromChanceToTheTop(List<Accuracy> byLevel) {
    for (int i = 1; i < byLevel.size(); i++) {
      assertThat(byLevel.get(i).likelihood()).isGreaterThan(byLevel.get(i - 1).likelihood());
      assertThat(byLevel.get(i).mean()).isGreaterThan(byLevel.get(i - 1).mean());
    }
    Accuracy lowest = byLevel.get(0);
    assertThat(lowest.likelihood()).isCloseTo(lowest.chance(), within(0.03));
    assertThat(lowest.mean()).isCloseTo(lowest.chance(), within(0.03));
    Accuracy highest = byLevel.get(byLevel.size() - 1);
    assertThat(highest.likelihood()).isGreaterThan(0.95);
    assertThat(highest.mean()).isGreaterThan(0.95);
  }

  @Test
  void imagesRiseFromChanceToTheTop() {
    risesFromChanceToTheTop(
        java.util.Arrays.stream(LEVELS)
            .mapToObj(snr -> images("linear" + snr, Small.IMAGES.withSnrDb(snr)))
            .toList());
  }

  @Test
  void imagesOfSubjectsThatDifferRiseFromChanceToTheTop() {
    SimulatedImagesOptions options =
        Small.images(Small.VARIED, new StimulusOptions(1, 0, 100, 1, 1, 2, true));
    risesFromChanceToTheTop(
        java.util.Arrays.stream(LEVELS)
            .mapToObj(snr -> images("several" + snr, options.withSnrDb(snr)))
            .toList());
  }

  @Test
  void speechRisesFromChanceToTheTop() {
    SimulatedSpeechOptions options =
        Small.speech(new VariabilityOptions(2, 2, 0.5, 0.2, 0.015, 0, 0.1, 0.2));
    risesFromChanceToTheTop(
        java.util.Arrays.stream(LEVELS)
            .mapToObj(snr -> speech("speech" + snr, options.withSnrDb(snr)))
            .toList());
  }

  @Test
  void permutedLabelsAreAtChance() {
    Accuracy images = images("images", SimulatedImagesOptions.permuted(Small.IMAGES.withSnrDb(10)));
    // A permutation of 100 leaves one in its place on average.
    assertThat(images.mean()).isCloseTo(images.chance(), within(0.03));
    assertThat(images.likelihood()).isCloseTo(images.chance(), within(0.03));
    SimulatedSpeechOptions said =
        SimulatedSpeechOptions.permuted(Small.speech(VariabilityOptions.NONE).withSnrDb(10));
    Accuracy speech = speech("speech", said);
    assertThat(speech.mean()).isCloseTo(speech.chance(), within(0.05));
    assertThat(speech.likelihood()).isCloseTo(speech.chance(), within(0.05));
  }

  /** The same numbers by the whole covariance of all samples of all channels. */
  @Test
  void whatAWindowSaysIsWhatTheWholeCovarianceSays() {
    int channels = 4;
    int time = 5;
    SplittableRandom random = new SplittableRandom(11);
    double[][] space = covariance(channels, random);
    double[][] course = covariance(time, random);
    double white = 0.3;
    double[][] patterns = Dense.normals(3, channels, random);
    double[][] mix = Dense.normals(3, 2, random);
    double[][][] courses = new double[3][][];
    for (int k = 0; k < 3; k++) {
      courses[k] = Dense.normals(time, 2, random);
    }
    double[][] window = Dense.normals(channels, time, random);
    int all = channels * time;
    double[][] noise = new double[all][all];
    double[][] shows = new double[4][all];
    double[] flat = new double[all];
    for (int i = 0; i < all; i++) {
      flat[i] = window[i / time][i % time];
      for (int j = 0; j < all; j++) {
        noise[i][j] = space[i / time][j / time] * course[i % time][j % time] + (i == j ? white : 0);
      }
      for (int latent = 0; latent < 4; latent++) {
        for (int k = 0; k < 3; k++) {
          shows[latent][i] +=
              mix[k][latent / 2] * patterns[k][i / time] * courses[k][i % time][latent % 2];
        }
      }
    }
    double[][] factor = Dense.cholesky(noise);
    double[][] identity = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    double[][] precision = new double[4][4];
    double[] pull = new double[4];
    for (int a = 0; a < 4; a++) {
      pull[a] = Dense.dot(shows[a], Dense.solve(factor, flat));
      for (int b = 0; b < 4; b++) {
        precision[a][b] = identity[a][b] + Dense.dot(shows[a], Dense.solve(factor, shows[b]));
      }
    }
    double[] expected = Dense.solve(Dense.cholesky(precision), pull);
    Whitening whitening = new Whitening(space, new JacobiEigen(course), white);
    Observation observation = new Observation(whitening, patterns, courses, mix);
    // The same observation twice is as good as once.
    Posterior posterior =
        new Posterior(
            whitening,
            List.of(observation, observation),
            new double[] {0.25, 0.75},
            new double[4],
            identity);
    double[][] projected = posterior.project(window);
    assertThat(projected[0]).containsExactly(pull, within(1e-10));
    assertThat(posterior.mean(projected)).containsExactly(expected, within(1e-10));
    double[] candidate = {1, -2, 0.5, 0.25};
    double energy = 0;
    for (int a = 0; a < 4; a++) {
      energy -= 0.5 * candidate[a] * candidate[a];
      energy += 0.5 * candidate[a] * Dense.dot(precision[a], candidate);
    }
    double likely = posterior.logLikelihood(projected, candidate, posterior.energy(candidate));
    assertThat(likely).isCloseTo(Dense.dot(pull, candidate) - energy, within(1e-9));
  }

  private static double[][] covariance(int size, SplittableRandom random) {
    double[][] a = Dense.normals(size, size, random);
    return Dense.timesTransposed(a, a);
  }
}
