package org.efferent.decoders.simulated;

/** Options that are quick to generate. */
final class Small {
  private Small() {}

  static final SimulatedImagesOptions IMAGES =
      new SimulatedImagesOptions(
          5,
          new SensorOptions(SensorOptions.Kind.EEG, 24),
          new NoiseOptions(60, 1, 0.5, 0.2),
          VariabilityOptions.NONE,
          EmbeddingOptions.DEFAULTS,
          new StimulusOptions(20, 3, 100, 3, 2, 4, false),
          32,
          60,
          60,
          -0.2,
          -10,
          false);

  static final VariabilityOptions VARIED =
      new VariabilityOptions(2, 2, 0.5, 0.2, 0.015, 0.02, 0.1, 0.2);

  static SimulatedImagesOptions images(VariabilityOptions variability, StimulusOptions stimuli) {
    return new SimulatedImagesOptions(
        IMAGES.seed(),
        IMAGES.sensors(),
        IMAGES.noise(),
        variability,
        IMAGES.embeddings(),
        stimuli,
        IMAGES.sources(),
        IMAGES.rateHz(),
        IMAGES.time(),
        IMAGES.startSeconds(),
        IMAGES.snrDb(),
        false);
  }

  static SimulatedSpeechOptions speech(VariabilityOptions variability) {
    return new SimulatedSpeechOptions(
        5,
        new SensorOptions(SensorOptions.Kind.MEG, 20),
        new NoiseOptions(60, 1, 0.5, 0.2),
        variability,
        new FeatureOptions(12, 4, 0.05, 0.25),
        new SentenceOptions(3, 2, 10, 4, 6, 0.25, 0.45),
        8,
        60,
        120,
        -0.5,
        0.15,
        -15,
        false);
  }
}
