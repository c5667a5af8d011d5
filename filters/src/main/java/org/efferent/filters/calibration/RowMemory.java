package org.efferent.filters.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/**
 * Rows to train from anew, for filters whose parameters cannot be mixed (kernels, neighbours,
 * processes, networks). SmoothBatch by rows: of those that are here a batch leaves {@code ρ =
 * 2^(-batch / half-life)}, drawn at random, and all of the batch joins them. Never more than a
 * given number are kept; what is too many is drawn out of the old rows first.
 *
 * <p>Rows keep their order in time. Used by one thread.
 */
public final class RowMemory {
  private final double halfLifeSeconds;
  private final int most;
  private final SplittableRandom random;
  private List<double[]> features = new ArrayList<>();
  private List<double[]> states = new ArrayList<>();

  /**
   * An empty memory.
   *
   * @param halfLifeSeconds in seconds of rows, above 0
   * @param most rows kept, at least 1
   * @param seed of what is drawn
   */
  public RowMemory(double halfLifeSeconds, int most, long seed) {
    if (!(halfLifeSeconds > 0) || most < 1) {
      throw new UsageException(
          "a memory of rows needs a half-life above 0 s and room for a row; half-life="
              + halfLifeSeconds
              + ", most="
              + most);
    }
    this.halfLifeSeconds = halfLifeSeconds;
    this.most = most;
    random = new SplittableRandom(seed);
  }

  /**
   * Adds a batch.
   *
   * @param x features, {@code [rows][features]}; rows are kept, not copied
   * @param z labels, {@code [rows][d]}; rows are kept, not copied
   * @param batchSeconds length of the batch, above 0
   * @throws InputException where the tables disagree with one another or with what is here
   */
  public void add(double[][] x, double[][] z, double batchSeconds) {
    if (!(batchSeconds > 0)) {
      throw new UsageException("a batch must be longer than 0 s; batch=" + batchSeconds);
    }
    int m = Rows.check("features", x);
    int d = Rows.check("labels", z);
    Rows.same("features", x.length, "labels", z.length);
    if (!features.isEmpty() && (features.get(0).length != m || states.get(0).length != d)) {
      throw new InputException(
          "a batch must have the columns of the rows before it; features="
              + m
              + ", labels="
              + d
              + ", before "
              + features.get(0).length
              + " and "
              + states.get(0).length);
    }
    int fresh = Math.min(most, x.length);
    double share = Rows.decay(batchSeconds, halfLifeSeconds);
    thin(Math.min((int) Math.round(share * features.size()), most - fresh));
    for (int t = x.length - fresh; t < x.length; t++) {
      features.add(x[t]);
      states.add(z[t]);
    }
  }

  /** Keeps a number of rows, each as likely as any other (Knuth's algorithm S). */
  private void thin(int kept) {
    List<double[]> x = new ArrayList<>(kept);
    List<double[]> z = new ArrayList<>(kept);
    int left = features.size();
    for (int t = 0; t < features.size(); t++, left--) {
      if (random.nextInt(left) < kept - x.size()) {
        x.add(features.get(t));
        z.add(states.get(t));
      }
    }
    features = x;
    states = z;
  }

  /** Rows that are here. */
  public int size() {
    return features.size();
  }

  /** The features, oldest first, {@code [rows][features]}: rows themselves, not copies. */
  public double[][] features() {
    return features.toArray(double[][]::new);
  }

  /** The labels, oldest first, {@code [rows][d]}: rows themselves, not copies. */
  public double[][] states() {
    return states.toArray(double[][]::new);
  }
}
