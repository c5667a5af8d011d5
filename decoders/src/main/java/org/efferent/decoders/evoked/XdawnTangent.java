package org.efferent.decoders.evoked;

import java.util.ArrayList;
import java.util.List;
import org.efferent.decoders.preprocess.Epochs;
import org.efferent.decoders.preprocess.Shrinkage;

/**
 * Covariances of an epoch and the mean responses, behind xDAWN filters, in the tangent space at
 * their Riemannian mean M: {@code log(M^-½ C M^-½)}, its upper half with {@code √2} off the
 * diagonal (Barachant et al.: Multiclass brain–computer interface classification by Riemannian
 * geometry, IEEE Trans. Biomed. Eng. 59, 2012, doi:10.1109/TBME.2011.2172210; the mean responses
 * beside the epoch: Barachant and Congedo, arXiv:1409.0107). Covariances are shrunk as Ledoit and
 * Wolf have it.
 */
public final class XdawnTangent implements EpochFeatures {
  private final Xdawn xdawn;
  private final double[] inverseRoot;

  private XdawnTangent(Xdawn xdawn, double[] inverseRoot) {
    this.xdawn = xdawn;
    this.inverseRoot = inverseRoot;
  }

  /**
   * Learns filters, mean responses and the mean covariance.
   *
   * @param filters a class, at least 1; at most as many as there are channels are used
   * @return how to learn them
   */
  public static EpochFeatures.Training training(int filters) {
    if (filters < 1) {
      throw new IllegalArgumentException("filters must be 1 at least; filters=" + filters);
    }
    return trials -> {
      Xdawn xdawn = Xdawn.fit(trials, Math.min(filters, trials.epochs().channels()));
      List<double[]> covariances = new ArrayList<>();
      for (int e = 0; e < trials.count(); e++) {
        covariances.add(covariance(xdawn, trials.epochs().epoch(e)));
      }
      double[] mean = Spd.mean(covariances, xdawn.rows());
      return new XdawnTangent(xdawn, Spd.inverseRoot(mean, xdawn.rows()));
    };
  }

  private static double[] covariance(Xdawn xdawn, double[] epoch) {
    double[] rows = xdawn.beside(epoch);
    int n = xdawn.rows();
    int samples = rows.length / n;
    double[] turned = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      turned[i % samples * n + i / samples] = rows[i];
    }
    return Shrinkage.LEDOIT_WOLF.covariance(turned, samples, n);
  }

  @Override
  public double[][] of(Epochs epochs) {
    int n = xdawn.rows();
    double[][] features = new double[epochs.count()][n * (n + 1) / 2];
    for (int e = 0; e < features.length; e++) {
      double[] covariance = covariance(xdawn, epochs.epoch(e));
      double[] tangent = Spd.logarithm(Spd.congruent(inverseRoot, covariance, n), n);
      int at = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i; j < n; j++) {
          features[e][at++] = tangent[i * n + j] * (i == j ? 1 : Math.sqrt(2));
        }
      }
    }
    return features;
  }
}
