package org.efferent.decoders.simulated;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Responses to images.
 *
 * @param seed of everything that is drawn
 * @param sensors what measures
 * @param noise what is measured beside the responses
 * @param variability how subjects, sessions and trials differ
 * @param embeddings of the images
 * @param stimuli which images are shown
 * @param sources that respond, each to one direction of the embedding, 80 to 500 ms after the image
 * @param rateHz samples a second
 * @param time samples of a window
 * @param startSeconds first sample of a window, relative to the image
 * @param snrDb variance of the response between stimuli over that of the noise, averaged over
 *     channels and samples, in dB
 * @param permuteLabels whether, within every split, images have each other's target rows: nothing
 *     can be learnt
 */
public record SimulatedImagesOptions(
    long seed,
    SensorOptions sensors,
    NoiseOptions noise,
    VariabilityOptions variability,
    EmbeddingOptions embeddings,
    StimulusOptions stimuli,
    int sources,
    double rateHz,
    int time,
    double startSeconds,
    double snrDb,
    boolean permuteLabels) {
  /** The name of the target. */
  public static final String TARGET = "image";

  /** One subject, nothing varies: 4000 windows of training, 63 × 120 samples at 120 Hz. */
  public static final SimulatedImagesOptions DEFAULTS =
      new SimulatedImagesOptions(
          20230923,
          new SensorOptions(SensorOptions.Kind.EEG, 63),
          NoiseOptions.DEFAULTS,
          VariabilityOptions.NONE,
          EmbeddingOptions.DEFAULTS,
          new StimulusOptions(500, 50, 100, 4, 2, 4, false),
          32,
          120,
          120,
          -0.2,
          -10,
          false);

  /** Checks the ranges. */
  public SimulatedImagesOptions {
    Objects.requireNonNull(sensors, "sensors");
    Objects.requireNonNull(noise, "noise");
    Objects.requireNonNull(variability, "variability");
    Objects.requireNonNull(embeddings, "embeddings");
    Objects.requireNonNull(stimuli, "stimuli");
    Rules.atLeast("sources", 1, sources);
    Rules.positive("rateHz", rateHz);
    Rules.atLeast("time", 2, time);
    Rules.finite("startSeconds", startSeconds);
    Rules.finite("snrDb", snrDb);
  }

  /**
   * One subject whose responses are linear in the embeddings and never late: 500 concepts × 4
   * images × 2 repetitions of training, 100 new concepts × 4 repetitions of test.
   */
  public static SimulatedImagesOptions linear() {
    return DEFAULTS;
  }

  /**
   * Six subjects whose sensors see different mixtures, whose responses come earlier or later and
   * vary by 20 ms from trial to trial, in two sessions each: 600 windows of training a subject, of
   * images of its own; 100 new concepts × 2 repetitions of test, the same for all.
   */
  public static SimulatedImagesOptions severalSubjects() {
    return new SimulatedImagesOptions(
        20240612,
        new SensorOptions(SensorOptions.Kind.EEG, 63),
        NoiseOptions.DEFAULTS,
        new VariabilityOptions(6, 2, 0.5, 0.2, 0.015, 0.02, 0.1, 0.2),
        EmbeddingOptions.DEFAULTS,
        new StimulusOptions(150, 30, 100, 4, 1, 2, true),
        32,
        120,
        120,
        -0.2,
        -10,
        false);
  }

  /**
   * The same data with labels that mean nothing.
   *
   * @param options of the data
   * @return a copy whose images have each other's target rows within every split
   */
  public static SimulatedImagesOptions permuted(SimulatedImagesOptions options) {
    return options.with(options.seed, options.snrDb, options.embeddings, true);
  }

  private SimulatedImagesOptions with(
      long newSeed, double newSnrDb, EmbeddingOptions newEmbeddings, boolean newPermuted) {
    return new SimulatedImagesOptions(
        newSeed,
        sensors,
        noise,
        variability,
        newEmbeddings,
        stimuli,
        sources,
        rateHz,
        time,
        startSeconds,
        newSnrDb,
        newPermuted);
  }

  private SimulatedImagesOptions of(SensorOptions newSensors, StimulusOptions newStimuli) {
    return new SimulatedImagesOptions(
        seed,
        newSensors,
        noise,
        variability,
        embeddings,
        newStimuli,
        sources,
        rateHz,
        time,
        startSeconds,
        snrDb,
        permuteLabels);
  }

  /** A copy with so many channels. */
  public SimulatedImagesOptions withChannels(int channels) {
    return of(new SensorOptions(sensors.kind(), channels), stimuli);
  }

  /**
   * A copy with other numbers of concepts.
   *
   * @param train of training; of each subject, if stimuli are its own
   * @param validation of validation
   * @param test of the test
   */
  public SimulatedImagesOptions withConcepts(int train, int validation, int test) {
    return of(
        sensors,
        new StimulusOptions(
            train,
            validation,
            test,
            stimuli.imagesPerConcept(),
            stimuli.trainRepetitions(),
            stimuli.testRepetitions(),
            stimuli.ownStimuli()));
  }

  /** A copy with another seed. */
  public SimulatedImagesOptions withSeed(long other) {
    return with(other, snrDb, embeddings, permuteLabels);
  }

  /** A copy with another signal-to-noise ratio, in dB. */
  public SimulatedImagesOptions withSnrDb(double other) {
    return with(seed, other, embeddings, permuteLabels);
  }

  /**
   * A copy whose images have the rows of a file for embeddings.
   *
   * @param rows {@code .npy} of float32, {@code [stimuli × …]}
   */
  public SimulatedImagesOptions withLatents(Path rows) {
    return with(seed, snrDb, embeddings.from(rows), permuteLabels);
  }

  /** Images of all subjects together: rows of the target. */
  public int images() {
    int training = stimuli.allTrainConcepts(variability.subjects());
    return Math.addExact(
        Math.multiplyExact(
            Math.addExact(training, stimuli.validationConcepts()), stimuli.imagesPerConcept()),
        stimuli.testConcepts());
  }
}
