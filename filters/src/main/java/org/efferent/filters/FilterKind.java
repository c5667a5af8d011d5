package org.efferent.filters;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.efferent.core.UsageException;

/** The filters that {@link FilterTraining} trains. */
public enum FilterKind {
  /** The Kalman filter: a line from state to features. */
  KALMAN("kalman"),
  /** Discriminative, a line from features to state. */
  DKF_LINEAR("dkf-linear"),
  /** Discriminative, Nadaraya-Watson regression. */
  DKF_NW("dkf-nw"),
  /** Discriminative, the mean of the nearest neighbours. */
  DKF_KNN("dkf-knn"),
  /** Discriminative, one Gaussian process a state dimension. */
  DKF_GP("dkf-gp"),
  /** What our own selection on training rows found best: a process and networks, blended. */
  BEST("best");

  private final String id;

  FilterKind(String id) {
    this.id = id;
  }

  /** Its name in the command and in files. */
  public String id() {
    return id;
  }

  /**
   * The filter of a name.
   *
   * @param id as in {@link #id()}
   * @return the kind
   * @throws UsageException where no filter has that name
   */
  public static FilterKind of(String id) {
    for (FilterKind kind : values()) {
      if (kind.id.equals(id)) {
        return kind;
      }
    }
    throw new UsageException(
        "the filter must be one of "
            + Arrays.stream(values()).map(FilterKind::id).collect(Collectors.joining(", "))
            + "; filter="
            + id);
  }

  NoiseKind defaultNoise() {
    return this == DKF_NW ? NoiseKind.LOCAL : NoiseKind.CONSTANT;
  }
}
