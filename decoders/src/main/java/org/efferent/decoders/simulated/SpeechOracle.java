package org.efferent.decoders.simulated;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.WindowDataset;

/**
 * The ideal observer of {@link SimulatedSpeech}. Processes are Gaussian and smooth: over a window
 * and the memory before it they are a few dozen eigenvectors of their covariance.
 */
final class SpeechOracle implements Oracle {
  /** Eigenvalues below this share of the largest are left out. */
  private static final double SMALLEST = 1e-5;

  private final SimulatedSpeech speech;
  private final SimulatedSpeechOptions options;
  private final Sentences sentences;
  private final double[][] basis;
  private final double[][] coefficients;
  private final JacobiEigen time;
  private final Map<Integer, Posterior> posteriors = new HashMap<>();

  SpeechOracle(SimulatedSpeech speech, SimulatedSpeechOptions options, Sentences sentences) {
    this.speech = speech;
    this.options = options;
    this.sentences = sentences;
    this.time = new JacobiEigen(speech.noise().time(options.time()));
    JacobiEigen modes =
        new JacobiEigen(sentences.smooth().covariances(options.memory() + options.time()));
    double largest = Arrays.stream(modes.values()).max().orElse(0);
    int[] kept =
        java.util.stream.IntStream.range(0, modes.values().length)
            .filter(m -> modes.values()[m] > SMALLEST * largest)
            .toArray();
    double[][] scaled = new double[kept.length][];
    this.coefficients = new double[kept.length][];
    for (int m = 0; m < kept.length; m++) {
      double size = Math.sqrt(modes.values()[kept[m]]);
      double[] mode = modes.vectors()[kept[m]];
      scaled[m] = Arrays.stream(mode).map(v -> v * size).toArray();
      coefficients[m] = Arrays.stream(mode).map(v -> v / size).toArray();
    }
    this.basis = Dense.transposed(scaled);
  }

  private Posterior posterior(int subject) {
    return posteriors.computeIfAbsent(subject, s -> speech.posterior(s, time, basis));
  }

  private double[][] projected(WindowDataset data, int number) {
    Example example = data.example(number);
    float[] window = new float[data.channels() * data.time()];
    data.read(new int[] {number}, 1, window);
    return posterior(example.subject())
        .project(
            speech
                .subject(example.subject())
                .unrecorded(example.session(), window, 0, options.time()));
  }

  @Override
  public float[] embeddings(WindowDataset data, int[] examples) {
    int samples = options.time();
    int dimensions = options.features().dimensions();
    int rank = options.features().rank();
    int modes = basis[0].length;
    int first = options.memory() - options.shift();
    float[] out =
        new float[Math.multiplyExact(examples.length, Math.multiplyExact(dimensions, samples))];
    for (int i = 0; i < examples.length; i++) {
      double[] latents =
          posterior(data.example(examples[i]).subject()).mean(projected(data, examples[i]));
      double[][] processes = new double[rank][samples];
      for (int r = 0; r < rank; r++) {
        double[] part = Arrays.copyOfRange(latents, r * modes, (r + 1) * modes);
        for (int t = 0; t < samples; t++) {
          processes[r][t] = Dense.dot(part, basis[first + t]);
        }
      }
      for (int d = 0; d < dimensions; d++) {
        double[] feature = new double[samples];
        Arrays.fill(feature, sentences.mean()[d]);
        for (int r = 0; r < rank; r++) {
          Dense.add(feature, sentences.mixing()[d][r], processes[r]);
        }
        for (int t = 0; t < samples; t++) {
          out[(i * dimensions + d) * samples + t] = (float) feature[t];
        }
      }
    }
    return out;
  }

  @Override
  public float[] logLikelihoods(WindowDataset data, int[] examples, int[] candidates) {
    double[][] latents = new double[candidates.length][];
    for (int j = 0; j < candidates.length; j++) {
      latents[j] = latents(sentences.words().get(candidates[j]));
    }
    Map<Integer, double[][]> energies = new HashMap<>();
    float[] out = new float[Math.multiplyExact(examples.length, candidates.length)];
    for (int i = 0; i < examples.length; i++) {
      int subject = data.example(examples[i]).subject();
      Posterior posterior = posterior(subject);
      double[][] energy =
          energies.computeIfAbsent(
              subject, s -> Arrays.stream(latents).map(posterior::energy).toArray(double[][]::new));
      double[][] projected = projected(data, examples[i]);
      for (int j = 0; j < candidates.length; j++) {
        out[i * candidates.length + j] =
            (float) posterior.logLikelihood(projected, latents[j], energy[j]);
      }
    }
    return out;
  }

  private double[] latents(Sentences.Word word) {
    double[][] processes = sentences.processes(word.sentence());
    int modes = coefficients.length;
    int first = word.start() + options.shift();
    double[] out = new double[processes.length * modes];
    for (int r = 0; r < processes.length; r++) {
      double[] piece =
          Arrays.copyOfRange(processes[r], first, first + options.memory() + options.time());
      for (int m = 0; m < modes; m++) {
        out[r * modes + m] = Dense.dot(coefficients[m], piece);
      }
    }
    return out;
  }

  @Override
  public double informationBits(int subject) {
    return posterior(subject).informationBits();
  }
}
