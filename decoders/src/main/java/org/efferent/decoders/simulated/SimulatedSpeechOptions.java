package org.efferent.decoders.simulated;

import java.util.Objects;
import org.efferent.core.UsageException;

/**
 * Responses to continuous speech.
 *
 * @param seed of everything that is drawn
 * @param sensors what measures
 * @param noise what is measured beside the responses
 * @param variability how subjects and sessions differ; single responses are never late
 * @param features of what is said
 * @param sentences what is said
 * @param sources that follow the processes of the features, each with a delay of 100 to 200 ms
 * @param rateHz samples a second, of windows and of features
 * @param time samples of a window, of brain and of features
 * @param startSeconds first sample of the features' window, relative to the word
 * @param shiftSeconds how much later the brain's window begins, 0 to 0.5 (Défossez et al. 2023: 150
 *     ms)
 * @param snrDb variance of the response over that of the noise, averaged over channels, in dB
 * @param permuteLabels whether, within every split, words have each other's target rows: nothing
 *     can be learnt
 */
public record SimulatedSpeechOptions(
    long seed,
    SensorOptions sensors,
    NoiseOptions noise,
    VariabilityOptions variability,
    FeatureOptions features,
    SentenceOptions sentences,
    int sources,
    double rateHz,
    int time,
    double startSeconds,
    double shiftSeconds,
    double snrDb,
    boolean permuteLabels) {
  /** The name of the target. */
  public static final String TARGET = "speech";

  /** How long a response lasts. */
  static final double MEMORY_SECONDS = 0.5;

  /** One subject, nothing varies; windows of 32 × 360 samples at 120 Hz. */
  public static final SimulatedSpeechOptions DEFAULTS =
      new SimulatedSpeechOptions(
          20231005,
          new SensorOptions(SensorOptions.Kind.EEG, 32),
          NoiseOptions.DEFAULTS,
          VariabilityOptions.NONE,
          FeatureOptions.DEFAULTS,
          new SentenceOptions(200, 20, 30, 6, 9, 0.25, 0.45),
          16,
          120,
          360,
          -0.5,
          0.15,
          -15,
          false);

  /** Checks the ranges. */
  public SimulatedSpeechOptions {
    Objects.requireNonNull(sensors, "sensors");
    Objects.requireNonNull(noise, "noise");
    Objects.requireNonNull(variability, "variability");
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(sentences, "sentences");
    Rules.atLeast("sources", 1, sources);
    Rules.positive("rateHz", rateHz);
    Rules.atLeast("time", 2, time);
    if (!(startSeconds <= 0 && startSeconds > -time / rateHz)) {
      throw new UsageException(
          "a window must hold its word's onset; startSeconds=%s, time=%d"
              .formatted(startSeconds, time));
    }
    if (!(shiftSeconds >= 0 && shiftSeconds <= MEMORY_SECONDS)) {
      throw new UsageException(
          "shiftSeconds must be 0 to %s; shiftSeconds=%s".formatted(MEMORY_SECONDS, shiftSeconds));
    }
    Rules.finite("snrDb", snrDb);
    if (variability.trialLatencySeconds() > 0) {
      throw new UsageException(
          "speech is continuous: no single response is late; trialLatencySeconds=%s"
              .formatted(variability.trialLatencySeconds()));
    }
    double needed = (time + 2) / rateHz + sentences.longestWordSeconds();
    if (sentences.shortestSeconds() < needed) {
      throw new UsageException(
          "a sentence must hold a window wherever its words begin: at least %.3f s; shortestSeconds=%s"
              .formatted(needed, sentences.shortestSeconds()));
    }
  }

  /** One subject, nothing varies: about 200 sentences × 12 words of training, 30 new of test. */
  public static SimulatedSpeechOptions linear() {
    return DEFAULTS;
  }

  /**
   * Four subjects whose sensors see different mixtures and whose responses come earlier or later,
   * in two sessions each; all hear 80 sentences of training, and 25 new ones of test.
   */
  public static SimulatedSpeechOptions severalSubjects() {
    return new SimulatedSpeechOptions(
        20240305,
        new SensorOptions(SensorOptions.Kind.EEG, 32),
        NoiseOptions.DEFAULTS,
        new VariabilityOptions(4, 2, 0.5, 0.2, 0.015, 0, 0.1, 0.2),
        FeatureOptions.DEFAULTS,
        new SentenceOptions(80, 10, 25, 6, 9, 0.25, 0.45),
        16,
        120,
        360,
        -0.5,
        0.15,
        -15,
        false);
  }

  /**
   * The same data with labels that mean nothing.
   *
   * @param options of the data
   * @return a copy whose words have each other's target rows within every split
   */
  public static SimulatedSpeechOptions permuted(SimulatedSpeechOptions options) {
    return options.with(options.seed, options.snrDb, true);
  }

  private SimulatedSpeechOptions with(long newSeed, double newSnrDb, boolean newPermuted) {
    return new SimulatedSpeechOptions(
        newSeed,
        sensors,
        noise,
        variability,
        features,
        sentences,
        sources,
        rateHz,
        time,
        startSeconds,
        shiftSeconds,
        newSnrDb,
        newPermuted);
  }

  private SimulatedSpeechOptions of(SensorOptions newSensors, SentenceOptions newSentences) {
    return new SimulatedSpeechOptions(
        seed,
        newSensors,
        noise,
        variability,
        features,
        newSentences,
        sources,
        rateHz,
        time,
        startSeconds,
        shiftSeconds,
        snrDb,
        permuteLabels);
  }

  /** A copy with so many channels. */
  public SimulatedSpeechOptions withChannels(int channels) {
    return of(new SensorOptions(sensors.kind(), channels), sentences);
  }

  /**
   * A copy with other numbers of sentences.
   *
   * @param train of training
   * @param validation of validation
   * @param test of the test
   */
  public SimulatedSpeechOptions withSentences(int train, int validation, int test) {
    return of(
        sensors,
        new SentenceOptions(
            train,
            validation,
            test,
            sentences.shortestSeconds(),
            sentences.longestSeconds(),
            sentences.shortestWordSeconds(),
            sentences.longestWordSeconds()));
  }

  /** A copy with another seed. */
  public SimulatedSpeechOptions withSeed(long other) {
    return with(other, snrDb, permuteLabels);
  }

  /** A copy with another signal-to-noise ratio, in dB. */
  public SimulatedSpeechOptions withSnrDb(double other) {
    return with(seed, other, permuteLabels);
  }

  /** Samples that a response lasts. */
  int memory() {
    return (int) Math.ceil(MEMORY_SECONDS * rateHz);
  }

  /** Samples that the brain's window begins later. */
  int shift() {
    return (int) Math.round(shiftSeconds * rateHz);
  }
}
