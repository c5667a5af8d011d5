package org.efferent.decoders.simulated;

/**
 * Which images are shown, and how often. Concepts belong to one split: those of the test are new
 * (zero-shot), with one image each.
 *
 * @param trainConcepts concepts of training; of each subject, if stimuli are its own
 * @param validationConcepts concepts of validation
 * @param testConcepts concepts, and images, of the test
 * @param imagesPerConcept images of a concept of training or validation
 * @param trainRepetitions how often a subject sees an image of training
 * @param testRepetitions how often a subject sees one of validation or test
 * @param ownStimuli whether every subject sees other images in training, as in NSD (Allen et al.
 *     2022); else all see the same, as in THINGS (Gifford et al. 2022)
 */
public record StimulusOptions(
    int trainConcepts,
    int validationConcepts,
    int testConcepts,
    int imagesPerConcept,
    int trainRepetitions,
    int testRepetitions,
    boolean ownStimuli) {
  /** Checks the ranges. */
  public StimulusOptions {
    Rules.atLeast("stimuli.trainConcepts", 1, trainConcepts);
    Rules.atLeast("stimuli.validationConcepts", 0, validationConcepts);
    Rules.atLeast("stimuli.testConcepts", 2, testConcepts);
    Rules.atLeast("stimuli.imagesPerConcept", 1, imagesPerConcept);
    Rules.atLeast("stimuli.trainRepetitions", 1, trainRepetitions);
    Rules.atLeast("stimuli.testRepetitions", 1, testRepetitions);
  }

  /** Concepts of training of all subjects. */
  int allTrainConcepts(int subjects) {
    return ownStimuli ? Math.multiplyExact(subjects, trainConcepts) : trainConcepts;
  }
}
