package org.efferent.filters.calibration;

import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.filters.KalmanFilter;

/**
 * SmoothBatch: what a batch of new rows says is mixed into what was known,
 *
 * <pre>
 * θ ← ρ θ_old + (1 - ρ) θ_batch,   ρ = 2^(-batch / half-life)
 * </pre>
 *
 * <p>so that after batches of one half-life together the old parameters count half. Source: Orsborn
 * et al., Closed-loop decoder adaptation on intermediate time-scales, IEEE Trans. Neural Syst.
 * Rehabil. Eng. 20:468, 2012, doi:10.1109/TNSRE.2012.2185066. As there, a Kalman filter's H, L and
 * b are mixed and its state model stays. How large θ is does not change, only where it points,
 * which any linear parameters bear.
 *
 * @param halfLifeSeconds in seconds of rows, above 0
 */
public record SmoothBatch(double halfLifeSeconds) {
  /** Checks the half-life. */
  public SmoothBatch {
    if (!(halfLifeSeconds > 0)) {
      throw new UsageException("a half-life must be above 0 s; half-life=" + halfLifeSeconds);
    }
  }

  /**
   * The share of the old parameters.
   *
   * @param batchSeconds length of the batch, above 0
   * @return ρ, 0 to 1
   */
  public double rho(double batchSeconds) {
    if (!(batchSeconds > 0)) {
      throw new UsageException("a batch must be longer than 0 s; batch=" + batchSeconds);
    }
    return Rows.decay(batchSeconds, halfLifeSeconds);
  }

  /**
   * Mixes parameters.
   *
   * @param old known before
   * @param batch fitted on the batch alone
   * @param batchSeconds length of the batch
   * @return new parameters
   */
  public double[] mix(double[] old, double[] batch, double batchSeconds) {
    if (old.length != batch.length) {
      throw new InputException(
          "old and new parameters must be as many; parameters="
              + old.length
              + " and "
              + batch.length);
    }
    double rho = rho(batchSeconds);
    double[] out = new double[old.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = rho * old[i] + (1 - rho) * batch[i];
    }
    return out;
  }

  /**
   * Mixes the observations of two Kalman filters of the same features.
   *
   * @param old the filter in use; not modified
   * @param batch the filter of the batch alone
   * @param batchSeconds length of the batch
   * @return a new filter at its start, with the state model of the old one
   * @throws InputException where the filters have unlike shapes
   */
  public KalmanFilter mix(KalmanFilter old, KalmanFilter batch, double batchSeconds) {
    return new KalmanFilter(
        old.model(),
        mix(old.observation(), batch.observation(), batchSeconds),
        mix(old.observationNoise(), batch.observationNoise(), batchSeconds),
        mix(old.offset(), batch.offset(), batchSeconds),
        old.isSteadyState());
  }
}
