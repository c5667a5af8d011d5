package org.efferent.decoders.simulated;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;

/**
 * Responses to speech whose features are known: x(c, t) = Σ_k a_k(c) Σ_τ h_k(τ) (w_k · z(t − τ)),
 * plus noise; z are the processes of the features, h_k a temporal response function around 150 ms,
 * a_k what the sensors see of a source at either side of the head. Windows are cut from the
 * continuous response, one a word, wholly inside its sentence.
 */
public final class SimulatedSpeech {
  private final SimulatedSpeechOptions options;
  private final Sensors sensors;
  private final Sentences sentences;
  private final double[][] weights;
  private final double[][] patterns;
  private final Wave[] waves;
  private final BrainNoise noise;
  private final Subject[] subjects;
  private final int[] targetOfWord;
  private final long trialSeed;

  /**
   * Draws all but the recordings.
   *
   * @param options what it is like
   */
  public SimulatedSpeech(SimulatedSpeechOptions options) {
    this.options = options;
    // Each part has a generator of its own, so that none changes when another draws more.
    SplittableRandom random = new SplittableRandom(options.seed());
    SplittableRandom forSentences = random.split();
    SplittableRandom forSources = random.split();
    SplittableRandom forNoise = random.split();
    SplittableRandom forSubjects = random.split();
    SplittableRandom forLabels = random.split();
    this.trialSeed = random.nextLong();
    this.sensors = Sensors.of(options.sensors());
    this.sentences = new Sentences(options, forSentences);
    this.weights = new double[options.sources()][];
    this.waves = new Wave[options.sources()];
    this.patterns = new double[options.sources()][];
    for (int k = 0; k < waves.length; k++) {
      double[] weight = Dense.normals(options.features().rank(), forSources);
      double length = Math.sqrt(Dense.dot(weight, weight));
      weights[k] = java.util.Arrays.stream(weight).map(w -> w / length).toArray();
      waves[k] = Wave.draw(0.1, 0.2, options.rateHz(), forSources);
      patterns[k] = sensors.pattern(forSources, direction -> Math.abs(direction[0]) > 0.6);
    }
    scaleToSnr();
    this.noise =
        new BrainNoise(options.noise(), sensors, options.rateHz(), sentences.longest(), forNoise);
    double[][] factor = Dense.cholesky(noise.space());
    this.subjects = new Subject[options.variability().subjects()];
    for (int s = 0; s < subjects.length; s++) {
      subjects[s] = new Subject(options.variability(), factor, forSubjects.split());
    }
    this.targetOfWord = IntStream.range(0, sentences.words().size()).toArray();
    if (options.permuteLabels()) {
      for (Split split : Split.values()) {
        int[] of =
            IntStream.range(0, targetOfWord.length)
                .filter(w -> sentences.split(sentences.words().get(w).sentence()) == split)
                .toArray();
        if (of.length > 0) {
          Shuffle.part(targetOfWord, of[0], of[of.length - 1] + 1, forLabels);
        }
      }
    }
  }

  private void scaleToSnr() {
    double power = 0;
    for (int k = 0; k < waves.length; k++) {
      for (int l = 0; l < waves.length; l++) {
        double overlap = 0;
        double[] a = response(k, 0);
        double[] b = response(l, 0);
        for (int i = 0; i < a.length; i++) {
          for (int j = 0; j < b.length; j++) {
            overlap += a[i] * b[j] * sentences.smooth().covariance(i - j);
          }
        }
        power += Dense.dot(weights[k], weights[l]) * Dense.dot(patterns[k], patterns[l]) * overlap;
      }
    }
    double scale = Math.sqrt(Math.pow(10, options.snrDb() / 10) / (power / sensors.channels()));
    for (double[] pattern : patterns) {
      for (int c = 0; c < pattern.length; c++) {
        pattern[c] *= scale;
      }
    }
  }

  /** A source's temporal response function, from lag 0 on. */
  private double[] response(int source, double delaySeconds) {
    return waves[source].samples(options.memory() + 1, 0, options.rateHz(), delaySeconds);
  }

  /**
   * Writes the data.
   *
   * @param folder where it goes: not there yet, or empty
   * @throws org.efferent.core.UsageException if something is there, or it cannot be written
   */
  public void write(Path folder) {
    WindowDatasetWriter writer =
        new WindowDatasetWriter(
            folder,
            new WindowDatasetOptions(
                sensors.labels(),
                sensors.kinds(),
                options.rateHz(),
                options.time(),
                List.of(sensors.layout()),
                false,
                about()));
    boolean whole = false;
    try (writer) {
      SplittableRandom recordings = new SplittableRandom(trialSeed);
      for (int s = 0; s < subjects.length; s++) {
        writeSubject(s, recordings.split(), writer);
      }
      writeTargets(writer);
      whole = true;
    } finally {
      if (!whole) {
        writer.abandon();
      }
    }
  }

  private void writeSubject(int subject, SplittableRandom random, WindowDatasetWriter writer) {
    List<Sentences.Word> words = sentences.words();
    int next = 0;
    for (int sentence = 0; sentence < sentences.count(); sentence++) {
      int session = sentence % options.variability().sessions();
      double[][] recording = response(subject, sentences.processes(sentence));
      noise.add(subjects[subject].noiseFactor(), recording, random);
      for (; next < words.size() && words.get(next).sentence() == sentence; next++) {
        Sentences.Word word = words.get(next);
        Example example =
            new Example(
                subject,
                session,
                0,
                "s%04d-w%02d".formatted(sentence, word.number()),
                targetOfWord[next],
                sentences.split(sentence));
        writer.add(
            example,
            subjects[subject].recorded(
                session, recording, word.start() + options.shift(), options.time()));
      }
    }
  }

  /** {@code [channels][samples of the sentence + shift]}. */
  private double[][] response(int subject, double[][] processes) {
    int memory = options.memory();
    int samples = processes[0].length - memory;
    double[][] out = new double[sensors.channels()][samples];
    for (int k = 0; k < waves.length; k++) {
      double[] driven = new double[processes[0].length];
      for (int r = 0; r < processes.length; r++) {
        Dense.add(driven, weights[k][r], processes[r]);
      }
      double[] response = response(k, subjects[subject].latencySeconds());
      double[] course = new double[samples];
      for (int t = 0; t < samples; t++) {
        for (int lag = 0; lag <= memory; lag++) {
          course[t] += response[lag] * driven[t + memory - lag];
        }
      }
      double[] pattern = subjects[subject].pattern(patterns[k]);
      for (int c = 0; c < out.length; c++) {
        Dense.add(out[c], pattern[c], course);
      }
    }
    return out;
  }

  private void writeTargets(WindowDatasetWriter writer) {
    int time = options.time();
    int dimensions = options.features().dimensions();
    List<Sentences.Word> words = sentences.words();
    double[][][] last = {null};
    writer.target(
        SimulatedSpeechOptions.TARGET,
        new long[] {dimensions, time},
        words.size(),
        (row, into) -> {
          Sentences.Word word = words.get(row);
          if (row == 0 || words.get(row - 1).sentence() != word.sentence()) {
            last[0] = sentences.features(word.sentence());
          }
          for (int d = 0; d < dimensions; d++) {
            for (int t = 0; t < time; t++) {
              into[d * time + t] = (float) last[0][d][word.start() + t];
            }
          }
        });
  }

  private Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("generator", "simulated speech");
    about.put("seed", options.seed());
    about.put("snrDb", options.snrDb());
    about.put("permuteLabels", options.permuteLabels());
    about.put("options", options.toString());
    return about;
  }

  /** An ideal observer of what {@link #write} writes. */
  public Oracle oracle() {
    return new SpeechOracle(this, options, sentences);
  }

  /**
   * What a subject's windows say about the processes.
   *
   * @param subject from 0
   * @param time covariance of the noise between samples, decomposed
   * @param basis of the processes from the memory before a window to its end, {@code [memory +
   *     time][m]}; coefficients have variance 1
   */
  Posterior posterior(int subject, JacobiEigen time, double[][] basis) {
    Subject who = subjects[subject];
    Whitening whitening =
        new Whitening(
            Dense.timesTransposed(who.noiseFactor(), who.noiseFactor()),
            time,
            noise.whiteVariance());
    int memory = options.memory();
    double[][] seen = new double[waves.length][];
    double[][][] courses = new double[waves.length][options.time()][basis[0].length];
    for (int k = 0; k < waves.length; k++) {
      seen[k] = who.pattern(patterns[k]);
      double[] response = response(k, who.latencySeconds());
      for (int t = 0; t < options.time(); t++) {
        for (int lag = 0; lag <= memory; lag++) {
          Dense.add(courses[k][t], response[lag], basis[t + memory - lag]);
        }
      }
    }
    Observation observation = new Observation(whitening, seen, courses, weights);
    double[][] identity = new double[observation.latents()][observation.latents()];
    for (int i = 0; i < identity.length; i++) {
      identity[i][i] = 1;
    }
    return new Posterior(
        whitening, List.of(observation), new double[] {1}, new double[identity.length], identity);
  }

  /** The noise. */
  BrainNoise noise() {
    return noise;
  }

  /** A subject. */
  Subject subject(int number) {
    return subjects[number];
  }
}
