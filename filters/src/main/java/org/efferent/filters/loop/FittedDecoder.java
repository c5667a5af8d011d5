package org.efferent.filters.loop;

import org.efferent.core.InputException;
import org.efferent.data.RowRange;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;
import org.efferent.filters.NadarayaWatson;
import org.efferent.filters.NearestNeighbours;

/** A chain of features and a filter, fitted on the first bins of some rows. */
final class FittedDecoder {
  private static final double APART_SECONDS = 0.5;
  private static final double PAST_SECONDS = 2;
  private static final int QUERIES = 300;
  private static final int FEWEST = 250;

  private final FeatureChain chain;
  private final CursorDecoder decoder;
  private final int rows;
  private final double bin;
  private final FilterSpec spec;

  /**
   * Fits.
   *
   * @param rows made ready
   * @param before the first bin that is not seen
   * @param recipe how
   * @param binSeconds length of a bin
   */
  FittedDecoder(TrainingRows rows, int before, DecoderRecipe recipe, double binSeconds) {
    bin = binSeconds;
    double[][] seen = rows.before(before);
    int count = rows.training(seen).length;
    if (count < FEWEST) {
      throw new InputException(
          "a decoder needs at least "
              + FEWEST
              + " bins of calibration, those of the first "
              + recipe.skipSeconds()
              + " s after a cue left out; bins="
              + count
              + ": calibrate for longer");
    }
    chain = FeatureChain.fit(rows, seen, recipe, bin);
    double[][] x = rows.training(chain.inputs(seen));
    double[][] z = rows.trainingLabels(before);
    this.rows = count;
    decoder = FilterTraining.train(spec(recipe, x, z), x, z, rows.trainingPositions(before));
    spec = learned(recipe.filter());
  }

  /** The recipe's filter with what was learned here of neighbours: how far they reach. */
  private FilterSpec learned(FilterSpec given) {
    String name =
        switch (given.kind()) {
          case DKF_NW -> "bandwidth";
          case DKF_KNN -> "k";
          default -> "";
        };
    return name.isEmpty() ? given : given.with(name, decoder.hyperparameters().get(name));
  }

  /**
   * The filter's specification, with which more rows make a filter of the same reach, so that a
   * gain that was found for one is right for the other.
   */
  FilterSpec spec() {
    return spec;
  }

  /** The recipe's filter, with what is learned differently from rows that are alike in time. */
  private FilterSpec spec(DecoderRecipe recipe, double[][] x, double[][] z) {
    FilterSpec spec = recipe.filter();
    int apart = (int) Math.round(APART_SECONDS / bin);
    switch (spec.kind()) {
      case DKF_NW -> {
        if (!spec.settings().containsKey("bandwidth")) {
          spec = spec.with("bandwidth", NadarayaWatson.learnBandwidth(x, z, apart, QUERIES));
        }
      }
      case DKF_KNN -> {
        if (!spec.settings().containsKey("k")) {
          spec = spec.with("k", NearestNeighbours.learnNeighbours(x, z, apart));
        }
      }
      default -> {
        // Its own training learns what it needs.
      }
    }
    if (x.length > recipe.mostRows() && spec.fRows() == null) {
      int from = x.length - recipe.mostRows();
      spec = spec.withRows(new RowRange(from, x.length), new RowRange(0, from));
    }
    return spec;
  }

  /** What the filter says in the bins from one on, {@code [bins][2]}, in its own unit. */
  double[][] decode(TrainingRows all, int from) {
    int past = Math.min(from, (int) Math.round(PAST_SECONDS / bin));
    decoder.reset();
    double[][] inputs = chain.inputs(all.from(from - past));
    double[][] out = new double[inputs.length - past][];
    for (int t = 0; t < inputs.length; t++) {
      decoder.position(all.position(from - past + t));
      double[] mean = decoder.decode(inputs[t]).mean();
      if (t >= past) {
        out[t - past] = mean;
      }
    }
    return out;
  }

  FeatureChain chain() {
    return chain;
  }

  CursorDecoder decoder() {
    return decoder;
  }

  /** Rows that it was fitted on. */
  int rows() {
    return rows;
  }
}
