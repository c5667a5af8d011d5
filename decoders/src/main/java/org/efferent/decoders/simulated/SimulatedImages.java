package org.efferent.decoders.simulated;

import java.nio.file.Path;
import java.util.ArrayList;
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
 * Responses to images whose embeddings are known: x(c, t) = Σ_k (w_k · e) s_k(t − delay) a_k(c),
 * plus noise. Sources k lie in the back of the head; a_k is what the sensors see of them, s_k a
 * wave.
 */
public final class SimulatedImages {
  private final SimulatedImagesOptions options;
  private final Sensors sensors;
  private final Embeddings embeddings;
  private final double[][] weights;
  private final double[][] patterns;
  private final Wave[] waves;
  private final BrainNoise noise;
  private final Subject[] subjects;
  private final int[] targetOfImage;
  private final long trialSeed;

  /**
   * Draws all but the trials.
   *
   * @param options what it is like
   * @throws org.efferent.core.InputException if a file of latents does not fit
   */
  public SimulatedImages(SimulatedImagesOptions options) {
    this.options = options;
    // Each part has a generator of its own, so that none changes when another draws more.
    SplittableRandom random = new SplittableRandom(options.seed());
    SplittableRandom forEmbeddings = random.split();
    SplittableRandom forSources = random.split();
    SplittableRandom forNoise = random.split();
    SplittableRandom forSubjects = random.split();
    SplittableRandom forLabels = random.split();
    this.trialSeed = random.nextLong();
    this.sensors = Sensors.of(options.sensors());
    int images = options.images();
    int perConcept = options.stimuli().imagesPerConcept();
    int training = firstOf(Split.VALIDATION);
    int lastGroup = firstOf(Split.TEST);
    int[] concept =
        IntStream.range(0, images)
            .map(i -> i < lastGroup ? i / perConcept : lastGroup / perConcept + i - lastGroup)
            .toArray();
    this.embeddings = Embeddings.of(options.embeddings(), concept, training, forEmbeddings);
    this.weights = embeddings.weights(options.sources(), forSources.split());
    this.waves = new Wave[options.sources()];
    this.patterns = new double[options.sources()][];
    for (int k = 0; k < waves.length; k++) {
      waves[k] = Wave.draw(0.08, 0.5, options.rateHz(), forSources);
      patterns[k] = sensors.pattern(forSources, direction -> direction[1] < -0.3);
    }
    scaleToSnr();
    this.noise =
        new BrainNoise(options.noise(), sensors, options.rateHz(), options.time(), forNoise);
    double[][] factor = Dense.cholesky(noise.space());
    this.subjects = new Subject[options.variability().subjects()];
    for (int s = 0; s < subjects.length; s++) {
      subjects[s] = new Subject(options.variability(), factor, forSubjects.split());
    }
    this.targetOfImage = IntStream.range(0, images).toArray();
    if (options.permuteLabels()) {
      Shuffle.part(targetOfImage, 0, training, forLabels);
      Shuffle.part(targetOfImage, training, lastGroup, forLabels);
      Shuffle.part(targetOfImage, lastGroup, images, forLabels);
    }
  }

  /** The first image of a split; images lie in the order of splits. */
  private int firstOf(Split split) {
    StimulusOptions stimuli = options.stimuli();
    int training = stimuli.allTrainConcepts(options.variability().subjects());
    return switch (split) {
      case TRAIN -> 0;
      case VALIDATION -> training * stimuli.imagesPerConcept();
      case TEST -> (training + stimuli.validationConcepts()) * stimuli.imagesPerConcept();
    };
  }

  private void scaleToSnr() {
    double[][] covariance = embeddings.latentCovariance(weights);
    double[][] courses = new double[waves.length][];
    for (int k = 0; k < waves.length; k++) {
      courses[k] = course(k, 0);
    }
    double power = 0;
    for (int k = 0; k < waves.length; k++) {
      for (int l = 0; l < waves.length; l++) {
        power +=
            covariance[k][l]
                * Dense.dot(patterns[k], patterns[l])
                * Dense.dot(courses[k], courses[l]);
      }
    }
    power /= (double) sensors.channels() * options.time();
    double scale = Math.sqrt(Math.pow(10, options.snrDb() / 10) / power);
    for (double[] pattern : patterns) {
      for (int c = 0; c < pattern.length; c++) {
        pattern[c] *= scale;
      }
    }
  }

  private double[] course(int source, double delaySeconds) {
    return waves[source].samples(
        options.time(), options.startSeconds(), options.rateHz(), delaySeconds);
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
      SplittableRandom trials = new SplittableRandom(trialSeed);
      for (int s = 0; s < subjects.length; s++) {
        writeSubject(s, trials.split(), writer);
      }
      writer.target(
          SimulatedImagesOptions.TARGET,
          embeddings.shape(),
          options.images(),
          (row, into) -> {
            double[] embedding = embeddings.row(row);
            for (int d = 0; d < into.length; d++) {
              into[d] = (float) embedding[d];
            }
          });
      whole = true;
    } finally {
      if (!whole) {
        writer.abandon();
      }
    }
  }

  private void writeSubject(int subject, SplittableRandom random, WindowDatasetWriter writer) {
    StimulusOptions stimuli = options.stimuli();
    int own = stimuli.trainConcepts() * stimuli.imagesPerConcept();
    int first = stimuli.ownStimuli() ? subject * own : 0;
    int sessions = options.variability().sessions();
    for (Split split : Split.values()) {
      int from = split == Split.TRAIN ? first : firstOf(split);
      int to =
          switch (split) {
            case TRAIN -> first + own;
            case VALIDATION -> firstOf(Split.TEST);
            case TEST -> options.images();
          };
      int repetitions =
          split == Split.TRAIN ? stimuli.trainRepetitions() : stimuli.testRepetitions();
      for (int image = from; image < to; image++) {
        for (int r = 0; r < repetitions; r++) {
          int session = (image + r) % sessions;
          Example example =
              new Example(
                  subject, session, 0, "image-%06d".formatted(image), targetOfImage[image], split);
          double[][] window = response(subject, image, random);
          noise.add(subjects[subject].noiseFactor(), window, random);
          writer.add(example, subjects[subject].recorded(session, window, 0, options.time()));
        }
      }
    }
  }

  private double[][] response(int subject, int image, SplittableRandom random) {
    double delay =
        subjects[subject].latencySeconds()
            + options.variability().trialLatencySeconds() * random.nextGaussian();
    double[][] window = new double[sensors.channels()][options.time()];
    for (int k = 0; k < waves.length; k++) {
      double strength = Dense.dot(weights[k], embeddings.row(image));
      double[] course = course(k, delay);
      double[] pattern = subjects[subject].pattern(patterns[k]);
      for (int c = 0; c < window.length; c++) {
        Dense.add(window[c], strength * pattern[c], course);
      }
    }
    return window;
  }

  private Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("generator", "simulated images");
    about.put("seed", options.seed());
    about.put("snrDb", options.snrDb());
    about.put("permuteLabels", options.permuteLabels());
    about.put("options", options.toString());
    return about;
  }

  /** An ideal observer of what {@link #write} writes. */
  public Oracle oracle() {
    List<double[]> latents = new ArrayList<>();
    for (int i = 0; i < options.images(); i++) {
      latents.add(Dense.times(weights, embeddings.row(i)));
    }
    return new ImagesOracle(this, options, embeddings, weights, latents);
  }

  /**
   * What a subject's windows say about the strengths of the sources.
   *
   * @param subject from 0
   * @param time covariance of the noise between samples, decomposed
   * @param mean of the strengths
   * @param precision of the strengths
   */
  Posterior posterior(int subject, JacobiEigen time, double[] mean, double[][] precision) {
    Subject who = subjects[subject];
    Whitening whitening =
        new Whitening(
            Dense.timesTransposed(who.noiseFactor(), who.noiseFactor()),
            time,
            noise.whiteVariance());
    double[][] seen = new double[waves.length][];
    double[][] identity = new double[waves.length][waves.length];
    for (int k = 0; k < waves.length; k++) {
      seen[k] = who.pattern(patterns[k]);
      identity[k][k] = 1;
    }
    double jitter = options.variability().trialLatencySeconds();
    int steps = jitter > 0 ? 12 : 0;
    List<Observation> observations = new ArrayList<>();
    double[] weight = new double[2 * steps + 1];
    for (int i = -steps; i <= steps; i++) {
      double deviations = steps == 0 ? 0 : 3.0 * i / steps;
      double[][][] courses = new double[waves.length][options.time()][1];
      for (int k = 0; k < waves.length; k++) {
        double[] course = course(k, who.latencySeconds() + jitter * deviations);
        for (int t = 0; t < course.length; t++) {
          courses[k][t][0] = course[t];
        }
      }
      observations.add(new Observation(whitening, seen, courses, identity));
      weight[i + steps] = Math.exp(-0.5 * deviations * deviations);
    }
    return new Posterior(whitening, observations, weight, mean, precision);
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
