package org.efferent.cohort.recordings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.core.UsageException;
import org.efferent.decoders.encoder.EegNet;
import org.efferent.decoders.encoder.ShallowNet;
import org.efferent.decoders.evoked.EvokedNetwork;
import org.efferent.decoders.evoked.EvokedScore;
import org.efferent.decoders.evoked.EvokedTraining;
import org.efferent.decoders.evoked.LinearTraining;
import org.efferent.decoders.evoked.NetworkOptions;
import org.efferent.decoders.evoked.WindowMeans;
import org.efferent.decoders.evoked.XdawnTangent;
import org.efferent.decoders.linear.RidgeOptions;
import org.efferent.decoders.nn.Compute;
import org.efferent.filters.features.ClassDiscriminant;

/**
 * The decoders of evoked responses by name. Their options are fixed here, before any recording is
 * seen: features at 32 Hz as the field averages them, two xDAWN filters a class, networks at the
 * rates of their papers.
 *
 * @param wanted names of those that are reported, in order
 */
public record EvokedDecoders(Set<String> wanted) {
  private static final String LDA = "lda";
  private static final String XDAWN = "xdawn";
  private static final String RIDGE = "ridge";
  private static final String ENSEMBLE = "ensemble";
  private static final List<String> MEMBERS =
      List.of(LDA, XDAWN, RIDGE, EegNet.ARCHITECTURE, ShallowNet.ARCHITECTURE);
  private static final int XDAWN_FILTERS = 2;
  private static final double FEATURE_HZ = 32;
  private static final double EEGNET_HZ = 128;
  private static final double SHALLOWNET_HZ = 256;

  /**
   * Decoders by name.
   *
   * @param names as they are written, or {@code all}
   * @return the decoders
   * @throws UsageException if a name is not known
   */
  public static EvokedDecoders of(List<String> names) {
    Set<String> known = new LinkedHashSet<>(MEMBERS);
    known.add(ENSEMBLE);
    if (names.equals(List.of("all"))) {
      return new EvokedDecoders(known);
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException(
            "--decoder must be all, or some of %s; decoder='%s'"
                .formatted(String.join(",", known), name));
      }
    }
    return new EvokedDecoders(new LinkedHashSet<>(names));
  }

  /** Those that are trained: an ensemble is of all the others. */
  private Set<String> trained() {
    return wanted.contains(ENSEMBLE) ? new LinkedHashSet<>(MEMBERS) : wanted;
  }

  /** Whether some of them are networks, which need an engine. */
  public boolean hasNetworks() {
    return trained().contains(EegNet.ARCHITECTURE) || trained().contains(ShallowNet.ARCHITECTURE);
  }

  /**
   * How each is trained.
   *
   * @param options of networks
   * @param compute of networks; null where there are none
   * @return by name
   */
  public Map<String, EvokedTraining> training(NetworkOptions options, Compute compute) {
    WindowMeans means = new WindowMeans(FEATURE_HZ);
    Map<String, EvokedTraining> made = new LinkedHashMap<>();
    for (String name : trained()) {
      EvokedTraining training =
          switch (name) {
            case LDA -> EvokedTraining.linear(trials -> means, EvokedDecoders::discriminant);
            case XDAWN ->
                EvokedTraining.linear(
                    XdawnTangent.training(XDAWN_FILTERS), EvokedDecoders::discriminant);
            case RIDGE ->
                EvokedTraining.linear(trials -> means, LinearTraining.ridge(RidgeOptions.DEFAULTS));
            case EegNet.ARCHITECTURE -> new EvokedNetwork(name, options.atHz(EEGNET_HZ), compute);
            default -> new EvokedNetwork(name, options.atHz(SHALLOWNET_HZ), compute);
          };
      made.put(name, training);
    }
    return made;
  }

  /** The discriminant with shrinkage, as the logarithm of the odds of class 1. */
  private static LinearTraining.Score discriminant(double[][] features, int[] labels) {
    ClassDiscriminant fitted = ClassDiscriminant.fit(features, labels, 2);
    double[][] weights = fitted.weights();
    double[] bias = fitted.bias();
    return row -> {
      double sum = bias[1] - bias[0];
      for (int i = 0; i < row.length; i++) {
        sum += (weights[1][i] - weights[0][i]) * row[i];
      }
      return sum;
    };
  }

  /**
   * The scores of those that were asked for, with the ensemble's if it was.
   *
   * @param scores of all that were trained
   * @return in their order
   */
  public List<EvokedScore> reported(List<EvokedScore> scores) {
    List<EvokedScore> all = new ArrayList<>(scores);
    if (wanted.contains(ENSEMBLE)) {
      all.add(EvokedScore.together(ENSEMBLE, scores));
    }
    all.removeIf(score -> !wanted.contains(score.decoder()));
    return all;
  }
}
