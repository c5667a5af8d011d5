package org.efferent.filters.features;

import java.util.HashSet;
import java.util.List;
import org.efferent.core.InputException;

/**
 * Imagined movements told apart: common spatial patterns and a discriminant on them. Immutable.
 *
 * @param classes names of the classes; {@code left}, {@code right}, {@code both} and {@code feet}
 *     steer ({@link ImageryDecoder})
 * @param patterns the features
 * @param discriminant from features to classes
 */
public record ImageryModel(
    List<String> classes, CommonSpatialPatterns patterns, ClassDiscriminant discriminant) {
  /**
   * Checks that the parts fit together.
   *
   * @throws InputException where they do not
   */
  public ImageryModel {
    classes = List.copyOf(classes);
    if (classes.size() != discriminant.classes()
        || patterns.names().size() != discriminant.inputs()
        || new HashSet<>(classes).size() != classes.size()) {
      throw new InputException(
          "a model of imagined movements has one name a class and one weight a spatial filter;"
              + " classes="
              + classes
              + " and "
              + discriminant.classes()
              + ", filters="
              + patterns.names().size()
              + " and "
              + discriminant.inputs());
    }
  }

  /**
   * Learns from trials.
   *
   * @param trials of at least two classes
   * @param options band, pairs, windows
   * @return the model
   * @throws InputException as {@link CommonSpatialPatterns#fit} has it
   */
  public static ImageryModel fit(Trials trials, ImageryOptions options) {
    CommonSpatialPatterns patterns = CommonSpatialPatterns.fit(trials, options);
    int[] labels = new int[trials.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = trials.label(i);
    }
    return new ImageryModel(
        trials.classes(),
        patterns,
        ClassDiscriminant.fit(patterns.features(trials), labels, trials.classes().size()));
  }

  /**
   * Tells whole trials apart.
   *
   * @param trials of the same channels, rate and classes
   * @return score of the likeliest class of each trial
   */
  public ClassScore score(Trials trials) {
    if (!trials.classes().equals(classes)) {
      throw new InputException(
          "trials must have the classes of the model; classes="
              + trials.classes()
              + ", of the model "
              + classes);
    }
    ClassScore score = new ClassScore(classes.size());
    double[][] features = patterns.features(trials);
    for (int i = 0; i < features.length; i++) {
      score.add(trials.label(i), likeliest(discriminant.probabilities(features[i])));
    }
    return score;
  }

  /**
   * The class of the largest probability, the first of equals.
   *
   * @param probabilities {@code [classes]}
   * @return from 0
   */
  public static int likeliest(double[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return best;
  }
}
