package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.Estimate;

/**
 * Kalman filters of a linear state model and nonlinear observations ({@link WhitenedNetwork}, noise
 * I): extended and unscented. The prior N(0, S) stands at the first bin, which is updated before
 * anything is predicted.
 *
 * <pre>
 * extended:  J = dh/dz at A m,  P = (M⁻¹ + Jᵀ J)⁻¹,  m = A m + P Jᵀ (x - h(A m))
 * unscented: Z Zᵀ = M, Y the weighted spread of h over the sigma points, G = Yᵀ Y,
 *            P = Z (I + G)⁻¹ Zᵀ,  m = A m + Z (I + G)⁻¹ Yᵀ (x - mean of h)
 * </pre>
 *
 * <p>The second form follows from the usual one by {@code Yᵀ (I + Y Yᵀ)⁻¹ = (I + Yᵀ Y)⁻¹ Yᵀ}, which
 * keeps P positive definite and every matrix as small as the sigma points are many. Sources: Julier
 * and Uhlmann, Proc. IEEE 92:401, 2004, doi:10.1109/JPROC.2003.823141 (2d + 1 points, weight of the
 * first κ / (d + κ), κ = max(0, 3 - d)); Li et al., PLoS ONE 4:e6243, 2009, for cursors.
 *
 * <p>A step whose result is not finite or has no positive definite covariance is replaced by the
 * prior and counted.
 */
final class NonlinearEngine implements Engine {
  private final StateModel model;
  private final WhitenedNetwork observations;
  private final boolean unscented;
  private final NeuralRegressor h;
  private final int d;
  private final int m;
  private final int points;
  private final double kappa;
  private final double[] a;
  private final double[] gamma;
  private final double[] s;
  private final double[] mean;
  private final double[] covariance;
  private final double[] predictedMean;
  private final double[] predicted;
  private final double[] white;
  private final double[] expected;
  private final double[][] spread; // Y by sigma point, [points][m]
  private final double[] slope; // J, [m × d]
  private final double[] innovation;
  private final double[] sigma; // Z, [d × points]
  private final double[] point;
  private final double[] small;
  private final double[] smallWork;
  private final double[] smallInverse;
  private final double[] vector;
  private final double[] work;
  private final double[] work2;
  private boolean started;
  private long repairs;

  NonlinearEngine(StateModel model, WhitenedNetwork observations, boolean unscented) {
    this.model = model;
    this.observations = observations;
    this.unscented = unscented;
    h = observations.whitened();
    d = model.dimensions();
    m = h.outputs();
    kappa = Math.max(0, 3 - d);
    points = 2 * d + 1;
    a = model.transition();
    gamma = model.transitionNoise();
    s = model.stateCovariance();
    mean = new double[d];
    covariance = s.clone();
    predictedMean = new double[d];
    predicted = new double[d * d];
    white = new double[m];
    expected = new double[m];
    innovation = new double[m];
    spread = new double[unscented ? points : 0][m];
    slope = new double[unscented ? 0 : m * d];
    sigma = new double[d * points];
    point = new double[d];
    small = new double[points * points];
    smallWork = new double[points * points];
    smallInverse = new double[points * points];
    vector = new double[points];
    work = new double[d * d];
    work2 = new double[d * d];
  }

  @Override
  public void step(double[] x) {
    if (started) {
      SmallMatrix.apply(a, mean, d, d, predictedMean);
      SmallMatrix.multiply(a, covariance, d, work);
      SmallMatrix.multiplyTransposed(work, a, d, predicted);
      for (int i = 0; i < d * d; i++) {
        predicted[i] += gamma[i];
      }
      SmallMatrix.symmetrize(predicted, d);
    } else {
      Arrays.fill(predictedMean, 0);
      System.arraycopy(s, 0, predicted, 0, d * d);
    }
    started = true;
    observations.whiten(x, white);
    if (unscented) {
      updateUnscented();
    } else {
      updateExtended();
    }
    if (!SmallMatrix.isFinite(mean)
        || !SmallMatrix.isFinite(covariance)
        || !SmallMatrix.cholesky(covariance, d, work)) {
      repairs++;
      reset();
      started = true;
    }
  }

  private void updateExtended() {
    h.predict(predictedMean, expected, slope);
    SmallMatrix.invert(predicted, d, work, work2);
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int f = 0; f < m; f++) {
        sum += slope[f * d + i] * (white[f] - expected[f]);
      }
      vector[i] = sum;
      for (int j = 0; j < d; j++) {
        double product = 0;
        for (int f = 0; f < m; f++) {
          product += slope[f * d + i] * slope[f * d + j];
        }
        work2[i * d + j] += product;
      }
    }
    SmallMatrix.invert(work2, d, work, covariance);
    SmallMatrix.symmetrize(covariance, d);
    SmallMatrix.apply(covariance, vector, d, d, mean);
    for (int i = 0; i < d; i++) {
      mean[i] += predictedMean[i];
    }
  }

  private void updateUnscented() {
    SmallMatrix.cholesky(predicted, d, work);
    Arrays.fill(expected, 0);
    for (int p = 0; p < points; p++) {
      double weight = weight(p);
      for (int i = 0; i < d; i++) {
        double offset = p == 0 ? 0 : Math.sqrt(d + kappa) * work[i * d + (p - 1) % d];
        offset = p > d ? -offset : offset;
        sigma[i * points + p] = Math.sqrt(weight) * offset;
        point[i] = predictedMean[i] + offset;
      }
      h.predict(point, spread[p]);
      for (int f = 0; f < m; f++) {
        expected[f] += weight * spread[p][f];
      }
    }
    for (int f = 0; f < m; f++) {
      innovation[f] = white[f] - expected[f];
    }
    for (int p = 0; p < points; p++) {
      double root = Math.sqrt(weight(p));
      double sum = 0;
      for (int f = 0; f < m; f++) {
        spread[p][f] = root * (spread[p][f] - expected[f]);
        sum += spread[p][f] * innovation[f];
      }
      vector[p] = sum;
      for (int q = 0; q <= p; q++) {
        double product = p == q ? 1 : 0;
        for (int f = 0; f < m; f++) {
          product += spread[p][f] * spread[q][f];
        }
        small[p * points + q] = product;
        small[q * points + p] = product;
      }
    }
    SmallMatrix.invert(small, points, smallWork, smallInverse);
    for (int i = 0; i < d; i++) {
      // smallWork's first row: row i of Z (I + G)⁻¹
      double sum = predictedMean[i];
      for (int q = 0; q < points; q++) {
        double product = 0;
        for (int p = 0; p < points; p++) {
          product += sigma[i * points + p] * smallInverse[p * points + q];
        }
        smallWork[q] = product;
        sum += product * vector[q];
      }
      mean[i] = sum;
      for (int j = 0; j < d; j++) {
        double product = 0;
        for (int q = 0; q < points; q++) {
          product += smallWork[q] * sigma[j * points + q];
        }
        covariance[i * d + j] = product;
      }
    }
    SmallMatrix.symmetrize(covariance, d);
  }

  private double weight(int p) {
    return p == 0 ? kappa / (d + kappa) : 0.5 / (d + kappa);
  }

  @Override
  public void reset() {
    started = false;
    Arrays.fill(mean, 0);
    System.arraycopy(s, 0, covariance, 0, d * d);
  }

  @Override
  public Estimate.Gaussian estimate() {
    return new Estimate.Gaussian(mean, covariance);
  }

  @Override
  public long fallbacks() {
    return 0;
  }

  @Override
  public long repairs() {
    return repairs;
  }

  StateModel model() {
    return model;
  }

  WhitenedNetwork observations() {
    return observations;
  }
}
