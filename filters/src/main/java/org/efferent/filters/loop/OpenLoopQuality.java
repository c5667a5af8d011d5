package org.efferent.filters.loop;

import java.util.Arrays;
import org.efferent.filters.KalmanFilter;
import org.efferent.filters.LinearRegressor;
import org.efferent.filters.StateModel;
import org.efferent.filters.calibration.Acceptance;

/**
 * How much single bins say about the intended velocity, before any decoder steers: fitted on the
 * first two thirds of an open block, scored on the last. Tells strong units from weak ones,
 * whatever the decoder.
 *
 * @param r2 share of the intended velocity's variance that a line from the features of one bin
 *     explains
 * @param angularError mean angle between intended direction and that of a Kalman filter, radian;
 *     chance is π/2
 */
public record OpenLoopQuality(double r2, double angularError) {

  static OpenLoopQuality of(LoopRows rows, DecoderRecipe recipe, double topSpeed) {
    int n = rows.size();
    boolean[] used = new boolean[n];
    double[][] labels = new double[n][];
    for (int t = 0; t < n; t++) {
      labels[t] = rows.label(t, recipe, topSpeed);
      used[t] = rows.sinceCue(t) >= recipe.skipSeconds() - 1e-9;
    }
    double[][] x = TrainingRows.pick(rows.features(0, n), used);
    double[][] z = TrainingRows.pick(labels, used);
    int split = 2 * x.length / 3;
    org.efferent.filters.ZScore zScore = org.efferent.filters.ZScore.fit(Arrays.copyOf(x, split));
    for (int t = 0; t < x.length; t++) {
      x[t] = zScore.apply(x[t]);
    }
    LinearRegressor line = LinearRegressor.fit(Arrays.copyOf(x, split), Arrays.copyOf(z, split));
    double[][] truth = Arrays.copyOfRange(z, split, z.length);
    double[] mean = new double[2];
    for (double[] row : truth) {
      mean[0] += row[0] / truth.length;
      mean[1] += row[1] / truth.length;
    }
    double missed = 0;
    double all = 0;
    double[] out = new double[2];
    KalmanFilter kalman =
        KalmanFilter.fit(
            StateModel.fit(Arrays.copyOf(z, split)),
            Arrays.copyOf(x, split),
            Arrays.copyOf(z, split),
            false);
    double[][] decoded = new double[truth.length][];
    for (int t = 0; t < truth.length; t++) {
      line.predict(x[split + t], out);
      kalman.step(x[split + t]);
      decoded[t] = kalman.estimate().mean();
      for (int i = 0; i < 2; i++) {
        missed += (truth[t][i] - out[i]) * (truth[t][i] - out[i]);
        all += (truth[t][i] - mean[i]) * (truth[t][i] - mean[i]);
      }
    }
    return new OpenLoopQuality(1 - missed / all, Acceptance.angularError(decoded, truth));
  }
}
