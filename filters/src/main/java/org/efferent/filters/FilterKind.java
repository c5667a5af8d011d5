package org.efferent.filters;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.efferent.core.UsageException;

/** The filters that {@link FilterTraining} trains. */
public enum FilterKind {
  /** The Kalman filter: a line from state to features. */
  KALMAN("kalman"),
  /** The Kalman filter of position and velocity. */
  KALMAN_PV("kalman-pv"),
  /** The Kalman filter of the velocity, with the cursor's position as a known input. */
  REFIT("refit"),
  /** The extended Kalman filter: a network from state to features. */
  EKF("ekf"),
  /** The unscented Kalman filter: a network from state to features. */
  UKF("ukf"),
  /** Discriminative, a line from features to state. */
  DKF_LINEAR("dkf-linear"),
  /** Discriminative, Nadaraya-Watson regression. */
  DKF_NW("dkf-nw"),
  /** Discriminative, the mean of the nearest neighbours. */
  DKF_KNN("dkf-knn"),
  /** Discriminative, one Gaussian process a state dimension. */
  DKF_GP("dkf-gp"),
  /** Discriminative, a mean of one-dimensional kernels: robust to a bad channel. */
  DKF_MK("dkf-mk"),
  /** Discriminative, a network of one hidden layer. */
  DKF_NN("dkf-nn"),
  /** A gated recurrent network, a baseline. */
  GRU("gru"),
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
    throw new UsageException("the filter must be one of " + ids() + "; filter=" + id);
  }

  /** All names, as {@link #id()} gives them, with commas between. */
  public static String ids() {
    return Arrays.stream(values()).map(FilterKind::id).collect(Collectors.joining(", "));
  }

  /** Whether it joins a regression with a state model by the discriminative rule. */
  public boolean isDiscriminative() {
    return switch (this) {
      case DKF_LINEAR, DKF_NW, DKF_KNN, DKF_GP, DKF_MK, DKF_NN -> true;
      case KALMAN, KALMAN_PV, REFIT, EKF, UKF, GRU, BEST -> false;
    };
  }

  /** Whether some training rows fit it and others its noise. */
  public boolean splitsRows() {
    return isDiscriminative() || this == EKF || this == UKF;
  }

  NoiseKind defaultNoise() {
    return this == DKF_NW ? NoiseKind.LOCAL : NoiseKind.CONSTANT;
  }
}
