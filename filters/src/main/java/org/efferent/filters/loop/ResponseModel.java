package org.efferent.filters.loop;

import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * How a decoder answers to an intention: {@code o_t = Σ_j k_j u_{t-j} + e_t}, one response k for
 * both directions, the errors e kept as they were (Willett et al. 2017, doi
 * 10.1088/1741-2552/aa5990: decoded velocity is intention, smoothed, plus noise). What a decoder
 * would do in a closed loop that was never run follows from it.
 */
final class ResponseModel {
  private static final double RIDGE = 1e-3;

  private final double[] response;
  private final double[][] errors;

  private ResponseModel(double[] response, double[][] errors) {
    this.response = response;
    this.errors = errors;
  }

  /**
   * Fits the response.
   *
   * @param decoded what the decoder said in consecutive bins that did not train it, {@code
   *     [bins][2]}
   * @param intended velocities in the same bins, {@code [bins][2]}
   * @param lags bins that a response lasts
   */
  static ResponseModel fit(double[][] decoded, double[][] intended, int lags) {
    RealMatrix gram = MatrixUtils.createRealMatrix(lags, lags);
    RealVector right = MatrixUtils.createRealVector(new double[lags]);
    for (int i = 0; i < 2; i++) {
      for (int t = lags - 1; t < decoded.length; t++) {
        for (int p = 0; p < lags; p++) {
          double u = intended[t - p][i];
          right.addToEntry(p, u * decoded[t][i]);
          for (int q = 0; q <= p; q++) {
            gram.addToEntry(p, q, u * intended[t - q][i]);
          }
        }
      }
    }
    double ridge = RIDGE * gram.getTrace() / lags + 1e-12;
    for (int p = 0; p < lags; p++) {
      gram.addToEntry(p, p, ridge);
      for (int q = 0; q < p; q++) {
        gram.setEntry(q, p, gram.getEntry(p, q));
      }
    }
    double[] k = new CholeskyDecomposition(gram, 1e-9, 1e-15).getSolver().solve(right).toArray();
    double[][] errors = new double[decoded.length - lags + 1][2];
    for (int t = lags - 1; t < decoded.length; t++) {
      for (int i = 0; i < 2; i++) {
        double sum = decoded[t][i];
        for (int p = 0; p < lags; p++) {
          sum -= k[p] * intended[t - p][i];
        }
        errors[t - lags + 1][i] = sum;
      }
    }
    return new ResponseModel(k, errors);
  }

  /** The response, {@code [lags]}. */
  double[] response() {
    return response;
  }

  /** The errors of consecutive bins, {@code [bins][2]}. */
  double[][] errors() {
    return errors;
  }
}
