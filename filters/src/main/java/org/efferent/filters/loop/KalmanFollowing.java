package org.efferent.filters.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.FilterKind;
import org.efferent.filters.KalmanFilter;
import org.efferent.filters.calibration.Acceptance;
import org.efferent.filters.calibration.RecursiveMaximumLikelihood;
import org.efferent.filters.calibration.SmoothBatch;
import org.efferent.filters.calibration.Versions.Version;
import org.efferent.filters.loop.DecoderTraining.Trained;

/**
 * Follows the neurons with a Kalman filter's own parameters, by {@link SmoothBatch} or {@link
 * RecursiveMaximumLikelihood}, in the features that the filter reads.
 *
 * <p>Of the bins since the last new filter the first two thirds make a candidate that is judged on
 * the last third, beside the filter in use; if it is no worse, all of the bins make the filter that
 * comes into use. With a decoder that is rolled back to, its statistics come back. Used by one
 * thread; what it proposes is made on any.
 */
final class KalmanFollowing {
  private static final double JUDGED_SHARE = 1.0 / 3;
  private static final double PAST_SECONDS = 1;

  private final Adaptation adaptation;
  private final double bin;
  private final int every;
  private final int split;
  private final int kept;
  private final NavigableMap<Long, RecursiveMaximumLikelihood> known = new TreeMap<>();
  private List<double[]> inputs = new ArrayList<>();
  private List<double[]> intended = new ArrayList<>();
  private RecursiveMaximumLikelihood running;
  private RecursiveMaximumLikelihood early;
  private long version = -1;

  /**
   * What bins call for.
   *
   * @param verdict on the candidate
   * @param filter for use, with a past; null where the candidate is refused
   * @param statistics that it came from; null for SmoothBatch
   * @param rows that made it
   * @param from version that it goes on from
   */
  record Proposal(
      Acceptance.Verdict verdict,
      CursorDecoder filter,
      RecursiveMaximumLikelihood statistics,
      int rows,
      long from) {}

  /**
   * Nothing known yet.
   *
   * @param adaptation kind and times
   * @param recipe what the decoder is made by
   * @param binSeconds length of a bin
   * @param versions decoders kept for a rollback
   * @throws UsageException where the recipe's filter is no Kalman filter of single bins
   */
  KalmanFollowing(Adaptation adaptation, DecoderRecipe recipe, double binSeconds, int versions) {
    if (recipe.filter().kind() != FilterKind.KALMAN || recipe.filter().lags() != 1) {
      throw new UsageException(
          "adaptation by %s updates the parameters of a kalman filter of single bins; filter=%s, lags=%d: adapt by rows, which serves every filter"
              .formatted(
                  adaptation.kind().id(), recipe.filter().kind().id(), recipe.filter().lags()));
    }
    this.adaptation = adaptation;
    bin = binSeconds;
    every = (int) Math.round(adaptation.everySeconds() / binSeconds);
    split = (int) Math.round((1 - JUDGED_SHARE) * every);
    kept = versions + 1;
  }

  /**
   * The statistics of the bins that trained a decoder, for {@link #learned}. Resets the decoder.
   *
   * @param trained of these rows
   * @param rows of the calibration
   * @param recipe that it was made by
   * @param topSpeed lengths a second
   * @return null for SmoothBatch, which needs none
   */
  RecursiveMaximumLikelihood statistics(
      Trained trained, LoopRows rows, DecoderRecipe recipe, double topSpeed) {
    if (adaptation.kind() != Adaptation.Kind.RML) {
      return null;
    }
    VelocityDecoder decoder = trained.decoder();
    decoder.reset();
    List<double[]> x = new ArrayList<>();
    List<double[]> z = new ArrayList<>();
    for (int t = 0; t < rows.size(); t++) {
      double[] input = decoder.input(rows.features(t));
      if (heard(rows.sinceCue(t), recipe)) {
        x.add(input.clone());
        z.add(rows.label(t, recipe, topSpeed));
      }
    }
    return new RecursiveMaximumLikelihood(
        decoder.decoder().kalmanFilter().orElseThrow(),
        x.toArray(double[][]::new),
        z.toArray(double[][]::new),
        bin,
        adaptation.halfLifeSeconds());
  }

  static boolean heard(double sinceCue, DecoderRecipe recipe) {
    return sinceCue >= recipe.skipSeconds() - 1e-9;
  }

  /** Keeps the statistics of a version that came into use. */
  void learned(long number, RecursiveMaximumLikelihood statistics) {
    if (statistics != null) {
      known.put(number, statistics);
      while (known.size() > kept) {
        known.pollFirstEntry();
      }
    }
  }

  /** A proposal came into use as a version: it goes on from what has come meanwhile. */
  void taken(long number, Proposal proposal) {
    learned(number, proposal.statistics());
    version = number;
  }

  /**
   * Takes a bin that was decoded.
   *
   * @param current decoder in use
   * @param input what its filter read; copied
   * @param wanted what the user is taken to have wanted, in units of the top speed
   * @param heard whether the user can have meant it
   * @param waits whether nothing may be made of it now: a proposal is under way
   * @return what makes a proposal, when it is time
   */
  Optional<Supplier<Proposal>> step(
      Version<Trained> current, double[] input, double[] wanted, boolean heard, boolean waits) {
    if (version != current.number()) {
      version = current.number();
      known.tailMap(version, false).clear();
      running = known.containsKey(version) ? known.get(version).copy() : null;
      interrupt();
    }
    double[] x = input.clone();
    inputs.add(x);
    intended.add(heard ? wanted.clone() : new double[wanted.length]);
    if (running != null && heard) {
      running.add(x, wanted);
    }
    if (inputs.size() == split) {
      early = running == null ? null : running.copy();
    }
    boolean unknown = running == null && adaptation.kind() == Adaptation.Kind.RML;
    if (inputs.size() < every || waits || unknown) {
      return Optional.empty();
    }
    double[][] rows = inputs.toArray(double[][]::new);
    double[][] labels = intended.toArray(double[][]::new);
    RecursiveMaximumLikelihood before = early;
    RecursiveMaximumLikelihood all = running == null ? null : running.copy();
    interrupt();
    CursorDecoder present = current.value().decoder().decoder();
    long from = version;
    return Optional.of(() -> propose(present, from, rows, labels, before, all));
  }

  /** Forgets the bins since the last proposal: a frozen decoder learns nothing of them. */
  void interrupt() {
    inputs = new ArrayList<>();
    intended = new ArrayList<>();
    early = null;
  }

  private Proposal propose(
      CursorDecoder present,
      long from,
      double[][] rows,
      double[][] labels,
      RecursiveMaximumLikelihood before,
      RecursiveMaximumLikelihood all) {
    boolean recursive = adaptation.kind() == Adaptation.Kind.RML;
    KalmanFilter old = present.kalmanFilter().orElseThrow();
    KalmanFilter candidate =
        recursive
            ? before.filter()
            : mixed(old, Arrays.copyOf(rows, split), Arrays.copyOf(labels, split));
    Acceptance.Verdict verdict =
        Acceptance.DEFAULTS.judge(
            present,
            CursorDecoder.of(candidate),
            Arrays.copyOfRange(rows, split, rows.length),
            Arrays.copyOfRange(labels, split, labels.length));
    if (!verdict.accepted()) {
      return new Proposal(verdict, null, null, rows.length, from);
    }
    CursorDecoder filter = CursorDecoder.of(recursive ? all.filter() : mixed(old, rows, labels));
    // As if it had been in use before.
    for (int t = Math.max(0, rows.length - (int) Math.round(PAST_SECONDS / bin));
        t < rows.length;
        t++) {
      filter.decode(rows[t]);
    }
    return new Proposal(verdict, filter, all, rows.length, from);
  }

  /** Mixes in what some bins say, baselines too: they are fitted about their means. */
  private KalmanFilter mixed(KalmanFilter old, double[][] rows, double[][] labels) {
    int d = old.model().dimensions();
    boolean[] meant = new boolean[rows.length];
    for (int t = 0; t < rows.length; t++) {
      for (double value : labels[t]) {
        meant[t] |= value != 0;
      }
    }
    double[][] x = TrainingRows.pick(rows, meant);
    double[][] z = TrainingRows.pick(labels, meant);
    int inputs = old.inputs();
    if (x.length <= inputs + d) {
      throw new InputException(
          "a batch must have more bins than the filter has features; bins="
              + x.length
              + ", features="
              + inputs
              + ": adapt less often");
    }
    double[] meanX = centre(x);
    double[] meanZ = centre(z);
    KalmanFilter fitted = KalmanFilter.fit(old.model(), x, z, old.isSteadyState());
    double[] h = fitted.observation();
    double[] b = meanX;
    for (int c = 0; c < inputs; c++) {
      for (int i = 0; i < d; i++) {
        b[c] -= h[c * d + i] * meanZ[i];
      }
    }
    KalmanFilter batch =
        new KalmanFilter(old.model(), h, fitted.observationNoise(), b, old.isSteadyState());
    return new SmoothBatch(adaptation.halfLifeSeconds()).mix(old, batch, rows.length * bin);
  }

  /** Replaces rows by their distances from their mean, which it returns. */
  private static double[] centre(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += row[c] / rows.length;
      }
    }
    for (int t = 0; t < rows.length; t++) {
      rows[t] = rows[t].clone();
      for (int c = 0; c < mean.length; c++) {
        rows[t][c] -= mean[c];
      }
    }
    return mean;
  }
}
